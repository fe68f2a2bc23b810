"""The demo's voices: whom North asked, what audiences are told, replies to one decision, and the circle."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.schools.models import Team
from colead.staffpage.actions import voices
from colead.staffpage.actions.voices_circle import publish_months
from colead.staffpage.actions.voices_register import note_asking, write_message
from colead.staffpage.models import ReplyTheme
from colead.surveys.queries.people import readers
from colead.texts.actions import save_new

THEMES = (
    "The Monday note helps, but only where somebody makes sure that it lies in the room.",
    "People want to know what happens to the half hour on Tuesdays if the district asks for it back.",
)
ANSWER = "From next week the office puts the note up by the time clock too. Mia looks at it every Monday until May."
NOTES = (
    "The note is in our room two weeks of three. When it is not, we are the last to know.",
    "Half an hour on Tuesdays is the best thing that happened this year.",
    "What if the district wants the meeting back?",
    "I read the note on my phone. Could it be a picture in the group too?",
    "Room 12 never gets it.",
    "Please do not fill the Tuesday with something else.",
    "Will it stay after May?",
)
BEGUN = 20  # days ago
REACTIONS = (1, 1, 1, 2, 1, 2, 3, 1, 2, 2, 1, 3, 4, 2)


def load_voices(team: Team, *, now: datetime, with_box: bool = False) -> None:
    """Fill the register, the themes of one decision, and the circle. Replies themselves need the box."""
    lead = team.members.active().filter(is_lead=True).select_related("user")[0].user
    reader = next(person for person in readers(team.school) if person != lead)
    decided = team.decisions.filter(state=Decision.State.DECIDED).order_by("decided_on", "pk")
    begun = now - timedelta(days=BEGUN)
    decision = next(one for one in decided if voices.takes_replies(one, now=begun) and one.let_gos.exists())
    _register(team, decision, by=lead, now=now)
    themes = _replies(decision, lead, reader, now) if with_box else _themes(decision, reader, now)
    first = themes[0]
    facts: dict[str, Any] = {"kind": ReplyTheme.Kind.ADAPT, "answer": ANSWER, "based_on": first.version}
    voices.answer_theme(first, by=lead, now=now - timedelta(days=3), **facts)
    publish_months(team.school, now=now)


def _register(team: Team, decision: Decision, *, by: User, now: datetime) -> None:
    def day(days_ago: int) -> dict[str, Any]:
        return {"held_on": team.today(now - timedelta(days=days_ago)), "by": by, "now": now - timedelta(days=days_ago)}

    how = "A round at the staff meeting: one hope, one worry each"
    shows = "“Time with each other, inside the day” is nearly word for word what grade 3 wrote."
    note_asking(team, how=how, teacher=16, special=2, specials=4, para=3, reflected=shows, **day(62))
    how, shows = "Talks at the bus loop and in the kitchen, before seven", "The sentence about doors that stand open."
    note_asking(team, how=how, support=6, para=5, reflected=shows, **day(55))
    how = "A card on every chair on open evening"
    note_asking(team, how=how, families=31, students=12, **day(41))
    how = "A list on the lounge door: which meeting would you not miss?"
    shows = "Two of the three meetings on top of that list are the ones that stopped."
    note_asking(team, how=how, decision=decision, teacher=14, para=4, other=1, reflected=shows, **day(36))
    words = (
        "Fewer meetings for staff from this month on. Nothing changes for your child; calls are returned the same day."
    )
    told: dict[str, Any] = {"channel": "Newsletter", "told_on": team.today(now - timedelta(days=27))}
    write_message(team, decision=decision, audience="Families", words=words, by=by, now=now, **told)
    words = (
        "We want to be a school in which the people who do the work have a say in how it is done. You helped to say it."
    )
    write_message(team, audience="Bus, kitchen and building staff", words=words, channel="At the loop", by=by, now=now)


def _themes(decision: Decision, reader: User, now: datetime) -> list[ReplyTheme]:
    found_on = decision.team.today(now - timedelta(days=6))
    made = [ReplyTheme(decision=decision, sentence=sentence, found_on=found_on) for sentence in THEMES]
    return [save_new(theme, by=reader, now=now - timedelta(days=6)) for theme in made]


def _replies(decision: Decision, lead: User, reader: User, now: datetime) -> list[ReplyTheme]:
    """Let staff reply to a decision, open the box, and have its notes read."""
    school = decision.team.school
    begun = now - timedelta(days=BEGUN)
    facts: dict[str, Any] = {"minimum": 10, "is_open": True}
    voices.set_desk(school, reader=reader, by=lead, now=begun, **facts)
    voices.open_rounds(school, now=begun)
    for place, reaction in enumerate(REACTIONS):
        note = NOTES[place] if place < len(NOTES) else ""
        key = secrets.token_hex(16)
        voices.reply(decision, key=key, reaction=reaction, note=note, now=begun + timedelta(days=2))
    voices.seal_rounds(school, now=now - timedelta(days=8))
    round_ = decision.reply_rounds.to_read().get()
    held = voices.notes_of(round_, by=reader)
    then = now - timedelta(days=6)
    themes = voices.keep_themes(round_, sentences=THEMES, texts={one.id: one.text for one in held}, by=reader, now=then)
    voices.open_rounds(school, now=now)
    return list(themes)
