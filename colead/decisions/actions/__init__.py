"""Verbs of the decisions room, one module a topic."""

from colead.decisions.actions.records import NobodyPresent, amend_decision, record_decision

__all__ = ["NobodyPresent", "amend_decision", "record_decision"]
