"""The pages as WSGI servers take them."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premortem.web.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from premortem.checks.catalogue import modules

application = get_wsgi_application()
_ = get_resolver().url_patterns, modules()  # every page and every check, so that nobody's first look waits for them
# What is loaded by now stays. Without this, looking through all of it for garbage would hold up a page now and then.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
