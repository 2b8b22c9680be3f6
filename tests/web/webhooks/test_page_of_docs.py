"""docs/webhooks.md says what is so, and its example checks what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from premortem.web.webhooks import sending
from premortem.web.webhooks.events import EVENTS, TEST, Event
from premortem.web.webhooks.signing import new_nonce, secret_of
from tests.web.conftest import House
from tests.web.webhooks.receiver import Receiver
from tests.web.webhooks.rows import made

PAGE = (Path(__file__).parents[3] / "docs/webhooks.md").read_text(encoding="utf-8")
PAUSES = {"5 s": 5, "1 min": 60, "5 min": 300, "30 min": 1_800, "2 h": 7_200, "8 h": 28_800, "24 h": 86_400}


def test_it_names_every_event_and_every_pause() -> None:
    table = PAGE.split("## What is told")[1].split("It does not matter")[0]
    assert set(re.findall(r"`([a-z]+\.[a-z]+)`", table)) == set(EVENTS)
    assert [int(pause.total_seconds()) for pause in sending.PAUSES] == list(PAUSES.values())
    assert ", ".join(list(PAUSES)[:-1]).rsplit(", ", 2)[0] in PAGE.replace("\n", " ")


def test_its_example_takes_what_is_signed_and_nothing_else(house: House, receiver: Receiver) -> None:
    hook, now = made(receiver.address, "deal.won"), timezone.now()
    sending.say(hook, Event(TEST, now, {}, "/", "1"), now)
    sending.send_due(now)
    [got] = receiver.got
    is_genuine = _example()
    secret = secret_of(hook.nonce)
    assert is_genuine(secret, got.headers, got.body)
    assert not is_genuine(secret, got.headers, got.body + b" ")
    assert not is_genuine(secret_of(new_nonce()), got.headers, got.body)
    assert not is_genuine(secret, got.headers | {"webhook-timestamp": "1614265330"}, got.body)


def _example() -> Callable[[str, dict[str, str], bytes], bool]:
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code is not None
    there: dict[str, Callable[[str, dict[str, str], bytes], bool]] = {}
    exec(code[1], there)
    return there["is_genuine"]
