"""Names that should make a team look twice before it writes them down."""

from colead.plans.personal import personal_signs
from colead.schools.models import Team


def signs_of_a_person(team: Team, *texts: str) -> tuple[str, ...]:
    """Say what in these texts looks like the record of one person: a pupil, or somebody who works at the school."""
    members = team.members.active().values_list("user__name", flat=True)
    staff = team.school.roster.here().values_list("name", flat=True)
    return personal_signs("\n".join(texts), {*members, *staff} - {""})


def names_at(team: Team) -> tuple[str, ...]:
    """Return the names of the school and of the team's members."""
    return (team.school.name, *(str(member) for member in team.members.active().select_related("user")))
