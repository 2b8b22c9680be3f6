"""HTML → text as a reader would see it: paragraphs on lines of their own, quoted blocks with '> ' before each line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_APART = frozenset({"p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements with a blank line above and below."""

_BLOCKS = _APART | {"address", "br", "center", "div", "dl", "dd", "dt", "footer", "header", "hr", "li", "section", "tr"}
_UNSEEN = frozenset({"head", "script", "style", "template", "title"})

_NO_TAG = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""An opening bracket that nothing closes; the parser takes very long on many of them."""


def text_of(markup: str) -> str:
    """The text of an HTML body."""
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", _without_comments(markup)))
    reader.close()
    return reader.text()


def _without_comments(markup: str) -> str:
    kept, position = [], 0
    while (begin := markup.find("<!--", position)) >= 0 and (end := markup.find("-->", begin + 4)) >= 0:
        kept.append(markup[position:begin])
        position = end + 3
    return "".join((*kept, markup[position:]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._unseen = 0
        self._quoted = 0
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._unseen = 0  # a head that nobody closed
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "blockquote":
            self._quoted += 1
            self._break()
        elif tag in _BLOCKS:
            self._preformatted += tag == "pre"
            self._break(apart=tag in _APART)
            if tag == "li":
                self._lines[-1] += "- "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "blockquote":
            self._break()
            self._quoted = max(0, self._quoted - 1)
            self._lines[-1] = ""
        elif tag in _BLOCKS and tag != "br":
            self._preformatted = max(0, self._preformatted - (tag == "pre"))
            self._break(apart=tag in _APART)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._preformatted:
            first, *rest = data.split("\n")
            self._lines[-1] += first
            for line in rest:
                self._break()
                self._lines[-1] += line
            return
        said = re.sub(r"[ \t\r\n\f]+", " ", data.replace("\xa0", " "))
        if not said.strip() and not self._lines[-1].strip("> "):
            return
        begun = self._lines[-1] or "> " * self._quoted
        self._lines[-1] = begun + (said.lstrip() if not begun.strip("> ") else said)

    def _break(self, apart: bool = False) -> None:
        if self._lines[-1].strip("> "):
            self._lines.append("")
        if apart and len(self._lines) > 1 and self._lines[-2].strip("> "):
            self._lines.append("")

    def text(self) -> str:
        """The lines so far, never more than one blank line in a row."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in self._lines)).strip("\n")
