"""The demo's decisions come through the verbs, and show one of everything."""

from colead.decisions import queries
from colead.decisions.demo import load_decisions
from colead.decisions.models import Ballot, Decision, Dissent, HandOver, LetGo, Review, Way
from tests.cast import NOW, Cast, person
from tests.decisions_world import TODAY


def test_the_demo_fills_the_room(cast: Cast) -> None:
    team = cast.north_team
    for name in ("Mia Chen", "Joe Walker", "Ruth Adeyemi"):
        team.members.create(user=person(name), joined_on=TODAY)
    load_decisions(team, {str(member).split()[0].lower(): member for member in team.members.all()}, now=NOW)
    assert set(Decision.objects.values_list("way", flat=True)) == {"", *Way.values}
    assert set(Decision.objects.values_list("state", flat=True)) == {"open", "talking", "decided"}
    assert len(queries.due_for_review(team, TODAY)) == 1
    assert Ballot.objects.get().is_running
    assert Dissent.objects.all().blocking().count() == 1
    assert queries.minutes_given_back(team) == 30 * 24 + 15 * 9
    assert LetGo.objects.filter(decision=None).count() == 0
    assert HandOver.objects.count() == 2
    assert Review.objects.get().decision.review_on > TODAY
