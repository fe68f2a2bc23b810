"""Verbs of this room, one module a topic."""
