"""What a team knows, plans, tries and learns: the middle of the thread, from evidence to impact."""

from colead.plans.models.barriers import Barrier, Idea, SwotItem, Why
from colead.plans.models.evidence import Evidence
from colead.plans.models.impact import Impact, Indicator, Point, Theme
from colead.plans.models.purpose import PurposeMap, Shift
from colead.plans.models.theory import Adoption, Theory, TheoryLine
from colead.plans.models.trials import Feed, Reminder, Step, Trial

__all__ = [
    "Adoption",
    "Barrier",
    "Evidence",
    "Feed",
    "Idea",
    "Impact",
    "Indicator",
    "Point",
    "PurposeMap",
    "Reminder",
    "Shift",
    "Step",
    "SwotItem",
    "Theme",
    "Theory",
    "TheoryLine",
    "Trial",
    "Why",
]
