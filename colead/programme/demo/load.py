"""Load the whole demo: each room adds its own part, from the lowest floor up."""

from datetime import datetime

from colead.accounts.models import User
from colead.playbook.demo.load import load_schools
from colead.programme.demo.seed import seed as seed_programme


def load_demo(*, now: datetime, with_surveys: bool = False, many: int = 0) -> tuple[User, ...]:
    """Make schools North and South and the office; return everybody whom one may enter as.

    North's surveys need the box, which is sealed outside of any transaction: they come when asked for. So do `many`
    schools of a programme over three years, North and South among them.
    """
    load_schools(now=now, with_surveys=with_surveys)
    seed_programme(now=now, many=many)
    return tuple(User.objects.demo())
