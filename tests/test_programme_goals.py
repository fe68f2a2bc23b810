"""Learning goals: an educator's own, read by one peer at most, counted only where a count points to nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from colead.programme.actions import goals
from colead.programme.models import LearningGoal
from colead.programme.queries.goals import ShareWithAGoal, share_with_a_goal
from colead.schools.models import RosterEntry
from tests.cast import NOW, ROLE, Cast, join, person
from tests.company_world import TODAY
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {
    "what": "Wait five seconds after I ask",
    "evidence": "Four children answer, the same four",
    "support": "",
    "peer": None,
    "starts_on": TODAY,
    "ends_on": TODAY + timedelta(weeks=10),
}


def goal(cast: Cast, **facts: Any) -> LearningGoal:
    return goals.set_goal(cast.north, **{**FACTS, "by": cast.sam, "now": NOW, **facts})


def test_a_peer_is_a_colleague_and_somebody_else(cast: Cast) -> None:
    for wrong in (cast.cleo, cast.dana, cast.sam):
        with pytest.raises(goals.NotAColleague):
            goal(cast, peer=wrong)
    assert goal(cast, peer=cast.ben).peer == cast.ben
    with pytest.raises(goals.EndsBeforeItBegins):
        goal(cast, ends_on=TODAY)


def test_only_its_owner_and_the_peer_open_it(cast: Cast) -> None:
    mine = goal(cast, peer=cast.ben)
    url = reverse("goal", args=[cast.north.pk, mine.pk])
    statuses = {user.name: client_of(user).get(url).status_code for user in (cast.sam, cast.ben, cast.pat, cast.ada)}
    assert statuses == {"Sam Doyle": 200, "Ben Ortiz": 200, "Pat Green": 404, "Ada Reed": 404}
    listed = client_of(cast.pat).get(reverse("goals", args=[cast.north.pk])).content.decode()
    assert "Wait five seconds" not in listed


def test_a_peer_reads_and_does_not_write(cast: Cast) -> None:
    mine = goal(cast, peer=cast.ben)
    for name in ("goal_edit", "goal_halfway", "goal_close"):
        assert client_of(cast.ben).get(reverse(name, args=[cast.north.pk, mine.pk])).status_code == 404
    assert client_of(cast.ben).post(reverse("goal_drop", args=[cast.north.pk, mine.pk])).status_code == 404
    assert (
        "Throw it away" not in client_of(cast.ben).get(reverse("goal", args=[cast.north.pk, mine.pk])).content.decode()
    )


def test_a_goal_goes_through_its_quarter(cast: Cast) -> None:
    sam = client_of(cast.sam)
    sent = {**FACTS, "peer": cast.ben.pk, "version": 0}
    assert sam.post(reverse("goal_new", args=[cast.north.pk]), {**sent, "what": ""}).status_code == 422
    assert sam.post(reverse("goal_new", args=[cast.north.pk]), sent).status_code == 302
    mine = LearningGoal.objects.get()
    at = [cast.north.pk, mine.pk]
    sam.post(reverse("goal_edit", args=at), {**sent, "what": "Wait six seconds", "version": 1})
    sam.post(reverse("goal_halfway", args=at), {"halfway": "Easier on Tuesdays", "version": 2})
    sam.post(reverse("goal_close", args=at), {"closing": "I keep the pause", "version": 3})
    page = client_of(cast.ben).get(reverse("goal", args=at)).content.decode()
    for said in ("Wait six seconds", "Easier on Tuesdays", "I keep the pause"):
        assert said in page
    mine.refresh_from_db()
    with pytest.raises(goals.GoalClosed):
        goals.look_half_way(mine, halfway="More", by=cast.sam, based_on=4, now=NOW)


def test_a_goal_thrown_away_leaves_no_trace(cast: Cast) -> None:
    mine = goal(cast)
    client_of(cast.sam).post(reverse("goal_drop", args=[cast.north.pk, mine.pk]))
    assert not LearningGoal.objects.exists()
    assert not LearningGoal.history.filter(id=mine.pk).exists()


def test_a_count_is_shown_only_where_it_points_to_nobody(cast: Cast) -> None:
    for number in range(10):
        RosterEntry.objects.create(school=cast.north, email=f"{number}@example.org", name=str(number), job="teacher")
    people = [cast.ada, cast.ben, cast.pat, cast.sam]
    for number in range(2):
        one = person(f"Person {'AB'[number]}")
        join(cast.north, one, ROLE.STAFF, by=cast.ada)
        people.append(one)
    shown = []
    for one in people:
        for _twice in range(2):
            goal(cast, by=one)
        shown.append(share_with_a_goal(cast.north, today=TODAY))
    hidden = ShareWithAGoal(None, None)
    assert shown == [hidden, hidden, hidden, hidden, ShareWithAGoal(5, 10), hidden]
    assert share_with_a_goal(cast.north, today=TODAY + timedelta(days=100)) == hidden
