"""The WSGI entry point for gunicorn or waitress. Definitions load as it starts, so that nobody waits for them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
application = get_wsgi_application()

from holdfast.performance.selectors import definition_cards  # noqa: E402 - needs the settings above

definition_cards()
