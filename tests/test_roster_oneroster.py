"""OneRoster 1.1 and 1.2: staff of our school are read, pupils and families are never kept."""

import zipfile
from io import BytesIO

import pytest

from colead.schools.roster import FileRefused, Org, Reason, read_file
from colead.schools.roster.plan import org_of, plan

USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)
ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
ORGS += (
    "d1,,,Two Rivers District,district,,\ns1,,,North Elementary,school,370060000123,d1\ns2,,,South Middle,school,,d1\n"
)
USERS_12 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
    "phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
)
ROLES = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
ROLES += "userProfileSourcedId\n"


def user(
    id_: str, name: str, role: str, orgs: str = "s1", grades: str = "", status: str = "", enabled: str = "true"
) -> str:
    first, last = name.split()
    return f'{id_},{status},,{enabled},"{orgs}",{role},u,,{first},{last},,,{first.lower()}@n.org,,,,"{grades}",pw\n'


def user_12(id_: str, name: str, liked: str = "", org: str = "s1") -> str:
    first, last = name.split()
    return f"{id_},,,true,u,,{first},{last},,,{first.lower()}@n.org,,,,,,,,{liked},,,{org},\n"


def role(user_id: str, role: str, org: str = "s1", status: str = "") -> str:
    return f"r-{user_id}-{role},{status},,{user_id},primary,{role},,,{org},\n"


def zipped(**files: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.csv", content)
    return out.getvalue()


SCHOOL = USERS + user("1", "Ada Reed", "teacher", grades="03,04") + user("2", "Pat Green", "administrator")
FAMILY = user("3", "Tiny Tim", "student", grades="03") + user("4", "Ma Tim", "guardian") + user("5", "Pa Tim", "parent")
FAMILY += user("6", "Aunt Tim", "relative")


def test_users_alone_are_read():
    reading = read_file(SCHOOL.encode())
    assert [(line.name, line.email, line.job, line.grades) for line in reading.lines] == [
        ("Ada Reed", "ada@n.org", "teacher", "3,4"),
        ("Pat Green", "pat@n.org", "administrator", None),
    ]
    assert all(line.subjects is None for line in reading.lines)


def test_pupils_guardians_parents_and_relatives_are_counted_and_never_kept():
    reading = read_file(zipped(users=SCHOOL + FAMILY, orgs=ORGS))
    assert reading.pupils == 4
    assert "Tim" not in repr(reading)
    assert "tiny@" not in repr(reading)


def test_only_staff_of_our_school_are_taken_when_orgs_are_named():
    data = zipped(
        users=SCHOOL + user("7", "Cleo Park", "teacher", "s2") + user("8", "Bo Both", "aide", "s1,s2"), orgs=ORGS
    )
    reading = read_file(data)
    org = org_of(reading, name="North", nces_id="370060000123")
    made = plan(reading, [], org)
    assert org == "s1"
    assert [line.name for line in made.added] == ["Ada Reed", "Pat Green", "Bo Both"]
    assert made.elsewhere == 1


def test_our_school_is_known_by_its_name_too():
    reading = read_file(zipped(users=SCHOOL + user("7", "Cleo Park", "teacher", "s2"), orgs=ORGS))
    assert org_of(reading, name="south middle", nces_id="") == "s2"


def test_people_are_asked_when_no_school_in_the_file_is_surely_ours():
    reading = read_file(zipped(users=SCHOOL + user("7", "Cleo Park", "teacher", "s2"), orgs=ORGS))
    assert org_of(reading, name="Elsewhere High", nces_id="") is None
    assert [org.name for org in reading.orgs] == ["North Elementary", "South Middle"]


def test_people_are_asked_when_users_alone_name_several_schools():
    reading = read_file((SCHOOL + user("7", "Cleo Park", "teacher", "s2")).encode())
    assert org_of(reading, name="North Elementary", nces_id="") is None
    assert reading.orgs == (Org("s1"), Org("s2"))


def test_the_only_school_in_the_file_needs_no_asking():
    assert org_of(read_file(SCHOOL.encode()), name="North", nces_id="") == "s1"


def test_version_1_2_takes_roles_and_schools_from_roles_csv():
    users = USERS_12 + user_12("1", "Katherine Reed", "Kate") + user_12("2", "Noor Ali") + user_12("3", "Tiny Tim")
    roles = ROLES + role("1", "teacher") + role("2", "counselor", "s2") + role("3", "student")
    reading = read_file(zipped(users=users, roles=roles, orgs=ORGS))
    assert [(line.name, line.job, line.orgs) for line in reading.lines] == [
        ("Kate Reed", "teacher", ("s1",)),
        ("Noor Ali", "counselor", ("s2",)),
    ]
    assert reading.pupils == 1


def test_version_1_2_knows_its_longer_list_of_roles():
    names = {"siteAdministrator": "administrator", "districtAdministrator": "administrator", "proctor": "para"}
    for written, job in names.items():
        reading = read_file(zipped(users=USERS_12 + user_12("1", "Kate Reed"), roles=ROLES + role("1", written)))
        assert [line.job for line in reading.lines] == [job]


def test_a_teacher_who_is_a_parent_too_is_a_teacher_and_a_pupil_who_helps_is_a_pupil():
    users = USERS_12 + user_12("1", "Kate Reed") + user_12("2", "Tiny Tim")
    roles = ROLES + role("1", "parent", "s2") + role("1", "teacher") + role("2", "aide") + role("2", "student")
    reading = read_file(zipped(users=users, roles=roles, orgs=ORGS))
    assert [(line.name, line.job, line.orgs) for line in reading.lines] == [("Kate Reed", "teacher", ("s1",))]
    assert reading.pupils == 1


def test_version_1_2_users_without_roles_are_refused_with_advice():
    with pytest.raises(FileRefused) as caught:
        read_file((USERS_12 + user_12("1", "Kate Reed")).encode())
    assert caught.value.reason == Reason.NO_ROLES


def test_who_is_leaving_or_switched_off_is_refused_by_line():
    text = (
        USERS + user("1", "Ada Reed", "teacher", status="tobedeleted") + user("2", "Bo Both", "aide", enabled="false")
    )
    assert [(one.number, one.reason) for one in read_file(text.encode()).refused] == [
        (2, Reason.LEAVING),
        (3, Reason.LEAVING),
    ]


def test_a_role_that_ended_does_not_count():
    users = USERS_12 + user_12("1", "Kate Reed")
    roles = ROLES + role("1", "student", status="tobedeleted") + role("1", "teacher")
    assert read_file(zipped(users=users, roles=roles)).lines[0].job == "teacher"


def test_a_user_without_a_school_is_refused_by_line():
    reading = read_file((USERS + user("1", "Ada Reed", "teacher", "")).encode())
    assert [(one.number, one.reason) for one in reading.refused] == [(2, Reason.NO_ORG)]


def test_a_ragged_row_is_refused_by_line():
    reading = read_file((SCHOOL + user("7", "Cleo Park", "teacher").strip() + ",extra\n").encode())
    assert [(one.number, one.reason) for one in reading.refused] == [(4, Reason.TOO_MANY_CELLS)]


def test_grade_codes_that_schools_do_not_use_are_left_out():
    reading = read_file((USERS + user("1", "Ada Reed", "teacher", grades="KG,01,UG,PS,77")).encode())
    assert reading.lines[0].grades == "K,1"


def test_a_refusal_inside_a_zip_names_the_file():
    with pytest.raises(FileRefused) as caught:
        read_file(zipped(users=SCHOOL, orgs="sourcedId,label\ns1,North\n"))
    assert caught.value.reason == Reason.COLUMNS
    assert caught.value.facts == {"file": "orgs.csv", "missing": "name, type"}


def test_a_broken_file_inside_a_zip_is_named_with_its_line():
    with pytest.raises(FileRefused) as caught:
        read_file(zipped(users=SCHOOL, orgs=ORGS + "s3,\0,,North\n"))
    assert (caught.value.reason, caught.value.facts) == (Reason.NUL, {"line": 5, "file": "orgs.csv"})


def test_files_in_a_folder_of_the_zip_and_what_macs_add_are_no_trouble():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("export/users.csv", SCHOOL)
        archive.writestr("__MACOSX/export/._users.csv", b"\0\1")
    assert len(read_file(out.getvalue()).lines) == 2


def test_orgs_alone_are_refused():
    with pytest.raises(FileRefused) as caught:
        read_file(ORGS.encode())
    assert caught.value.reason == Reason.COLUMNS
