"""Questions to the decisions room; what other rooms ask stands here."""

from colead.decisions.queries.briefs import Brief, due_for_review, open_questions, recent, without_owner
from colead.decisions.queries.exchange import minutes_given_back

__all__ = ["Brief", "due_for_review", "minutes_given_back", "open_questions", "recent", "without_owner"]
