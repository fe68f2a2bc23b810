"""Answers of staff who never were, from one seed: released results of many schools in a second or two."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from colead.analysis.cubes import cube
from colead.analysis.instrument import Instrument
from colead.analysis.publish import Plan, release_of_sheet
from colead.analysis.release import RULES
from colead.analysis.sheet import sheet_of_codes
from colead.analysis.since import Before
from colead.answers import box

MOOD, WOBBLE, BETWEEN = 0.55, 0.8, 0.22  # spread of people, of single answers, and of schools
CANNOT_SAY = 0.03
LEVELS = {"vision": 3.5, "administration": 3.4, "capacity": 2.8, "structures": 2.7, "relationships": 3.7}
LEVELS |= {"influence": 3.0, "improvement": 3.3, "leader": 3.1, "efficacy": 3.6}
RISES = {"vision": 0.09, "administration": 0.05, "structures": 0.08, "relationships": 0.03, "influence": 0.1}
RISES |= {"improvement": -0.01, "capacity": -0.03, "leader": 0.12, "efficacy": 0.1}  # a year, on average


@dataclass
class Staff:
    """One school's made-up staff: where it stands on each part, how it moves in a year, and what was released."""

    school: str
    roster: int
    dice: np.random.Generator
    before: dict[str, Before] = field(default_factory=dict)
    stand: dict[str, float] = field(default_factory=dict)
    pace: dict[str, float] = field(default_factory=dict)

    def level(self, part: str, years: float) -> float:
        """Return where the part stands after so many years in the programme."""
        if part not in self.stand:
            self.stand[part] = LEVELS.get(part, 3.3) + self.dice.normal(0, BETWEEN)
            self.pace[part] = RISES.get(part, 0.05) + self.dice.normal(0, 0.09)
        return self.stand[part] + self.pace[part] * years


def answered(staff: Staff, asked: Instrument, *, years: float, opens: date, closes: date) -> box.Finished:
    """Return the sealed wave that this staff's answers would have become; the next one is compared with it."""
    people = int(staff.roster * staff.dice.uniform(0.66, 0.95))
    codes = np.array(list(_ticks(staff, asked, people, years)), dtype=np.int8).T
    ref = box.new_ref()
    found = sheet_of_codes(asked, [staff.school] * people, codes)
    before = staff.before.get(asked.slug)
    released = release_of_sheet(found, [""] * people, Plan(staff.school, ref, staff.roster, RULES, None, before))
    sums = cube(found)
    staff.before[asked.slug] = Before(released, sums)
    return box.Finished(
        school=staff.school,
        opens=opens,
        closes=closes,
        sealed_on=closes + timedelta(days=1),
        roster=staff.roster,
        codes=staff.roster,
        release=released,
        instrument_json=json.dumps(asked.model_dump(mode="json")),
        sums=sums if people >= RULES.minimum else None,
        receipts=box.made_up_receipts(people),
    )


def _ticks(staff: Staff, asked: Instrument, people: int, years: float) -> Iterator[np.ndarray]:
    """Yield each question's answers: one mood a person, one level a part, a little chance an answer."""
    mood = staff.dice.normal(0, MOOD, people)
    for scale in asked.scales:
        offered = asked.answers_of(scale)
        places = len(offered.labels)
        middle = staff.level(scale.key, years) * places / 5
        for _item in scale.items:
            ticks = np.clip(np.rint(middle + mood + staff.dice.normal(0, WOBBLE, people)), 1, places)
            if offered.cannot_say:
                ticks[staff.dice.random(people) < CANNOT_SAY] = -1
            yield ticks
