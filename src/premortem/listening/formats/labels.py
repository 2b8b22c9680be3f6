"""Is what stands before the colon a speaker? 'Dana Whitlock: well' is one; 'Note: well' and 'http://…' are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_LABELLED = re.compile(r"(?P<label>[^:：\n]{1,60}?)\s?[:：](?:\s+(?P<text>.*)|$)", re.DOTALL)
_FIELD_WORDS = """
    account action actions action-items address agenda amount answer attachments attendees attn authority b2b background
    bcc bottom-line budget but caveat cc champion close-date closing-date comment comments company competition
    competitor competitors conclusion confidence cons contact content-type context cost criteria currency customer
    date deadline deal decision decision-criteria decision-process decision-maker decisions details discussion duration
    e-mail economic-buyer email example executive-summary eta fact facts fax file follow-up follow-ups forecast
    from ftp fwd fyi goal goals http https i.e idea identified-pain impact important in-short in-summary info invited
    invitees issue issues key-points key-takeaways link location mailto meaning meeting metrics milestone mobile
    moderator need needs next next-step next-steps nb note notes objection objections objective opportunity outcome
    owner pain paper-process participants phone place plan plus present presenter price problem pros ps p.s purpose
    question questions re reason recording regarding regards remark remarks reminder result results reviewers
    risk risks role room scope sent size so source speakers stage start status step steps subject summary
    takeaway takeaways task tasks team tel term terms then time timeline timing title tl;dr tldr to to-do todo
    topic topics update updates url use-case value version warning wg why www zoom
"""
_FIELDS = frozenset(_FIELD_WORDS.split())
_PARTICLE_WORDS = (
    "a al and auf aus ben bin da das de del della dem den der des di do dos du e el la le les of op san st te ten ter"
    " the tho van vom von y zu zum zur 't & | / - – + @"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?[\d\s().-]{6,24}(?:\s?(?:x|ext\.?)\s?\d+)?")
_NEARLY_ALL = 0.9
_FORBIDDEN = re.compile(r"[?!;\"“”„<>{}\[\]=\\*#^`~…]|\.\s+[a-z]|://|\.{2,}|,.*,")


def split_label(line: str) -> tuple[str, str] | None:
    """A line's label and the text after its colon; None where there is no colon that could end a label."""
    found = _LABELLED.match(line)
    return (found["label"].strip(), (found["text"] or "").strip()) if found and found["label"].strip() else None


def names_somebody(label: str) -> bool:
    """Whether a label has a person's shape: a name, 'Name (Organisation)', an address, a number, 'Speaker 2'."""
    if _ADDRESS.fullmatch(label) or (_TELEPHONE.fullmatch(label) and sum(c.isdigit() for c in label) >= 6):
        return True
    words = label.split()
    if not words or len(words) > 8 or _FORBIDDEN.search(label) or is_field(label):
        return False
    outside = [word for word in re.sub(r"\([^)]*\)", " ", label).split() if word.strip("()")]
    return bool(outside) and _capital(outside[0]) and all(_capital(word) or _particle(word) for word in outside[1:])


def is_field(label: str) -> bool:
    """Whether a label is a heading of notes or of a mail rather than a person: 'Next steps', 'Budget', 'http'."""
    plain = label.strip().strip("*_-.() ").lower()
    return plain.replace(" ", "-") in _FIELDS


def could_be_handle(label: str) -> bool:
    """Whether a label has the shape of a screen name in lower case, as 'pk910' or 'brad hollenbeck'."""
    return bool(re.fullmatch(r"[\w.'’@|()-]+(?: [\w.'’@|()-]+){0,3}", label)) and not is_field(label)


def speakers_of(lines: Iterable[str]) -> frozenset[str]:
    """The labels of a transcript that are speakers: what looks like a person, and screen names that come back.

    `lines` are the first lines of its turns. Where nearly all of them have a speaker, a screen name counts at once.
    """
    found = [split[0] if (split := split_label(line)) is not None else None for line in lines]
    times = Counter(label for label in found if label is not None)
    sure = {label for label, n in times.items() if names_somebody(label) or (n > 1 and could_be_handle(label))}
    if sum(times[label] for label in sure) >= _NEARLY_ALL * len(found):
        sure |= {label for label in times if len(label.split()) <= 2 and could_be_handle(label)}
    return frozenset(sure)


def _capital(word: str) -> bool:
    first = word.lstrip("'’(\"").lstrip("d'").lstrip("’")[:1] or word[:1]
    return first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()) or _bare(word) in {"|", "/"}


def _particle(word: str) -> bool:
    return _bare(word).lower() in _PARTICLES or bool(re.fullmatch(r"\([^)]*\)|@[\w.-]+|[IVX]+|[a-z]", word))


def _bare(word: str) -> str:
    return word.strip(",.")
