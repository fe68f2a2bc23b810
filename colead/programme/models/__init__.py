"""What an office runs for schools, and what it may know of them."""

from colead.programme.models.applications import Application, Review
from colead.programme.models.calendar import CohortDate
from colead.programme.models.programme import Cohort, Enrolment, Enrolments, Phase, Programme, Stay, Strand
from colead.programme.models.sharing import OfficeWave, Opening, Priority, Round

__all__ = [
    "Application",
    "Cohort",
    "CohortDate",
    "Enrolment",
    "Enrolments",
    "OfficeWave",
    "Opening",
    "Phase",
    "Priority",
    "Programme",
    "Review",
    "Round",
    "Stay",
    "Strand",
]
