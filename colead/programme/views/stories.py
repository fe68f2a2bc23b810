"""Stories: the library of the program, and the team's own in the making."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, facts_of, sent
from colead.programme.actions import stories as verbs
from colead.programme.forms.stories import LineForm, PickForm, RecognitionForm, StoryForm
from colead.programme.models import Story, StoryLine
from colead.programme.queries import stories as queries
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.page import page


def _url(team: Team, story: Story) -> str:
    return reverse("story", args=[team.pk, story.pk])


def _around(team: Team, story: Story, title: str, **more: Any) -> dict[str, Any]:
    return {"team": team, "title": title, "back_url": _url(team, story), "back_text": story.title, **more}


def _who(request: TeamRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


@team_view
def stories(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the library by condition, the team's own stories and the awards of the program."""
    context = {
        "team": team,
        "shelves": queries.shelves(queries.stories_beside(team)),
        "ours": team.stories.all(),
        "recognitions": queries.recognitions_beside(team),
    }
    return page(request, "programme/stories.html", context)


@team_view
def read(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Show a story of a school of the program."""
    found = get_object_or_404(queries.stories_beside(team), pk=story_id)
    name = queries.condition_name(found.condition)
    return page(request, "programme/story_read.html", {"team": team, "story": found, "condition_name": name})


@team_view
def story_new(request: TeamRequest, team: Team) -> HttpResponse:
    """Begin a story."""
    form = StoryForm(sent(request))

    def save() -> Story:
        return verbs.begin_story(team, **form.words(), **_who(request))

    lead = _("Your team writes it. Other schools read it once you publish it, and everybody quoted has said yes.")
    back = {"back_url": reverse("stories", args=[team.pk]), "back_text": _("Stories")}
    context = {"team": team, "title": _("Begin a story"), "lead": lead, **back}
    return answer(request, form, save, onward=lambda made: _url(team, made), context=context)


@team_view
def story(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Show one of the team's own stories in the making: its lines, who has said yes, what is missing."""
    found = get_object_or_404(team.stories, pk=story_id)
    context = {
        "team": team,
        "story": found,
        "condition_name": queries.condition_name(found.condition),
        "lines": found.lines.select_related("said_by__user"),
        "waits": found.lines.without_a_yes().exists(),
        "changes": changes(found),
    }
    return page(request, "programme/story.html", context)


@team_view
def story_edit(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Change a story's title, condition and the words around its lines."""
    found = get_object_or_404(team.stories, pk=story_id)
    form = StoryForm(sent(request), initial=facts_of(StoryForm, found))

    def save() -> Story:
        return verbs.change_story(found, **form.words(), based_on=form.based_on(), **_who(request))

    context = _around(team, found, _("Change the story"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def pick(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Choose lines from the team's own records."""
    found = get_object_or_404(team.stories, pk=story_id)
    records = queries.records_of(team)
    form = PickForm(sent(request), records=records)

    def save() -> None:
        verbs.draw_lines(found, queries.chosen_of(records, form.cleaned_data["chosen"]), **_who(request))

    lead = _("From what your team has written together. Choose line by line; you can change the words afterwards.")
    context = _around(team, found, _("Choose lines"), lead=lead, submit=_("Take these over"), records=records)
    template = "programme/story_pick.html"
    return answer(request, form, save, onward=lambda _s: context["back_url"], context=context, template=template)


@team_view
def line_new(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Add a line of your own, or what somebody said."""
    found = get_object_or_404(team.stories, pk=story_id)
    form = LineForm(sent(request), team=team)

    def save() -> StoryLine:
        return verbs.add_line(found, **form.words(), **_who(request))

    context = _around(team, found, _("A line"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


def _line(team: Team, story_id: int, line_id: int) -> StoryLine:
    found = get_object_or_404(team.stories, pk=story_id)
    return get_object_or_404(found.lines.select_related("story__team__school"), pk=line_id)


@team_view
def line(request: TeamRequest, team: Team, story_id: int, line_id: int) -> HttpResponse:
    """Change a line. Whoever is quoted in it has to say yes anew."""
    found = _line(team, story_id, line_id)
    initial = facts_of(LineForm, found) | ({"consent_on": None} if found.said_by_id else {})
    form = LineForm(sent(request), team=team, initial=initial)

    def save() -> StoryLine:
        return verbs.change_line(found, **form.words(), based_on=form.based_on(), **_who(request))

    lead = _("Whoever is quoted said yes to these words. If you change them, they have to say yes anew.")
    context = _around(team, found.story, _("Change the line"), lead=lead if found.is_quote else "")
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@require_POST
@team_view
def line_step(request: TeamRequest, team: Team, story_id: int, line_id: int, step: str) -> HttpResponse:
    """Move a line, take it out, say yes to being quoted, or take a yes back."""
    found, member = _line(team, story_id, line_id), request.member
    assert member
    steps: dict[str, Any] = {
        "up": lambda: verbs.move_line(found, up=True),
        "down": lambda: verbs.move_line(found, up=False),
        "drop": lambda: verbs.drop_line(found),
        "yes": lambda: verbs.say_yes(found, member, now=timezone.now()),
        "no": lambda: verbs.withdraw_yes(found, **_who(request)),
    }
    if step not in steps:
        raise Http404
    return act(request, steps[step], _url(team, found.story))


@require_POST
@team_view
def publish(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Publish a story, or take it off."""
    found = get_object_or_404(team.stories.select_related("team__school"), pk=story_id)
    verb = verbs.take_story_off if found.published_on else verbs.publish_story
    return act(request, lambda: verb(found, **_who(request)), _url(team, found))


@require_POST
@team_view
def drop(request: TeamRequest, team: Team, story_id: int) -> HttpResponse:
    """Throw a story away."""
    get_object_or_404(team.stories.filter(published_on=None), pk=story_id).delete()
    return redirect("stories", team.pk)


@team_view
def recognition_new(request: TeamRequest, team: Team) -> HttpResponse:
    """Note an award."""
    form = RecognitionForm(sent(request), team=team)

    def save() -> object:
        return verbs.note_recognition(team, **form.words(), **_who(request))

    lead = _("The schools of your program and the office can read it.")
    context = {"team": team, "title": _("Note an award"), "lead": lead, "back_text": _("Stories")}
    context["back_url"] = reverse("stories", args=[team.pk])
    return answer(request, form, save, onward=lambda _saved: reverse("stories", args=[team.pk]), context=context)


@team_view
def recognition(request: TeamRequest, team: Team, recognition_id: int) -> HttpResponse:
    """Change what was noted about an award."""
    found = get_object_or_404(team.recognitions, pk=recognition_id)
    form = RecognitionForm(sent(request), team=team, initial=facts_of(RecognitionForm, found))

    def save() -> object:
        return verbs.change_recognition(found, **form.words(), based_on=form.based_on(), **_who(request))

    back = reverse("stories", args=[team.pk])
    context = {"team": team, "title": _("Change the award"), "back_text": _("Stories"), "back_url": back}
    context["changes"] = changes(found)
    return answer(request, form, save, onward=lambda _saved: back, context=context)
