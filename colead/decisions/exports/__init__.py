"""Decisions, the stop list and hand-overs as paper and as lists."""
