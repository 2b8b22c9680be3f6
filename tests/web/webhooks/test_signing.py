"""Secrets and signatures of webhooks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from premortem.records.firm.webhook_rows import Webhook
from premortem.web.webhooks.signing import headers, new_nonce, same_key, secret_of, secrets_of, signature, sum_of


def test_it_signs_as_the_standard_says() -> None:
    """The example of the standard's own libraries."""
    secret, message = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = signature(secret, message, 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_needs_the_row_and_the_servers_key(monkeypatch: pytest.MonkeyPatch) -> None:
    nonce = new_nonce()
    secret = secret_of(nonce)
    hook = Webhook(nonce=nonce, secret_sum=sum_of(secret))
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    assert secret == secret_of(nonce) != secret_of(new_nonce())
    assert same_key(hook)
    monkeypatch.setattr(settings, "SECRET_KEY", "another")
    assert secret_of(nonce) != secret
    assert not same_key(hook)


def test_the_secret_before_signs_too_until_its_time_is_over() -> None:
    now = timezone.now()
    hook = Webhook(nonce=new_nonce(), old_nonce=new_nonce(), old_until=now + timedelta(days=1))
    both = secrets_of(hook, now)
    assert both == [secret_of(hook.nonce), secret_of(hook.old_nonce)]
    told = headers(both, "msg_1", 1, b"{}")
    assert told["webhook-signature"].count("v1,") == 2
    assert secrets_of(hook, now + timedelta(days=1)) == [secret_of(hook.nonce)]
