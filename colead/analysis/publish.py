"""Compute a release: scores, margins, change and groups, with every small group hidden and the whole audited."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from colead.analysis.audit import audit_members
from colead.analysis.cubes import Cube, cube
from colead.analysis.figures import Floats, Interval, Undefined
from colead.analysis.hiding import merge_cells
from colead.analysis.instrument import Instrument, Scale
from colead.analysis.levels import UNKNOWN
from colead.analysis.reach import exact, pins_down, rounded, together
from colead.analysis.reasons import ALIKE, BY_QUESTION, GROUP_TOO_SMALL, NO_GROUPS, TOO_FEW_PEOPLE, TOO_SMALL_A_SHARE
from colead.analysis.release import (
    RULES,
    Ballot,
    Breakdown,
    BreakdownResult,
    GroupResult,
    Hidden,
    ItemResult,
    Release,
    Rules,
    groups_of,
    mask,
    tenth,
)
from colead.analysis.response import response_rate
from colead.analysis.scores import scores
from colead.analysis.sheet import Sheet, sheet
from colead.analysis.showing import Work, ends_of, hidden_scale, shown_scale
from colead.analysis.since import Before, exact_changes, shown_changes, shown_how_many


def sums_of(ballots: Sequence[Ballot], instrument: Instrument, *, school: str) -> Cube:
    """Add up a school's answers into the sums that stay in the sealed box, so that the next wave can be compared."""
    return cube(sheet(instrument, [(school, ballot.answers) for ballot in ballots]))


def release(
    ballots: Sequence[Ballot],
    instrument: Instrument,
    *,
    school: str,
    wave: str,
    roster: int | None = None,
    rules: Rules = RULES,
    breakdown: Breakdown | None = None,
    before: Before | None = None,
) -> Release:
    """Make the one frozen result of a closed wave.

    `roster` is the size of the staff list, None where it is not known. Raise TooSmallToOffer for a breakdown that
    should never have been offered, BadAnswer for an answer no item offers, Leak if the audit fails: then nothing at
    all is published.
    """
    people = sheet(instrument, [(school, ballot.answers) for ballot in ballots])
    groups = groups_of(ballots, breakdown) if breakdown else ("",) * len(ballots)
    plan = Plan(school, wave, roster, rules, breakdown, before)
    return release_of_sheet(people, groups, plan)


@dataclass(frozen=True)
class Plan:
    """What is known about a wave besides its answers."""

    school: str
    wave: str
    roster: int | None = None
    rules: Rules = RULES
    breakdown: Breakdown | None = None
    before: Before | None = None


def release_of_sheet(people: Sheet, groups: Sequence[str], plan: Plan) -> Release:
    """Make the release of one school from a sheet that holds only its people, and everybody's group."""
    instrument, before, breakdown = people.instrument, plan.before, plan.breakdown
    if breakdown:
        breakdown.check(plan.rules)
    some = (people.codes != 0).any(axis=0)
    people, groups = people.only(some), [group for group, here in zip(groups, some, strict=True) if here]
    if why := _too_few(people.rows, plan.roster, plan.rules):
        return _silent(instrument, plan, Hidden(why=why))
    work = Work(people, cube(people), plan.roster or UNKNOWN, plan.rules)
    exact = exact_changes(work, before)
    changes = shown_changes(work, before, exact)
    shown_groups, known = _breakdown(work, breakdown, groups) if breakdown else (None, {})
    found = Release(
        instrument=instrument.name,
        school=plan.school,
        wave=plan.wave,
        before=before.release.wave if before else "",
        rules=plan.rules,
        roster=plan.roster,
        answered=people.rows,
        scales=tuple(shown_scale(work, s, changes[s.key], known.get(s.key)) for s in instrument.scales),
        how_many=shown_how_many(instrument, exact),
        breakdown=shown_groups,
    )
    _audit(work, found, groups)
    return found


def _too_few(answered: int, roster: int | None, rules: Rules) -> str:
    if answered < rules.school:
        return TOO_FEW_PEOPLE.format(least=rules.school)
    rate = response_rate(answered, roster or 0)
    if not isinstance(rate, Undefined) and rate < rules.response:
        return TOO_SMALL_A_SHARE.format(percent=round(rules.response * 100))
    return ""


def _silent(instrument: Instrument, plan: Plan, no: Hidden) -> Release:
    """Return the release of a wave that too few answered: it says so, and nothing else."""
    scales = []
    for scale in instrument.scales:
        items = tuple(ItemResult(key=item.key, n=no, counts=no, cannot_say=no) for item in scale.items)
        scales.append(hidden_scale(scale, no, items))
    return Release(
        instrument=instrument.name,
        school=plan.school,
        wave=plan.wave,
        before=plan.before.release.wave if plan.before else "",
        rules=plan.rules,
        roster=plan.roster,
        answered=no,
        scales=tuple(scales),
        how_many=no,
        breakdown=BreakdownResult(question=plan.breakdown.question, groups=no) if plan.breakdown else None,
    )


def _breakdown(work: Work, breakdown: Breakdown, groups: Sequence[str]) -> tuple[BreakdownResult, dict[str, Interval]]:
    """Return the groups as they may be shown, and what their means tell about the total of each scale."""
    sizes = {label: groups.count(label) for label in (*breakdown.categories, "")}
    cells = merge_cells(sizes, work.rules.minimum)
    if len(cells) < 2:
        return BreakdownResult(question=breakdown.question, groups=Hidden(why=NO_GROUPS)), {}
    inside = [mask([group in cell.labels for group in groups]) for cell in cells]
    means: list[dict[str, float | Hidden]] = [{} for _ in cells]
    known: dict[str, Interval] = {}
    for scale in work.instrument.scales:
        values, valid = scores(work.people, scale)
        parts = [values[valid & here] for here in inside]
        why = _hidden_groups(work, scale, values[valid], parts)
        for table, part in zip(means, parts, strict=True):
            table[scale.key] = Hidden(why=why) if why else tenth(float(part.mean()))
        if not why:
            known[scale.key] = together(rounded(values[valid]), [rounded(part) for part in parts])[0]
    found = (GroupResult(labels=c.labels, people=c.people, means=m) for c, m in zip(cells, means, strict=True))
    return BreakdownResult(question=breakdown.question, groups=tuple(found)), known


def _hidden_groups(work: Work, scale: Scale, whole: Floats, parts: Sequence[Floats]) -> str:
    """Say why no group's mean is shown: one blank could be worked out from the others, so it is all or none."""
    if not scale.average:
        return BY_QUESTION
    if min(len(part) for part in parts) < work.rules.minimum:
        return GROUP_TOO_SMALL
    ends = ends_of(work.instrument, scale)
    _, totals = together(exact(whole), [rounded(part) for part in parts])
    alike = pins_down(whole, exact(whole), ends)
    return ALIKE if alike or any(map(pins_down, parts, totals, [ends] * len(parts))) else ""


def _audit(work: Work, found: Release, groups: Sequence[str]) -> None:
    """Check every scale's published sets of people once more, independently of how they came about."""
    for scale, result in zip(work.instrument.scales, found.scales, strict=True):
        if isinstance(result.mean, Hidden):
            continue
        scored = scores(work.people, scale)[1]
        sets = [scored]
        if found.breakdown and not isinstance(found.breakdown.groups, Hidden):
            for cell in found.breakdown.groups:
                if not isinstance(cell.means[scale.key], Hidden):
                    sets.append(scored & mask([group in cell.labels for group in groups]))
        audit_members(np.array(sets), work.rules.minimum)
