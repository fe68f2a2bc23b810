"""How many people have ever taken part, by role, month after month, so that no two months give anybody away.

A figure stays as it was until it can grow by `RULES.minimum` people at once, and the people of a role who have not
taken part yet are none, or as many. Totals are sums of published figures. What was published never changes.
"""

from collections.abc import Mapping

from colead.analysis.release import RULES

REST = ""
"""The group of all roles that few people have."""


def groups_of(listed: Mapping[str, int], *, never: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the groups to publish: roles that enough people have, and the rest. `never`: roles not shown apart."""
    apart = (role for role, people in sorted(listed.items()) if people >= RULES.offered and role not in never)
    return (*apart, REST)


def by_group(counts: Mapping[str, int], groups: tuple[str, ...]) -> dict[str, int]:
    """Add people by role up to people by group."""
    found = dict.fromkeys(groups, 0)
    for role, people in counts.items():
        found[role if role in found else REST] += people
    return found


def next_published(before: int, now: int, listed: int | None = None, *, least: int = RULES.minimum) -> int:
    """Return what is published after `before`, when `now` people have taken part, of `listed` (None: nobody knows)."""
    shown = now if listed is None or now >= listed else min(now, listed - least)
    return shown if shown - before >= least else before
