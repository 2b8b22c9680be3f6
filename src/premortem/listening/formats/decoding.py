"""Bytes → characters: UTF-8 first, then what a byte order mark says, then what charset-normalizer finds likely.

Nothing is guessed in silence: whatever is not plain UTF-8 leaves a remark, and so does every character that is lost.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from premortem.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AGAIN = "Export it again as UTF-8 text."
_MOSTLY_UTF8 = 20
"""So many good characters beyond ASCII make up for one broken one: the file is UTF-8 with a fault in it."""
_WESTERN = re.compile(r"[\x20-\x7e\s–—‘’‚“”„•…€™£§©®°·«»¡¿ªº²³¹½¼¾×±µA-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ\xa0\xad]*")
_SAMPLE = 100_000
"""Bytes from which an unknown encoding is judged."""

_USUAL = [f"cp125{number}" for number in range(9)]
_USUAL += ["koi8_r", "gb18030", "big5", "cp932", "euc_jp", "iso2022_jp", "cp949", "cp874"]
"""Encodings that programs really write; left to itself, charset-normalizer finds those of old Macs as likely."""


class Decoded(Struct, frozen=True):
    """The characters, and what was odd about them."""

    text: str
    remarks: tuple[str, ...] = ()


def decode(name: str, data: bytes) -> Decoded:
    """The characters of a file, line ends as newlines, without a byte order mark.

    Raises Unreadable where the file is empty, binary, or in no encoding that can be told.
    """
    if not data:
        raise Unreadable(name, "", "it is empty (0 bytes)", "Export it again.")
    found = decoded_text(data)
    if found is None:
        place = f"byte {data.find(0)}" if 0 in data else "byte 0"
        raise Unreadable(name, place, "it is not text in any encoding that can be told", _AGAIN)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff\x00 \n\t\f\v\xa0"):
        raise Unreadable(name, "", "it holds no characters, only blanks or a byte order mark", "Export it again.")
    return Decoded(text, found.remarks)


def decoded_text(data: bytes) -> Decoded | None:
    """The characters as they stand, or None where the bytes are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_marked(data[len(mark) :], encoding)
    if 0 in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as fault:
        return _cut_off(data, fault) or _with_faults(data) or _likely(data)


def _as_marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, _lost(text, data.decode(encoding, "ignore")))


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 that lost its mark has a zero beside nearly every letter; anything else with zeros is binary."""
    sides = data[0::2].count(0) * 2 / len(data), data[1::2].count(0) * 2 / len(data)
    if max(sides) < 0.4 or min(sides) > 0.02 or len(data) % 2:
        return None
    encoding = "utf-16-be" if sides[0] > sides[1] else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else Decoded(text, (f"It has no byte order mark and was read as {encoding}.",))


def _cut_off(data: bytes, fault: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 that breaks off within its last character."""
    if fault.reason != "unexpected end of data" or not (text := data[: fault.start].decode("utf-8")):
        return None
    if not any(ord(character) > 127 for character in text) and fault.start + 1 == len(data):
        return None  # a single odd byte after pure ASCII says nothing for UTF-8
    return Decoded(text, ("It breaks off in the middle of its last character.",))


def _with_faults(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: most characters beyond ASCII are whole."""
    text = data.decode("utf-8", "replace")
    kept = data.decode("utf-8", "ignore")
    broken, whole = len(text) - len(kept), sum(ord(character) > 127 for character in kept)
    return Decoded(text, _lost(text, kept)) if broken * _MOSTLY_UTF8 <= whole else None


def _lost(text: str, kept: str) -> tuple[str, ...]:
    if text == kept:
        return ()
    line = text[: text.find("\ufffd")].count("\n") + 1
    many = len(text) - len(kept)
    told = "1 character" if many == 1 else f"{many} characters"
    return (f"{told} could not be read, the first in line {line}; each shows as \ufffd.",)


def _likely(data: bytes) -> Decoded | None:
    """What charset-normalizer finds likely, with Western European first: on short texts it prefers rarer ones."""
    western = _western(data)
    if western is not None:
        return Decoded(western, ("It is not UTF-8 and was read as cp1252 (Western European).",))
    from charset_normalizer import from_bytes  # loads tables that most files never need

    best = from_bytes(data[:_SAMPLE], cp_isolation=_USUAL).best()
    if best is None:
        return None
    text = data.decode(best.encoding, "replace")
    if any(character in text for character in "\x00\x01\x02\x03\x04\x05\x06"):
        return None
    lost = _lost(text, data.decode(best.encoding, "ignore"))
    return Decoded(text, (f"It is not UTF-8 and was read as {best.encoding}, which seems likely.", *lost))


def _western(data: bytes) -> str | None:
    """The text in cp1252 where accents stand within words as Western languages have them, one or two at a time."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    plausible = _WESTERN.fullmatch(text) and not re.search(r"[À-ÖØ-öø-ÿ]{3}", text)
    letters = sum(character.isalpha() for character in text)
    accented = sum(character.isalpha() and ord(character) > 127 for character in text)
    return text if plausible and accented * 6 <= letters else None
