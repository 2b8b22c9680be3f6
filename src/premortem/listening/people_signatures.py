"""A mail's signature: the name, title and telephone numbers of whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from premortem.listening.people_labels import address_fits
from premortem.listening.people_names import like, words_of, written
from premortem.listening.titles import ABBREVIATED


class Signed(NamedTuple):
    name: str | None = None
    title: str | None = None
    phones: tuple[str, ...] = ()


_TELEPHONE = re.compile(r"(?<![\w/.-])\+?\(?\d[\d ()./-]{6,20}\d(?!\w)")
_NO_TITLE = re.compile(r"[@\d\"“”]|https?:|www\.|[.!?]$|^(?:sent from|mobile|tel|phone|t:|m:|p:|office)", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:,|\||·|•|\s[-–—]\s)\s*")
_FOR = re.compile(r"^(?:i\.\s?[VA]\.|ppa\.?|p\.p\.|gez\.)\s+")
_ONLY_LETTERS_BEHIND = re.compile(
    r"(?<=\w\w)(?:,?\s(?:[A-Z]{2,5}|[A-Z][A-Za-z]?[A-Z][a-zA-Z]{0,4})\b(?:\s\([A-Za-z]+\))?)+$"
)
_LONGEST_TITLE = 60


def signed(signature: str, name: str | None, emails: Iterable[str], is_firm: Callable[[str], bool]) -> Signed:
    """What a signature tells. Its title stands on the line of the name, or on the next, before the name of the firm.

    `is_firm` says whether some words are the name of one of the two firms.
    """
    lines = [line.strip(" \t-–—_*|") for line in signature.splitlines()]
    lines = [line for line in lines if line]
    phones = tuple(dict.fromkeys(found.strip() for line in lines for found in _TELEPHONE.findall(line)))
    for at, line in enumerate(lines):
        first, *rest = _PARTS.split(_bare_name(line))
        if _is_name(first, name, emails):
            if at + 1 < len(lines) and not rest and _is_name(_PARTS.split(_bare_name(lines[at + 1]))[0], name, emails):
                continue  # 'Katrin', then 'Katrin Seibold, Head of Service'
            following = _PARTS.split(lines[at + 1]) if at + 1 < len(lines) else []
            title = _title(rest, is_firm) or _title(following, is_firm)
            return Signed(written(first) if words_of(first).full else None, title, phones)
    return Signed(phones=phones)


def _bare_name(line: str) -> str:
    """A line without what stands around a name: 'i.V. Dr. Ann Kest MRICS' is Dr. Ann Kest."""
    return _ONLY_LETTERS_BEHIND.sub("", _FOR.sub("", line))


def _is_name(line: str, name: str | None, emails: Iterable[str]) -> bool:
    if not re.fullmatch(r"[^\W\d][\w.'’-]*(?: [\w.'’-]+){0,4}", line):
        return False
    if name is not None:
        return like(line, name) != "differs"
    return words_of(line).full and any(address_fits(email, line) for email in emails)


def _title(parts: list[str], is_firm: Callable[[str], bool]) -> str | None:
    kept: list[str] = []
    for part in parts:
        if not part or is_firm(part) or _NO_TITLE.search(part):
            break
        kept.append(part)
    degrees = [part for part in kept if part.isupper() and len(part) <= 4 and len(kept) > 1]
    title = ", ".join(part for part in kept if part not in degrees)
    short = (
        bool(title)
        and len(title) <= _LONGEST_TITLE
        and not (title.isupper() and len(title) <= 3 and title.lower() not in ABBREVIATED)
    )
    return title if short else None
