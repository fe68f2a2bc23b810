"""What a school runs, made through the real verbs."""

from django.test import Client

from colead.practices.actions import initiatives as actions
from colead.practices.models import Initiative, Inventory
from colead.schools.models import Member
from tests.cast import NOW, Cast

TODAY = NOW.date()


def by(cast: Cast) -> dict[str, object]:
    return {"by": cast.ada, "now": NOW}


def members(cast: Cast) -> list[Member]:
    return list(cast.north_team.members.active())


def silent(cast: Cast) -> Inventory:
    return actions.start_inventory(cast.north_team, **by(cast))


def opened(cast: Cast, *names: str) -> Inventory:
    inventory = silent(cast)
    actions.write_list(inventory, body="\n".join(names or ("Data binder", "Homework club")), by=cast.ada)
    return actions.reveal_lists(inventory, **by(cast))


def decided(cast: Cast, row: Initiative, verdict: str = "stop") -> Initiative:
    facts = {"verdict": verdict, "reason": "Nobody reads it.", "owner": members(cast)[0], "review_on": TODAY}
    return actions.decide_row(row, **facts, based_on=row.version, **by(cast))


def stopped(cast: Cast, row: Initiative) -> object:
    facts = {"minutes_each": 30, "people": 14, "to_whom": "teachers", "in_place": "grade teams", "since": TODAY}
    return actions.put_on_stop_list(row, **facts, **by(cast))


def browser(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def knock(cast: Cast, door: str, url: str) -> None:
    """Go to an address as everybody; `door` says what it is: READ, WRITE, PRESS (posts only), or GONE so far."""
    member = {"PRESS": 302, "GONE": 404}.get(door, 200)
    wanted = {"cleo": 404, "dana": 404, "sam": 403, "ben": member, "ada": member, "pat": member}
    wanted["kim"] = {"READ": 200, "GONE": 404}.get(door, 403)
    people = {who: browser(getattr(cast, who)) for who in wanted} | {"nobody": Client()}
    for who, status in (*wanted.items(), ("nobody", 302)):
        got = people[who].post(url) if door == "PRESS" else people[who].get(url)
        assert got.status_code == status, (url, who)
    if door == "PRESS":
        assert people["ada"].get(url).status_code == 405, url
