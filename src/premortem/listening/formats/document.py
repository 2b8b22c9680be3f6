"""A file as a format sees it: its name, its bytes, and, once somebody asks for them, its characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from premortem.listening.formats.decoding import Decoded, decode

HEAD = 16_384
"""Bytes from which a format that reads bytes may recognise a file."""


@dataclass(frozen=True)
class Document:
    """`name` is the file's own name, without folders. Formats of text ask for `text`, formats of bytes for `data`."""

    name: str
    data: bytes

    @cached_property
    def decoded(self) -> Decoded:
        """The characters. Raises Unreadable where the bytes are no text."""
        return decode(self.name, self.data)

    @property
    def text(self) -> str:
        """The characters, with line ends as newlines and without a byte order mark."""
        return self.decoded.text

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was odd about turning bytes into characters."""
        return self.decoded.remarks

    @property
    def head(self) -> str:
        """The beginning, byte by byte: good enough for what is ASCII by its nature, such as the headers of a mail."""
        return self.data[:HEAD].decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    def ends_with(self, *endings: str) -> bool:
        """Whether the name ends so; an ending only breaks a tie."""
        return self.name.lower().endswith(endings)
