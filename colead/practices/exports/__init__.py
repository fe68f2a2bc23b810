"""Practices as paper, lists and calendars, one module per topic."""
