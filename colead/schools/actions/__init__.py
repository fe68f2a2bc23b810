"""Verbs of the schools room, one module a topic."""

from colead.schools.actions.invitations import (
    AddressWritten,
    WrongAddress,
    WrongCode,
    accept,
    invite_by_mail,
    link_school,
    make_code,
    revoke,
)
from colead.schools.actions.refusal import Refusal
from colead.schools.actions.schools import (
    SchoolAlreadyHere,
    edit_school,
    start_office,
    start_school,
    start_team,
    unlink_school,
)
from colead.schools.actions.seats import end_seat, give_seat
from colead.schools.actions.teams import LastLead, decline, leave_team, let_in, make_lead, remove_member, take_lead_back

__all__ = [
    "AddressWritten",
    "LastLead",
    "Refusal",
    "SchoolAlreadyHere",
    "WrongAddress",
    "WrongCode",
    "accept",
    "decline",
    "edit_school",
    "end_seat",
    "give_seat",
    "invite_by_mail",
    "leave_team",
    "let_in",
    "link_school",
    "make_code",
    "make_lead",
    "remove_member",
    "revoke",
    "start_office",
    "start_school",
    "start_team",
    "take_lead_back",
    "unlink_school",
]
