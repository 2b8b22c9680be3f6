"""Django is started once a process, with all its apps, so that tests of the ledger and of pages can share it."""

import os
import tempfile

from hypothesis import settings

settings.register_profile("house", deadline=None)  # how long a busy machine takes proves nothing
settings.load_profile("house")

STARTED_WITH = {
    "DJANGO_SETTINGS_MODULE": "premortem.web.settings",
    "PREMORTEM_SECRET_KEY": "only for tests",
    "PREMORTEM_LEDGER": f"{tempfile.gettempdir()}/premortem-tests-never-use-this.sqlite3",
}

before = {name: os.environ.get(name) for name in STARTED_WITH}
os.environ.update(STARTED_WITH)

import django  # noqa: E402  it reads the environment

django.setup()
for name, value in before.items():  # what tests start as processes of their own begins without it
    if value is None:
        del os.environ[name]
    else:
        os.environ[name] = value
