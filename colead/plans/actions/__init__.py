"""Verbs of the plans, one module per topic."""

from colead.plans.actions.evidence import note_evidence

__all__ = ["note_evidence"]
