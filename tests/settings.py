"""The settings in test mode, whoever starts the tests."""

import os

os.environ.setdefault("COLEAD_MODE", "test")

from colead.settings import *  # noqa: F403
from colead.settings import DATABASES, INSTALLED_APPS

# On SQLite tables are made straight from the models: ten seconds less a run. On PostgreSQL every migration runs, and
# `make rules` sees that the two agree. The box runs its own everywhere: it sets up what models cannot say.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    MIGRATION_MODULES = {app.rpartition(".")[2]: None for app in INSTALLED_APPS if app != "colead.answers"}

# Every test client is a server that starts anew: it need not list all files of style before it answers.
WHITENOISE_AUTOREFRESH = True
