"""What a webhook can be told of, and the shape of a message: after Standard Webhooks, `type`, `timestamp`, `data`."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

EVENTS: dict[str, str] = {
    "finding.raised": "a check found a blind spot in an open deal",
    "finding.cleared": "a blind spot is gone, or was set aside",
    "fact.confirmed": "somebody said that a reading is right",
    "fact.rejected": "somebody said that a reading is wrong",
    "fact.corrected": "somebody put another reading in its place",
    "touch.read": "a call, a mail or a note came in and was read",
    "deal.opened": "a deal appeared, or goes on after its end",
    "deal.won": "a deal was won",
    "deal.lost": "a deal was lost: to a rival, another way, or to nothing at all",
    "deal.ended": "a deal ended and nobody knows how",
    "forecast.changed": "a deal went to another forecast category",
    "import.done": "an upload on the page Import was taken in",
    "milestone.changed": "the buyer changed the shared plan by their own hand",
    "problem.recorded": "a problem that a buyer met was recorded",
}
TEST = "webhook.test"
"""What the button 'Send a test' sends, whatever was chosen."""


class Event(Struct, frozen=True):
    """Something that happened. `key` is the same whenever this very thing is told; `path` is its page."""

    type: str
    at: datetime
    data: dict[str, object]
    path: str
    key: str
    deal: str = ""


def message_of(event: Event, hook: int) -> str:
    """The id of the message that tells an address of an event: always the same, so that it is made once."""
    return "msg_" + hashlib.sha256(f"{hook}\n{event.type}\n{event.key}".encode()).hexdigest()[:32]


def payload_of(event: Event, pages: str) -> str:
    """The message as JSON: ids, checks and days; no name and no word of anybody."""
    data = ({"deal": event.deal} if event.deal else {}) | event.data | {"url": f"{pages.rstrip('/')}{event.path}"}
    return written(event.type, event.at, data)


def written(event: str, at: datetime, data: dict[str, object]) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return msgspec.json.encode({"type": event, "timestamp": moment, "data": data}).decode()
