"""Answers in, numbers with honest uncertainty out; small groups are hidden inside the computation. Pure: no Django.

What other rooms use stands in `__all__`. `release` makes the one frozen result of a wave that every page, file and
roll-up reads; `sums_of` and `pack` give what the sealed box keeps so that the next wave can be compared.

Words are in `sentences` and `programme_sentences`, pictures in `charts`, papers in `report` and `report_sheets`:
import them from there. So a machine that only adds up answers needs nothing but numpy, scipy and pydantic.
"""

from colead.analysis.audit import Leak
from colead.analysis.cubes import Cube
from colead.analysis.figures import Interval, Undefined, defined
from colead.analysis.hiding import Pool
from colead.analysis.instrument import Instrument, UnknownInstrument, load_instrument, read_instrument
from colead.analysis.packing import NotACube, pack, unpack
from colead.analysis.pooling import PooledRelease, SchoolResult, pooled, read_pooled
from colead.analysis.publish import release, sums_of
from colead.analysis.release import (
    Ballot,
    Breakdown,
    Hidden,
    NotThisRelease,
    Release,
    Rules,
    TooSmallToOffer,
    read_release,
    shuffled_comments,
)
from colead.analysis.sheet import BadAnswer
from colead.analysis.since import Before
from colead.analysis.words import HowWeKnow, Line

__all__ = [
    "BadAnswer",
    "Ballot",
    "Before",
    "Breakdown",
    "Cube",
    "Hidden",
    "HowWeKnow",
    "Instrument",
    "Interval",
    "Leak",
    "Line",
    "NotACube",
    "NotThisRelease",
    "Pool",
    "PooledRelease",
    "Release",
    "Rules",
    "SchoolResult",
    "TooSmallToOffer",
    "Undefined",
    "UnknownInstrument",
    "defined",
    "load_instrument",
    "pack",
    "pooled",
    "read_instrument",
    "read_pooled",
    "read_release",
    "release",
    "shuffled_comments",
    "sums_of",
    "unpack",
]
