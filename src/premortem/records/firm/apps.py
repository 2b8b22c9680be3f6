from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FirmConfig(AppConfig):
    name = "premortem.records.firm"
    label = "firm"
    verbose_name = "The firm"

    def ready(self) -> None:
        from premortem.records.firm.webhook_triggers import put_up, take_down

        pre_migrate.connect(take_down, sender=self)
        post_migrate.connect(put_up, sender=self)
