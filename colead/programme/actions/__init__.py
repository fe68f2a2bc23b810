"""Verbs of the programme room, one module a topic: import them from there."""
