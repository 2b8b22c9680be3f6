"""Letters for a printed page: which font has them, and what can't be printed here, said in words and never as boxes.

A PDF's own fonts know western European letters alone. For others the fonts of this machine are asked, those in the
folders of `PREMORTEM_FONTS` first; Chinese, Japanese and Korean are left to the fonts that PDF readers bring. What is
written from right to left, or whose letters change shape beside each other, would come out wrong, and is not printed.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

WESTERN, WESTERN_BOLD = "Helvetica", "Helvetica-Bold"
FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    *("/Library/Fonts", "/System/Library/Fonts/Supplemental", "C:/Windows/Fonts"),
)
FACES = (
    *(("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")),
    *(("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"), ("FreeSans.ttf", "FreeSansBold.ttf")),
    *(("Arial Unicode.ttf", ""), ("arial.ttf", "arialbd.ttf"), ("segoeui.ttf", "segoeuib.ttf")),
    *(("NotoSansArmenian-Regular.ttf", ""), ("NotoSansGeorgian-Regular.ttf", ""), ("NotoSansThai-Regular.ttf", "")),
    ("Vera.ttf", "VeraBd.ttf"),
)
"""Fonts with many letters that machines have, each with its bold one; the last comes with the maker of PDFs."""
SHAPED = ((0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF))
"""Writing whose letters change beside each other: India's, Tibet's, Burma's, Cambodia's, Mongolia's."""
READERS_OWN = {"HANGUL": "HYGothic-Medium", "HIRAGANA": "HeiseiKakuGo-W5", "KATAKANA": "HeiseiKakuGo-W5"}
_GAPS = re.compile(r"\n[\s]*\n")
_REPEATED = re.compile(r"(\[\w+\])(?: \1)+")
HAN, HAN_IN_JAPANESE = "STSong-Light", "HeiseiKakuGo-W5"


class Face(NamedTuple):
    """A font of this machine, and its bold one (itself where there is none), by the names that the page calls them."""

    name: str
    bold: str
    letters: frozenset[int]


class Letters:
    """How to set the texts of one page. `missing` are the kinds of writing that could not be set so far."""

    def __init__(self, texts: Iterable[str]) -> None:
        needed = {letter for text in texts for letter in clean(text)}
        foreign = {ord(letter) for letter in needed if not _western(letter)}
        self._faces = _faces() if foreign else ()
        self._base: Face | None = max(self._faces, key=lambda one: len(foreign & one.letters), default=None)
        self._han = HAN_IN_JAPANESE if {"HIRAGANA", "KATAKANA"} & set(map(script, needed)) else HAN
        if self._base is not None and not foreign & self._base.letters:
            self._base = None
        self.missing: set[str] = set()
        self._left_to_readers = False

    def face(self, bold: bool = False) -> str:
        """The font of whatever says nothing else."""
        if self._base is None:
            return WESTERN_BOLD if bold else WESTERN
        return self._base.bold if bold else self._base.name

    def honestly(self) -> list[str]:
        """What a reader of the page must be told of its letters, in sentences."""
        told = []
        if self.missing:
            kinds = " or ".join(f"[{kind}]" for kind in sorted(self.missing))
            told.append(f"Not everything can be printed here: where {kinds} stands, the shared page has the words.")
        if self._left_to_readers:
            why = "Chinese, Japanese and Korean letters are printed with the fonts of whatever shows this file"
            told.append(f"{why}; where it has none and they are blank, the shared page has the words.")
        return told

    def set(self, text: str, bold: bool = False) -> str:
        """A text as markup of a paragraph, each letter in a font that has it."""
        told = "".join(
            self._run(font, "".join(letter for letter, _ in run), bold)
            for font, run in groupby(((one, self._font(one, bold)) for one in clean(text)), key=lambda pair: pair[1])
        )
        return _REPEATED.sub(r"\1", told)

    def _run(self, font: str | None, words: str, bold: bool) -> str:
        if font is None:
            kinds = [script(letter).capitalize() for letter in words]
            self.missing.update(kinds)
            return "".join(f"[{kind}]" for kind, _ in groupby(kinds))
        told = escape(words).replace("\n", "<br/>")
        return told if font == self.face(bold) else f'<font name="{font}">{told}</font>'

    def _font(self, letter: str, bold: bool) -> str | None:
        if letter in "\n ":
            return self.face(bold)
        if _needs_shaping(letter):
            return None
        if self._base is None and _western(letter):
            return self.face(bold)
        faces: list[Face] = [*([self._base] if self._base else []), *self._faces]
        for one in faces:
            if ord(letter) in one.letters:
                return one.bold if bold else one.name
        if _western(letter):
            return WESTERN_BOLD if bold else WESTERN
        return self._readers_own(letter)

    def _readers_own(self, letter: str) -> str | None:
        kind = script(letter)
        name: str | None = self._han if kind == "CJK" else READERS_OWN.get(kind)
        if name is not None:
            self._left_to_readers = True
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(UnicodeCIDFont(name))
        return name


def clean(text: str) -> str:
    """A text as letters to be printed: accents joined to their letters, no letters that nobody sees, one empty line."""
    joined = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    plain = "".join(one for one in joined if one == "\n" or unicodedata.category(one)[0] != "C")
    return _GAPS.sub("\n\n", plain)


def script(letter: str) -> str:
    """What kind of writing a letter is, as Unicode names it: LATIN, CYRILLIC, CJK; SIGN for what is no letter."""
    if unicodedata.category(letter)[0] not in "LM":
        return "CJK" if 0x3000 <= ord(letter) <= 0x303F or 0xFF00 <= ord(letter) <= 0xFFEF else "SIGN"
    return unicodedata.name(letter, "OTHER").split("-")[0].split()[0]


def is_east_asian(text: str) -> bool:
    """Whether a text breaks into lines between any two letters."""
    return any(script(one) in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA") for one in text)


def _western(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _needs_shaping(letter: str) -> bool:
    turned = unicodedata.bidirectional(letter) in ("R", "AL", "AN")
    return turned or any(first <= ord(letter) <= last for first, last in SHAPED)


@cache
def _faces() -> tuple[Face, ...]:
    """The fonts that this machine has of those that are known, looked for once."""
    import reportlab

    own = [one for one in os.environ.get("PREMORTEM_FONTS", "").split(os.pathsep) if one]
    places = [*own, *FOLDERS, str(Path(reportlab.__file__).parent / "fonts")]
    there: dict[str, Path] = {}
    for place in places:
        for file in _files(Path(place).expanduser()):
            there.setdefault(file.name, file)
    given = [(file.name, "") for place in own for file in _files(Path(place).expanduser())]
    known = set(FACES) | {(bold, "") for _, bold in FACES}
    faces = [*FACES, *(one for one in given if one not in known and one[0] not in {name for name, _ in FACES})]
    return tuple(found for name, bold in faces if name in there and (found := _face(there[name], there.get(bold))))


def _files(place: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(place):
        yield from (Path(folder) / name for name in sorted(names) if name.lower().endswith(".ttf"))


def _face(file: Path, bold: Path | None) -> Face | None:
    """A font made ready to be set; None where its file can't be read, or may not be put into a document."""
    plain = _ready(file)
    if plain is None:
        return None
    heavy = _ready(bold) if bold is not None else None
    letters = frozenset(plain.face.charToGlyph) & frozenset((heavy or plain).face.charToGlyph)
    return Face(plain.fontName, (heavy or plain).fontName, letters)


def _ready(file: Path) -> Any:
    try:
        font = TTFont(f"of-this-machine-{file.stem}", str(file))
    except (TTFError, OSError):  # one that can't be used is as good as none: others are asked, else it is said in words
        return None
    pdfmetrics.registerFont(font)
    return font
