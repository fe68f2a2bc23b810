"""Pictures of figures: SVG that prints in grey, with a title, a description and the table beside it."""

from colead.analysis.charts.drawing import Picture
from colead.analysis.charts.programme import ForestRow, forest, scatter
from colead.analysis.charts.school import BarRow, DotRow, SlopeRow, bars, dots, slopes

__all__ = ["BarRow", "DotRow", "ForestRow", "Picture", "SlopeRow", "bars", "dots", "forest", "scatter", "slopes"]
