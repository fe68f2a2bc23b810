"""The format of a school's file, version 1. A field that is added later makes version 2; this table stays as it is.

    {
      "format": "colead-school", "version": 1,
      "school":  {"name", "place", "time_zone", "nces_id", "created_on"},
      "people":  [{"name", "language", "email"}, ...],
      "seats":   [{"person", "role", "since", "until"}, ...],
      "teams":   [{"name", "seen_notes_on"}, ...],
      "members": [{"team", "person", "is_lead", "joined_on", "left_on"}, ...],
      "records": {"roster": [...], "waves": [...], "evidence": [{..., "history": [...]}, ...], ...},
      "sealed":  [{"wave", "release", "receipts", "comments", ...}, ...]
    }

Things are named by their place in their list, counted from 1, as in a team's file (`plans.portable.format`), which this
one holds whole for every team. An address is given for whoever has a seat or is on a team now; everybody else keeps
only a name. Of a survey its frozen result goes along, never an answer.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Decision, LetGo
from colead.meetings.models import Agreement, Item, Meeting, Norm, NormCheck, NormCount, Rhythm
from colead.plans.models import Trial
from colead.plans.portable import Kind, list_of
from colead.plans.portable.format import STAYS_BEHIND as TEAM_STAYS
from colead.playbook.portable import WHOLE
from colead.practices.models import (
    Comment,
    DoorsRound,
    Initiative,
    Inventory,
    NameInTimetable,
    OpenDoor,
    Scenario,
    Search,
    Structure,
    StructureLook,
    Studio,
    StudioDate,
    Timetable,
)
from colead.programme.models import (
    Ask,
    AskStep,
    Attendance,
    Cohort,
    Enrolment,
    FollowUp,
    Gathering,
    OfferOrAsk,
    OfficeWave,
    Opening,
    Phase,
    Priority,
    Programme,
    Recognition,
    Reflection,
    Share,
    Stay,
    Story,
    StoryLine,
    Strand,
    Tick,
    Visit,
    VisitNote,
)
from colead.schools.models import Office, RosterEntry
from colead.staffpage.models import (
    Asking,
    CircleMonth,
    DayOff,
    FindingAnswer,
    Held,
    Message,
    Notice,
    ReplyDesk,
    ReplyRound,
    ReplyTheme,
)
from colead.surveys import models as surveys
from colead.surveys.models import Finding, OwnInstrument, Wave

VERSION = 1

SURVEYS = (
    list_of("roster", RosterEntry, "school", "email name job grades subjects left_on"),
    list_of("own_instruments", OwnInstrument, "school", "title json sha256 added_by added_on"),
    list_of(
        "waves", Wave, "school",
        "tag ref title instrument asked own_questions codes_of_lines state origin opens closes minimum group_by reader "
        "language planned_by planned_on printed sealed_on comments_on withheld", only=Q(state="sealed"),
    ),
    list_of("agreements", surveys.Ask, "wave__school", "wave what asked_by asked_on confirmed_by confirmed_on",
            only=Q(wave__state="sealed")),
    list_of("findings", Finding, "team__school",
            "version team wave about sentence state answer_by found_by found_on answer_text answered_on noted_on",
            only=Q(wave__state="sealed")),
)  # fmt: skip

TOLD = (
    list_of("notices", Notice, "team__school", "version team kind text more on off_on"),
    list_of("held_back", Held, "team__school", "team what number"),
    list_of("finding_answers", FindingAnswer, "finding__team__school", "finding decision"),
    list_of("days_off", DayOff, "school", "first last what"),
    list_of("reply_desks", ReplyDesk, "school", "reader minimum is_open set_by set_on"),
    list_of("reply_rounds", ReplyRound, "decision__team__school",
            "decision ref reader opened_on sealed_on answered counts notes read_on", only=Q(sealed_on__isnull=False)),
    list_of("reply_themes", ReplyTheme, "decision__team__school",
            "version decision sentence found_on kind answer answered_on"),
    list_of("askings", Asking, "team__school",
            "version team decision how held_on teacher special specials counselor para support administrator other "
            "families students reflected"),
    list_of("messages", Message, "team__school", "version team decision audience words channel told_on"),
    list_of("circle", CircleMonth, "school", "month kind group people"),
)  # fmt: skip

MEETINGS = (
    list_of("rhythms", Rhythm, "team__school", "team weekday starts_at minutes every a_week place"),
    list_of("meetings", Meeting, "team__school",
            "version team title protocol state held_on starts_at minutes place facilitator note_taker time_keeper "
            "began_at ended_at", "present"),
    list_of("items", Item, "meeting__team__school",
            "version meeting position title minutes mode how ref step state note added spent came_from",
            "decisions steps"),
    list_of("norm_agreements", Agreement, "team__school", "team number agreed_on why", "present"),
    list_of("norms", Norm, "agreement__team__school", "agreement position words"),
    list_of("norm_checks", NormCheck, "agreement__team__school",
            "version agreement started_on revealed_on written note", only=Q(revealed_on__isnull=False)),
    list_of("norm_counts", NormCount, "norm__agreement__team__school", "check_of norm keep sometimes not_yet"),
)  # fmt: skip

PRACTICES = (
    list_of("inventories", Inventory, "team__school", "team number started_on revealed_on closed_on decision"),
    list_of("initiatives", Initiative, "inventory__team__school",
            "version inventory name kind source audience purpose outcome staff hours money fte evidence vision overlap "
            "named_by merged_into verdict reason owner review_on tell let_go"),
    list_of("timetables", Timetable, "team__school",
            "team name source schedule remarks left_out fet brought_by brought_at"),
    list_of("scenarios", Scenario, "timetable__team__school",
            "version timetable copied_from title note asked strengths pinned steps made_by opened_on decision "
            "let_go"),
    list_of("comments", Comment, "scenario__timetable__team__school", "version scenario said_by to_staff stance body"),
    list_of("searches", Search, "scenario__timetable__team__school",
            "scenario aim state seconds asked_by asked_at started_at heartbeat_at ended_at wish_to_stop tries found",
            only=Q(ended_at__isnull=False)),
    list_of("structure_looks", StructureLook, "team__school", "team number started_on closed_on first"),
    list_of("structures", Structure, "look__team__school",
            "version look kind state purpose who minutes every use barrier idea"),
    list_of("studios", Studio, "school", "version leader title question doing places offered_on closing closed_on"),
    list_of("studio_dates", StudioDate, "studio__school", "studio held_on starts_at minutes place"),
    list_of("names_in_timetable", NameInTimetable, "school", "user name role"),
    list_of("door_rounds", DoorsRound, "team__school",
            "team timetable scenario title focus collect_until begins_on weeks days_off opened_by opened_on wished "
            "found proven matched_on published_on"),
    list_of("open_doors", OpenDoor, "round__team__school",
            "round host look_for subjects most_a_week at_once shows slots"),
)  # fmt: skip

Models = Mapping[str, type[models.Model]]

ENROLLED = "cohorts__enrolments__school"

# The programme itself belongs to its office. Of it goes along what the school's own records hang on.
PROGRAMME = (
    list_of("offices", Office, f"programmes__{ENROLLED}", "name"),
    list_of("programmes", Programme, ENROLLED,
            "office name slug started_on takes_applications goal problem if_we then_schools so_that"),
    list_of("strands", Strand, f"programme__{ENROLLED}", "programme place name words sources"),
    list_of("phases", Phase, f"programme__{ENROLLED}", "programme place name months shows offers"),
    list_of("cohorts", Cohort, "enrolments__school", "programme name starts_on"),
    list_of("enrolments", Enrolment, "school", "cohort joined_on left_on"),
    list_of("stays", Stay, "enrolment__school", "enrolment phase since until entering leaving"),
    list_of("gatherings", Gathering, "cohort__enrolments__school",
            "version cohort kind module held_on starts_at place agenda"),
    list_of("attendances", Attendance, "school", "gathering teachers leaders others"),
    list_of("ticks", Tick, "member__team__school", "member gathering"),
    list_of("reflections", Reflection, "team__school", "version team gathering body shared_on"),
    list_of("visits", Visit, "host__school",
            "version host programme kind asked_by asked_on condition why look_fors logistics on_day host_answer "
            "office_answer off_on off_why"),
    list_of("visit_notes", VisitNote, "visit__host__school",
            "version visit team body given_on read_on read_by reply released_on reminded_on"),
    list_of("shares", Share, "team__school",
            "version team gathering win number decided tested next_step dilemma chosen sent_on sent_by"),
    list_of("offers_and_asks", OfferOrAsk, "team__school", "version team gathering kind body met_on"),
    list_of("follow_ups", FollowUp, "team__school", "version team gathering visit body who done_on outcome"),
    list_of("stories", Story, "team__school",
            "version team title condition opening closing published_on published_by"),
    list_of("story_lines", StoryLine, "story__team__school",
            "version story place body origin is_quote said_by said_by_name consent_on consent_how withdrawn_on"),
    list_of("recognitions", Recognition, "team__school", "version team award given_by given_on story"),
    list_of("help_asked", Ask, "team__school",
            "version team programme topic body page page_title asked_by asked_on helper helper_name plan taken_on "
            "outcome helped closed_on"),
    list_of("help_steps", AskStep, "ask__team__school", "version ask by_office by on_day body"),
    list_of("shown_results", OfficeWave, "wave__school", "wave shown_by shown_on since", only=Q(wave__state="sealed")),
    list_of("stated_priorities", Priority, "school", "condition words since until stated_by"),
    list_of("openings", Opening, "school", "office user what wave at", only=Q(office__programmes__isnull=False)),
)  # fmt: skip


def of_school(kind: Kind) -> Kind:
    """Return a list of a team's file as a list of its school's file, where every row names its team."""
    fields = ("team", *kind.fields) if kind.owner == "team" else kind.fields
    return replace(kind, owner=f"{kind.owner}__school", fields=fields)


KINDS: tuple[Kind, ...] = (*SURVEYS, *(of_school(kind) for kind in WHOLE), *TOLD, *MEETINGS, *PRACTICES, *PROGRAMME)

# Where a record names another in words: list, field, and which model stands behind “finding:12”.
NAMED: tuple[tuple[str, str, Models], ...] = (
    ("evidence", "origin", {"finding": Finding}),
    ("waves", "instrument", {"own": OwnInstrument}),
    ("items", "ref", {"decision": Decision, "finding": Finding}),
    ("story_lines", "origin", {"decision": Decision, "trial": Trial, "finding": Finding, "let-go": LetGo}),
)
# Where the number of a record stands beside the word for its kind: list, field of the word, field of the number.
NUMBERED: tuple[tuple[str, str, str, Models], ...] = (
    ("held_back", "what", "number",
     {"decision": Decision, "question": Decision, "trial": Trial, "let-go": LetGo, "result": Wave}),
)  # fmt: skip

STAYS_BEHIND = {
    **TEAM_STAYS,
    "schools.Invitation": _("a way in belongs to one place"),
    "staffpage.StaffPage": _("a way in belongs to one place"),
    "staffpage.Follow": _("whoever follows the page by mail has not agreed to another place"),
    "surveys.Letter": _("who was sent a code is nobody’s business afterwards"),
    "meetings.Clock": _("a clock that is running stops"),
    "meetings.NormView": _("what each person ticked is theirs"),
    "practices.SilentList": _("what each person wrote before it was revealed is theirs"),
    "practices.SignUp": _("who signed up, their question and what they take away are theirs"),
    "practices.VisitWish": _("whom a person would like to watch is theirs"),
    "practices.PeerVisit": _("a visit belongs to the two people in it"),
    "practices.VisitNotes": _("what was noted belongs to the person who was watched"),
    "practices.VisitReflection": _("what a person takes from a visit is theirs"),
    "programme.LearningGoal": _("a person’s own goals are theirs"),
    "programme.Guest": _("a visit elsewhere belongs to the school that was visited"),
    "programme.Farewell": _("the agreement to leave is used up"),
    "programme.Enrolment.application": _("an application belongs to the office that decided it"),
    "programme.OfficeWave.round": _("a round of surveys belongs to the office that planned it"),
}
"""What has no place in the file, and why. A test holds this list and the tables against the models."""
