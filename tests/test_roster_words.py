"""Grades and jobs, as schools write them."""

import pytest

from colead.schools.models import RosterEntry
from colead.schools.roster import words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3", "3"),
        ("03,04", "3,4"),
        ("K-2", "K,1,2"),
        ("PreK – 1st", "PK,K,1"),
        ("Pre-K, K", "PK,K"),
        ("grades 3 and 4", "3,4"),
        ("4, 3, 3", "3,4"),
        ("3rd/4th", "3,4"),
        ("9 to 12", "9,10,11,12"),
        ("Kindergarten", "K"),
        ("KG", "K"),
        ("first & second grade", "1,2"),
        ("grado 5º", "5"),
        ("Gr. 6", "6"),
        ("all", ""),
        ("n/a", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_grades_are_read_as_schools_write_them(written, read):
    assert words.grades_of(written) == read


@pytest.mark.parametrize("written", ["13", "purple", "5-2", "K-purple", "3-", "K," * 200])
def test_what_is_no_grade_is_refused(written):
    if written == "3-":
        assert words.grades_of(written) == "3"
    else:
        with pytest.raises(words.UnknownGrade):
            words.grades_of(written)


@pytest.mark.parametrize("written", ["4-Mar", "Mar-04", "46085"])
def test_a_grade_that_excel_made_a_date_is_named_as_such(written):
    with pytest.raises(words.GradeIsDate):
        words.grades_of(written)


@pytest.mark.parametrize(
    ("role", "job"),
    [
        ("4th Grade Teacher", "teacher"),
        ("English Language Arts Teacher", "teacher"),
        ("Maestra", "teacher"),
        ("Special Education Teacher", "special"),
        ("SPED", "special"),
        ("Special Education Aide", "para"),
        ("Instructional Assistant", "para"),
        ("Library Aide", "para"),
        ("Assistant Principal", "administrator"),
        ("Principal", "administrator"),
        ("Principal's Secretary", "support"),
        ("Bus Driver", "support"),
        ("Custodian", "support"),
        ("School Nurse", "counselor"),
        ("Speech-Language Pathologist", "counselor"),
        ("Guidance Counselor", "counselor"),
        ("Art Teacher", "specials"),
        ("Librarian / Media Specialist", "specials"),
        ("Physical Education", "specials"),
        ("Instructional Coach", "other"),
        ("Parent Liaison", "other"),
        ("student teacher", "teacher"),
        ("Title I Wizard", None),
    ],
)
def test_roles_are_read_as_schools_word_them(role, job):
    assert words.job_of(role) == job


@pytest.mark.parametrize("job", RosterEntry.Job)
def test_our_own_names_for_jobs_are_read_back_as_themselves(job):
    assert words.job_of(str(job.label)) == job.value


@pytest.mark.parametrize(
    "role", ["student", "Students", "5th grade student", "Parent/Guardian", "guardian", "Relative", "Alumno", "Pupil"]
)
def test_pupils_and_families_are_recognised(role):
    assert words.is_family(role)


@pytest.mark.parametrize(
    "role", ["student teacher", "Dean of Students", "Family Engagement Coordinator", "Parent Liaison", "Teacher", ""]
)
def test_staff_with_such_a_word_in_their_title_are_staff(role):
    assert not words.is_family(role)
