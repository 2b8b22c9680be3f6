"""Names and words: kept once, erased for good."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from premortem.ledger.contents import Card, Conversation, Turn, card, conversation, digest, keep_card, keep_conversation
from premortem.ledger.store import Contents
from premortem.records.errors import LedgerError
from premortem.records.models import Content
from premortem.records.opening import Ledger
from tests.records.processes import run_together
from tests.records.writers import keep_all


def count(ledger: Ledger) -> int:
    return Content.objects.using(ledger.alias).count()


def test_the_same_bytes_are_kept_once(ledger: Ledger) -> None:
    contents: Contents = ledger.contents
    assert contents.keep(b"words") == contents.keep(b"words") == digest(b"words")
    assert contents.get(digest(b"words")) == b"words"
    assert contents.get(contents.keep(b"")) == b""
    assert count(ledger) == 2


def test_a_card_and_a_conversation_come_back(ledger: Ledger) -> None:
    said = Conversation("call", "vtt", (Turn("Wir sind überzeugt. 👍", "Dana"),))
    assert conversation(ledger.contents, keep_conversation(ledger.contents, said)) == said
    kept = card(ledger.contents, keep_card(ledger.contents, Card("Dana")))
    assert kept is not None
    assert kept.name == "Dana"


def test_what_was_erased_stays_erased_though_its_file_comes_again(ledger: Ledger) -> None:
    key = ledger.contents.keep(b"my name")
    ledger.contents.erase(key)
    assert ledger.contents.keep(b"my name") == key
    assert ledger.contents.get(key) is None
    ledger.contents.erase(key)  # once more does no harm
    assert list(ledger.contents.damaged()) == []


def test_what_never_was_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        ledger.contents.get(digest(b"never"))
    with pytest.raises(KeyError):
        ledger.contents.erase(digest(b"never"))


def test_two_processes_that_keep_the_same_bytes_keep_them_once(ledger: Ledger, url: str) -> None:
    run_together(keep_all, [(url, 100)] * 2)
    assert count(ledger) == 100


def test_damaged_contents_are_found_and_never_shown(ledger: Ledger) -> None:
    sound, broken, garbled = (ledger.contents.keep(text) for text in (b"one", b"two", b"three"))
    kept = Content.objects.using(ledger.alias)
    kept.filter(hash=broken).update(data=zlib.compress(b"tvo"))
    kept.filter(hash=garbled).update(data=b"no zlib")
    assert list(ledger.contents.damaged()) == sorted([broken, garbled])
    assert ledger.contents.get(sound) == b"one"
    with pytest.raises(LedgerError, match="back-up"):
        ledger.contents.get(broken)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_erased_words_are_nowhere_in_the_files_of_sqlite(ledger: Ledger) -> None:
    words = bytes(range(256)) * 40
    packed, file = zlib.compress(words, 6)[20:60], Path(ledger.place)
    key = ledger.contents.keep(words)

    def on_disk() -> bool:
        return any(packed in part.read_bytes() for part in file.parent.glob(f"{file.name}*"))

    assert on_disk()
    with ledger.transaction():
        ledger.contents.erase(key)
    assert not on_disk()


def test_many_are_read_at_once_those_that_were_erased_too(ledger: Ledger) -> None:
    contents = ledger.contents
    kept = {contents.keep(f"words {number}".encode()): f"words {number}".encode() for number in range(700)}
    gone = next(iter(kept))
    contents.erase(gone)
    assert contents.get_each(kept.keys()) == {**kept, gone: None}
    with pytest.raises(KeyError):
        contents.get_each(["0" * 64])
