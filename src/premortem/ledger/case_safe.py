"""Salesforce's two ways of writing one id: 15 characters of which case counts, and 18, the last three of which tell it.

Each of the three stands for five of the fifteen: of a number between 0 and 31, written as A to Z and 0 to 5, the bits
say which of the five are capitals, the lowest for the first. So 18 characters are safe where case gets lost, and 15 can
be made 18 (Salesforce, 'ID Field Type').
"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT = re.compile(r"(?=.{3}.*\d)[0-9a][0-9A-Za-z]{14}")
_LONG = re.compile(r"(?=.{3}.*\d)[0-9Aa][0-9A-Za-z]{17}")


@lru_cache(maxsize=1 << 14)
def case_safe(id: str) -> str:
    """The id in 18 characters, its case mended by its last three; what is no id of Salesforce stays as it is."""
    if _SHORT.fullmatch(id):
        return id + _told_of(id)
    if not _LONG.fullmatch(id):
        return id
    ending = id[15:].upper()
    if not all(one in _DIGITS for one in ending):
        return id
    capitals = [bool(_DIGITS.index(ending[at // 5]) >> at % 5 & 1) for at in range(15)]
    mended = "".join(one.upper() if capital else one.lower() for one, capital in zip(id, capitals, strict=False))
    return mended + ending if _told_of(mended) == ending else id


def short(id: str) -> str:
    """The first 15 characters of an id of 18; any other text as it is."""
    return id[:15] if len(id) == 18 and _LONG.fullmatch(id) and _told_of(id[:15]) == id[15:] else id


def _told_of(id: str) -> str:
    fives = (id[at : at + 5] for at in (0, 5, 10))
    return "".join(_DIGITS[sum(one.isupper() << place for place, one in enumerate(five))] for five in fives)
