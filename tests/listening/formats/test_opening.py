"""Whatever is put in comes out as conversations or as one sentence that says why not."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premortem.errors import Unreadable
from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats import opening
from premortem.listening.formats.opening import LIMIT, known_formats, open_file, open_touches
from tests.listening.formats.reading import opened, refused


def zipped(inside: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(inside), "x")  # without the time of day, so that a run repeats itself
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "why", "remedy"),
    [
        (b"", "empty", "again"),
        (codecs.BOM_UTF8, "byte order mark", "again"),
        (codecs.BOM_UTF16_LE, "byte order mark", "again"),
        (b" \n\n ", "blanks", "again"),
        (zipped("a.txt"), "zip", "Unpack"),
        (zipped("word/document.xml"), "Word", "plain text"),
        (gzip.compress(b"x", mtime=0), "gzip", "Unpack"),
        (b"%PDF-1.7\n", "PDF", "plain text"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture", "note"),
        (b"\x00\x00\x00\x18ftypmp42", "video", "transcript"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook", "plain text"),
        (b"\x7fELF\x02\x01", "program", "Leave"),
        (bytes(range(256)) * 4, "not text", "UTF-8"),
        (b"<html><body>Hi</body></html>", "no format", "Export"),
    ],
)
def test_what_cannot_be_heard_says_why_and_what_to_do(data: bytes, why: str, remedy: str) -> None:
    fault = refused(data, "thing.vtt")
    assert why in fault.why
    assert remedy in fault.remedy


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.vtt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(Unreadable, match=r"200 MB, over the limit of 50 MB"):
        open_file(huge)


def test_the_limit_holds_for_bytes_too() -> None:
    assert "over the limit" in refused(bytes(LIMIT + 1)).why


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"gone\.vtt: it can't be read from disk"):
        open_file(tmp_path / "gone.vtt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_same_words_in_any_encoding(encoding: str) -> None:
    text = "Note by Jörg Müller, 2026-02-03\n\nGrüße, die Prüfung kostet 40 000 €.\n"
    assert opened(text.encode(encoding)).turns[0].text == "Grüße, die Prüfung kostet 40 000 €."


def test_what_is_not_utf8_leaves_a_remark() -> None:
    assert opened("Grüße aus Köln, schön war es.".encode("cp1252")).remarks[0].startswith("It is not UTF-8")
    assert opened("Привет! Подпишем договор в мае, бюджет есть.".encode("cp1251")).turns[0].text.startswith("Привет")
    assert "last character" in opened("Rang Tom, é ü ö 你".encode()[:-1]).remarks[0]
    faulty = opened(b"ok\n" + "é".encode() * 40 + b"\xff and on")
    assert faulty.remarks == ("1 character could not be read, the first in line 2; each shows as \ufffd.",)


def test_deeply_nested_parts_do_not_crash() -> None:
    head = b"From: a@b.example\nMessage-ID: <1@b>\n"
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    assert "deep" in refused(head + parts + b"\nHi.\n").why


def test_formats_are_asked_in_a_fixed_order_and_are_whole() -> None:
    formats = known_formats()
    assert [(one.PRECEDENCE, one.NAME) for one in formats] == sorted((one.PRECEDENCE, one.NAME) for one in formats)
    assert len({one.PRECEDENCE for one in formats}) == len(formats)
    assert formats[-1].NAME == "plain text"
    assert all(callable(one.recognises) and callable(one.read) for one in formats)


def test_the_page_for_users_names_every_format() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/formats.md").read_text(encoding="utf-8")
    for one in known_formats():
        assert f"| {one.NAME} |" in page


def test_others_add_formats_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    bells = ModuleType("bells")
    bells.__dict__.update(
        NAME="bells",
        PRECEDENCE=1,
        recognises=lambda document: document.text.startswith("ding"),
        read=lambda document: [Conversation(type="call", format="bells", turns=(Turn("dong"),))],
    )
    monkeypatch.setattr(EntryPoint, "load", lambda point: bells)
    monkeypatch.setattr(opening, "entry_points", lambda group: [EntryPoint("bells", "bells", group)])
    known_formats.cache_clear()
    try:
        assert opened("ding ding").turns == (Turn("dong"),)
    finally:
        known_formats.cache_clear()


PIECES = st.sampled_from(
    ["WEBVTT\n", "\n", "00:01.000 --> 00:02.000\n", "00:0", "<v Tom>", "</v>", "Tom Reyes: ", "[00:12:03] ", "\x00",
     "Note by X, ", "From: a@b.c\n", "To: =?utf-8?b?x?=\n", "Message-ID: <1@2>\n", "Date: 1 Jan 0001 00:00:00 +2400\n",
     "> ", " wrote:\n", 'Content-Type: multipart/mixed; boundary="b"\n', "\n--b\n", "Content-Type: text/html\n",
     "<div>", "<!--", "&#x110000;",
     "Content-Transfer-Encoding: uuencode\n", "begin 644 x\n", "From x\n", "| ABC |", "AB: x\n",
     '{"timeline":[{"ts":1,"text":"\\ud800"}]}', "| name | abbr |\n", "Best,\n", "\xff", "日本", "1\n", "-- \n",
     "charset=\x80;", '{"sentences":[', "]}"]
)  # fmt: skip
MIXED = st.lists(PIECES, max_size=20).map("".join)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES, max_size=20).map(lambda pieces: "".join(pieces).encode()),
        st.lists(PIECES, max_size=20).map(lambda pieces: "".join(pieces).encode("utf-16")),
        st.tuples(st.lists(PIECES, max_size=9), st.binary(max_size=40)).map(
            lambda both: "".join(both[0]).encode() + both[1]
        ),
    ),
    st.sampled_from(["a.vtt", "a.eml", "a.mbox", "a.txt", "a.json", "2026-01-01", "9999-99-99.srt", ""]),
)
def test_any_bytes_are_conversations_or_unreadable(data: bytes, name: str) -> None:
    try:
        conversations = open_touches(name, data)
    except Unreadable:
        return
    assert conversations
    for conversation in conversations:
        assert conversation.turns
        assert msgspec.json.decode(msgspec.json.encode(conversation), type=Conversation) == conversation
