"""What lies apart from the ledger, under a hash: people's names, and the words they said.

Entries hold hashes and spans, never a name and never a word, so both can be erased on request. Short texts get a random
nonce, so that nobody can guess an erased name by trying hashes.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from premortem.ledger.entries import Hash, TouchKind
from premortem.ledger.norms import EndedDeal
from premortem.ledger.store import Contents, Ledger, MemoryReviews, MemoryStore, ReadTables, Reviews, Store

ERASED = "[erased]"


class Turn(Struct, frozen=True, omit_defaults=True):
    """One uninterrupted stretch of one voice. `speaker` is the label as the file has it; seconds from the start."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None


class Mention(Struct, frozen=True, omit_defaults=True):
    """Somebody whom the file itself lists: an address line of a mail, an attendee of a meeting, a note's author."""

    how: Literal["from", "to", "cc", "listed", "author"]
    name: str | None = None
    email: str | None = None
    organisation: str | None = None


class Conversation(Struct, frozen=True, omit_defaults=True):
    """A call, mail or note as read from its file, whose name lies here too, since it often names people.

    A mail or a note has one turn, its new text; quoted history, signature and disclaimer are cut off, the signature
    kept in `signature` because it tells who writes. `at` is None where the file does not say when; `day_only` where it
    tells the day alone. `remarks` are plain sentences on what was odd about the file.
    """

    type: TouchKind
    format: str
    turns: tuple[Turn, ...]
    at: datetime | None = None
    day_only: bool = False
    subject: str | None = None
    mentions: tuple[Mention, ...] = ()
    message_id: str | None = None
    in_reply_to: str | None = None
    signature: str | None = None
    name: str | None = None
    remarks: tuple[str, ...] = ()


class Card(Struct, frozen=True, omit_defaults=True):
    """Who somebody is. `nonce` keeps two cards with the same name apart and an erased name from being guessed."""

    name: str | None = None
    title: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisation: str | None = None
    labels: tuple[str, ...] = ()
    """Other ways files have called them: 'Dana W.', 'Speaker 2', a nickname."""
    nonce: str = ""

    @property
    def called(self) -> str:
        """How to speak of them: the name, else the title, else an address."""
        return self.name or self.title or next(iter(self.emails or self.phones or self.labels), "somebody")


class Note(Struct, frozen=True):
    """A short text that somebody typed: a reason, a conclusion, a milestone's title."""

    text: str
    nonce: str


_encoder = msgspec.json.Encoder(order="deterministic")


def digest(data: bytes) -> Hash:
    """The hash under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def random_nonce() -> str:
    return secrets.token_hex(8)


def keep_conversation(contents: Contents, conversation: Conversation) -> Hash:
    return contents.keep(_encoder.encode(conversation))


def conversation(contents: Contents, key: Hash) -> Conversation | None:
    """The conversation kept under a hash; None where it was erased."""
    data = contents.get(key)
    return None if data is None else msgspec.json.decode(data, type=Conversation)


def conversations(contents: Contents, keys: Collection[Hash]) -> dict[Hash, Conversation | None]:
    """The conversations kept under these hashes, read at once."""
    return {
        key: None if data is None else msgspec.json.decode(data, type=Conversation)
        for key, data in contents.get_each(keys).items()
    }


def keep_card(contents: Contents, card: Card) -> Hash:
    """Keep a card, with a nonce of its own if it has none yet."""
    if not card.nonce:
        card = msgspec.structs.replace(card, nonce=contents.nonce())
    return contents.keep(_encoder.encode(card))


def card(contents: Contents, key: Hash) -> Card | None:
    """The card kept under a hash; None where it was erased."""
    data = contents.get(key)
    return None if data is None else msgspec.json.decode(data, type=Card)


def cards(contents: Contents, keys: Collection[Hash]) -> dict[Hash, Card | None]:
    """The cards kept under these hashes, read at once."""
    return {
        key: None if data is None else msgspec.json.decode(data, type=Card)
        for key, data in contents.get_each(keys).items()
    }


def keep_text(contents: Contents, text: str) -> Hash:
    return contents.keep(_encoder.encode(Note(text, contents.nonce())))


def text(contents: Contents, key: Hash) -> str:
    """The short text kept under a hash; '[erased]' where it was erased."""
    return _worded(contents.get(key))


def texts(contents: Contents, keys: Collection[Hash]) -> dict[Hash, str]:
    """The short texts kept under these hashes, read at once."""
    return {key: _worded(data) for key, data in contents.get_each(keys).items()}


def _worded(data: bytes | None) -> str:
    return ERASED if data is None else msgspec.json.decode(data, type=Note).text


_PERSON = re.compile(r"\{(p-[0-9a-f]+)\}")


def fill(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence with `{person-id}` replaced by names; an erased or unknown person reads '[erased]'."""
    return _PERSON.sub(lambda found: names.get(found[1], ERASED), sentence)


class MemoryContents:
    """Contents that last as long as the process. Nobody else sees their hashes, so nonces are counted: the same files
    give the same ids."""

    def __init__(self) -> None:
        self._nonces = 0
        self._kept: dict[Hash, bytes | None] = {}

    def keep(self, data: bytes) -> Hash:
        key = digest(data)
        self._kept.setdefault(key, data)  # what was erased stays erased, though its file comes again
        return key

    def keep_each(self, many: Collection[bytes]) -> None:
        for data in many:
            self.keep(data)

    def get(self, key: Hash) -> bytes | None:
        return self._kept[key]

    def get_each(self, keys: Collection[Hash]) -> dict[Hash, bytes | None]:
        return {key: self._kept[key] for key in keys}

    def erase(self, key: Hash) -> None:
        if key not in self._kept:
            raise KeyError(key)
        self._kept[key] = None

    def nonce(self) -> str:
        self._nonces += 1
        return f"{self._nonces:016x}"

    def damaged(self) -> Iterator[Hash]:
        for key, data in self._kept.items():
            if data is not None and digest(data) != key:
                yield key


class MemoryLedger:
    """A ledger that lasts as long as the process; it has no read tables."""

    def __init__(self) -> None:
        self.store: Store = MemoryStore()
        self.contents: Contents = MemoryContents()
        self.reading: ReadTables = NoTables()
        self.reviews: Reviews = MemoryReviews(self.store)

    def elsewhere(self) -> Callable[[], Ledger] | None:
        return None


class NoTables:
    """Read tables that nobody reads."""

    def refresh(self, deal: str) -> None:
        """There is nothing to bring up to date."""

    def refresh_each(self, deals: Sequence[str]) -> None:
        """There is nothing to bring up to date."""

    def rebuild(self) -> int:
        return 0

    def ended(self, before: datetime | None = None, most: int = 1_000) -> list[EndedDeal]:
        return []

    def digest(self) -> str:
        return digest(b"")
