"""Secrets and signatures, after Standard Webhooks 1.0 (https://www.standardwebhooks.com, 'Signature scheme').

A secret is needed again for each message, so its hash alone would not do. It is kept nowhere all the same: it is the
HMAC-SHA256 of a random nonce, which is kept, under the server's own key (`web.secret`), which is not in the database.
Whoever has a copy of the database can sign nothing. A server that got another key can't sign for old addresses either;
`same_key` tells, and an admin takes a new secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from premortem.records.firm.webhook_rows import Webhook

PREFIX = "whsec_"


def new_nonce() -> str:
    return secrets.token_hex(32)


def secret_of(nonce: str) -> str:
    """The secret as its receiver gets it: `whsec_` and 32 bytes in base64."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"premortem webhook {nonce}".encode(), "sha256")
    return PREFIX + base64.b64encode(key).decode()


def sum_of(secret: str) -> str:
    """Part of a secret's hash: enough to tell two apart, too little to find one."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


def same_key(hook: Webhook) -> bool:
    """Whether the server still has the key that the secret was made with."""
    return hmac.compare_digest(sum_of(secret_of(hook.nonce)), hook.secret_sum)


def secrets_of(hook: Webhook, now: datetime) -> list[str]:
    """Those that sign now: the newest first, and the one before it until its time is over."""
    old = hook.old_nonce and hook.old_until is not None and now < hook.old_until
    return [secret_of(hook.nonce), *([secret_of(hook.old_nonce)] if old else [])]


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of `message.timestamp.body` in base64; the key is what `secret` encodes."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(given: Sequence[str], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes along with a message, signed with each secret given."""
    signatures = " ".join(signature(one, message, timestamp, body) for one in given)
    return {"webhook-id": message, "webhook-timestamp": str(timestamp), "webhook-signature": signatures}
