"""Files from outside, laid down beside the ledger to be read: never served, never run, refused where they overreach.

A browser that sends a folder names each file with its path. Every path is checked part by part before it is used.
"""

from __future__ import annotations

import html
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParser

from premortem.errors import PremortemError
from premortem.importing.packed import SMALL, files_in, is_bomb, is_link, is_litter, is_locked, overfull
from premortem.records.database_url import default_file

MOST_BYTES = 1024 * 1024 * 1024
"""What is sent, and what a zip unpacks to: a million rows of a CRM's history come to 150 MB."""
MOST_READ_AWAY = 4 * MOST_BYTES
"""Of what is refused: a browser shows the reason only where all that it sends is taken from it."""
MOST_FILES = 5_000
"""Files that a browser sends one by one."""
MOST_PACKED = 100_000
"""Files of a zip: a Maildir has one for each mail."""
LONGEST_LIST = 32 * 1024 * 1024
"""What a zip's own list of its files may come to; each byte of it takes eight of memory."""
DEEPEST = 12
LONGEST = 200
LONGEST_NAME = 80
"""Letters of a file's name that a list shows."""
SLASH = "\x1f"
"""Stands for a slash in an uploaded file's name, from which Django cuts whatever comes before a real one."""


class Refused(PremortemError):
    """Files that are not taken; its text says why and what to do."""


class _Paths(MultiPartParser):
    """Keeps the folders in the names of files."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        plain = html.unescape(file_name).replace("\\", "/")
        shown = "".join(letter for letter in plain if letter.isprintable())
        return shown.replace("/", SLASH) or None


class KeepFolders(FileUploadHandler):
    """An upload handler under which a folder's files keep their paths; each lands in a file of its own."""

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: str, encoding: str | None = None
    ) -> tuple[Any, Any]:
        return _Paths(META, input_data, [TemporaryFileUploadHandler(self.request)], encoding or "utf-8").parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large(request: HttpRequest) -> bool:
    """Whether a request says of itself that it is over the limit: nothing of it is then kept."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return told.isdigit() and int(told) > MOST_BYTES + SMALL


def read_away(request: HttpRequest) -> None:
    """Read what is refused and keep nothing of it, up to a bound: a browser that is cut off shows no reason."""
    left = MOST_READ_AWAY
    with suppress(UnreadablePostError):  # whoever went away reads no reason
        while left > 0 and (block := request.read(min(SMALL, left))):
            left -= len(block)


def uploads_folder() -> Path:
    """Where uploads wait, beside the ledger."""
    return default_file().parent / "uploads"


def lay_down(files: Iterable[UploadedFile[Any]]) -> Path:
    """Lay files down in a folder of their own, zips unpacked. Raises Refused, and then keeps nothing."""
    listed = [one for one in files if one.name]
    if not listed:
        raise Refused("No file came. Choose files, a folder or a zip first.")
    if len(listed) > MOST_FILES:
        raise Refused(TOO_MANY)
    if sum(one.size or 0 for one in listed) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    folder = uploads_folder() / secrets.token_hex(16)
    folder.mkdir(parents=True, mode=0o700)
    try:
        _lay(listed, _Room(folder))
    except BaseException:
        forget(folder)
        raise
    return folder


def named_briefly(files: Iterable[UploadedFile[Any]]) -> str:
    """What came, in a few words: 'pipeline.csv and 2 more'. Of a folder its name stands for all that is in it."""
    names = list(dict.fromkeys((one.name or "").partition(SLASH)[0] for one in files if one.name))
    first = names[0] if names else ""
    first = first if len(first) <= LONGEST_NAME else f"{first[: LONGEST_NAME - 1]}…"
    return f"{first} and {len(names) - 1:,} more" if len(names) > 1 else first


def forget(folder: Path) -> None:
    """Delete what was laid down; a folder elsewhere is never touched."""
    if folder.parent == uploads_folder() and folder.is_dir():
        shutil.rmtree(folder)


TOO_LARGE = f"This is more than {MOST_BYTES >> 30} GB. Import it in parts, or without attachments."
TOO_MANY = f"These are more than {MOST_FILES:,} files. Zip them, or import them in parts."


class _Room:
    """A folder that takes so many bytes and files, and no more."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._bytes, self._files = folder, MOST_BYTES, MOST_PACKED

    def take(self, name: str, source: IO[bytes]) -> None:
        place = self._folder.joinpath(*safe_parts(name))
        self._files -= 1
        if self._files < 0:
            raise Refused(f"These are more than {MOST_PACKED:,} files. Import them in parts.")
        if place.exists() or any(one.is_file() for one in place.parents):
            raise Refused(f"Two files are called '{name}'. Rename one, or put them into a folder each.")
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as made:
            while block := source.read(SMALL):
                self._bytes -= len(block)
                if self._bytes < 0:
                    raise Refused(TOO_LARGE)
                made.write(block)


def _lay(files: list[UploadedFile[Any]], room: _Room) -> None:
    for one in files:
        name = (one.name or "").replace(SLASH, "/")
        source = one.file
        assert source is not None
        if name.casefold().endswith(".zip"):
            _unpack(name, source, room)
        elif not is_litter(name):
            room.take(name, source)


def safe_parts(name: str) -> tuple[str, ...]:
    """The parts of a path that stays where it is put. Raises Refused for any other."""
    parts = PurePosixPath(name).parts
    odd = name.startswith("/") or "\\" in name or "\0" in name or not parts or len(parts) > DEEPEST
    if odd or any(one in ("..", ".") or ":" in one or len(one.encode()) > LONGEST for one in parts):
        raise Refused(f"'{name[:80]}' is a path that can't be taken. Use short names, in folders below one another.")
    return parts


class _ListedBriefly:
    """A zip's bytes, of which ZipFile reads the list of files at one go: refused before that where it is too long."""

    def __init__(self, name: str, source: IO[bytes]) -> None:
        self._name, self._source = name, source
        self.seek, self.tell, self.seekable = source.seek, source.tell, source.seekable

    def read(self, size: int = -1) -> bytes:
        if size > LONGEST_LIST:
            raise Refused(f"{self._name} lists more than {MOST_PACKED:,} files. Import them in parts.")
        return self._source.read(size)


def _unpack(name: str, source: IO[bytes], room: _Room) -> None:
    try:
        with zipfile.ZipFile(_ListedBriefly(name, source)) as packed:
            members = files_in(packed)
            _inspect(name, members)
            for one in members:
                with packed.open(one) as unpacked:
                    room.take(one.filename, unpacked)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as broken:
        raise Refused(f"{name} can't be unpacked ({broken}). Zip the folder again, or drop its files.") from broken


def _inspect(name: str, members: list[zipfile.ZipInfo]) -> None:
    """What a zip tells of itself, before anything of it is unpacked."""
    if overfull(members, MOST_PACKED, MOST_BYTES):
        most = f"{MOST_PACKED:,} files or {MOST_BYTES >> 30} GB"
        raise Refused(f"{name} unpacks to more than {most}. Import it in parts.")
    for one in members:
        safe_parts(one.filename)
        if is_link(one):
            raise Refused(f"{name} holds a link, '{one.filename}'. Zip the files themselves.")
        if is_locked(one):
            raise Refused(f"{name} is locked with a password. Zip the folder without one.")
        if is_bomb(one):
            raise Refused(f"{name} holds '{one.filename}', packed far more tightly than real files are. It stays.")
