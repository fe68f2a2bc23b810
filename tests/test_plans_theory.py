"""A theory of action: what it rests on, its lines and arrows, one sentence, a diagram, adopted versions."""

import pytest
from django.db import IntegrityError
from lxml import etree

from colead.decisions.actions import NobodyPresent
from colead.decisions.models import Decision
from colead.plans.actions import barriers
from colead.plans.actions import theory as actions
from colead.plans.models import Adoption, Theory, TheoryLine
from colead.plans.queries.theory import drivers, theory_page
from colead.plans.reading import sentence
from tests.cast import NOW, Cast
from tests.plans_chain import approach_of, at, barrier_of, enter, evidence_of, text_of, theory_of, whole_theory

SVG = "{http://www.w3.org/2000/svg}"

# --- Starting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "problem", "refusal", "said"),
    [
        ("", "We plan alone", actions.NoGoal, "Say first what you want to reach"),
        ("All plan together", "  ", actions.NoProblem, "Name first the problem of practice"),
    ],
)
def test_no_theory_without_a_goal_and_a_problem(
    cast: Cast, goal: str, problem: str, refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal):
        theory_of(cast, goal=goal, problem=problem)
    answer = enter(cast.ada).post(at(cast, "theory"), {"goal": goal, "problem": problem, "learned": "kept words"})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "kept words" in text_of(answer)
    assert not Theory.objects.exists()


@pytest.mark.parametrize("field", ["goal", "problem"])
def test_what_a_theory_rests_on_cannot_be_emptied_later(cast: Cast, field: str) -> None:
    made = theory_of(cast)
    sent = {"goal": made.goal, "problem": made.problem, "version": 1, field: ""}
    assert enter(cast.ada).post(at(cast, "edit_theory", made.pk), sent).status_code == 422
    with pytest.raises(IntegrityError):
        Theory.objects.update(**{field: ""})


def test_one_theory_is_at_work_for_a_condition(cast: Cast) -> None:
    made = theory_of(cast, condition="vision")
    with pytest.raises(actions.AlreadyAtWork):
        theory_of(cast, condition="vision")
    assert theory_of(cast, condition="capacity")
    sent = {"goal": "Another", "problem": "Another", "condition": "vision"}
    answer = enter(cast.ada).post(at(cast, "theory") + "?start", sent, follow=True)
    assert answer.redirect_chain[-1][0] == at(cast, "theory_page", made.pk)
    assert "You have a theory for this already" in text_of(answer)


def test_a_theory_put_away_makes_room_and_stays_readable(cast: Cast) -> None:
    made = theory_of(cast, goal="The old goal")
    enter(cast.ada).post(at(cast, "put_theory_away", made.pk))
    theory_of(cast, goal="The new goal")
    assert "The new goal" in text_of(enter(cast.ada).get(at(cast, "theory")))
    assert "The old goal" in text_of(enter(cast.ada).get(at(cast, "theory_page", made.pk)))


def test_what_was_found_out_about_the_barrier_is_not_typed_again(cast: Cast) -> None:
    barrier = barrier_of(cast, condition="structures", evidence=[evidence_of(cast, "I plan alone")])
    barriers.add_why(barrier, because="the schedule is made last", by=cast.ada, now=NOW)
    barriers.name_cause(barrier, in_reach=True, not_a_person=True, by=cast.ada, now=NOW)
    barriers.choose_barrier(barrier, by=cast.ada, now=NOW)
    idea = approach_of(cast, barrier)
    page = text_of(enter(cast.ada).get(at(cast, "theory"), {"start": "", "condition": "structures"}))
    for words in (barrier.statement, "the schedule is made last", "“I plan alone”"):
        assert words in page
    assert f'value="{barrier.pk}" selected' in page
    sent = {"goal": "g", "problem": "p", "condition": "structures", "barrier": barrier.pk, "approach": idea.pk}
    enter(cast.ada).post(at(cast, "theory") + "?start", sent)
    line = TheoryLine.objects.get()
    assert (line.leg, line.text) == ("if", idea.text)


@pytest.mark.parametrize("asked", ["?start&barrier=999", "?start&barrier=x", "?start&idea=²", "?start&condition=nope"])
def test_an_address_that_names_nothing_starts_from_nothing(cast: Cast, asked: str) -> None:
    assert enter(cast.ada).get(at(cast, "theory") + asked).status_code == 200


def test_a_barrier_of_another_school_is_not_carried_over(cast: Cast) -> None:
    foreign = barriers.name_barrier(cast.south_team, statement="South’s secret", reach="control", by=cast.cleo, now=NOW)
    page = text_of(enter(cast.ada).get(at(cast, "theory") + f"?start&barrier={foreign.pk}"))
    assert "South’s secret" not in page
    sent = {"goal": "g", "problem": "p", "barrier": foreign.pk}
    assert enter(cast.ada).post(at(cast, "theory"), sent).status_code == 422


# --- Lines and arrows ------------------------------------------------------------------------------------------------


def test_lines_find_their_way_where_there_is_no_choice(cast: Cast) -> None:
    made = whole_theory(cast)
    by_leg = {line.leg: line for line in made.lines.all()}
    assert by_leg["if"].toward == by_leg["then"]
    assert by_leg["then"].toward == by_leg["result"]
    assert by_leg["result"].toward is None


def test_where_there_is_a_choice_the_arrow_waits(cast: Cast) -> None:
    made = whole_theory(cast)
    actions.add_line(made, leg="then", text="another change", by=cast.ada, now=NOW)
    loose = actions.add_line(made, leg="if", text="another deed", by=cast.ada, now=NOW)
    assert loose.toward is None
    assert any("1 line leads nowhere yet" in gap for gap in theory_page(made).gaps)


def test_an_arrow_leads_to_the_next_part_only(cast: Cast) -> None:
    made, other = whole_theory(cast), whole_theory(cast, condition="vision")
    by_leg = {line.leg: line for line in made.lines.all()}
    for toward in (by_leg["result"], by_leg["if"], other.lines.get(leg="then")):
        with pytest.raises(actions.WrongWay):
            actions.edit_line(by_leg["if"], toward=toward, by=cast.ada, based_on=9, now=NOW)
        sent = {"text": "We share one hour.", "toward": toward.pk, "version": 9}
        assert enter(cast.ada).post(at(cast, "theory_line", by_leg["if"].pk), sent).status_code == 422


def test_an_arrow_carries_an_assumption_and_evidence(cast: Cast) -> None:
    made, piece = whole_theory(cast), evidence_of(cast, "2 teams did it")
    line = made.lines.get(leg="if")
    sent = {
        "text": line.text,
        "toward": made.lines.get(leg="then").pk,
        "because": "An hour is enough",
        "evidence": [piece.pk],
        "version": line.version,
    }
    assert enter(cast.ben).post(at(cast, "theory_line", line.pk), sent).status_code == 302
    page = text_of(enter(cast.ada).get(at(cast, "theory_page", made.pk)))
    assert "An hour is enough" in page
    assert "2 teams did it" in page
    assert any("1 arrow has neither" in gap for gap in theory_page(made).gaps)  # the other one is still bare


def test_a_line_taken_out_leaves_its_place_and_comes_back(cast: Cast) -> None:
    made = whole_theory(cast)
    line = made.lines.get(leg="then")
    enter(cast.ada).post(at(cast, "put_line_away", line.pk))
    page = theory_page(made)
    assert not page.whole
    assert any("leads nowhere" in gap for gap in page.gaps)
    enter(cast.ada).post(at(cast, "put_line_away", line.pk))
    assert theory_page(made).whole


def test_a_line_without_words_is_asked_for_again(cast: Cast) -> None:
    made = theory_of(cast)
    answer = enter(cast.ada).post(at(cast, "add_theory_line", made.pk, "if"), {"if-text": " "})
    assert answer.status_code == 422
    assert enter(cast.ada).post(at(cast, "add_theory_line", made.pk, "but"), {"but-text": "x"}).status_code == 404


def test_two_people_who_change_one_line_see_both(cast: Cast) -> None:
    line = whole_theory(cast).lines.get(leg="result")
    actions.edit_line(line, text="Ben’s result", by=cast.ben, based_on=line.version, now=NOW)
    answer = enter(cast.ada).post(at(cast, "theory_line", line.pk), {"text": "Ada’s result", "version": line.version})
    assert answer.status_code == 409
    assert "Ben’s result" in text_of(answer)


def test_two_people_who_change_different_fields_both_keep_their_words(cast: Cast) -> None:
    made = theory_of(cast)
    actions.write_theory(made, leaders="Pat clears the hour", by=cast.ben, based_on=1, now=NOW)
    sent = {"goal": made.goal, "problem": made.problem, "equity": "Night shift staff", "version": 1}
    assert enter(cast.ada).post(at(cast, "edit_theory", made.pk), sent).status_code == 302
    made.refresh_from_db()
    assert (made.leaders, made.equity) == ("Pat clears the hour", "Night shift staff")


def test_two_people_who_change_one_field_see_both(cast: Cast) -> None:
    made = theory_of(cast)
    actions.write_theory(made, goal="Ben’s goal", by=cast.ben, based_on=1, now=NOW)
    sent = {"goal": "Ada’s goal", "problem": made.problem, "version": 1}
    answer = enter(cast.ada).post(at(cast, "edit_theory", made.pk), sent)
    assert answer.status_code == 409
    assert "Ben’s goal" in text_of(answer)


# --- Reading it out --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ifs", "thens", "results", "read"),
    [
        (["We share one hour."], ["Teams plan together"], ["students gain;"],
         "If we share one hour, then teams plan together, and as a result students gain."),
        (["If we meet", "trade a duty,", "ask first"], ["Then trust grows"], ["As a result, more stay"],
         "If we meet, trade a duty and ask first, then trust grows, and as a result more stay."),
        (["share\nan hour"], [], [], "If we share an hour, then …, and as a result …."),
        (["give Ada an hour"], ["Ada’s team leads"], ["NTPS scores rise"],
         "If we give Ada an hour, then ada’s team leads, and as a result NTPS scores rise."),
    ],
)  # fmt: skip
def test_a_theory_reads_as_one_sentence(ifs: list[str], thens: list[str], results: list[str], read: str) -> None:
    assert sentence(ifs, thens, results) == read


def test_names_keep_their_capital_letter() -> None:
    assert "then Ada leads" in sentence(["act"], ["Ada leads"], ["x"], ["Ada Reed"])


def test_there_are_questions_and_no_score(cast: Cast) -> None:
    page = text_of(enter(cast.ada).get(at(cast, "theory_page", whole_theory(cast).pk)))
    assert "would the problem you named be smaller?" in page
    assert "%" not in page.split("<main")[1].replace("%2F", "")


# --- Adopting --------------------------------------------------------------------------------------------------------


def adopt(cast: Cast, made: Theory, **more: object) -> object:
    present = [member.pk for member in cast.north_team.members.all()]
    sent = {"decided": "We try it", "way": "consent", "present": present, "decided_on": "2026-11-16", **more}
    return enter(cast.ada).post(at(cast, "adopt_theory", made.pk), sent)


def test_adopting_makes_a_decision_and_keeps_the_words_as_they_stood(cast: Cast) -> None:
    made = whole_theory(cast)
    assert adopt(cast, made).status_code == 302
    adoption = Adoption.objects.get()
    assert (adoption.number, adoption.by, adoption.decision.decided) == (1, cast.ada, "We try it")
    line = made.lines.get(leg="if")
    actions.edit_line(line, text="We share two hours.", by=cast.ben, based_on=line.version, now=NOW)
    version = text_of(enter(cast.ben).get(at(cast, "theory_version", made.pk, 1)))
    assert "We share one hour." in version
    assert "two hours" not in version
    assert "leads to: Then teams plan together." in version
    assert "Changed since you adopted version 1" in text_of(enter(cast.ben).get(at(cast, "theory_page", made.pk)))


def test_the_same_words_are_not_adopted_twice(cast: Cast) -> None:
    made = whole_theory(cast)
    adopt(cast, made)
    answer = adopt(cast, made)
    assert answer.status_code == 422
    assert "Nothing has changed since you adopted it" in text_of(answer)
    actions.write_theory(made, equity="Everyone", by=cast.ben, based_on=1, now=NOW)
    adopt(cast, made)
    assert [adoption.number for adoption in made.adoptions.all()] == [1, 2]
    assert Decision.objects.count() == 2


def test_a_theory_with_a_part_missing_is_not_adopted(cast: Cast) -> None:
    made = theory_of(cast)
    actions.add_line(made, leg="if", text="act", by=cast.ada, now=NOW)
    answer = adopt(cast, made)
    assert answer.status_code == 422
    assert "not whole yet" in text_of(answer)
    assert not Decision.objects.exists()


def test_nobody_adopts_alone_in_an_empty_room(cast: Cast) -> None:
    made = whole_theory(cast)
    facts = {"decided": "x", "way": "consent", "decided_on": NOW.date()}
    with pytest.raises(NobodyPresent):
        actions.adopt_theory(made, present=[], by=cast.ada, now=NOW, **facts)
    answer = adopt(cast, made, present=[])
    assert answer.status_code == 422
    assert "Say who was there" in text_of(answer)
    assert not Adoption.objects.exists()


# --- The same as a driver diagram ------------------------------------------------------------------------------------


def test_the_diagram_says_what_it_is_and_stands_beside_its_table(cast: Cast) -> None:
    made = whole_theory(cast)
    page = enter(cast.ada).get(at(cast, "theory_diagram", made.pk)).content.decode()
    svg = etree.fromstring(page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns")) + 6])
    assert svg.get("role") == "img"
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert made.goal in title.text
    assert "read from right to left" in desc.text
    table = page[page.index("<table>") : page.index("</table>")]
    for line in made.lines.all():
        assert line.text in table


def test_the_diagram_needs_no_color(cast: Cast) -> None:
    svg = etree.fromstring(drivers(whole_theory(cast)).svg(ink="#1c2422"))
    paints = {each.get(name) for each in svg.iter() for name in ("fill", "stroke")} - {None}
    assert paints == {"none", "#1c2422"}


def test_a_line_that_leads_nowhere_stands_apart_with_dashes(cast: Cast) -> None:
    made = whole_theory(cast)
    actions.add_line(made, leg="then", text="something else", by=cast.ada, now=NOW)
    actions.add_line(made, leg="if", text="a loose end", by=cast.ada, now=NOW)
    picture = drivers(made)
    svg = etree.fromstring(picture.svg())
    assert len([box for box in svg.iter(f"{SVG}rect") if box.get("stroke-dasharray")]) == 1
    assert picture.rows[-1].if_ == "a loose end"
    assert picture.rows[-1].result == ""


def test_every_line_stands_in_the_table_however_long_and_odd(cast: Cast) -> None:
    made = theory_of(cast, goal="<b>&amp;" + "x" * 400)
    for leg in ("if", "then", "result"):
        for number in range(3):
            actions.add_line(made, leg=leg, text=f"{leg} {number} <script> " + "long " * 60, by=cast.ada, now=NOW)
    picture = drivers(made)
    etree.fromstring(picture.svg())
    said = " ".join(f"{row.result} {row.then} {row.if_}" for row in picture.rows)
    assert all(line.text.strip() in said for line in made.lines.all())
    assert "<script>" not in enter(cast.ada).get(at(cast, "theory_diagram", made.pk)).content.decode()


def test_an_empty_theory_has_an_empty_diagram(cast: Cast) -> None:
    assert enter(cast.ada).get(at(cast, "theory_diagram", theory_of(cast).pk)).status_code == 200


# --- Who changed what ------------------------------------------------------------------------------------------------


def test_the_history_says_who_changed_what(cast: Cast) -> None:
    made = theory_of(cast, goal="The first goal")
    actions.write_theory(made, goal="The second goal", by=cast.ben, based_on=1, now=NOW)
    page = text_of(enter(cast.ada).get(at(cast, "theory_page", made.pk)))
    assert "How it changed: 2 versions" in page
    assert "The first goal" in page
    assert "Ben Ortiz" in page


def test_a_long_theory_asks_the_database_no_more_often(cast: Cast, django_assert_max_num_queries: object) -> None:
    made = whole_theory(cast)
    for number in range(9):
        actions.add_line(made, leg="if", text=f"deed {number}", by=cast.ada, now=NOW)
    client = enter(cast.ada)
    with django_assert_max_num_queries(40):
        client.get(at(cast, "theory_page", made.pk))
