"""Stories: built from a team's own records, read by others once everybody quoted has said yes."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from colead.programme.actions import stories
from colead.programme.models import Cohort, Recognition, Story, StoryLine
from colead.programme.queries.stories import chosen_of, records_of, shelves, stories_beside, stories_in_sight
from tests.cast import NOW, Cast
from tests.company_world import TODAY, cohort_of
from tests.decisions_world import settled, talking
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db
QUOTE = {"is_quote": True, "said_by": None, "said_by_name": "", "consent_on": None, "consent_how": ""}


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return cohort_of(cast)


def begun(cast: Cast, title: str = "One hour back") -> Story:
    words = {"title": title, "condition": "structures", "opening": "Nobody planned together.", "closing": ""}
    return stories.begin_story(cast.north_team, **words, by=cast.ada, now=NOW)


def line(cast: Cast, story: Story, body: str = "We moved two specials.", **facts: Any) -> StoryLine:
    words: dict[str, Any] = {**QUOTE, "is_quote": bool(facts), "body": body, **facts}
    return stories.add_line(story, **words, by=cast.ada, now=NOW)


def published(cast: Cast, story: Story) -> Story:
    return stories.publish_story(story, by=cast.ada, now=NOW)


def read_by_others(cast: Cast) -> bool:
    return stories_beside(cast.south_team).exists() and stories_in_sight(cast.office).exists()


def ben(cast: Cast) -> Any:
    return cast.north_team.members.get(user=cast.ben)


def test_a_story_takes_over_what_the_team_wrote(cast: Cast) -> None:
    decision = settled(talking(cast.north_team, "consensus"), decided="Tuesdays are free.", because="It frees covers.")
    (record,) = records_of(cast.north_team)
    assert (record.origin, record.words) == (f"decision:{decision.pk}", "Tuesdays are free. Because: It frees covers.")
    story = begun(cast)
    for _twice in range(2):
        stories.draw_lines(story, chosen_of([record], [record.origin, "decision:0"]), by=cast.ada, now=NOW)
    assert [one.body for one in story.lines.all()] == [record.words]


def test_others_read_it_once_it_is_published(cast: Cast, cohort: Cohort) -> None:
    story = begun(cast)
    with pytest.raises(stories.NothingToTell):
        published(cast, story)
    line(cast, story)
    assert not read_by_others(cast)
    story = published(cast, story)
    assert read_by_others(cast)
    assert [(shelf.slug, shelf.stories) for shelf in shelves(stories_beside(cast.south_team))] == [
        ("structures", (story,))
    ]
    stories.take_story_off(story, by=cast.ada, now=NOW)
    assert not read_by_others(cast)


def test_a_quote_names_somebody_and_needs_their_yes(cast: Cast, cohort: Cohort) -> None:
    story = begun(cast)
    with pytest.raises(stories.NobodySaidIt):
        line(cast, story, said_by_name=" ")
    line(cast, story, said_by_name="A parent")
    with pytest.raises(stories.WithoutAYes):
        published(cast, story)
    story.lines.all().delete()
    line(cast, story, said_by_name="A parent", consent_on=TODAY, consent_how="in writing")
    published(cast, story)
    assert read_by_others(cast)


def test_whoever_is_on_the_team_says_yes_themselves(cast: Cast) -> None:
    story = begun(cast)
    with pytest.raises(stories.NotYourWords):
        line(cast, story, said_by=ben(cast), consent_on=TODAY)
    said = line(cast, story, said_by=ben(cast))
    with pytest.raises(stories.NotYourWords):
        stories.say_yes(said, cast.north_team.members.get(user=cast.ada), now=NOW)
    assert stories.say_yes(said, ben(cast), now=NOW).may_be_shown


def test_a_yes_taken_back_takes_the_story_off_at_once(cast: Cast, cohort: Cohort) -> None:
    story = begun(cast)
    said = stories.say_yes(line(cast, story, said_by=ben(cast)), ben(cast), now=NOW)
    published(cast, story)
    assert read_by_others(cast)
    stories.withdraw_yes(said, by=cast.ben, now=NOW)
    assert not read_by_others(cast)
    story.refresh_from_db()
    assert story.published_on is None
    with pytest.raises(stories.WithoutAYes):
        published(cast, story)


def test_no_story_is_read_without_every_yes_however_it_came_about(cast: Cast, cohort: Cohort) -> None:
    story = begun(cast)
    said = line(cast, story, said_by_name="A parent", consent_on=TODAY)
    published(cast, story)
    StoryLine.objects.filter(pk=said.pk).update(withdrawn_on=TODAY)
    assert not read_by_others(cast)


def test_a_yes_was_to_these_words(cast: Cast, cohort: Cohort) -> None:
    story = begun(cast)
    said = stories.say_yes(line(cast, story, said_by=ben(cast)), ben(cast), now=NOW)
    published(cast, story)
    facts: dict[str, Any] = {**QUOTE, "said_by": ben(cast), "by": cast.ada, "now": NOW}
    said = stories.change_line(said, body=said.body, based_on=said.version, **facts)
    assert said.may_be_shown, "nothing changed"
    said = stories.change_line(said, body="Other words", based_on=said.version, **facts)
    assert not said.may_be_shown
    assert not read_by_others(cast)


def test_words_of_somebody_else_need_a_new_yes_too(cast: Cast) -> None:
    said = line(cast, begun(cast), said_by_name="A parent", consent_on=TODAY, consent_how="by phone")
    facts: dict[str, Any] = {**QUOTE, "said_by_name": "A parent", "consent_on": TODAY, "consent_how": "by phone"}
    said = stories.change_line(said, body="Other words", based_on=said.version, by=cast.ada, now=NOW, **facts)
    assert not said.may_be_shown
    facts["consent_on"] = TODAY + timedelta(days=1)
    said = stories.change_line(said, body="Other words", based_on=said.version, by=cast.ada, now=NOW, **facts)
    assert said.may_be_shown


def test_lines_change_places(cast: Cast) -> None:
    story = begun(cast)
    one, two = line(cast, story, "one"), line(cast, story, "two")
    stories.move_line(two, up=True)
    stories.move_line(two, up=True)
    assert [each.body for each in story.lines.all()] == ["two", "one"]
    stories.move_line(StoryLine.objects.get(pk=two.pk), up=False)
    assert [each.body for each in story.lines.all()] == ["one", "two"]
    stories.drop_line(one)
    assert [each.body for each in story.lines.all()] == ["two"]


def test_a_story_is_built_on_pages(cast: Cast, cohort: Cohort) -> None:
    settled(talking(cast.north_team, "consensus"), decided="Tuesdays are free.")
    ada, ben_, cleo, dana = (client_of(user) for user in (cast.ada, cast.ben, cast.cleo, cast.dana))
    team = cast.north_team.pk
    new = {"title": "One hour back", "condition": "", "opening": "Nobody planned.", "version": 0}
    assert ada.post(reverse("story_new", args=[team]), new).status_code == 422
    assert ada.post(reverse("story_new", args=[team]), {**new, "condition": "structures"}).status_code == 302
    story = Story.objects.get()
    (record,) = records_of(cast.north_team)
    assert "Tuesdays are free." in ada.get(reverse("story_pick", args=[team, story.pk])).content.decode()
    ada.post(reverse("story_pick", args=[team, story.pk]), {"chosen": [record.origin]})
    said = {"body": "I had lunch sitting down", "is_quote": "on", "said_by": ben(cast).pk, "version": 0}
    ada.post(reverse("story_line_new", args=[team, story.pk]), said)
    publish = reverse("story_publish", args=[team, story.pk])
    assert "who has not said yes" in ada.post(publish, follow=True).content.decode()
    quote = story.lines.get(is_quote=True)
    step = reverse("story_line_step", args=[team, story.pk, quote.pk, "yes"])
    assert "only the person" in ada.post(step, follow=True).content.decode().lower()
    ben_.post(step)
    ada.post(publish)
    theirs = reverse("story_read", args=[cast.south_team.pk, story.pk])
    offices = reverse("office_story", args=[cast.office.pk, story.pk])
    for client, url in ((cleo, theirs), (dana, offices)):
        assert "I had lunch sitting down" in client.get(url).content.decode()
    assert "One hour back" in cleo.get(reverse("stories", args=[cast.south_team.pk])).content.decode()
    assert "One hour back" in dana.get(reverse("office_stories", args=[cast.office.pk])).content.decode()
    assert cleo.get(reverse("story", args=[cast.south_team.pk, story.pk])).status_code == 404
    ben_.post(step.replace("/yes/", "/no/"))
    assert (cleo.get(theirs).status_code, dana.get(offices).status_code) == (404, 404)
    change = {**said, "body": "I sat down for lunch", "version": 99}
    assert ada.post(reverse("story_line", args=[team, story.pk, quote.pk]), change).status_code == 302
    assert ada.post(step.replace("/yes/", "/sideways/")).status_code == 404
    edit = {"title": "An hour back", "condition": "structures", "opening": "", "closing": "Begin small", "version": 99}
    ada.post(reverse("story_edit", args=[team, story.pk]), edit)
    assert "Begin small" in ada.get(reverse("story", args=[team, story.pk])).content.decode()
    ada.post(reverse("story_drop", args=[team, story.pk]))
    assert not Story.objects.exists()


def test_an_award_is_tied_to_a_story_of_the_team(cast: Cast, cohort: Cohort) -> None:
    ada, url = client_of(cast.ada), reverse("recognition_new", args=[cast.north_team.pk])
    story = begun(cast)
    sent = {"award": "Palm of Lenoir", "given_by": "The county", "given_on": TODAY, "story": story.pk, "version": 0}
    assert ada.post(url, sent).status_code == 302
    award = Recognition.objects.get()
    assert award.story == story
    change = reverse("recognition", args=[cast.north_team.pk, award.pk])
    assert ada.post(change, {**sent, "award": "Oak of Lenoir", "version": 1}).status_code == 302
    for client, name, place in (
        (client_of(cast.cleo), "stories", cast.south_team),
        (client_of(cast.dana), "office_stories", cast.office),
    ):
        assert "Oak of Lenoir" in client.get(reverse(name, args=[place.pk])).content.decode()
    theirs = stories.begin_story(
        cast.south_team, title="S", condition="vision", opening="", closing="", by=cast.cleo, now=NOW
    )
    with pytest.raises(stories.NotYourStory):
        stories.change_recognition(award, story=theirs, by=cast.ada, based_on=2, now=NOW)
