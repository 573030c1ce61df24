"""WSGI entry for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.produktion import refuse_demo_accounts  # noqa: E402 - app ready

refuse_demo_accounts()
