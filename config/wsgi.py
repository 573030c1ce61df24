"""WSGI entry for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.produktion import refuse_demo_accounts  # noqa: E402 - app ready

refuse_demo_accounts()
# All pages are loaded here, once: a server that forks does not load them in every worker.
resolve("/gesund/")
