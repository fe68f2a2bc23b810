"""The settings in test mode, whoever starts the tests."""

import os

os.environ.setdefault("COLEAD_MODE", "test")

from colead.settings import *  # noqa: F403
from colead.settings import DATABASES, FROM_MODELS

# On SQLite tables are made straight from the models. On PostgreSQL every migration runs, and `make rules` sees that the
# two agree.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    MIGRATION_MODULES = FROM_MODELS

# Every test client is a server that starts anew: it need not list all files of style before it answers.
WHITENOISE_AUTOREFRESH = True
