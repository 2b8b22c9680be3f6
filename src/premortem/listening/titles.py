"""Titles: which role a title gives by itself, and when two titles are the same one.

A title says what somebody judges by trade, not what they may sign: an owner, a managing director or a CFO is no
economic buyer until somebody says who signs.

    procurement, purchasing, sourcing, strategic buyer         procurement
    legal, counsel, lawyer, solicitor, data protection         legal
    IT, security, architect, engineering, technology, quality  technical_buyer
    consultant, broker, adviser, auditor from outside          partner
"""

from __future__ import annotations

import re

from premortem.ledger.entries import Role

_PATTERNS: tuple[tuple[Role, str], ...] = (
    ("partner", r"(?:insurance )?broker|(?:tax|outside|external) advis[eo]r|(?:\w+ )?consultant|systems? integrator"),
    ("procurement", r"procurement|purchas(?:e|es|ing)|sourcing|strategic buyer|category manager|einkauf\w*|inkoop\w*"),
    ("legal", r"legal|counsel|lawyer|solicitor|attorney|data protection officer|dpo|privacy officer|jurist\w*"),
    (
        "technical_buyer",
        r"c?iso|cto|cio|information security|cyber ?security|security (?:lead|officer|manager|architect|engineer)"
        r"|head of security|architect|it|ict|infrastructure|network engineer|technical director|staff engineer"
        r"|(?:head|vp|director) of (?:\w+ )?(?:engineering|technology|platform)|backend engineer"
        r"|systems? administrator|qa manager|quality assurance manager|head of quality",
    ),
)
_ROLES = [(role, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for role, pattern in _PATTERNS]


def roles_of(title: str | None) -> frozenset[Role]:
    """The role that a title gives by itself, at most one; empty for most titles."""
    if not title:
        return frozenset()
    return frozenset([role for role, pattern in _ROLES if pattern.search(title)][:1])


_SPELT_OUT = {
    "cfo": "chief financial officer",
    "ceo": "chief executive officer",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "cio": "chief information officer",
    "ciso": "chief information security officer",
    "cmo": "chief marketing officer",
    "chro": "chief human resources officer",
    "fd": "finance director",
    "md": "managing director",
    "gm": "general manager",
    "vp": "vice president",
    "dpo": "data protection officer",
    "ops": "operations",
    "mgr": "manager",
    "hr": "human resources",
}
_SMALL = frozenset(
    re.findall(r"\w+", "the our my your their his her a an of for and in at new old actual dear own big")
)


def title_words(title: str) -> frozenset[str]:
    """A title's words that count: 'our Head of Security', 'head of security' and 'security head' have the same."""
    words = re.findall(r"[\w']+", title.lower().replace("'s", ""))
    spelt = " ".join(_SPELT_OUT.get(word, word) for word in words)
    return frozenset(word for word in spelt.split() if word not in _SMALL)


def same_title(one: str, other: str) -> bool:
    """Equal in the words that count; both must have some."""
    a, b = title_words(one), title_words(other)
    return bool(a) and a == b


def title_within(spoken: str, known: str) -> bool:
    """Whether a spoken title of two or more words is a part of a longer known one; 'CFO' has three."""
    a, b = title_words(spoken), title_words(known)
    return len(a) >= 2 and a < b
