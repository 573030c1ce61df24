"""The program with its floor page, for gunicorn: only the chapter `last` starts this."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "bench.boden"
application = get_wsgi_application()
