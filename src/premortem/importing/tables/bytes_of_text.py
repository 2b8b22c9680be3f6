"""The bytes of a text file → its lines: encoding found out, a huge line refused before it is in memory."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import BinaryIO

from charset_normalizer import from_bytes
from msgspec import Struct

from premortem.errors import Unreadable

Open = Callable[[], BinaryIO]
"""Opens the file, or what a zip holds, to be read from its start."""
AT_ONCE = 1 << 20
LONGEST_LINE = 4 << 20
"""A row of a CRM's export holds some kilobytes; what is longer than this is no row."""
BINARY = {
    b"\xd0\xcf\x11\xe0": (
        "this is an old or a password-protected Excel file",
        "Open it in Excel and save it as .xlsx without a password, or as CSV.",
    ),
    b"%PDF": ("this is a PDF, not a table", "Export the records themselves, as CSV."),
    b"\x1f\x8b": ("this is a packed file (gzip)", "Unpack it first, or pack it as zip."),
    b"7z\xbc\xaf": ("this is a packed file (7z)", "Unpack it first, or pack it as zip."),
    b"Rar!": ("this is a packed file (rar)", "Unpack it first, or pack it as zip."),
}


class Text(Struct, frozen=True):
    """How a file is to be read. `whole_lines`: its last line ends as lines do."""

    encoding: str
    remarks: tuple[str, ...]
    whole_lines: bool
    lines: int


def look_through(file: str, opened: Open) -> Text:
    """Read a file once, a piece at a time, to know how to read it. Raises Unreadable where it is no text."""
    with opened() as stream:
        first = stream.read(AT_ONCE)
    _refuse_what_is_no_text(file, first)
    wide = _wide(first)
    zero_line, zeros, utf8, last, lines = _count(file, opened, wide is not None)
    if wide is not None:
        return Text(wide, (f"{file} is written in UTF-16 and was read as such.",), True, lines)
    if zeros:
        why = f"it holds {zeros:,} bytes of value 0, which no text has: it was damaged on its way"
        raise Unreadable(file, f"line {zero_line}", why, "Export it again, or copy it again from where it was made.")
    if utf8:
        return Text("utf-8-sig", (), last == b"\n", lines)
    return Text(*_other(file, opened), last == b"\n", lines)


def _refuse_what_is_no_text(file: str, first: bytes) -> None:
    if not first.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        why = "it is empty (0 bytes)" if not first else "it holds nothing but blanks or zero bytes"
        raise Unreadable(file, "", why, "Export it again, and see that the export has ended before you copy it.")
    for magic, (why, remedy) in BINARY.items():
        if first.startswith(magic):
            raise Unreadable(file, "", why, remedy)
    if first.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith((b"<html", b"<!doctype html", b"<?xml", b"<table")):
        why = "this is a web page, not a table: perhaps the page that asks to sign in, or an error"
        raise Unreadable(file, "", why, "Open it in a browser to see what it says, and export it again as CSV.")


def _wide(first: bytes) -> str | None:
    """UTF-16, with its mark or, where every second byte is 0, without."""
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    sample = first[:2000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) > 4 and zeros.count(0) > 0.8 * len(zeros) and sample.count(0) < 0.6 * len(sample):
            return encoding
    return None


def _count(file: str, opened: Open, wide: bool) -> tuple[int, int, bool, bytes, int]:
    """The line of the first zero byte, how many there are, whether it is UTF-8, the last byte, and how many lines.

    Raises Unreadable at the first line that is too long: no more of it is read.
    """
    decoder, utf8 = codecs.getincrementaldecoder("utf-8")(), True
    line, length, zeros, zero_line, last = 1, 0, 0, 0, b""
    with opened() as stream:
        while piece := stream.read(AT_ONCE):
            if not wide and (more := piece.count(0)):
                zeros, zero_line = zeros + more, zero_line or line + piece[: piece.index(0)].count(b"\n")
            if utf8 and not wide:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    utf8 = False
            ends = piece.count(b"\n")
            length = len(piece) - piece.rfind(b"\n") - 1 if ends else length + len(piece)
            line, last = line + ends, piece[-1:]
            if length > LONGEST_LINE and piece.count(b"\r") < 10:
                why = f"this line is longer than {LONGEST_LINE >> 20} MB, and a row never is"
                remedy = "A line break or a quote is missing there; export it again as CSV with one record a line."
                raise Unreadable(file, f"line {line}", why, remedy)
    return zero_line, zeros, utf8, last, line


def _other(file: str, opened: Open) -> tuple[str, tuple[str, ...]]:
    """The encoding of a file that is no UTF-8, by the lines that show it."""
    odd = bytearray()
    with opened() as stream:
        for piece in iter(lambda: stream.readlines(AT_ONCE), []):
            odd += b"".join(line for line in piece if not line.isascii())
            if len(odd) > 100_000:
                break
    valid = sum(_is_utf8(bytes(line)) for line in odd.splitlines())
    lines = max(1, len(odd.splitlines()))
    if valid > 0.9 * lines:
        told = f"{file} is UTF-8 with {lines - valid} damaged lines: what can't be read there stands as '\ufffd'."
        return "utf-8-sig", (told,)
    found = from_bytes(bytes(odd), cp_isolation=["cp1252", "cp1250", "cp1251", "mac_roman", "cp932", "gb18030"]).best()
    encoding = found.encoding if found is not None else "cp1252"
    if encoding in ("cp1250", "mac_roman") and _is_western(bytes(odd)):
        encoding = "cp1252"
    told = f"{file} is not UTF-8 and was read as {encoding}: see that names with accents look right."
    return encoding, (told,)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_WESTERN = frozenset("äöüßÄÖÜéèêëàâáãåçîïíìñóòôõøúùûÉÈÀÅØæœÆŒ€£–—‘’“”«»§°²³´·")


def _is_western(odd: bytes) -> bool:
    """Whether all letters beyond ASCII are the usual ones of western Europe, read as cp1252."""
    letters = [one for one in odd.decode("cp1252", "replace") if not one.isascii()]
    return bool(letters) and sum(one in _WESTERN for one in letters) >= 0.95 * len(letters)


def lines_of(opened: Open, encoding: str) -> Iterator[str]:
    """The lines with their ends, whichever of the three ends they have."""
    with opened() as stream:
        reader = codecs.getreader(encoding)(stream, "replace")
        rest = ""
        while piece := reader.read(AT_ONCE):
            piece = rest + piece
            if piece.endswith("\r"):  # its line feed may come next
                piece += reader.read(1)
            lines = _split(piece)
            rest = "" if lines[-1].endswith(("\n", "\r")) else lines.pop()
            yield from lines
        if rest:
            yield rest


def _split(piece: str) -> list[str]:
    """As splitlines, but only at line ends: a form feed or a paragraph sign may stand in a cell."""
    if "\r" not in piece:
        return [line + "\n" for line in piece.split("\n")[:-1]] + (
            [last] if (last := piece.rpartition("\n")[2]) else []
        )
    plain = piece.replace("\r\n", "\n").replace("\r", "\n")
    return _split(plain)
