"""Bring a timetable: whatever a school keeps it in, and whatever somebody sends who means harm."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from colead.documents import Sheet, xlsx
from colead.practices import bringing
from colead.practices.actions import bringing as actions
from colead.practices.bringing import CannotBring, read_brought
from colead.practices.models import Timetable
from colead.practices.packing import unpacked
from colead.practices.queries.seeing import heat_map, seen, suggested
from tests.cast import NOW, Cast
from tests.practices_world import bring, client_of, tiny

pytestmark = pytest.mark.django_db
GRID = b"Teacher,Mon 1,Mon 2,Tue 1\nAda,Math / 1A / R1,Reading / 1A / R1,\nBen,away,Math / 1B / R2,Art / 1B\n"
FET = b"""<?xml version="1.0" encoding="UTF-8"?>
<fet version="6.8.5"><Institution_Name>FET school</Institution_Name>
<Days_List><Number_of_Days>1</Number_of_Days><Day><Name>Mon</Name></Day></Days_List>
<Hours_List><Number_of_Hours>2</Number_of_Hours><Hour><Name>1</Name></Hour><Hour><Name>2</Name></Hour></Hours_List>
<Subjects_List><Subject><Name>Math</Name></Subject></Subjects_List><Activity_Tags_List></Activity_Tags_List>
<Teachers_List><Teacher><Name>Ada</Name></Teacher><Teacher><Name>Ben</Name></Teacher></Teachers_List>
<Students_List><Year><Name>1A</Name><Number_of_Students>0</Number_of_Students></Year></Students_List>
<Activities_List><Activity><Teacher>Ada</Teacher><Subject>Math</Subject><Students>1A</Students><Duration>1</Duration>
<Total_Duration>1</Total_Duration><Id>1</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active></Activity>
</Activities_List><Buildings_List></Buildings_List><Rooms_List></Rooms_List>
<Time_Constraints_List><ConstraintBasicCompulsoryTime><Weight_Percentage>100</Weight_Percentage><Active>true</Active>
</ConstraintBasicCompulsoryTime><ConstraintNobodyKnows><Weight_Percentage>100</Weight_Percentage>
<Active>true</Active></ConstraintNobodyKnows><ConstraintActivityPreferredStartingTime>
<Weight_Percentage>100</Weight_Percentage><Activity_Id>1</Activity_Id><Preferred_Day>Mon</Preferred_Day>
<Preferred_Hour>1</Preferred_Hour><Permanently_Locked>false</Permanently_Locked><Active>true</Active>
</ConstraintActivityPreferredStartingTime></Time_Constraints_List>
<Space_Constraints_List></Space_Constraints_List></fet>"""


def sample_files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in bringing.SAMPLE.glob("*.csv")}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def post(cast: Cast, files: dict[str, bytes], **more: str) -> HttpResponse:
    given = [SimpleUploadedFile(name, data) for name, data in files.items()]
    url = reverse("time_bring", args=[cast.north_team.pk])
    return client_of(cast.ada).post(url, {"timetable": given, "minutes": "45", **more})


def read(files: dict[str, bytes], name: str = "Ours") -> bringing.Brought:
    return read_brought(files, name=name, minutes=45)


@pytest.mark.parametrize("packed", [False, True])
def test_a_set_of_csv_files_is_read_alone_or_in_a_zip(packed: bool) -> None:
    files = sample_files()
    given = {"ours.zip": zipped({f"schedule/{name}": data for name, data in files.items()})} if packed else files
    found = read(given)
    assert (found.source, found.reading.wrong) == ("csv", ())
    assert found.reading.schedule
    assert len(found.reading.schedule.lessons) == 348


def test_a_wide_sheet_is_read_from_csv_and_from_excel() -> None:
    rows = tuple(tuple(line.split(",")) for line in GRID.decode().splitlines())
    books = {"ours.csv": GRID, "ours.xlsx": xlsx([Sheet("Plan", rows[0], rows[1:])])}
    for name, data in books.items():
        found = read({name: data})
        assert found.source == "grid"
        schedule = found.reading.schedule
        assert schedule
        assert [one.name for one in schedule.people] == ["Ada", "Ben"]
        assert len(schedule.lessons) == 4


def test_a_fet_file_is_read_and_rules_we_do_not_know_are_said_aloud(cast: Cast) -> None:
    page = post(cast, {"ours.fet": FET}).content.decode()
    assert "Rules we do not know" in page
    assert "ConstraintNobodyKnows" in page


def test_looking_keeps_nothing_and_keeping_keeps_what_was_seen(cast: Cast) -> None:
    page = post(cast, {"ours.fet": FET}, name="Our plan")
    assert not Timetable.objects.exists()
    parcel = re.search(r'name="parcel" value="([^"]+)"', page.content.decode())
    assert parcel
    keep = reverse("time_keep", args=[cast.north_team.pk])
    answer = client_of(cast.ada).post(keep, {"parcel": parcel[1]})
    kept = Timetable.objects.get()
    assert answer.headers["Location"] == reverse("time_seen", args=[cast.north_team.pk, kept.pk])
    assert (kept.name, kept.source, bytes(kept.fet)) == ("Our plan", "fet", FET)
    assert kept.left_out == [["ConstraintNobodyKnows", 1]]
    assert "Rules we do not know" in client_of(cast.ada).get(answer.headers["Location"]).content.decode()


def test_a_parcel_that_was_changed_or_is_another_team_s_is_refused(cast: Cast) -> None:
    page = post(cast, {"ours.csv": GRID})
    parcel = re.search(r'name="parcel" value="([^"]+)"', page.content.decode())
    assert parcel
    for sent, user, team in ((parcel[1] + "x", cast.ada, cast.north_team), (parcel[1], cast.cleo, cast.south_team)):
        answer = client_of(user).post(reverse("time_keep", args=[team.pk]), {"parcel": sent})
        assert answer.headers["Location"] == reverse("time_bring", args=[team.pk])
    assert not Timetable.objects.exists()


def test_wrong_rows_are_listed_with_their_line_and_nothing_can_be_kept(cast: Cast) -> None:
    files = {"bell.csv": b"day,period,start,end\nMon,1,08:00,08:45\n"}
    files["lessons.csv"] = (
        b"day,start,end,subject,teachers,groups\nMon,08:00,08:45,Math,Ada,1A\nMon,09:00,9:45,Math,Ada,1A\n"
    )
    page = post(cast, files)
    assert page.status_code == 422
    assert "lessons.csv, line 3" in page.content.decode()
    assert 'name="parcel"' not in page.content.decode()


HOSTILE = {
    "a zip bomb": ("bomb.zip", lambda: zipped({"lessons.csv": b"0" * 60_000_000}), "far larger than any timetable"),
    "a zip in a zip": ("in.zip", lambda: zipped({"a.zip": zipped({"b.csv": b"x"})}), "another packed file"),
    "a way out of the zip": ("out.zip", lambda: zipped({"../lessons.csv": b"x", "bell.csv": b"y"}), "zip"),
    "entities that multiply": (
        "lol.fet",
        lambda: b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><fet>&b;</fet>',
        "document type",
    ),
    "tags without end": ("deep.fet", lambda: b"<?xml version='1.0'?>" + b"<a>" * 300_000, "nested"),
    "one huge cell": ("huge.csv", lambda: b'Teacher,"' + b"x" * 5_000_000 + b'"', "huge"),
    "a hundred megabytes": ("large.csv", lambda: b"x" * 100_000_000, "more than 5 MB"),
    "a picture": ("plan.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a table"),
    "bytes": ("plan.csv", lambda: bytes(range(128, 256)) * 50, "a letter we cannot read"),
    "an old Excel file": ("plan.xls", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 99, "Save it as .xlsx"),
    "a PDF": ("plan.pdf", lambda: b"%PDF-1.7 ...", "not a table"),
    "nothing": ("plan.csv", lambda: b"", "nothing in it"),
    "a broken zip": ("plan.zip", lambda: b"PK\x03\x04" + b"rubbish" * 9, "damaged"),
    "a sheet with a bomb": (
        "plan.xlsx",
        lambda: zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b" " * 40_000_000}),
        "far larger than any timetable",
    ),
    "pupils": (
        "lessons.csv",
        lambda: b"day,start,end,subject,teachers,groups,Student ID\n",
        "Colead keeps none",
    ),
    "pupils in a sheet": ("plan.csv", lambda: b"Student name,Mon 1\nKim,Math\n", "Colead keeps none"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_with_words_and_nothing_is_kept(cast: Cast, name: str) -> None:
    file, made, words = HOSTILE[name]
    answer = post(cast, {file: made()})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Timetable.objects.exists()


def test_more_than_a_few_files_are_refused() -> None:
    with pytest.raises(CannotBring):
        read({f"{n}.csv": b"x" for n in range(21)})


def test_whoever_brings_without_end_is_asked_to_wait(cast: Cast) -> None:
    codes = [post(cast, {"plan.csv": b"x"}).status_code for _ in range(41)]
    assert codes == [422] * 40 + [429]


def test_one_tap_brings_the_sample_school(cast: Cast) -> None:
    answer = client_of(cast.ada).post(reverse("time_sample", args=[cast.north_team.pk]), follow=True)
    page = answer.content.decode()
    assert "2 of 8 teams have today the time in common that they want" in page
    assert "2 h 45 min" in page  # Grade 1 today
    assert "can all be with colleagues in" in page  # who sets the ceiling


def test_the_map_of_one_team_is_swapped_in(cast: Cast) -> None:
    url = reverse("time_seen", args=[cast.north_team.pk, bring(cast).pk])
    part = {"HX-Request": "true", "HX-Target": "map"}
    page = client_of(cast.ada).get(url, {"whose": "Grade 2"}, headers=part).content.decode()
    assert "Grade 2: how many of 2 are free" in page
    assert "<html" not in page


def test_lessons_without_a_time_are_said_aloud(cast: Cast) -> None:
    first, *others = tiny().lessons
    made = bring(cast, replace(tiny(), lessons=(replace(first, start=None), *others)))
    page = client_of(cast.ada).get(reverse("time_seen", args=[cast.north_team.pk, made.pk])).content.decode()
    assert "1 lesson has no time yet" in page


def test_what_is_seen_adds_up() -> None:
    schedule = bringing.sample().reading.schedule
    assert schedule
    found = {team.name: team for team in seen(schedule).teams}
    assert (found["Grade 1"].minutes, found["Grade 1"].gap, found["Grade 5"].gap) == (165, "2 h 15 min", "")
    whose = next(team for team in schedule.teams if team.name == "Specials")
    shown = heat_map(schedule, whose)
    everyone = [
        schedule.days[n].periods[row].minutes
        for row, line in enumerate(shown.rows)
        for n, cell in enumerate(line.cells)
        if cell and cell.everyone
    ]
    assert sum(everyone) == found["Specials"].minutes == 75
    assert [cell.free for cell in shown.rows[5].cells if cell] == [None] * 5  # lunch is people's own


def test_a_sheet_without_teams_suggests_some_and_they_can_be_named(cast: Cast) -> None:
    rows = b"Teacher,Mon 1,Mon 2\nAda,Math / 1A,\nBen,Math / 1B,\nCy,Art / 2A,\nDee,Art / 2B,\n"
    made = actions.take_timetable(cast.north_team, read({"plan.csv": rows}), by=cast.ada, now=NOW)
    assert [team.name for team in suggested(unpacked(made.schedule))] == ["Grade 1", "Grade 2"]
    client = client_of(cast.ada)
    page = client.post(
        reverse("time_suggested", args=[cast.north_team.pk, made.pk]), {"team": ["Grade 1"]}, follow=True
    )
    assert "Ada, Ben" in page.content.decode()
    own = {"name": "Leaders", "members": ["Ada", "Cy"], "minutes": "60", "least_block": "30"}
    client.post(reverse("time_teams", args=[cast.north_team.pk, made.pk]), own)
    made.refresh_from_db()
    assert [team.name for team in unpacked(made.schedule).teams] == ["Grade 1", "Leaders"]
    client.post(reverse("time_team_drop", args=[cast.north_team.pk, made.pk]), {"team": "Grade 1"})
    made.refresh_from_db()
    assert [team.name for team in unpacked(made.schedule).teams] == ["Leaders"]


def test_a_team_of_one_or_of_the_same_name_is_refused(cast: Cast) -> None:
    made = bring(cast, tiny())
    with pytest.raises(actions.NobodyInIt):
        actions.name_team(made, name="Alone", members=["Ana"], minutes=60, least_block=0)
    with pytest.raises(actions.TeamTwice):
        actions.name_team(made, name="grade 1", members=["Ana", "Bo"], minutes=60, least_block=0)


def test_erasing_needs_a_tick_and_takes_everything_along(cast: Cast) -> None:
    made = bring(cast, tiny())
    url = reverse("time_erase", args=[cast.north_team.pk, made.pk])
    client_of(cast.ada).post(url)
    assert Timetable.objects.exists()
    client_of(cast.ada).post(url, {"sure": "yes"})
    assert not Timetable.objects.exists()
