"""What an office runs for schools, and what it may know of them."""

from colead.programme.models.applications import Application, Review
from colead.programme.models.calendar import CohortDate
from colead.programme.models.company import Attendance, Gathering, Gatherings, Reflection, Tick
from colead.programme.models.company_checkins import FollowUp, OfferOrAsk, Share
from colead.programme.models.company_goals import LearningGoal
from colead.programme.models.company_stories import Recognition, Story, StoryLine
from colead.programme.models.company_support import Ask, AskStep
from colead.programme.models.company_visits import Answer, Guest, Visit, VisitNote
from colead.programme.models.leaving import WAIT, Certificate, Farewell
from colead.programme.models.programme import Cohort, Enrolment, Enrolments, Phase, Programme, Stay, Strand
from colead.programme.models.sharing import OfficeWave, Opening, Priority, Round

__all__ = [
    "WAIT",
    "Answer",
    "Application",
    "Ask",
    "AskStep",
    "Attendance",
    "Certificate",
    "Cohort",
    "CohortDate",
    "Enrolment",
    "Enrolments",
    "Farewell",
    "FollowUp",
    "Gathering",
    "Gatherings",
    "Guest",
    "LearningGoal",
    "OfferOrAsk",
    "OfficeWave",
    "Opening",
    "Phase",
    "Priority",
    "Programme",
    "Recognition",
    "Reflection",
    "Review",
    "Round",
    "Share",
    "Stay",
    "Story",
    "StoryLine",
    "Strand",
    "Tick",
    "Visit",
    "VisitNote",
]
