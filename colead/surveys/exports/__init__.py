"""Finished facts of this room as paper and lists."""
