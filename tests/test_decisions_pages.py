"""Pages: who may enter, what stands where, and that nothing typed is ever lost."""

from datetime import timedelta

import pytest

from colead.decisions.actions import consent, record_decision, records, reviews, table
from colead.decisions.models import Decision, HandOver, LetGo, Way
from tests.cast import NOW, Cast
from tests.decisions_world import (
    TODAY,
    addresses,
    asked,
    at,
    browser,
    let_go,
    members,
    object_to,
    on_the_ballot,
    one_of_everything,
    proposed,
    settled,
    talking,
    words,
)


def test_the_list_puts_first_what_is_due(cast: Cast) -> None:
    due = settled(talking(cast.north_team, Way.CONSENSUS, question="Due?"), decided="a", review_on=TODAY - timedelta(9))
    asked(cast.north_team, question="On the table?")
    settled(talking(cast.north_team, Way.CONSENSUS, question="Fine?"), decided="b", review_on=TODAY + timedelta(9999))
    page = words(browser(cast.ben).get(at(cast.north_team, "decisions")))
    assert page.index("Due?") < page.index("On the table?") < page.index("Fine?")
    one = words(browser(cast.ben).get(at(cast.north_team, "decision", decision_id=due.pk)))
    assert "Look at this decision again" in one


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("tuesday", True),
        ("covers TUESDAY", True),
        ("canary", False),
        ("tuesday canary", False),
        ("100%", False),
        ("tues\0day", True),
    ],
)
def test_a_search_finds_every_word_wherever_it_stands(cast: Cast, search: str, found: bool) -> None:
    settled(talking(cast.north_team, Way.CONSENSUS), decided="Tuesdays", because="fewest covers")
    page = words(browser(cast.kim).get(at(cast.north_team, "decisions"), {"q": search}))
    assert ("Tuesdays" in page) == found
    assert ("Nothing found" in page) != found


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    def ask() -> int:
        with django_assert_max_num_queries(40) as asked_for:
            browser(cast.ada).get(at(cast.north_team, "decisions"))
        return len(asked_for)

    settled(talking(cast.north_team, Way.CONSENSUS), decided="x")
    few = ask()
    for _more in range(5):
        settled(talking(cast.north_team, Way.CONSENSUS), decided="x")
    assert ask() == few


def test_from_question_to_review_over_the_pages(cast: Cast) -> None:
    ada, team = browser(cast.ada), cast.north_team
    everybody = [member.pk for member in members(team)]
    there = ada.post(at(team, "decision_new"), {"question": "Which block?", "background": "Covers break planning."})
    decision = Decision.objects.get()
    assert there.headers["Location"] == at(team, "decision", decision_id=decision.pk)
    one = {"decision_id": decision.pk}
    ada.post(at(team, "decision_way", **one), {"way": "consent", "version": 1})
    ada.post(at(team, "decision_begin", **one))
    ada.post(at(team, "decision_propose", **one), {"proposal": "Tuesdays at 1:10."})
    round_ = decision.rounds.get()
    for step, field in (("clarify", "clarified"), ("react", "reactions")):
        url = at(team, "decision_step", round_id=round_.pk, step=step, **one)
        ada.post(url, {field: f"{step}: fine", "version": decision.rounds.get().version})
    no = {"kind": "objection", "body": "Six in a row.", "harm": "No break for specials."}
    ada.post(at(team, "decision_dissent_new", **one), no)
    settle = {"because": "Fewest covers.", "owner": everybody[0], "present": everybody, "decided_on": TODAY}
    settle |= {"review_on": TODAY + timedelta(7), "version": Decision.objects.get().version}
    refused = ada.post(at(team, "decision_settle", **one), settle)
    assert refused.status_code == 422
    assert "There is an open objection." in words(refused)
    assert "Fewest covers." in words(refused)
    ada.post(at(team, "decision_amend", round_id=round_.pk, **one), {"proposal": "Wednesdays at 1:10."})
    said = decision.dissents.get()
    met = {"outcome": "resolved", "what_happened": "Moved.", "body": said.body, "harm": said.harm, "version": 1}
    ada.post(at(team, "decision_dissent", dissent_id=said.pk, **one), met)
    assert ada.post(at(team, "decision_settle", **one), settle).status_code == 302
    decision.refresh_from_db()
    assert (decision.decided, str(decision.owner)) == ("Wednesdays at 1:10.", "Ada Reed")
    told = {"message": "Wednesdays.", "version": decision.version}
    ada.post(at(team, "decision_message", **one), told)
    look = {"seen": "Works.", "verdict": "change", "held_on": TODAY, "version": decision.version + 1}
    assert ada.post(at(team, "decision_review", **one), look).status_code == 302
    page = words(ada.get(at(team, "decision", **one)))
    for text in ("Wednesdays.", "Works.", "Six in a row.", "Moved.", "Covers break planning.", "Reviewed and closed"):
        assert text in page
    ada.post(f"{at(team, 'decision_new')}?again={decision.pk}", {"question": "Which block now?"})
    assert list(decision.followed_by.values_list("question", flat=True)) == ["Which block now?"]


def test_a_refused_press_is_said_aloud_on_the_next_page(cast: Cast) -> None:
    question = asked(cast.north_team)
    url = at(cast.north_team, "decision_begin", decision_id=question.pk)
    page = browser(cast.ada).post(url, follow=True)
    assert "First choose how you will decide." in words(page)


def test_a_coach_reads_and_is_offered_nothing_to_press(cast: Cast) -> None:
    made = [asked(cast.north_team), proposed(cast.north_team).decision, on_the_ballot(cast.north_team).decision]
    made += [settled(talking(cast.north_team, Way.CONSENSUS), decided="x")]
    for decision in made:
        page = words(browser(cast.kim).get(at(cast.north_team, "decision", decision_id=decision.pk)))
        inside = page[page.index("<main") : page.index("</main")]
        assert "<form" not in inside
        assert "/edit/" not in inside


@pytest.mark.parametrize("way", [*Way.values, ""])
def test_the_page_shows_the_step_at_hand_for_every_way(cast: Cast, way: str) -> None:
    decision = talking(cast.north_team, way) if way else asked(cast.north_team)
    page = words(browser(cast.ada).get(at(cast.north_team, "decision", decision_id=decision.pk)))
    hand = {
        "consent": "Make a proposal",
        "advice": "Note whom you asked",
        "consensus": "We stand behind it",
        "vote": "First the options",
        "one-person": "Ada Reed decides.",
        "": "how will you decide?",
    }
    assert hand[way] in page


def test_what_cannot_be_saved_comes_back_with_its_words_and_a_reason(cast: Cast) -> None:
    ada, team = browser(cast.ada), cast.north_team
    decision = talking(team, Way.CONSENSUS)
    one = {"decision_id": decision.pk}
    sent = [
        (at(team, "decision_new"), {"background": "typed"}),
        (at(team, "decision_quick"), {"decided": "typed"}),
        (at(team, "decision_dissent_new", **one), {"kind": "objection", "body": "typed"}),
        (at(team, "decision_input_new", **one), {"who": "typed", "said": "x", "came_on": TODAY, "fate": "not-taken"}),
        (at(team, "decision_option_new", **one), {"speaks_for": "typed"}),
        (at(team, "decision_settle", **one), {"decided": "typed"}),
        (at(team, "let_go"), {"what": "typed"}),
        (at(team, "hand_over_new"), {"task": "typed"}),
    ]
    for url, data in sent:
        answer = ada.post(url, data)
        assert answer.status_code == 422, url
        assert "typed" in words(answer), url
        assert 'role="alert"' in words(answer), url


# --- Two people save one text: every form with a version answers with both, and loses neither. -----------------------


def stale_cases(cast: Cast) -> list[tuple[str, dict[str, object], str]]:
    """Return for each form with a version: its address, what both send, the field in which they differ."""
    team = cast.north_team
    numbers = one_of_everything(team)
    urls = addresses(team, numbers)
    everybody = [member.pk for member in members(team)]
    open_ = talking(team, Way.CONSENSUS)
    due = record_decision(
        team,
        question="Q",
        decided="D",
        present=members(team),
        by=cast.ada,
        now=NOW,
        way="vote",
        decided_on=TODAY,
        owner=members(team)[0],
        review_on=TODAY,
    )
    waiting = asked(team)
    option = table.add_option(open_, name="Monday", by=cast.ada, now=NOW)
    lying = {"name": "Monday", "standing": "on"}
    round_ = proposed(team)
    amend = {"question": "Q", "decided": "D", "present": everybody, "decided_on": TODAY, "owner": everybody[0]}
    letting = {"what": "x", "since": TODAY, "minutes_each": 5, "people": 1, "to_whom": "y", "in_place": "z"}
    handing = {"task": "t", "from_member": everybody[0], "to_member": everybody[1], "handed_on": TODAY}
    handing |= {"agreed_by": everybody}
    at_open = at(team, "decision_edit", decision_id=open_.pk)
    at_round = {"decision_id": round_.decision_id, "round_id": round_.pk}
    return [
        (at_open, {"question": "Q"}, "talk"),
        (at(team, "decision_edit", decision_id=numbers["decision_id"]), amend, "because"),
        (at(team, "decision_message", decision_id=numbers["decision_id"]), {}, "message"),
        (at(team, "decision_option", option_id=option.pk, decision_id=open_.pk), lying, "speaks_for"),
        (urls["decision_input"], {"who": "w", "came_on": TODAY, "fate": "waiting"}, "said"),
        (urls["decision_dissent"], {"outcome": "resolved", "what_happened": "h", "harm": "h"}, "body"),
        (urls["decision_review_words"], {}, "seen"),
        (at(team, "decision_step", step="react", **at_round), {}, "reactions"),
        (urls["let_go_change"], letting, "note"),
        (at(team, "let_go_check", let_go_id=let_go(team).pk), {"is_back": "no"}, "note"),
        (urls["hand_over_change"], handing, "taken_off"),
        (at(team, "decision_owner", decision_id=due.pk), {"owner": everybody[0]}, "review_on"),
        (at(team, "decision_way", decision_id=waiting.pk), {"way": "vote"}, "input_until"),
    ]


def version_of(page: str) -> int:
    found = page.split('name="version" value="')
    return int(found[1].split('"')[0])


def test_a_stale_save_shows_both_and_the_next_save_keeps_what_a_person_chose(cast: Cast) -> None:
    ada, ben = browser(cast.ada), browser(cast.ben)
    for url, common, field in stale_cases(cast):
        days = field in ("review_on", "input_until")
        theirs, mine = ("2027-01-11", "2027-02-22") if days else ("Ben’s words", "Ada’s words")
        began = version_of(words(ada.get(url)))
        assert ben.post(url, {**common, field: theirs, "version": began}).status_code == 302, url
        clash = ada.post(url, {**common, field: mine, "version": began})
        assert clash.status_code == 409, url
        page = words(clash)
        assert theirs in page, url
        assert mine in page, url
        assert ada.post(url, {**common, field: mine, "version": version_of(page)}).status_code == 302, url
        assert mine in words(ada.get(url)), url


def test_a_stale_decision_is_not_taken_twice_and_nothing_typed_is_lost(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    url = at(cast.north_team, "decision_settle", decision_id=question.pk)
    everybody = [member.pk for member in members(cast.north_team)]
    sent = {"because": "typed by Ada", "decided": "x", "owner": everybody[0], "present": everybody}
    sent |= {"decided_on": TODAY, "review_on": TODAY + timedelta(9), "version": question.version}
    settled(question, decided="Ben was faster")
    answer = browser(cast.ada).post(url, sent)
    assert answer.status_code == 302  # to the page that shows what Ben kept
    assert Decision.objects.get().decided == "Ben was faster"


def test_two_reviews_at_once_are_put_together(cast: Cast) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", review_on=TODAY)
    looked = {"held_on": TODAY, "seen": "Ben saw", "verdict": "keep", "next_on": TODAY + timedelta(30)}
    reviews.review_decision(made, by=cast.ben, based_on=made.version, now=NOW, **looked)
    url = at(cast.north_team, "decision_review", decision_id=made.pk)
    sent = {"seen": "Ada saw", "verdict": "keep", "held_on": TODAY, "review_on": TODAY + timedelta(60)}
    answer = browser(cast.ada).post(url, {**sent, "version": made.version})
    assert answer.status_code == 409
    assert "Ada saw" in words(answer)


def test_the_history_shows_every_wording_with_who_and_what(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    object_to(question, body="First words")
    records.reword_question(question, question="Second question?", by=cast.ben, based_on=2, now=NOW)
    page = words(browser(cast.kim).get(at(cast.north_team, "decision_history", decision_id=question.pk)))
    for text in ("When do we plan together?", "Second question?", "First words", "Ben Ortiz", "objection or concern"):
        assert text in page


def test_an_owner_who_left_is_named_and_replaced(cast: Cast) -> None:
    ben = cast.north_team.members.get(user=cast.ben)
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", owner=ben)
    ben.left_on = TODAY
    ben.save()
    page = words(browser(cast.ada).get(at(cast.north_team, "decision", decision_id=made.pk)))
    assert "Ben Ortiz, who has left the team" in page
    assert "Name one of you who answers for it" in page
    url = at(cast.north_team, "decision_owner", decision_id=made.pk)
    ada = members(cast.north_team)[0]
    sent = {"owner": ada.pk, "review_on": TODAY + timedelta(9), "version": made.version}
    assert browser(cast.ada).post(url, {**sent, "owner": ben.pk}).status_code == 422
    browser(cast.ada).post(url, sent)
    made.refresh_from_db()
    assert made.owner == ada


def test_letting_go_and_handing_over_on_the_pages(cast: Cast) -> None:
    ada, team = browser(cast.ada), cast.north_team
    made = settled(talking(team, Way.CONSENSUS), decided="No more bulletin")
    form = words(ada.get(f"{at(team, 'let_go')}?decision={made.pk}"))
    assert f'value="{made.pk}" selected' in form
    entry = {"what": "Bulletin", "since": TODAY, "minutes_each": 30, "people": 4, "to_whom": "grade leads"}
    ada.post(at(team, "let_go"), {**entry, "in_place": "nothing", "decision": made.pk})
    page = words(ada.get(at(team, "stop_list")))
    assert "2 h a week given back" in page
    assert "No more bulletin" in page
    one = LetGo.objects.get()
    back = {"is_back": "yes", "back_since": "", "version": 1}
    assert ada.post(at(team, "let_go_check", let_go_id=one.pk), back).status_code == 422
    ada.post(at(team, "let_go_check", let_go_id=one.pk), {**back, "back_since": TODAY})
    assert "Crept back" in words(ada.get(at(team, "stop_list")))
    one.refresh_from_db()
    ada.post(at(team, "let_go_check", let_go_id=one.pk), {"is_back": "no", "back_since": TODAY, "version": 2})
    assert LetGo.objects.get().back_since is None
    ada_m, ben_m, _pat = members(team)
    trade = {"task": "Data meeting", "from_member": ada_m.pk, "to_member": ben_m.pk, "handed_on": TODAY}
    trade |= {"agreed_by": [ben_m.pk], "taken_off": ""}
    assert ada.post(at(team, "hand_over_new"), trade).status_code == 422
    ada.post(at(team, "hand_over_new"), {**trade, "taken_off": "Bus duty"})
    assert HandOver.objects.get().taker == "Ben Ortiz"
    assert "Bus duty" in words(browser(cast.kim).get(at(team, "hand_overs")))


def test_a_step_that_moved_on_keeps_what_was_typed(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    consent.amend(round_, proposal="Wednesdays", by=cast.ben, now=NOW)
    url = at(cast.north_team, "decision_amend", decision_id=round_.decision_id, round_id=round_.pk)
    answer = browser(cast.ada).post(url, {"proposal": "Thursdays"})
    assert answer.status_code == 422
    assert "newer wording" in words(answer)
    assert "Thursdays" in words(answer)
