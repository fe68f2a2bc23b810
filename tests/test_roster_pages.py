"""The staff list in the browser: by hand, and from a file that is looked at first."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from colead.schools import actions
from tests.cast import Cast

HEAD = "Name,E-mail,Role,Grades,Subjects\n"
LINE = {"name": "Ada Reed", "email": "Ada@N.org", "job": "teacher", "grades": "4, k-1", "subjects": "Math"}


@pytest.fixture
def ada(cast: Cast, client):
    client.force_login(cast.ada)
    return client


def url(cast: Cast, rest: str = "") -> str:
    return f"/schools/{cast.north.pk}/roster/{rest}"


def body(answer) -> str:
    return answer.content.decode()


def upload(client, cast: Cast, content: bytes | str, name: str = "staff.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(url(cast, "import/"), {"file": SimpleUploadedFile(name, data)})


def carried(answer) -> dict[str, str]:
    """Return the hidden fields of a dry run."""
    found = re.findall(r'<input type="hidden" name="(parcel|org|seen)"(?: value="([^"]*)")?', body(answer))
    return {name: unescape(value) for name, value in found}


def names(cast: Cast) -> list[str]:
    return [entry.name for entry in cast.north.roster.here()]


def test_a_line_is_added_changed_marked_as_gone_and_brought_back(cast: Cast, ada):
    ada.post(url(cast, "add/"), LINE)
    entry = cast.north.roster.get()
    assert (entry.email, entry.grades) == ("ada@n.org", "K,1,4")
    ada.post(url(cast, f"{entry.pk}/"), LINE | {"name": "Ada Reed-Li", "grades": ""})
    assert names(cast) == ["Ada Reed-Li"]
    ada.post(url(cast, f"{entry.pk}/left/"))
    assert names(cast) == []
    assert "Ada Reed-Li" in body(ada.get(url(cast)))
    ada.post(url(cast, f"{entry.pk}/left/"))
    assert names(cast) == ["Ada Reed-Li"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "=1+1"), ("email", "ada"), ("job", "wizard"), ("grades", "purple"), ("grades", "4-Mar")],
)
def test_a_line_that_makes_no_sense_is_not_added(cast: Cast, ada, field, value):
    assert "errorlist" in body(ada.post(url(cast, "add/"), LINE | {field: value}))
    assert names(cast) == []


def test_an_address_that_is_on_the_list_is_refused_by_hand_too(cast: Cast, ada):
    ada.post(url(cast, "add/"), LINE)
    assert "on the staff list already" in body(ada.post(url(cast, "add/"), LINE | {"name": "Other"}))
    other = actions.add_line(cast.north, email="o@n.org", name="O", job="para", grades="", subjects="")
    assert "on the staff list already" in body(ada.post(url(cast, f"{other.pk}/"), LINE))


def test_another_schools_line_is_out_of_reach(cast: Cast, ada):
    other = actions.add_line(cast.south, email="o@s.org", name="O", job="para", grades="", subjects="")
    assert ada.get(url(cast, f"{other.pk}/")).status_code == 404
    assert ada.post(url(cast, f"{other.pk}/left/")).status_code == 404


@pytest.mark.parametrize("who", ["ben", "sam", "kim"])
def test_who_does_not_keep_the_list_does_not_see_it(cast: Cast, client, who):
    client.force_login(getattr(cast, who))
    assert client.get(url(cast)).status_code == 403
    assert client.get(url(cast, "staff.csv")).status_code == 403


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbfName"), ("xlsx", b"PK")])
def test_the_list_is_given_out_as_a_file(cast: Cast, ada, form, start):
    ada.post(url(cast, "add/"), LINE)
    answer = ada.get(url(cast, f"staff.{form}"))
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"] == f'attachment; filename="north-elementary-staff.{form}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ada.get(url(cast, "staff.exe")).status_code == 404


def test_looking_at_a_file_saves_nothing(cast: Cast, ada):
    answer = upload(ada, cast, HEAD + "Ben,ben@n.org,Aide,,\nTim,t@n.org,Student,3,\nBad,bad,Aide,,\n")
    page = body(answer)
    assert "<strong>1</strong> person is added" in page
    assert "“bad” is not an e-mail address." in page
    assert "1</strong> line is about a student or a family" in page
    assert "Tim" not in page
    assert names(cast) == []


def test_what_was_seen_is_what_is_done(cast: Cast, ada):
    ada.post(url(cast, "add/"), LINE)
    gone = actions.add_line(cast.north, email="old@n.org", name="Old Hand", job="para", grades="", subjects="")
    seen = upload(ada, cast, HEAD + "Ada Reed-Li,ada@n.org,Teacher,5,Math\nBen,ben@n.org,Aide,,\n")
    assert re.search(r"name: <del>Ada Reed</del> → <ins>Ada Reed-Li</ins>", body(seen))
    answer = ada.post(url(cast, "import/take-in/"), carried(seen) | {"leaving": [gone.pk]}, follow=True)
    assert "1 person added, 1 changed, 1 marked as gone." in body(answer)
    assert names(cast) == ["Ada Reed-Li", "Ben"]
    again = upload(ada, cast, HEAD + "Ada Reed-Li,ada@n.org,Teacher,5,Math\nBen,ben@n.org,Aide,,\n")
    assert "your list has all of this already" in body(again)


def test_a_list_that_changed_meanwhile_is_shown_anew_without_the_file(cast: Cast, ada):
    seen = upload(ada, cast, HEAD + "Ben,ben@n.org,Aide,,\n")
    ada.post(url(cast, "add/"), LINE)
    answer = ada.post(url(cast, "import/take-in/"), carried(seen))
    assert answer.status_code == 409
    assert "changed while you were looking" in body(answer)
    assert names(cast) == ["Ada Reed"]
    ada.post(url(cast, "import/take-in/"), carried(answer))
    assert names(cast) == ["Ada Reed", "Ben"]


def test_a_dry_run_of_one_school_cannot_be_done_at_another(cast: Cast, ada, client):
    seen = upload(ada, cast, HEAD + "Ben,ben@n.org,Aide,,\n")
    client.force_login(cast.cleo)
    answer = client.post(f"/schools/{cast.south.pk}/roster/import/take-in/", carried(seen), follow=True)
    assert "Nothing was changed" in body(answer)
    assert not cast.south.roster.exists()


@pytest.mark.parametrize("leaving", ["x", "999999"])
def test_a_tick_for_nobody_does_nothing_and_shows_the_page_again(cast: Cast, ada, leaving):
    seen = upload(ada, cast, HEAD + "Ben,ben@n.org,Aide,,\n")
    answer = ada.post(url(cast, "import/take-in/"), carried(seen) | {"leaving": leaving})
    assert "Nothing is saved yet" in body(answer)
    assert names(cast) == []


USERS = "sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,email,grades\n"
TWO = (
    USERS
    + "1,,true,s1,teacher,Ada,Reed,a@n.org,\n2,,true,s2,teacher,Cleo,Park,c@n.org,\n3,,true,s1,student,T,T,t@n.org,\n"
)


def test_with_several_schools_in_the_file_people_say_which_is_theirs(cast: Cast, ada):
    asked = upload(ada, cast, TWO, "users.csv")
    assert "Which of these is your school?" in body(asked)
    again = ada.post(url(cast, "import/look/"), carried(asked))
    assert "Which of these is your school?" in body(again)
    seen = ada.post(url(cast, "import/look/"), carried(asked) | {"org": "s2"})
    assert "1</strong> person works at another school" in body(seen)
    ada.post(url(cast, "import/take-in/"), carried(seen))
    assert names(cast) == ["Cleo Park"]


def test_a_school_that_is_not_in_the_file_is_asked_for_again(cast: Cast, ada):
    asked = upload(ada, cast, TWO, "users.csv")
    seen = ada.post(url(cast, "import/look/"), carried(asked) | {"org": "s9"})
    assert "Which of these is your school?" in body(seen)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "not a list we can read"),
        (b"Who,What\n1,2\n", "The headings we found: Who, What."),
        (b"PK\x03\x04 not a zip", "damaged or was not sent whole"),
        (b"A" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (HEAD.encode() + b"A" * 200_000 + b",a@n.org,Teacher,,\n", "A cell on line 2 is far too long"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(cast: Cast, ada, content, words):
    answer = upload(ada, cast, content)
    assert answer.status_code in (200, 422)
    assert words in body(answer)
    assert names(cast) == []


def test_no_file_at_all_is_told_so(cast: Cast, ada):
    assert "errorlist" in body(ada.post(url(cast, "import/")))


def test_a_school_reads_forty_files_an_hour_at_most(cast: Cast, ada):
    answers = [upload(ada, cast, b"") for _ in range(41)]
    assert [answer.status_code for answer in answers] == [422] * 40 + [429]
