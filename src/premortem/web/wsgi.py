"""The pages as WSGI servers take them."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premortem.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
