"""What a team decides, how it came to it, and what it lets go or hands over."""

from colead.decisions.models.decision import Decision, Decisions, Review, Way
from colead.decisions.models.exchange import HandOver, LetGo
from colead.decisions.models.talk import Dissent, Input, Option, Round
from colead.decisions.models.vote import Ballot, Count, Vote

__all__ = [
    "Ballot",
    "Count",
    "Decision",
    "Decisions",
    "Dissent",
    "HandOver",
    "Input",
    "LetGo",
    "Option",
    "Review",
    "Round",
    "Vote",
    "Way",
]
