"""Answers in, numbers with honest uncertainty out; small groups are hidden inside the computation. Pure: no Django.

What other rooms use stands in `__all__`. `release` makes the one frozen result of a wave that every page, file and
roll-up reads; `sums_of` and `pack` give what the sealed box keeps so that the next wave can be compared.
"""

from colead.analysis.audit import Leak
from colead.analysis.charts import BarRow, DotRow, ForestRow, Picture, SlopeRow, bars, dots, forest, scatter, slopes
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
from colead.analysis.report import programme_report, school_report
from colead.analysis.report_sheets import programme_sheets, school_sheets
from colead.analysis.sheet import BadAnswer
from colead.analysis.since import Before
from colead.analysis.words import HowWeKnow, Line

__all__ = [
    "BadAnswer",
    "Ballot",
    "BarRow",
    "Before",
    "Breakdown",
    "Cube",
    "DotRow",
    "ForestRow",
    "Hidden",
    "HowWeKnow",
    "Instrument",
    "Interval",
    "Leak",
    "Line",
    "NotACube",
    "NotThisRelease",
    "Picture",
    "Pool",
    "PooledRelease",
    "Release",
    "Rules",
    "SchoolResult",
    "SlopeRow",
    "TooSmallToOffer",
    "Undefined",
    "UnknownInstrument",
    "bars",
    "defined",
    "dots",
    "forest",
    "load_instrument",
    "pack",
    "pooled",
    "programme_report",
    "programme_sheets",
    "read_instrument",
    "read_pooled",
    "read_release",
    "release",
    "scatter",
    "school_report",
    "school_sheets",
    "shuffled_comments",
    "slopes",
    "sums_of",
    "unpack",
]
