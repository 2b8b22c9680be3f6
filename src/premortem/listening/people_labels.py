"""Speaker labels and addresses, taken apart: who is meant, from where, or that nobody can tell."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from premortem.listening.people_names import may_be_nicknames, plain, spellings, words_of, written

Kind = Literal["name", "email", "phone", "anonymous"]


class Label(NamedTuple):
    """A speaker's label or an address taken apart. `anonymous` holds 'Speaker 2', 'Guest' and meeting rooms."""

    kind: Kind
    name: str | None = None
    organisation: str | None = None
    address: str | None = None
    """A mail address in lower case, or the digits of a telephone number."""


_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?[\d\s().-]{6,24}(?:\s?(?:x|ext\.?)\s?\d+)?")
_ANONYMOUS = re.compile(
    r"(?:speaker|participant|guest|unknown(?: speaker)?|caller|voice|attendee|user|person|sprecher\w*|teilnehmer\w*"
    r"|intervenant|ip ?phone|ipad|galaxy|android|zoom user|microphone)[\s_#-]*(?:\d+|[a-z])?",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:room|meeting|boardroom|conf|conference|office|reception|lobby|studio|huddle|branch|besprechungsraum|raum"
    r"|sala|salle|vergaderzaal|zaal|kantoor|büro)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"^(?P<name>[^(|\[]+?)\s*(?:\((?P<a>[^)]*)\)|\[(?P<b>[^\]]*)\]|\|\s*(?P<c>.+)|\s[-–—@]\s(?P<d>.+)|/\s*(?P<e>.+))\s*$"
)


def parse(label: str) -> Label:
    """A label taken apart. 'Last, First' is turned round; of 'Name (Org)', 'Name | Org', 'Name - Org' both are kept."""
    label = " ".join(unicodedata.normalize("NFC", label).split()).strip(" :,;\"'")
    inside = re.fullmatch(rf"(.+?)\s*[<(]({_ADDRESS.pattern})[>)]", label)
    if inside is not None:
        return parse(inside[1])._replace(address=inside[2].lower())
    if _ADDRESS.fullmatch(label):
        return Label("email", name_of_address(label), None, label.lower())
    if _TELEPHONE.fullmatch(label) and sum(c.isdigit() for c in label) >= 6:
        return Label("phone", address=digits(label))
    if not label or _ANONYMOUS.fullmatch(label) or (_ROOM.search(label) and not _comma_name(label)):
        return Label("anonymous")
    organisation = None
    if (found := _ORGANISATION.match(label)) is not None:
        label = found["name"].strip()
        organisation = next((g for g in found.group("a", "b", "c", "d", "e") if g), None)
    if re.fullmatch(r"[a-z]+(?:[._][a-z]+)+", label):
        label = re.sub(r"[._]", " ", label)
    return Label("name", written(label), organisation and organisation.strip())


def _comma_name(label: str) -> bool:
    return bool(re.fullmatch(r"[^\s,]+, [^\s,]+", label))


def digits(telephone: str) -> str:
    """The digits of a telephone number, without an extension."""
    return re.sub(r"\D", "", re.split(r"x|ext", telephone)[0])


def same_telephone(one: str, other: str) -> bool:
    """Whether two numbers agree in their last eight digits: one may lack the country's code."""
    a, b = digits(one), digits(other)
    return len(a) >= 6 and a[-8:] == b[-8:] if min(len(a), len(b)) >= 8 else len(a) >= 6 and a == b


_NOBODY = frozenset(
    {"info", "sales", "contact", "support", "hello", "office", "admin", "team", "billing", "accounts", "help", "mail"}
    | {"noreply", "no", "reply", "marketing", "service", "hr"}
)


def name_of_address(address: str) -> str | None:
    """'jane.smith@…' writes a name; 'jsmith@…' and 'sales.team@…' do not."""
    parts = re.split(r"[._]", address.split("@")[0].split("+")[0])
    if len(parts) < 2 or any(len(part) < 2 or not part.isalpha() or part.lower() in _NOBODY for part in parts):
        return None
    return " ".join(part.capitalize() for part in parts)


def address_fits(address: str, name: str) -> bool:
    """Whether the part before the @ could be made of a name: jane.smith, j.smith, jsmith, smithj, jane, janes."""
    local = re.sub(r"\d+$", "", address.split("@")[0].split("+")[0])
    parts = [plain(part.lower()) for part in re.split(r"[._-]", local) if part]
    words = words_of(name).words
    if not parts or not words:
        return False
    firsts, lasts = spellings(words[0]), spellings(words[-1])
    glued = {plain(written(name).lower().split(" ", 1)[-1].replace(" ", ""))} if len(words) > 1 else set()
    for first in firsts:
        for last in lasts | glued:
            both = {first + last, last + first, first[:1] + last, last + first[:1], first + last[:1]}
            if "".join(parts) in both or (len(parts) == 1 and parts[0] in {first, last} and len(parts[0]) > 2):
                return True
    return len(parts) == 1 and any(may_be_nicknames(parts[0], first) for first in firsts)


def abbreviates(letters: str, name: str) -> int:
    """How well letters stand for a name: 2 where they are its initials, 1 where three or more can be read in it.

    'DE' is Dora Ekman's initials; 'DLM' can be read in Dalia Milner, with both initials among them. Else 0.
    """
    words = [plain(word.lower()) for word in words_of(name).words]
    if "".join(word[:1] for word in words) == letters.lower():
        return 2
    rest = iter("".join(words))
    begins = len(letters) > 2 and "".join(words).startswith(letters[:1].lower())
    ends = bool(words) and words[-1][:1] in letters[1:].lower()
    return 1 if begins and ends and all(letter in rest for letter in letters.lower()) else 0
