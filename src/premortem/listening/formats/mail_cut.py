"""What is new in a mail's text: without quoted history, signature and disclaimer.

mail-parser-reply knows how mail programs head a quoted message in thirteen languages, and how signatures begin. It is
asked where, never for its text: it trims lines, and it takes all that follows a 'Thanks,' for a signature. What is
kept is a stretch of the body as it stands, and nothing that may be new is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

_LINE = 160
"""Characters of a line that the library gets to see: its patterns take very long on endless lines."""
_LINES = 1500
"""Lines that it gets to see; what is new in a mail stands within them."""
_SIGNATURE_LINES = 14
_SIGNATURE_LINE = 90

_QUOTED = re.compile(r"\s*>")
_RULE = re.compile(
    r"\s*(?:[-_=*]{3,}|[-_]{2,}\s*(?:original|forwarded|weitergeleitet|ursprünglich|message|nachricht).*[-_]{2,})\s*$",
    re.IGNORECASE,
)
_WHO_WROTE = re.compile(r"\S@\S|\d{1,2}[:.]\d{2}\b|\b\d{4}\b|\d/\d")
_POSTSCRIPT = re.compile(r"\s*p\.?\s?s\b", re.IGNORECASE)
_FAREWELL = re.compile(
    r"\s*(?:(?:(?:with\s+)?(?:kind|best|warm|many)\s+)?(?:regards|wishes)|best|all the best|cheers|thanks(?: again)?"
    r"|many thanks|thank you|sincerely|yours(?: \w+)?|cordialement|bien à vous|saludos|un saludo"
    r"|mit freundlichen grüßen|viele grüße|beste grüße|freundliche grüße|mfg|vg|groeten|met vriendelijke groet(?:en)?"
    r"|mvh|med vänlig hälsning|cordiali saluti|atenciosamente|br|rgds|ta)\s*[,.!–-]*\s*$",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"(?:--|__) ?$")
_DEVICE = re.compile(
    r"\s*(?:sent (?:from|via|with)|get outlook for|gesendet (?:von|mit)|envoyé (?:de|depuis)|verzonden (?:vanaf|met)"
    r"|enviado desde)\b.{0,60}$",
    re.IGNORECASE,
)
_A_MAIL = r"(?:e-?mail|mail|message|communication|transmission|nachricht|courriel|mensaje|correo|bericht|messaggio)s?\b"
_DISCLAIMER = re.compile(
    r"\W*(?:(?:confidentiality|legal|privacy|e-?mail)?\s*(?:notice|disclaimer|confidentiality)\s*:"
    rf"|(?:this|the (?:information|contents?) (?:of|in|contained in) this|diese|ce|este|dit|questo) {_A_MAIL}"
    r".{0,200}(?:confidential|intended|privileged|vertraulich|confidentiel|confidencial|vertrouwelijk|riservat)"
    r"|please consider the environment)",
    re.IGNORECASE | re.DOTALL,
)


class New(Struct, frozen=True):
    """The new text, a stretch of the body as it stands; the signature beneath it; what was odd."""

    text: str
    signature: str | None = None
    remarks: tuple[str, ...] = ()


def new_text(body: str, sender: str | None = None) -> New:
    """What is new in a mail's body; the sender's name helps to find the signature.

    Where nothing seems new although the body has text, all of it is kept.
    """
    lines = body.split("\n")
    end, remarks = _end_of_new(lines)
    start = 0
    if end == 0:
        start, end, remarks = _below_the_quote(lines)
    if not _spoken(lines[start:end]):
        kept = body.strip()
        return New(kept, None, ("All of it seems to be quoted, so all of it was kept.",) if kept else ())
    text_end, signature = _without_tail(lines, start, end, _signs(sender))
    return New("\n".join(lines[start:text_end]).strip(), signature, remarks)


def _end_of_new(lines: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """The line after the last that may be new; 0 where the mail begins with a quote."""
    end = _first_quote(lines)
    if end == len(lines):
        end = _trimmed(lines, 0, end)
        return _trimmed(lines, 0, _above_attribution(lines, end)), ()
    answers = _answers_within(lines, end)
    if answers and end:
        return answers[-1] + 1, ("It answers between quoted lines, which stand in the text too.",)
    return _trimmed(lines, 0, end), ()


def _above_attribution(lines: Sequence[str], end: int) -> int:
    """The end above the line or lines that say who wrote what is quoted beneath, in a language the library lacks."""
    beneath = next((line for line in lines[end:] if line.strip()), "")
    if not _QUOTED.match(beneath) or not lines[end - 1].rstrip().endswith(":"):
        return end
    begun = end
    for number in range(end - 1, max(-1, end - 4), -1):
        if _WHO_WROTE.search(lines[number]):
            begun = number
    return begun


def _first_quote(lines: Sequence[str]) -> int:
    """The line where quoted history begins, by the library; the number of lines where there is none."""
    filled = [number for number, line in enumerate(lines) if line.strip()][:_LINES]
    if not filled:
        return len(lines)
    shown = [lines[filled[0]].strip()[:_LINE]]
    for before, number in pairwise(filled):
        shown += [""] * (number > before + 1) + [lines[number].strip()[:_LINE]]
    replies = _replies("\n".join(shown))
    if replies and replies[0].headers:
        return filled[0]
    kept = sum(1 for line in replies[0].content.split("\n") if line.strip()) if replies else len(filled)
    return filled[kept] if kept < len(filled) else len(lines)


def _answers_within(lines: Sequence[str], quote: int) -> list[int]:
    """Lines that are not quoted after lines that are: answers within or below, not what a mail program wrapped."""
    marked = [number for number in range(quote, len(lines)) if _QUOTED.match(lines[number])]
    if not marked:
        return []
    return [
        number
        for number in range(marked[0], len(lines))
        if lines[number].strip() and not _QUOTED.match(lines[number]) and not _wrapped(lines, number)
    ]


def _wrapped(lines: Sequence[str], number: int) -> bool:
    """The rest of a long quoted line, broken off without its mark."""
    before, after = lines[number - 1], lines[number + 1] if number + 1 < len(lines) else ""
    return bool(_QUOTED.match(before)) and len(before) >= 60 and (not after.strip() or bool(_QUOTED.match(after)))


def _below_the_quote(lines: Sequence[str]) -> tuple[int, int, tuple[str, ...]]:
    """The stretch from the first to the last line that answers a quote at the top."""
    answers = _answers_within(lines, 0)
    if not answers:
        return 0, 0, ()
    between = any(_QUOTED.match(line) for line in lines[answers[0] : answers[-1] + 1])
    told = ("It answers between quoted lines, which stand in the text too.",) if between else ()
    return answers[0], answers[-1] + 1, told


def _trimmed(lines: Sequence[str], start: int, end: int) -> int:
    """The end without blank lines, rules and quoted lines before it."""
    while end > start and (not lines[end - 1].strip() or _RULE.match(lines[end - 1]) or _QUOTED.match(lines[end - 1])):
        end -= 1
    return end


def _without_tail(lines: Sequence[str], start: int, end: int, name: re.Pattern[str]) -> tuple[int, str | None]:
    """The end of the text above disclaimer and signature, and the signature."""
    end = _above_disclaimer(lines, start, end)
    for number in range(max(start + 1, end - 2 * _SIGNATURE_LINES), end):
        if _begins_signature(lines, number, end, name) and _spoken(lines[start:number]):
            signature = "\n".join(lines[number:end]).strip()
            return _trimmed(lines, start, number), signature
    return end, None


def _above_disclaimer(lines: Sequence[str], start: int, end: int) -> int:
    """The end without what lawyers wrote at the bottom, be it a paragraph or the last lines of one."""
    end = _trimmed(lines, start, end)
    for number in range(max(start + 1, end - _SIGNATURE_LINES), end):
        legal = "\n".join(lines[number:end])
        if _DISCLAIMER.match(legal) and "?" not in legal and not any(map(_POSTSCRIPT.match, lines[number:end])):
            return _trimmed(lines, start, number)
    return end


def _signs(sender: str | None) -> re.Pattern[str]:
    """What a line looks like that begins with the sender's name, or is their first name alone."""
    names = [part for part in re.split(r"[\s,]+", sender or "") if len(part) > 1]
    if not names:
        return re.compile(r"(?!)")
    whole = r"\W*".join(map(re.escape, names)) + "|" + r"\W*".join(map(re.escape, reversed(names)))
    single = "|".join(map(re.escape, names))
    return re.compile(rf"\s*(?:(?:{whole})(?:\s*[,|(–-].*)?|{single})\W*$", re.IGNORECASE)


def _begins_signature(lines: Sequence[str], number: int, end: int, name: re.Pattern[str]) -> bool:
    """A farewell, a delimiter, a device's line or the sender's name, with nothing beneath that reads like talk."""
    line = lines[number]
    if not any(pattern.match(line) for pattern in (_DELIMITER, _FAREWELL, _DEVICE, name)):
        return False
    beneath = [below.strip() for below in lines[number + 1 : end] if below.strip()]
    return len(beneath) <= _SIGNATURE_LINES and not any(_talk(below) for below in beneath)


def _talk(line: str) -> bool:
    if line.endswith("?") or _POSTSCRIPT.match(line):
        return True
    return (len(line) > _SIGNATURE_LINE or _sentence(line)) and not _DISCLAIMER.search(line)


def _sentence(line: str) -> bool:
    return len(line.split()) > 8 and line.rstrip("\"'”").endswith((".", "!", "…")) and "|" not in line


def _spoken(lines: Sequence[str]) -> bool:
    return any(line.strip() and not _QUOTED.match(line) and not _RULE.match(line) for line in lines)


def _replies(text: str) -> Any:
    """The messages that the library sees in a text, the newest first. It loads only once a mail is read."""
    from mailparser_reply.constants import MAIL_LANGUAGES
    from mailparser_reply.parser import EmailMessage

    languages = sorted(language for language in MAIL_LANGUAGES if len(language) == 2)
    return EmailMessage(text=text, languages=languages).read().replies
