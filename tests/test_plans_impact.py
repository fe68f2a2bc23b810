"""What came of a test: values and what the rules say, what people said, and the decision that closes it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from lxml import etree

from colead.decisions.actions import NobodyPresent
from colead.plans.actions import impact as actions
from colead.plans.actions import indicators, trials
from colead.plans.charts.runchart import picture
from colead.plans.models import Indicator, Point, Trial
from colead.plans.pasting import Value
from colead.plans.queries.impact import impact_page
from colead.plans.queries.measures import Measure, measure
from tests.cast import NOW, Cast

TODAY = date(2026, 11, 16)
LOW_THEN_HIGH = [12, 15, 10, 14, 9, 16, 11, 13, 12, 10, 38, 44, 41, 46, 40, 47, 45, 52, 44, 48]


@pytest.fixture
def trial(cast: Cast) -> Trial:
    planned = trials.plan_trial(
        cast.north_team, place="active", form="pilot", question="Does it help?", by=cast.ada, now=NOW
    )
    return trials.begin(planned, by=cast.ada, now=NOW)


def counted(cast: Cast, trial: Trial, values: list[int], *, of: int | None = None, **facts: Any) -> Indicator:
    facts = {"name": "Minutes together", "kind": "process", "better": "up", "chart": "run", "rules": "anhoej"} | facts
    made = indicators.add_indicator(trial, by=cast.ada, now=NOW, **facts)
    first = TODAY - timedelta(weeks=len(values))
    given = [Value(first + timedelta(weeks=week), Decimal(value), of) for week, value in enumerate(values)]
    indicators.put_values(made, given, by=cast.ada, now=NOW)
    return Indicator.objects.prefetch_related("points").get(pk=made.pk)


def said(read: Measure) -> str:
    return " ".join(read.findings)


def page_of(cast: Cast, who: str = "ada") -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


# --- Values, typed in or pasted. ---


def test_pasted_values_go_in_all_or_none(cast: Cast, trial: Trial) -> None:
    made = counted(cast, trial, [])
    where = f"/t/{cast.north_team.pk}/indicators/{made.pk}/paste/"
    answer = page_of(cast).post(where, {"lines": "2026-11-02,14\nnonsense,1"})
    assert answer.status_code == 422
    assert "Line 2:" in answer.content.decode()
    assert not Point.objects.exists()
    assert page_of(cast).post(where, {"lines": "2026-11-02,14\n2026-11-09,15"}).status_code == 302
    assert Point.objects.count() == 2


def test_a_value_for_a_day_that_has_one_takes_its_place_and_the_old_one_is_kept(cast: Cast, trial: Trial) -> None:
    made = counted(cast, trial, [14])
    day = made.points.get().on
    assert indicators.put_values(made, [Value(day, Decimal(15))], by=cast.ben, now=NOW) == 1
    assert indicators.put_values(made, [Value(day, Decimal(15))], by=cast.ben, now=NOW) == 0
    assert [save.value for save in made.points.get().history.order_by("version")] == [14, 15]


def test_a_value_that_was_taken_off_stays_in_the_history(cast: Cast, trial: Trial) -> None:
    made = counted(cast, trial, [14])
    point = made.points.get()
    where = f"/t/{cast.north_team.pk}/indicators/{made.pk}/value/{point.pk}/take-off/"
    assert page_of(cast, "ben").post(where).status_code == 302
    assert not Point.objects.exists()
    kept = Point.history.get(id=point.pk, history_type="-")
    assert (kept.value, kept.history_user) == (14, cast.ben)


# --- What the rules say. ---


@pytest.mark.parametrize(
    ("values", "words", "signal"),
    [
        ([], "no value yet", False),
        ([5, 5, 5], "All values are alike", False),
        ([5, 6, 7, 4, 5], "From 10 on", False),
        ([10, 12, 9, 13, 8, 14, 7, 12, 9, 13, 8, 12], "usual up and down", False),
        (LOW_THEN_HIGH, "10 values in a row lie above the middle, where you want them", True),
    ],
)
def test_a_run_chart_speaks_from_ten_useful_values_on(
    cast: Cast, trial: Trial, values: list[int], words: str, signal: bool
) -> None:
    read = measure(counted(cast, trial, values))
    assert words in said(read)
    assert read.signal is signal


def test_the_side_to_avoid_is_named_where_lower_is_better(cast: Cast, trial: Trial) -> None:
    assert "the side to avoid" in said(measure(counted(cast, trial, LOW_THEN_HIGH, better="down")))


def test_the_middle_line_stays_as_it_was_before_the_change(cast: Cast, trial: Trial) -> None:
    changed_on = TODAY - timedelta(weeks=10)
    read = measure(counted(cast, trial, LOW_THEN_HIGH, changed_on=changed_on))
    assert read.centre == 12.0
    assert "from the 10 values before" in said(read)
    early = measure(counted(cast, trial, LOW_THEN_HIGH, changed_on=TODAY - timedelta(weeks=15)))
    assert "fewer than 10 values from before" in said(early)


def test_rules_that_are_switched_on_tell_how_often_they_are_wrong(cast: Cast, trial: Trial) -> None:
    careful = measure(counted(cast, trial, LOW_THEN_HIGH))
    assert careful.alarms == (
        "long runs and few crossings (Anhøj): wrong in about 2 of 100 charts of pure luck with this many values",
    )
    eager = measure(counted(cast, trial, LOW_THEN_HIGH, rules="ihi"))
    assert "Rule of six: 10 values" in said(eager)
    assert [alarm.split(":")[1] for alarm in eager.alarms][1:] == [
        " wrong in about 11 of 100 charts of pure luck with this many values",
        " wrong in about 20 of 100 charts of pure luck with this many values",
    ]


def test_limits_are_read_from_twelve_values_on(cast: Cast, trial: Trial) -> None:
    usual = [10, 12, 9, 13, 8, 14, 7, 12, 9, 13, 8]
    assert "11 values so far" in said(measure(counted(cast, trial, usual, chart="xmr")))
    read = measure(counted(cast, trial, [*usual, 60], chart="xmr", rules="nhs"))
    assert "1 value lies outside the limits" in said(read)
    assert [dot.outside for dot in read.dots][-2:] == [False, True]


def test_a_chart_of_shares_leaves_out_what_rests_on_too_few(cast: Cast, trial: Trial) -> None:
    made = counted(cast, trial, [10] * 13, of=20, chart="p")
    point = made.points.first()
    assert point is not None
    Point.objects.filter(pk=point.pk).update(n=4, value=2)
    made = Indicator.objects.prefetch_related("points").get(pk=made.pk)
    assert len(measure(made).dots) == 12


def test_it_is_said_when_the_target_was_reached(cast: Cast, trial: Trial) -> None:
    assert "by 1 of 20 values" in said(measure(counted(cast, trial, LOW_THEN_HIGH, target=Decimal(50))))
    assert "No value has reached it yet" in said(measure(counted(cast, trial, [1, 2], target=Decimal(50))))
    assert "by 2 of 2" in said(measure(counted(cast, trial, [1, 2], target=Decimal(50), better="down")))


@pytest.mark.parametrize("chart", ["run", "xmr", "p"])
@pytest.mark.parametrize("values", [[7], [7, 7], LOW_THEN_HIGH])
@pytest.mark.parametrize("paper", [True, False])
def test_a_picture_is_sound_svg_with_title_and_description(
    cast: Cast, trial: Trial, chart: str, values: list[int], paper: bool
) -> None:
    made = counted(cast, trial, values, of=60, chart=chart, target=Decimal("30.5"), name='A <b>"name" & more')
    read = measure(made)
    drawn = picture(read, title=made.name, said=said(read), paper=paper)
    root = etree.fromstring(drawn.encode())
    names = [etree.QName(element).localname for element in root.iter()]
    assert names.count("circle") == len(values)
    assert names[1:3] == ["title", "desc"]
    assert root[0].text == made.name
    assert "style=" not in drawn
    assert ("currentColor" in drawn) is not paper
    for element in root.iter("{*}circle", "circle"):
        assert 0 <= float(element.get("cx").rstrip("%")) <= 100
        assert 0 <= float(element.get("cy")) <= 250


def test_without_values_there_is_no_picture(cast: Cast, trial: Trial) -> None:
    assert picture(measure(counted(cast, trial, [])), title="x", said="y") == ""


def test_a_language_with_decimal_commas_does_not_break_a_picture(cast: Cast, trial: Trial) -> None:
    made = counted(cast, trial, LOW_THEN_HIGH)
    with translation.override("es"):
        root = etree.fromstring(picture(measure(made), title="x", said="y").encode())
    places = [element.get(name) for element in root.iter() for name in ("cx", "cy", "x1", "y1") if element.get(name)]
    assert places
    assert not [place for place in places if "," in place]


# --- The assessment and the decision. ---


def write(cast: Cast, trial: Trial, **words: str) -> None:
    actions.write_impact(trial, based_on=0, by=cast.ada, now=NOW, **words)


def decide(cast: Cast, trial: Trial, **facts: Any) -> Any:
    present = list(cast.north_team.members.all())
    given = {"verdict": "widen", "onward": "revisit", "because": "Both teams ask for it.", "way": "consent"}
    given |= {"present": present, "decided_on": TODAY, "concerns": "Cover in May."} | facts
    return actions.decide(trial, by=cast.ada, now=NOW, **given)


def test_nothing_is_decided_before_it_is_said_what_was_found(cast: Cast, trial: Trial) -> None:
    with pytest.raises(actions.NothingFound):
        decide(cast, trial)
    write(cast, trial, celebration="Cake")
    with pytest.raises(actions.NothingFound):
        decide(cast, trial)


def test_a_test_is_not_closed_over_something_that_people_said(cast: Cast, trial: Trial) -> None:
    write(cast, trial, finding="better")
    theme = actions.note_theme(trial, text="Too early in the day", by=cast.ben, now=NOW)
    with pytest.raises(actions.ThemesWait):
        decide(cast, trial)
    facts = {"text": theme.text, "response": "explain", "answer": "The aides come at nine."}
    answered = actions.answer_theme(theme, based_on=1, by=cast.ben, now=NOW, **facts)
    assert answered.answered_on == TODAY
    assert decide(cast, trial).decision


def test_the_decision_closes_the_test_and_stands_among_the_decisions(cast: Cast, trial: Trial) -> None:
    write(cast, trial, finding="better")
    impact = decide(cast, trial)
    trial.refresh_from_db()
    assert (trial.state, trial.closed_on, impact.verdict) == ("closed", TODAY, "widen")
    decision = cast.north_team.decisions.get()
    assert decision == impact.decision
    assert (decision.because, decision.concerns) == ("Both teams ask for it.", "Cover in May.")
    assert "Does it help?" in decision.question
    assert decision.present.count() == 3


def test_a_decision_that_is_refused_leaves_the_test_open(cast: Cast, trial: Trial) -> None:
    write(cast, trial, finding="same")
    with pytest.raises(NobodyPresent):
        decide(cast, trial, present=[])
    trial.refresh_from_db()
    assert (trial.state, cast.north_team.decisions.count()) == ("running", 0)


def test_a_closed_test_is_not_decided_twice(cast: Cast, trial: Trial) -> None:
    write(cast, trial, finding="same")
    decide(cast, trial)
    with pytest.raises(trials.ClosedAlready):
        decide(cast, trial)


def test_the_way_from_the_page_to_the_next_test(cast: Cast, trial: Trial) -> None:
    client, where = page_of(cast), f"/t/{cast.north_team.pk}/tests/{trial.pk}"
    assert client.get(f"{where}/impact/").status_code == 200
    assert client.post(f"{where}/impact/", {"finding": "better", "celebration": "Cake"}).status_code == 302
    present = [member.pk for member in cast.north_team.members.all()]
    facts = {
        "verdict": "adapt",
        "onward": "revisit",
        "because": "Because",
        "way": "consent",
        "decided_on": "2026-11-16",
    }
    refused = client.post(f"{where}/impact/decide/", facts)
    assert refused.status_code == 422
    assert client.post(f"{where}/impact/decide/", facts | {"present": present}).status_code == 302
    shown = client.get(f"{where}/impact/").content.decode()
    assert "Something to celebrate" in shown
    follow = client.get(f"/t/{cast.north_team.pk}/tests/new/?after={trial.pk}").content.decode()
    assert "Does it help?" in follow


def test_what_was_meant_is_shown_beside_what_came_of_it(cast: Cast, trial: Trial) -> None:
    trial.prediction = "Three of four"
    trial.save()
    found = impact_page(trial)
    assert [one.text for one in found.questions] == ["Does it help?", "Three of four"]


def test_two_people_writing_the_assessment_lose_nothing(cast: Cast, trial: Trial) -> None:
    write(cast, trial, gathered="Before")
    where = f"/t/{cast.north_team.pk}/tests/{trial.pk}/impact/"
    assert page_of(cast, "ben").post(where, {"version": 1, "gathered": "Ben's"}).status_code == 302
    answer = page_of(cast).post(where, {"version": 1, "gathered": "Ada's", "surprises": "None"})
    assert answer.status_code == 409
    assert "Ada&#x27;s" in answer.content.decode()


def test_a_theme_page_asks_for_words_with_the_response(cast: Cast, trial: Trial) -> None:
    client = page_of(cast)
    client.post(f"/t/{cast.north_team.pk}/tests/{trial.pk}/said/", {"text": "Too early"})
    theme = trial.themes.get()
    where = f"/t/{cast.north_team.pk}/said/{theme.pk}/"
    assert client.post(where, {"text": "Too early", "response": "act", "version": 1}).status_code == 422
    facts = {"text": "Too early", "response": "act", "answer": "From nine on", "version": 1}
    assert client.post(where, facts).status_code == 302
    assert page_of(cast, "cleo").get(where).status_code == 404
    assert page_of(cast, "cleo").get(f"/t/{cast.south_team.pk}/said/{theme.pk}/").status_code == 404


def test_the_assessment_prints_blank_and_filled_with_its_charts(cast: Cast, trial: Trial) -> None:
    counted(cast, trial, LOW_THEN_HIGH, target=Decimal(50))
    write(cast, trial, finding="better")
    client, where = page_of(cast, "kim"), f"/t/{cast.north_team.pk}/tests"
    assert client.get(f"{where}/{trial.pk}/impact/paper.pdf").content.startswith(b"%PDF")
    assert client.get(f"{where}/{trial.pk}/impact/paper.docx").content.startswith(b"PK")
    assert client.get(f"{where}/impact-blank.pdf").content.startswith(b"%PDF")
    assert client.get(f"{where}/impact-blank.xyz").status_code == 404


def test_an_indicator_is_the_teams_own(cast: Cast, trial: Trial) -> None:
    made = counted(cast, trial, [1, 2, 3])
    for rest in ("", "values.csv", "values.xlsx"):
        assert page_of(cast, "kim").get(f"/t/{cast.north_team.pk}/indicators/{made.pk}/{rest}").status_code == 200
        assert page_of(cast, "cleo").get(f"/t/{cast.south_team.pk}/indicators/{made.pk}/{rest}").status_code == 404
    client = page_of(cast)
    where = f"/t/{cast.north_team.pk}/indicators/{made.pk}"
    assert client.post(f"{where}/value/", {"on": "2026-11-16", "value": "x"}).status_code == 422
    assert client.post(f"{where}/value/", {"on": "2026-11-16", "value": "4.5"}).status_code == 302
    assert client.get(f"{where}/edit/").status_code == 200
    assert client.post(f"{where}/put-away/").status_code == 302
    assert not trial.indicators.filter(put_away_on=None).exists()
