"""Finished facts about meetings, as paper and calendars."""
