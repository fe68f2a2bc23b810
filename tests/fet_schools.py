"""Real schools for the bench, read in place from Debian's package fet-data; fet-cl makes and judges timetables.

Nothing of them is copied or kept: the files are AGPL and hold teachers' names.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from colead.timetable import FetFile, Schedule, Team, fet_bytes, read_fet

EXAMPLES = Path("/usr/share/doc/fet-data/examples/FET-5-official")
LARGEST_TEAM = 8


@dataclass(frozen=True)
class Instance:
    """A school, how many common periods each team asks for, and what the research found after 60 s."""

    path: str
    periods: int
    missing: int | None = None
    moved: int | None = None
    proven: bool = False


INSTANCES = {
    "St-Marys": Instance("India/St-Marys-College/St-Marys-College-Puthanagadi.fet", 5, 2, 32, True),
    "Spain school": Instance("Spain/1-school/school.fet", 10, 0, 9, True),
    "Oradea": Instance("Romania/Oradea/School-10-Oradea-2007-2008.fet", 3, 0, 15),
    "SIBUKOSETFU": Instance("South-Africa/2021/SIBUKOSETFU/SIBUKOSETFU.fet", 4, 0, 64),
    "6th-Primary": Instance("Greece/Didymoteicho/6th-Primary-School.fet", 5, 0, 62),
    "Lom": Instance("Bulgaria/Lom_high_school_2007-2008.fet", 5, 0, 46),
    "shc-prelim-08": Instance("Belize/Sacred-Heart-College/shc-2008/shc-prelim-08.fet", 5, 0, 63),
    "Arabic_Saudi_2": Instance("Saudi-Arabia/Arabic_Saudi_2.fet", 5, 0, 151),
    "simpler-Italian": Instance("Italy/2007/simple/simpler-Italian.fet", 3, 5, 26),
    "KalengaPS15": Instance("Namibia/by-Bobby/set-5/KalengaPSY15T1a.fet", 2, 2, 55),
    "NamibiaPS": Instance("Namibia/by-Bobby/set-7-2016/NamibiaPSY16T1f.fet", 2, 3, 77),
    "HashiyanaPS": Instance("Namibia/by-Bobby/set-7-2016/HashiyanaPSY16T2a.fet", 3, 3, 27),
    "RehobothPS": Instance("Namibia/by-Bobby/set-7-2016/RehobothPSY16T1a.fet", 3, 4, 99),
    "Highlands": Instance("Namibia/by-Willy/Highlands_Christian_School.fet", 3, 6, 33),
    "StAndrewsPS": Instance("Namibia/by-Bobby/set-7-2016/StAndrewsPSY2016T2a.fet", 3),
    "primaria": Instance("Spain/3-school/primaria.fet", 3),
    "Brazil 1": Instance("Brazil/1/Brazil.fet", 3),
    "2-secondary-school": Instance("Spain/2-secondary-school/secondary-school.fet", 5),
    "Hopwood": Instance("United-Kingdom/Hopwood/Hopwood.fet", 5),
}


def there() -> bool:
    """Say whether the package is installed."""
    return EXAMPLES.is_dir() and shutil.which("fet-cl") is not None


def solved(data: bytes, seconds: int) -> bytes | None:
    """Let fet-cl make a timetable; None when it refuses or does not get there in time."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "school.fet"
        source.write_bytes(data)
        # With these FET makes the timetables that the table of the research began from, as far as its counts tell.
        seeds = [f"--randomseeds{n}={k}" for k, n in enumerate((10, 11, 12, 20, 21, 22), start=1)]
        command = ["fet-cl", f"--inputfile={source}", f"--outputdir={folder}/out", f"--timelimitseconds={seconds}"]
        subprocess.run(
            ["timeout", "-k", "2", str(seconds + 10), *command, *seeds],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            check=False,
        )
        made = next(Path(folder, "out").rglob("*_data_and_timetable.fet"), None)
        return made.read_bytes() if made else None


def today(instance: Instance, seconds: int = 60) -> tuple[FetFile, Schedule] | None:
    """Make FET's own timetable today's, and the teachers of each main subject a team."""
    data = solved((EXAMPLES / instance.path).read_bytes(), seconds)
    file = read_fet(instance.path, data) if data else None
    if file is None or file.reading.schedule is None:
        return None
    return file, with_teams(file.reading.schedule, instance.periods)


def with_teams(school: Schedule, periods: int) -> Schedule:
    """Make teams of two to eight teachers with the same main subject, and one of the first of each."""
    taught: dict[str, Counter[str]] = defaultdict(Counter)
    for lesson in school.lessons:
        for name in lesson.people:
            taught[name][lesson.subject] += lesson.length
    subjects: dict[str, list[str]] = defaultdict(list)
    for person in school.people:
        if taught[person.name]:
            subjects[taught[person.name].most_common(1)[0][0]].append(person.name)
    minutes = periods * school.days[0].periods[0].minutes
    teams = [
        Team(f"{subject} {first // LARGEST_TEAM + 1}", tuple(names[first : first + LARGEST_TEAM]), minutes=minutes)
        for subject, names in subjects.items()
        for first in range(0, len(names), LARGEST_TEAM)
        if len(names[first : first + LARGEST_TEAM]) > 1
    ]
    if len(teams) > 1:
        leaders = tuple(dict.fromkeys(team.members[0] for team in teams))
        teams.append(Team("Leadership", leaders, minutes=minutes))
    return replace(school, teams=tuple(teams))


def accepts(file: FetFile, school: Schedule, seconds: int = 60) -> bool:
    """Say whether fet-cl takes the timetable with all its places locked in; soft rules are left out."""
    return solved(_hard(fet_bytes(file, school)), seconds) is not None


def _hard(data: bytes) -> bytes:
    def kept(found: "re.Match[str]") -> str:
        weight = re.search(r"<Weight_Percentage>([\d.]+)</Weight_Percentage>", found[0])
        return "" if weight and float(weight[1]) < 100 else found[0]

    return re.sub(r"<(Constraint\w+)>.*?</\1>\s*", kept, data.decode("utf-8-sig"), flags=re.DOTALL).encode()


def anew(file: FetFile, school: Schedule, minutes: Mapping[str, int], seconds: int) -> float | None:
    """Let FET start anew with a lesson for each period a team asks for; the share of lessons that moved."""
    free = bytearray(file.data)
    for begin, behind, _, kind in sorted(file.places, reverse=True):
        if kind == "time":
            del free[begin:behind]
    text = _with_meetings(free.decode("utf-8-sig"), school, minutes)
    data = solved(text.encode(), seconds)
    after = read_fet("anew", data).reading.schedule if data else None
    if after is None:
        return None
    return 1 - len(_places(school) & _places(after)) / len(_places(school))


def _places(school: Schedule) -> set[object]:
    return {(one.subject, one.people, one.groups, one.start) for one in school.lessons if one.groups}


def _with_meetings(text: str, school: Schedule, minutes: Mapping[str, int]) -> str:
    period = school.days[0].periods[0].minutes
    activities, number = [], 9_000_000
    for team in school.teams:
        people = "".join(f"<Teacher>{escape(name)}</Teacher>" for name in team.members)
        for _ in range(minutes[team.name] // period):
            number += 1
            activities.append(
                f"<Activity>{people}<Subject>Team time</Subject><Duration>1</Duration><Total_Duration>1"
                f"</Total_Duration><Id>{number}</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active>"
                "<Comments></Comments></Activity>\n"
            )
    text = text.replace("</Activities_List>", "".join(activities) + "</Activities_List>")
    subject = "<Subject><Name>Team time</Name><Comments></Comments></Subject>\n"
    return text.replace("</Subjects_List>", subject + "</Subjects_List>")
