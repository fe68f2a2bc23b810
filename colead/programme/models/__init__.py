"""What an office runs for schools, and what it may know of them."""

from colead.programme.models.programme import Cohort, Enrolment, Enrolments, Phase, Programme, Stay

__all__ = ["Cohort", "Enrolment", "Enrolments", "Phase", "Programme", "Stay"]
