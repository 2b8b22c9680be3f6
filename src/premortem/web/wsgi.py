"""The pages as WSGI servers take them."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premortem.web.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
_ = get_resolver().url_patterns  # every page's module, so that nobody's first look waits for it
# What is loaded by now stays. Without this, looking through all of it for garbage would hold up a page now and then.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
