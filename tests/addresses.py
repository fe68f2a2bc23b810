"""Every address of the product as it stands for a school that has one of everything."""

from collections.abc import Iterator, Mapping
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from colead.decisions.models import Decision
from colead.practices.models import PeerVisit, SignUp
from colead.schools.models import School, Team
from colead.staffpage.models import ReplyTheme
from tests.company_world import numbers_of_company
from tests.programme_world import numbers_of_programme

CODES = {"criterion": "E-1", "task": "E-WT1"}
SHEETS = {"roster_export", "evidence_list", "barrier_list", "swot_list", "theory_list", "map_list", "value_file"}
SHEETS |= {"trial_list", "timeline_file", "decisions_sheet", "stop_list_sheet", "hand_overs_sheet"}
SHEETS |= {"initiatives_list", "scenario_changes", "structures_list"}
KINDS = {"stop_list_paper": "filled", "hand_overs_paper": "filled", "thread": "barrier"}
VOTING = ("decision_option", "decision_vote", "decision_vote_close", "decision_vote_call_off")


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address pattern with the path it stands at."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, where)
        else:
            yield where, entry


@cache
def _named() -> dict[str | None, URLPattern]:
    return {pattern.name: pattern for _where, pattern in patterns()}


def url_of(name: str, facts: Mapping[str, object] | None = None, **more: object) -> str:
    """Return the address with this name; of the facts it takes those that it names."""
    known = {**(facts or {}), **more}
    return reverse(name, kwargs={key: known[key] for key in _named()[name].pattern.regex.groupindex})


def numbers_of(school: School) -> dict[str, object]:
    """Return what the addresses of a school may name: its team, one of each record, a guide, a form of paper."""
    team = school.teams.get()
    barrier, theory, drawn = team.barriers.first(), team.theories.first(), team.maps.first()
    trial = team.trials.get(state="closed")
    plans = {
        "evidence_id": team.evidence.first().pk,
        "barrier_id": barrier.pk,
        "why_id": barrier.whys.first().pk,
        "idea_id": barrier.ideas.first().pk,
        "note_id": team.swot.first().pk,
        "theory_id": theory.pk,
        "line_id": theory.lines.first().pk,
        "map_id": drawn.pk,
        "shift_id": drawn.shifts.first().pk,
        "trial_id": trial.pk,
        "indicator_id": trial.indicators.get().pk,
        "point_id": trial.indicators.get().points.first().pk,
        "theme_id": trial.themes.first().pk,
        "step_id": team.steps.first().pk,
    }
    talked = team.decisions.get(state=Decision.State.TALKING, way="consent")
    voted = team.decisions.get(state=Decision.State.TALKING, way="vote")
    asked = team.decisions.filter(state=Decision.State.TALKING, inputs__isnull=False).first()
    decisions = {
        "decision_id": team.decisions.exclude(decided="").last().pk,
        "round_id": talked.rounds.last().pk,
        "dissent_id": talked.dissents.last().pk,
        "input_id": asked.inputs.first().pk,
        "option_id": voted.options.first().pk,
        "ballot_id": voted.ballots.get().pk,
        "let_go_id": team.let_gos.first().pk,
        "hand_over_id": team.hand_overs.first().pk,
        **{f"{name}:decision_id": talked.pk for name in ("decision_amend", "decision_step", "decision_dissent")},
        **{f"{name}:decision_id": voted.pk for name in VOTING},
        "decision_input:decision_id": asked.pk,
    }
    held, planned = team.meetings.all().over().first(), team.meetings.all().ahead().first()
    meetings = {
        "meeting_id": held.pk,
        "item_id": held.items.first().pk,
        "check_id": team.agreements.first().checks.first().pk,
        **{f"{name}:meeting_id": planned.pk for name in ("meeting_edit", "meeting_roles")},
        "row_id": team.inventories.get().rows.filter(let_go=None).exclude(verdict="").first().pk,
        **time_finder_of(team),
        **structures_of(team),
        **studio_of(school),
        **open_doors_of(team),
        "slug": "whys",
        "way": "up",
        "what": "next",
    }
    voices = {
        "asking_id": team.askings.first().pk,
        "message_id": team.messages.first().pk,
        "reply_theme_id": ReplyTheme._default_manager.filter(decision__team=team).first().pk,
        "notice_id": team.notices.first().pk,
        "day_id": school.days_off.first().pk,
        "notice_new:kind": "win",
    }
    people = {
        "team_id": team.pk,
        "school_id": school.pk,
        "office_id": school.office_id,
        "entry_id": school.roster.first().pk,
        "member_id": team.members.last().pk,
        "author_id": team.walks.get(condition="structures").answers.filter(code="E-W1").first().author_id,
        "seat_id": school.seats.last().pk,
    }
    words = {"condition": "structures", "part": "why", "name": "structures", "leg": "then", "key": "people"}
    words |= {"step": "clarify", "whose": "team", "token": "made-up", "secret": "BCDF2345", "number": 1}
    words |= numbers_of_company(school) | numbers_of_programme(school)
    return {**plans, **decisions, **meetings, **voices, **people, **words, "invitation_id": 1, "pk": barrier.pk}


def time_finder_of(team: Team) -> dict[str, object]:
    """Return what the addresses of the time finder may name: a timetable, two scenarios, a search, a proposal."""
    timetable = team.timetables.get()
    one, other = timetable.scenarios.all()
    facts = {"timetable_id": timetable.pk, "scenario_id": one.pk, "other_id": other.pk}
    return {**facts, "search_id": one.searches.get().pk, "search_take:key": "fewest-moves"}


def studio_of(school: School) -> dict[str, object]:
    """Return what the addresses of the studios may name: one with dates that is on offer."""
    studio = school.studios.all().open().filter(dates__isnull=False).first()
    mine = SignUp.objects.filter(studio__school=school, user=studio.leader).first()
    own = {f"{name}:studio_id": mine.studio_id for name in ("studio_question", "studio_take_away")}
    return {"studio_id": studio.pk, "date_id": studio.dates.first().pk, **own}


def structures_of(team: Team) -> dict[str, object]:
    """Return what the addresses of the work structures may name: one of the eight that can be taken on."""
    waiting = next(
        one for one in team.structure_looks.first().structures.all() if one.is_wanting and not one.barrier_id
    )
    names = ("structure", "structure_to_barrier", "structure_to_idea")
    return {f"{name}:kind": waiting.kind for name in names}


def open_doors_of(team: Team) -> dict[str, object]:
    """Return what the addresses of open doors may name: a round with visits, one of them with notes handed over."""
    visit = PeerVisit.objects.get(round__team=team, notes__given_on__isnull=False)
    return {"doors_id": visit.round_id, "peer_visit_id": visit.pk}


def address(pattern: URLPattern, numbers: dict[str, object]) -> str:
    """Return the pattern's address with these numbers in it."""
    name = pattern.name or ""
    facts = {"code": CODES.get(name, "E-W1"), "form": "csv" if name in SHEETS else "pdf", **numbers}
    facts["kind"] = KINDS.get(name, "guide")
    facts["form"] = "zip" if name in ("time_file", "scenario_file") else facts["form"]
    facts |= {key.partition(":")[2]: value for key, value in numbers.items() if key.startswith(f"{name}:")}
    return reverse(name, kwargs={key: facts.get(key, 1) for key in pattern.pattern.regex.groupindex})
