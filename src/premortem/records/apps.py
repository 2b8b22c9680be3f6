from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "premortem.records"
    label = "records"
