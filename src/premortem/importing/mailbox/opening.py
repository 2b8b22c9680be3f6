"""A path → its mails, one after the other: an mbox of any size, a Maildir, or a folder of files and of all these.

A file is looked at where it lies (it is mapped, not read), so that a mailbox of many gigabytes needs no memory. Every
file in a folder comes out, those that hold no mail with the reason.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from premortem.errors import Unreadable
from premortem.importing.mailbox.letter import LONGEST_HEAD, Letter

_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_FIRST_FIELD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:|>From )")
_OF_MAIL = re.compile(
    rb"^(?:from|to|cc|date|subject|received|return-path|message-id|mime-version|delivered-to|content-type|reply-to)"
    rb"[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_THROWN_AWAY = re.compile(rb"^X-Mozilla-Status:[ \t]*([0-9a-f]{4})", re.IGNORECASE | re.MULTILINE)
EXPUNGED = 0x0008
NO_MAIL = "it holds no mail"


def letters(path: Path) -> Iterator[Letter]:
    """The mails at a path, in the order of the names of files, then of their place in a file.

    Raises Unreadable where there is nothing at the path, or a single file that holds no mail.
    """
    if path.is_dir():
        for file in sorted(one for one in path.rglob("*") if one.is_file()):
            yield from _in_file(file, file.relative_to(path).as_posix())
        return
    only = _in_file(path, path.name)
    for letter in only:
        if letter.aside is not None and not letter.head:
            remedy = "Give an mbox file, a Maildir, or a folder of .eml files."
            raise Unreadable(str(path), "", letter.aside, remedy)
        yield letter


def _in_file(file: Path, name: str) -> Iterator[Letter]:
    folder = _folder_of(file, name)
    try:
        size = file.stat().st_size
        beginning = b""
        if size:
            with file.open("rb") as opened:
                beginning = opened.read(LONGEST_HEAD)
    except OSError as fault:
        yield Letter(name, b"", bytes, folder, f"it can't be read: {(fault.strerror or str(fault)).lower()}")
        return
    if beginning.startswith(b"From ") and _begins_letter(beginning, 0):
        yield from _in_mbox(file, name)
    elif not is_mail(beginning):
        yield Letter(name, b"", bytes, folder, "it is empty" if not size else NO_MAIL)
    else:
        yield Letter(name, _head(beginning), file.read_bytes, folder, _flagged(file) or _expunged(beginning))


def is_mail(beginning: bytes) -> bool:
    """Whether bytes begin with headers, two of them a mail's."""
    head = _head(beginning.lstrip(b"\xef\xbb\xbf\r\n "))
    first = head[:200].split(b":", 1)[0]
    return re.fullmatch(rb"[!-9;-~]{1,100}[ \t]*", first) is not None and len(_OF_MAIL.findall(head)) > 1


def _in_mbox(file: Path, name: str) -> Iterator[Letter]:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        for number, (start, end) in enumerate(pairwise(_starts(mapped)), 1):
            below = mapped.find(b"\n", start) + 1
            head = _head(mapped[below : min(end, below + LONGEST_HEAD)])
            yield Letter(f"{name}#{number}", head, partial(_cut, file, below, end), name, _expunged(head))


def _starts(mapped: mmap.mmap) -> Iterator[int]:
    """Where each mail's line 'From …' begins: at the beginning, or below an empty line, and headers follow it; and the
    end of the file."""
    yield 0
    at = mapped.find(b"\nFrom ", 0)
    while at >= 0:
        above = mapped[max(0, at - 2) : at]
        if (above.endswith(b"\n") or above == b"\n\r") and _begins_letter(mapped, at + 1):
            yield at + 1
        at = mapped.find(b"\nFrom ", at + 1)
    yield len(mapped)


def _begins_letter(mapped: mmap.mmap | bytes, at: int) -> bool:
    """Whether headers stand below a line that begins with 'From '."""
    below = mapped.find(b"\n", at, at + 1_000) + 1
    return below > 0 and _FIRST_FIELD.match(mapped[below : below + 120]) is not None


def _cut(file: Path, start: int, end: int) -> bytes:
    """A mail of an mbox as it would lie in a file of its own."""
    with file.open("rb") as opened:
        opened.seek(start)
        return _ESCAPED.sub(rb"\1", opened.read(end - start))


def _head(data: bytes) -> bytes:
    lead = len(data) - len(data.lstrip(b"\xef\xbb\xbf\r\n "))
    ends = [at for at in (data.find(b"\n\n", lead), data.find(b"\n\r\n", lead), data.find(b"\r\r", lead)) if at >= 0]
    return data[: min(ends)] if ends else data


def _expunged(head: bytes) -> str | None:
    """Thunderbird marks what was thrown away, and removes it only when the folder is compacted."""
    found = _THROWN_AWAY.search(_head(head))
    return "it was thrown away" if found and int(found[1], 16) & EXPUNGED else None


def _flagged(file: Path) -> str | None:
    """A Maildir writes what became of a mail behind its name: ':2,' and a letter for each."""
    flags = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
    if file.parent.name not in ("cur", "new", "tmp"):
        return None
    if file.parent.name == "tmp":
        return "it was never delivered whole (it lies in 'tmp')"
    return "it was thrown away" if "T" in flags else "it is a draft" if "D" in flags else None


def _folder_of(file: Path, name: str) -> str:
    """The folder as mail programs call it: a Maildir keeps its mails one level deeper."""
    folder = Path(name).parent
    folder = folder.parent if file.parent.name in ("cur", "new", "tmp") else folder
    return "" if folder == Path() else folder.as_posix().lstrip(".")
