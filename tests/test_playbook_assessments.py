"""A self-assessment: write first, reveal side by side, agree on a line each, look again later."""

from django.test import Client
from django.urls import reverse

from colead.accounts.models import User
from colead.plans.actions import note_evidence
from colead.playbook.models import Assessment, CriterionLine
from tests.cast import NOW, Cast

CRITERIA = 6  # of the rubric on shared influence


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(cast: Cast, step: str = "assess", *more: str) -> str:
    return reverse(step, args=[cast.north_team.pk, "influence", *more])


def write(cast: Cast, user: User, growth: str, evidence: str = "", version: int = 0):
    sent = {"S-1-growth": growth, "S-1-evidence": evidence, "S-1-version": version}
    return enter(user).post(at(cast), sent)


def line(text: str, tag: str = "mixed", version: int = 0, **more: object) -> dict[str, object]:
    return {"line": text, "tag": tag, "version": version, **more}


def test_views_are_private_until_revealed_then_side_by_side(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    assert "Ada sees a gap" not in enter(cast.ben).get(at(cast)).content.decode()
    assert enter(cast.ben).get(at(cast, "criterion", "S-1")).status_code == 302
    enter(cast.ben).post(at(cast, "reveal_assessment"))
    page = enter(cast.ben).get(at(cast, "criterion", "S-1")).content.decode()
    assert "Ada sees a gap" in page


def test_nothing_can_be_revealed_before_somebody_wrote(cast: Cast) -> None:
    enter(cast.ada).post(at(cast, "start_assessment"))
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    assert Assessment.objects.get().revealed_at is None


def test_the_team_agrees_on_a_line_with_a_tag_and_evidence(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    new = {"new_kind": "perception", "new_body": "“Nobody asked me.”", "new_source": "hallway"}
    sent = line("We guess who decides.", "growth", **new)
    answer = enter(cast.ben).post(at(cast, "criterion", "S-1"), sent)
    assert answer.headers["Location"] == at(cast, "criterion", "S-2")
    kept = CriterionLine.objects.get()
    assert (kept.line, kept.tag) == ("We guess who decides.", "growth")
    assert [piece.body for piece in kept.evidence.all()] == ["“Nobody asked me.”"]


def test_a_line_needs_its_tag(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    page = enter(cast.ada).post(at(cast, "criterion", "S-1"), line("No tag", tag=""))
    assert page.status_code == 422
    assert "No tag" in page.content.decode()


def test_two_people_who_write_one_line_see_both(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    enter(cast.ada).post(at(cast, "criterion", "S-1"), line("Ada’s line"))
    stale = enter(cast.ben).post(at(cast, "criterion", "S-1"), line("Ben’s line"))
    assert stale.status_code == 409
    assert "Ada’s line" in stale.content.decode()
    assert "Ben’s line" in stale.content.decode()


def test_a_round_without_a_line_cannot_be_closed(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    enter(cast.ada).post(at(cast, "finish_assessment"))
    assert Assessment.objects.get().agreed_on is None


def test_a_later_round_shows_the_earlier_line_beside_it(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    enter(cast.ada).post(at(cast, "criterion", "S-1"), line("What we saw in autumn"))
    enter(cast.ada).post(at(cast, "finish_assessment"))
    assert "1 mixed" in enter(cast.ben).get(reverse("conditions", args=[cast.north_team.pk])).content.decode()
    enter(cast.ben).post(at(cast, "start_assessment"))
    assert "What we saw in autumn" in enter(cast.ben).get(at(cast)).content.decode()
    write(cast, cast.ben, "Ben looks again")
    enter(cast.ben).post(at(cast, "reveal_assessment"))
    assert "What we saw in autumn" in enter(cast.ada).get(at(cast, "criterion", "S-1")).content.decode()


def test_beginning_twice_makes_one_round(cast: Cast) -> None:
    for user in (cast.ada, cast.ben):
        enter(user).post(at(cast, "start_assessment"))
    assert Assessment.objects.count() == 1


def test_a_round_that_is_closed_takes_no_more_lines(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    enter(cast.ada).post(at(cast, "criterion", "S-1"), line("Agreed"))
    enter(cast.ada).post(at(cast, "finish_assessment"))
    answer = enter(cast.ben).post(at(cast, "criterion", "S-1"), line("Too late", version=1))
    assert answer.status_code == 302
    assert CriterionLine.objects.get().line == "Agreed"


def test_an_unknown_condition_is_not_found(cast: Cast) -> None:
    assert enter(cast.ada).get(f"/t/{cast.north_team.pk}/assess/weather/").status_code == 404


def test_closed_rounds_stay_readable_with_what_each_wrote(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    enter(cast.ada).post(at(cast, "criterion", "S-1"), line("Our first line"))
    enter(cast.ada).post(at(cast, "finish_assessment"))
    enter(cast.ada).post(at(cast, "start_assessment"))
    page = enter(cast.ben).get(at(cast)).content.decode()
    assert "Our first line" in page.partition("Earlier rounds")[2]
    past = enter(cast.ben).get(at(cast, "criterion", "S-1"), {"round": "1"}).content.decode()
    assert "Ada sees a gap" in past
    assert "<textarea" not in past
    assert "?round=1" in past
    assert "You wrote last time:" in enter(cast.ada).get(at(cast)).content.decode()
    assert "Ada sees a gap" not in page


def test_an_odd_round_number_is_passed_over(cast: Cast) -> None:
    write(cast, cast.ada, "Ada sees a gap")
    for odd in ("0", "x", "²", "9" * 30):
        assert enter(cast.ada).get(at(cast, "criterion", "S-1"), {"round": odd}).status_code == 302


def test_the_page_says_when_my_views_were_saved(cast: Cast) -> None:
    assert "nothing saved yet" not in write_and_read(cast)


def write_and_read(cast: Cast) -> str:
    write(cast, cast.ada, "Ada sees a gap")
    return enter(cast.ada).get(at(cast)).content.decode()


def test_a_hundred_pieces_of_evidence_stay_folded_until_one_is_linked(cast: Cast) -> None:
    for number in range(120):
        note_evidence(cast.north_team, kind="other", body=f"piece {number}", source="", by=cast.ada, now=NOW)
    write(cast, cast.ada, "Ada sees a gap")
    enter(cast.ada).post(at(cast, "reveal_assessment"))
    page = enter(cast.ada).get(at(cast, "criterion", "S-1")).content.decode()
    assert "<details><summary>Link evidence you have noted: 120 pieces" in page
    piece = cast.north_team.evidence.first()
    enter(cast.ada).post(at(cast, "criterion", "S-1"), line("Ours", evidence=[piece.pk]))
    page = enter(cast.ada).get(at(cast, "criterion", "S-1")).content.decode()
    assert "<details open><summary>Link evidence you have noted" in page
