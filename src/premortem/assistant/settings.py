"""Django's settings for a door without pages: the ledger's tables, the firm's, and what pages put off."""

from premortem.records.database_url import database

DATABASES = {"default": {**database(), "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}}
SECRET_KEY = "unused: nothing is signed here"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "premortem.records",
    "premortem.records.firm",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_tasks",
    "django_tasks_db",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
USE_TZ = True
TIME_ZONE = "UTC"
