"""Files that are something else: known by their first bytes, each with the way to turn it into something readable."""

from __future__ import annotations

from premortem.errors import Unreadable

_UNPACK = "Unpack it and import the files inside."
_TRANSCRIPT = "Import the recorder's transcript of it (.vtt, .srt or .txt) instead."
_AS_TEXT = "Save it as plain text (.txt, UTF-8) and import that."
_AS_MAIL = "In Outlook, save the message as text or drag it to a mail program that writes .eml, and import that."
_WRITE = "Write a note of what it shows (first line: Note by NAME, YYYY-MM-DD) and import that."

_SIGNS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF", "it is a PDF", _AS_TEXT),
    (0, b"\x1f\x8b", "it is a gzip archive", _UNPACK),
    (0, b"BZh", "it is a bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\x00", "it is an xz archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "it is a zstd archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "it is a RAR archive", _UNPACK),
    (257, b"ustar", "it is a tar archive", _UNPACK),
    (0, b"\x89PNG\r\n\x1a\n", "it is a picture (PNG)", _WRITE),
    (0, b"\xff\xd8\xff", "it is a picture (JPEG)", _WRITE),
    (0, b"GIF8", "it is a picture (GIF)", _WRITE),
    (8, b"WEBP", "it is a picture (WebP)", _WRITE),
    (0, b"II*\x00", "it is a picture (TIFF)", _WRITE),
    (0, b"MM\x00*", "it is a picture (TIFF)", _WRITE),
    (4, b"ftyp", "it is a video or sound recording", _TRANSCRIPT),
    (0, b"\x1aE\xdf\xa3", "it is a video (Matroska or WebM)", _TRANSCRIPT),
    (0, b"ID3", "it is a sound recording (MP3)", _TRANSCRIPT),
    (8, b"WAVE", "it is a sound recording (WAV)", _TRANSCRIPT),
    (0, b"OggS", "it is a sound recording (Ogg)", _TRANSCRIPT),
    (0, b"fLaC", "it is a sound recording (FLAC)", _TRANSCRIPT),
    (0, b"\x78\x9f\x3e\x22", "it is Outlook's winmail.dat", _AS_MAIL),
    (0, b"\xd0\xcf\x11\xe0", "it is an old Office file or an Outlook message (.msg)", f"{_AS_TEXT} {_AS_MAIL}"),
    (0, b"{\\rtf", "it is rich text (RTF)", _AS_TEXT),
    (0, b"SQLite format 3\x00", "it is a database", _AS_TEXT),
    (0, b"\x7fELF", "it is a program", "Leave it out."),
)
_OFFICE = (
    (b"word/", "it is a Word document", _AS_TEXT),
    (b"xl/", "it is an Excel workbook", _AS_TEXT),
    (b"ppt/", "it is a PowerPoint file", _AS_TEXT),
    (b"mimetypeapplication/vnd.oasis", "it is an OpenDocument file", _AS_TEXT),
)


def refuse_foreign(name: str, data: bytes) -> None:
    """Raises Unreadable, with what it is and the way out, where the first bytes are those of no text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        for sign, why, remedy in _OFFICE:
            if sign in data:
                raise Unreadable(name, "byte 0", why, remedy)
        raise Unreadable(name, "byte 0", "it is a zip archive", _UNPACK)
    for offset, sign, why, remedy in _SIGNS:
        if data[offset : offset + len(sign)] == sign:
            raise Unreadable(name, f"byte {offset}", why, remedy)
