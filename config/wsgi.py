"""WSGI entry for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The longest that one statement of a page may take; gunicorn gives up on the page after 60.
os.environ.setdefault("FALLWERK_ANWEISUNG_SEKUNDEN", "30")
application = get_wsgi_application()

from config.produktion import end_unless_allowed  # noqa: E402 - app ready

end_unless_allowed()
# All pages are loaded here, once: a server that forks does not load them in every worker.
resolve("/gesund/")
