"""Django's settings: SQLite (WAL) in the user's own data folder, or whatever DATABASE_URL says."""

from premortem.records.database_url import database

SECRET_KEY = "unused until there are pages"
INSTALLED_APPS = ["premortem.records"]
DATABASES = {"default": database()}
USE_TZ = True
TIME_ZONE = "UTC"
