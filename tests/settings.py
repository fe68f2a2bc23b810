"""The settings in test mode, whoever starts the tests."""

import os

os.environ.setdefault("COLEAD_MODE", "test")

from colead.settings import *  # noqa: F403
