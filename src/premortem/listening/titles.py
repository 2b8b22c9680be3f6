"""Titles: what kinds of work a title tells, and when two titles are the same one.

A title says what somebody does by trade, not what they may sign: which role it speaks for, and how loudly, stands in
`ledger/roles.py`.

    owns        owner, president, managing director, chief executive
    money       finance, controlling, accounts
    leads       director, head, chief, vice president, partner
    board       the board, a committee, a council
    manages     manager, secretary
    works       whoever would use it: planner, nurse, team leader, operator, clerk
    technical   IT, security, engineering, quality
    purchasing  procurement, sourcing, buyer
    legal       counsel, lawyer, data protection
    outside     broker, adviser, consultant
    people      works council, union, human resources
"""

from __future__ import annotations

import re

from premortem.ledger.entries import Trade

_WORDS: tuple[tuple[Trade, str], ...] = (
    (
        "owns",
        r"owners?|(?:co-?)?founders?|founding|proprietor|managing director|joint md|md|chief executive|ceo"
        r"|(?:managing|senior) (?:partner|principal)|executive director|president|gesch[äa]ftsf[üu]hr\w*|directeur"
        r" g[ée]n[ée]ral",
    ),
    (
        "money",
        r"cfo|fd|financ\w*|controller|controlling|treasurer|treasury|bursar|accountant|accounts|accounting|payable"
        r"|payroll",
    ),
    (
        "leads",
        r"director|dir|head|chief|[esa]?vp|vice president|president|chair\w*|dean|rector|partner|gm|c[efiotmpr]o|ciso"
        r"|chro|boss|superintendent|principal|hod|deputy|leads|runs|heads|general manager",
    ),
    ("board", r"board|trustee|commissioner|councill?or|committee|council|bureau|exec|executive|notary"),
    ("manages", r"manager|mgr|manages|superintendent|secretary"),
    (
        "works",
        r"planner|planning|nurse|team leader|shift|operator|clerk|supervisor|foreman|forewoman|technician"
        r"|co-?ordinator|specialist|assistant|scheduler|dispatch\w*|recruiter|paralegal|fitter|mechanic|driver|teacher"
        r"|dentist|radiographer|hygienist|trainee|apprentice|volunteer|steward|surveyor|registry|warehouse|practice"
        r"|branch|club|duty|kitchen|canteen|reception\w*|editor|analyst|terminologist|translator|associate|crew|floor"
        r"|stores?|shop|looks after|look after|payable|payroll|lead|area|graduate|tools|documentation|front|customer"
        r" care|scanning|chef|picker|welder|librarian|caretaker|scientist|chemist",
    ),
    (
        "technical",
        r"it|ict|c?iso|cto|cio|cyber|security|infosec|architect|infrastructure|network\w*|engineer|engineering"
        r"|technical|tech|technology|platform|developer|devops|systems?|administrator|sysadmin|dba|qa|quality|qc|data"
        r"|digital|compliance|safety|hse|validation",
    ),
    ("purchasing", r"procurement|purchas\w*|sourcing|buyer|category|einkauf\w*|inkoop\w*|achats|compras|acquisti"),
    (
        "legal",
        r"legal|counsel|lawyer|solicitor|attorney|barrister|data protection|dpo|data officer|privacy|jurist\w*",
    ),
    ("outside", r"broker|advis[eo]r|consultant|integrator"),
    ("people", r"works council|union|workers|hr|human resources|labour"),
)
_TRADES = [(trade, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for trade, words in _WORDS]


def trades_of(title: str | None) -> frozenset[Trade]:
    """The kinds of work that a title tells; empty where there is none."""
    return frozenset(trade for trade, words in _TRADES if words.search(title)) if title else frozenset()


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
    "svp": "senior vice president",
    "agm": "assistant general manager",
    "gc": "general counsel",
    "dpo": "data protection officer",
    "ops": "operations",
    "mgr": "manager",
    "hr": "human resources",
}
ABBREVIATED = frozenset(_SPELT_OUT)
"""Titles that are known by their letters: 'CFO', 'MD'."""
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
