"""One of everything in the decisions room, made through the real verbs; and who may open each of its addresses."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from colead.accounts.models import User
from colead.decisions.actions import closing, consent, dissent, exchange, records, reviews, table, votes
from colead.decisions.models import Ballot, Decision, Way
from colead.schools.models import Member, Team
from tests.cast import NOW

TODAY = NOW.date()

# Who may open what: `read` is for members, and for the coach to read; `write` for members only, `post` only by POST.
DOORS = {
    "read": (
        "decisions",
        "decision",
        "decision_history",
        "decision_paper",
        "decision_blank",
        "decisions_sheet",
        "stop_list",
        "stop_list_paper",
        "stop_list_sheet",
        "hand_overs",
        "hand_overs_paper",
        "hand_overs_sheet",
    ),
    "write": (
        "decision_new",
        "decision_quick",
        "decision_edit",
        "decision_way",
        "decision_stop",
        "decision_settle",
        "decision_owner",
        "decision_message",
        "decision_review",
        "decision_review_words",
        "decision_option_new",
        "decision_option",
        "decision_input_new",
        "decision_input",
        "decision_dissent_new",
        "decision_dissent",
        "decision_propose",
        "decision_amend",
        "decision_step",
        "decision_vote_open",
        "decision_vote",
        "let_go",
        "let_go_change",
        "let_go_check",
        "hand_over_new",
        "hand_over_change",
    ),
    "post": ("decision_begin", "decision_vote_close", "decision_vote_call_off"),
}


def members(team: Team) -> list[Member]:
    return list(team.members.active().select_related("user"))


def asked(team: Team, way: str = "", **facts: Any) -> Decision:
    """Put a question on the table."""
    one, *_others = members(team)
    if way in (Way.ADVICE, Way.ONE_PERSON):
        facts = {"decider": one, **facts}
    question = facts.pop("question", "When do we plan together?")
    return records.open_question(team, question=question, way=way, by=one.user, now=NOW, **facts)


def talking(team: Team, way: str, **facts: Any) -> Decision:
    """Put a question on the table and begin to talk."""
    return records.begin_talk(asked(team, way, **facts), by=members(team)[0].user, now=NOW)


def proposed(team: Team, proposal: str = "Tuesdays at 1:10.") -> Any:
    """Bring a proposal to the step of objections; return its round."""
    by = members(team)[0].user
    round_ = consent.propose(talking(team, Way.CONSENT), proposal=proposal, by=by, now=NOW)
    for step in ("clarify", "react"):
        round_ = consent.keep_step(round_, step, words=f"{step}: nothing", by=by, based_on=round_.version, now=NOW)
    return round_


def object_to(decision: Decision, **facts: Any) -> Any:
    """Raise an objection."""
    words = {"kind": "objection", "body": "Six classes in a row.", "harm": "No break for specials.", **facts}
    return dissent.say_no(decision, by=members(decision.team)[0].user, now=NOW, **words)


def settled(decision: Decision, **facts: Any) -> Decision:
    """End the talk with a decision."""
    everybody = members(decision.team)
    words = {
        "present": everybody,
        "owner": everybody[0],
        "review_on": TODAY + timedelta(weeks=8),
        "decided_on": TODAY,
        "because": "It frees the fewest covers.",
        "by": everybody[0].user,
        "based_on": Decision.objects.get(pk=decision.pk).version,
        **facts,
    }
    return closing.settle(decision, now=NOW, **words)


def on_the_ballot(team: Team, need: str = "half", names: tuple[str, ...] = ("Monday", "Thursday")) -> Ballot:
    """Open a vote on options of these names."""
    decision = talking(team, Way.VOTE)
    for name in names:
        table.add_option(decision, name=name, by=members(team)[0].user, now=NOW)
    return votes.open_ballot(decision, need=need, now=NOW)


def vote(ballot: Ballot, *names: str) -> None:
    """Let the members vote, in the order they joined; an empty name abstains."""
    for member, name in zip(members(ballot.decision.team), names, strict=False):
        option = ballot.decision.options.get(name=name) if name else None
        votes.cast_vote(ballot, member=member, option=option)


def one_of_everything(team: Team) -> dict[str, int]:
    """Make a decision with all that can belong to it, an entry on the stop list, a hand-over; return their numbers."""
    by = members(team)[0].user
    round_ = proposed(team, proposal="canary-proposal")
    decision = round_.decision
    said = object_to(decision, body="canary-objection", harm="canary-harm")
    ending = {"outcome": "resolved", "what_happened": "canary-ending"}
    said = dissent.change_dissent(said, by=by, based_on=said.version, now=NOW, **ending)
    stopped = records.stop_talk(decision, why="canary-why", by=by, now=NOW)
    chosen = {"way": Way.VOTE, "decider": None, "input_until": None}
    records.choose_way(stopped, by=by, based_on=stopped.version, now=NOW, **chosen)
    records.begin_talk(stopped, by=by, now=NOW)
    options = [table.add_option(decision, name=name, by=by, now=NOW) for name in ("canary-one", "canary-two")]
    heard = table.note_input(decision, who="canary-who", said="canary-said", by=by, now=NOW)
    ballot = votes.open_ballot(decision, need="most", now=NOW)
    vote(ballot, "canary-one", "canary-one", "canary-two")
    votes.close_ballot(ballot, now=NOW)
    after = settled(decision, decided="canary-decided", because="canary-because", concerns="canary-concern")
    looked = {"held_on": TODAY, "seen": "canary-seen", "verdict": "keep", "next_on": TODAY + timedelta(9)}
    review = reviews.review_decision(after, by=by, based_on=after.version, now=NOW, **looked)
    return {
        "decision_id": decision.pk,
        "option_id": options[0].pk,
        "input_id": heard.pk,
        "round_id": round_.pk,
        "dissent_id": said.pk,
        "ballot_id": ballot.pk,
        "review_id": review.pk,
        "let_go_id": let_go(team, what="canary-let-go", in_place="canary-place", decision=after).pk,
        "hand_over_id": hand_over(team, task="canary-task", taken_off="canary-off").pk,
    }


def let_go(team: Team, **facts: Any) -> Any:
    """Put something on the stop list."""
    words = {
        "what": "The second lunch count",
        "since": TODAY,
        "minutes_each": 15,
        "people": 10,
        "to_whom": "classroom teachers",
        "in_place": "Calls to parents",
        **facts,
    }
    return exchange.let_go(team, by=members(team)[0].user, now=NOW, **words)


def hand_over(team: Team, **facts: Any) -> Any:
    """Hand a task from the first member to the second."""
    one, other, *_rest = members(team)
    words = {
        "task": "Running the data meeting",
        "from_member": one,
        "to_member": other,
        "taken_off": "Thursday bus duty",
        "agreed_by": [one, other],
        "handed_on": TODAY,
        **facts,
    }
    return exchange.hand_over(team, by=one.user, now=NOW, **words)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: HttpResponse) -> str:
    return response.content.decode()


def at(team: Team, name: str, **numbers: object) -> str:
    return reverse(name, kwargs={"team_id": team.pk, **numbers})


def addresses(team: Team, numbers: dict[str, int]) -> dict[str, str]:
    """Return every address of the room, with these numbers in it."""
    known = {**numbers, "form": "pdf", "kind": "filled", "step": "clarify"}
    found = {}
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", []):
            if getattr(resolver.urlconf_module, "__name__", "") == "colead.decisions.urls":
                wanted = set(pattern.pattern.regex.groupindex) - {"team_id"}
                facts = {key: known[key] for key in wanted}
                facts |= {"form": "csv"} if pattern.name.endswith("_sheet") else {}
                found[pattern.name] = at(team, pattern.name, **facts)
    return found
