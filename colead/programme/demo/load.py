"""Load the whole demo: each room adds its own part, from the lowest floor up."""

from datetime import datetime

from colead.accounts.models import User
from colead.meetings.demo import load_meetings
from colead.playbook.demo.load import load_schools
from colead.practices.demo_initiatives import load_inventory
from colead.practices.demo_observation import load_open_doors
from colead.practices.demo_structures import load_structures
from colead.practices.demo_studios import load_studios
from colead.practices.demo_time import load_time_finder
from colead.programme.demo.company import seed_company
from colead.programme.demo.seed import seed as seed_programme
from colead.schools.models import Team
from colead.staffpage.demo import load_staff_page
from colead.staffpage.demo_voices import load_voices


def load_demo(*, now: datetime, with_surveys: bool = False, many: int = 0) -> tuple[User, ...]:
    """Make schools North and South and the office; return everybody whom one may enter as.

    North's surveys need the box, which is sealed outside of any transaction: they come when asked for. So do `many`
    schools of a programme over three years, North and South among them.
    """
    load_schools(now=now, with_surveys=with_surveys)
    north = Team.objects.get(school__name__startswith="North")
    load_inventory(north, now=now)
    load_time_finder(north, now=now)
    load_structures(north, now=now)
    load_studios(north, now=now)
    load_open_doors(north, now=now)
    load_meetings(north, now=now)
    load_staff_page(north, now=now)
    load_voices(north, now=now, with_box=with_surveys)
    seed_programme(now=now, many=many)
    seed_company(north, Team.objects.get(school__name__startswith="South"), now=now)
    return tuple(User.objects.demo())
