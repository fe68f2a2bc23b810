"""Pictures of figures: SVG that prints in grey, with a title, a description and the table beside it."""

from colead.analysis.charts.circle import GrowthRow, growth
from colead.analysis.charts.drawing import Picture
from colead.analysis.charts.programme import ForestRow, forest, scatter
from colead.analysis.charts.school import BarRow, DotRow, SlopeRow, bars, dots, slopes

__all__ = [
    "BarRow",
    "DotRow",
    "ForestRow",
    "GrowthRow",
    "Picture",
    "SlopeRow",
    "bars",
    "dots",
    "forest",
    "growth",
    "scatter",
    "slopes",
]
