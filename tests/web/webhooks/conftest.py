from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.web.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A server of this machine, to which the settings let webhooks go."""
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["127.0.0.1"])
    with receiving() as started:
        yield started
