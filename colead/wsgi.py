"""The door for a WSGI server: `gunicorn -w 2 --threads 4 colead.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.settings")
application = get_wsgi_application()
