"""The WSGI entry point for gunicorn or waitress. What pages need is made ready as it starts: nobody waits for it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
application = get_wsgi_application()

from holdfast.web import ahead  # noqa: E402 - needs the settings above
from holdfast.web.ready import get_ready  # noqa: E402 - needs the settings above

get_ready()
gc.collect()
gc.freeze()  # what is ready stays: the collector would stop a reader to walk through all of it (decision 162)
ahead.start()
