"""The WSGI entry point for gunicorn or waitress. Definitions and pages load as it starts: nobody waits for them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 - needs the settings above

from holdfast.access.urls import load_pages  # noqa: E402
from holdfast.performance.selectors.indicators import definition_cards  # noqa: E402

get_resolver().url_patterns  # noqa: B018 - loads every room's views
load_pages()
definition_cards()
