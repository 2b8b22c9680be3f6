from django.apps import AppConfig


class FirmConfig(AppConfig):
    name = "premortem.records.firm"
    label = "firm"
    verbose_name = "The firm"
