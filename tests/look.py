"""Take the pictures in docs/pictures: the main pages of the demo at 320 and 1280 px. `make look`."""

import io
import os
import sys
import tempfile
from pathlib import Path

os.environ["COLEAD_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
room = Path(tempfile.mkdtemp())
os.environ |= {"COLEAD_DATABASE": f"sqlite:{room / 'look.sqlite3'}", "COLEAD_BALLOTS": f"sqlite:{room / 'box.sqlite3'}"}

import django

django.setup()

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, sync_playwright

from colead.accounts.models import User
from colead.programme.demo.load import load_demo
from colead.schools.models import School
from colead.staffpage.links import token_of
from tests.addresses import numbers_of, url_of
from tests.journeys.conftest import CHROMIUM, QUIET

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZES = {"phone": {"width": 320, "height": 690}, "desk": {"width": 1280, "height": 860}}


FIRST_SIGNED_IN = "team-room"


def pages() -> dict[str, str]:
    """Name the pages, those before FIRST_SIGNED_IN for anybody."""
    school = School.objects.get(name__startswith="North")
    numbers, team = numbers_of(school), school.teams.get().pk
    result = school.waves.filter(state="sealed").latest("closes")
    return {
        "front": "/",
        "staff-page": f"/p/{token_of(school.staff_page)}/",
        FIRST_SIGNED_IN: f"/t/{team}/",
        "where-we-stand": f"/t/{team}/conditions/",
        "question": f"/t/{team}/q/E-W2/",
        "self-assessment": f"/t/{team}/assess/influence/",
        "guide": f"/t/{team}/guides/structures/",
        "results": url_of("wave", {"school_id": school.pk, "wave_id": result.pk}),
        "thread": url_of("thread", numbers, kind="map", pk=numbers["map_id"]),
        "time-found": url_of("scenario", numbers),
        "people": f"/t/{team}/people/",
    }


def enter(context: BrowserContext, url: str, name: str) -> None:
    visitor = Client()
    visitor.force_login(User.objects.get(name=name))
    context.add_cookies([{"name": key, "value": crumb.value, "url": url} for key, crumb in visitor.cookies.items()])


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with 128 colors: sharp enough for pages, and small."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(128).save(path, optimize=True)


def main() -> int:
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("migrate", "answers", database="ballots", verbosity=0)
    load_demo(now=timezone.now(), with_surveys=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    url = f"http://127.0.0.1:{server.port}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for device, size in SIZES.items():
            context = browser.new_context(base_url=url, viewport=size)
            opened = context.new_page()
            for name, path in pages().items():
                if name == FIRST_SIGNED_IN:
                    enter(context, url, "Ada Reed")
                opened.goto(path)
                keep(opened.screenshot(), PICTURES / f"{name}-{device}.png")
                print(PICTURES.name, f"{name}-{device}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
