"""The WSGI entry point for gunicorn or waitress."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
application = get_wsgi_application()
