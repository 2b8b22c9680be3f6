# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""The seller's moves: pressing for a signature, offering a better price, offering material."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from premortem.ledger.claims import Claim
from premortem.listening.readers._cues import Cue, heard, hears, reading, spot
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"close_pushed", "discount_offered", "content_offered"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "1"

_SIGNED = r"(?:sign(?:ed|ature|s)?|ink|paper(?:work)?|order(?: form)?|p ?o\b|the deal|this done|a go|your go|a yes|reply yes|loi|letter of intent|get this (?:done|over)|over the line|close)"
_BY = r"(?:by|before|until|till|this (?:week|month|side)|end of|tomorrow|today|friday|monday|tuesday|the (?:thirtieth|thirty[- ]first|twenty[- ]\w+|\d+(?:th|st))|in october|\d+ (?:march|june|october|december)|(?:march|december|september|june) \d+|within this)"
PUSHES = (
    Cue(
        "close_pushed",
        "our_year",
        r"\b(?:our|my) (?:financial |fiscal |half[- ])?(?:year|quarter|half|books|q[1-4]|month)(?:[- ]end)?(?:'s| is)?\b.{0,30}\b(?:ends?|clos\w+|shuts?|end|number|over)|\bit's our (?:year|quarter|half|financial|end of)|\b(?:our|my) (?:quarter|year[- ]end|half[- ]year)\b|\bthat's our (?:quarter|year)|\b(?:my|the|our) (?:q[1-4] |feb |quarterly |month )?(?:number|quota)\b|\bbook it in our\b|\bclosing on the\b|\bq[1-4]'?s closing\b",
        r"\bphone number\b|\bthe number of\b|\bthe numbers\b|\bthe number (?:for|on|in)\b|your number",
        asked=True,
    ),
    Cue(
        "close_pushed",
        "signed_by",
        rf"\b(?:if|need|could|can|want|provided|would|get|have|let's|any reason|aim for|back into|still)\b.{{0,50}}\b{_SIGNED}\b.{{0,50}}\b{_BY}\b",
        r"\byour (?:board|date|deadline|audit|own|contract)|\bas you (?:said|need)|\byou(?:'d| would)? (?:want|said|need)ed? (?:it|this) (?:signed|by)|\bwhen (?:would|do) you",
        asked=True,
    ),
    Cue(
        "close_pushed",
        "price_goes",
        r"\b(?:price|pricing|offer|discount|number|that|promo)\b.{0,40}\b(?:goes away|expires|only good|off the table|it's gone|is gone|while the|can't hold|cannot hold|forever|goes back (?:to|up)|can't promise)\b|\b(?:comes off the table|it's gone (?:on|and)|can't hold (?:it|that)|it's there till)\b",
        r"\byour offer|\bhold that price for (?:a|the) (?:year|three)|fixed|for (?:two|three|five) years",
        asked=True,
    ),
    Cue(
        "close_pushed",
        "boss",
        r"\bmy (?:boss|manager|director|vp|management)\b.{0,50}\b(?:over me|asks|number|generous|clear|wants|needs|approv|pressure|sign)|\bwhat would it take to (?:get|sign)|\bwhat do i need to do to get\b|\bjust (?:reply|shoot me|an email saying)\b|\bany reason we can't\b|\bhelp (?:me|my)\b.{0,20}\b(?:number|quarter|q[1-4])|\bnon-binding\b",
        asked=True,
    ),
    Cue(
        "close_pushed",
        "in_note",
        r"\b(?:told (?:her|him|them)|pushed|asked if|i need|need it)\b.{0,60}\b(?:by|before|q[1-4]|number|signed|signature|paper|\d+(?:st|th)|\d/\d+)\b",
        r"\basked if i\b|\bdemo\b|\bmeet",
    ),
)
DISCOUNTS = (
    Cue(
        "discount_offered",
        "percent",
        r"\b(?:i|we)\b.{0,30}\b(?:can|could|would|'ll|'d|do|take|give|knock|offer(?:ed)?|make|get you|authori[sz]ed)\b.{0,60}(?:\d+ ?%|\bper ?cent|\bpct|\bpercent|% off|\boff\b|\bdiscount|\bless\b)|\b\d+ ?(?:%|pct|per ?cent) (?:off|less|discount)|\boffered (?:him |her |them )?\d+",
        r"\baccuracy|uptime|\boff the (?:wall|floor)|day off|switch|\bpaid off|sign off|kick",
        asked=True,
    ),
    Cue(
        "discount_offered",
        "come_down",
        r"\b(?:come down (?:on|in|to|a)|sharpen|(?:some|a bit of|i've|any) room (?:on|in|to)|wiggle|flex|special (?:price|number|offer)|take the price down|throw (?:it |that |in )|thrown in|no charge|free of (?:charge|cost)|at no cost|waive|for free|hold the (?:price|rate|old)|best price|last price|better price|rate held|flat (?:at|for)|no penalty|owe us nothing|get (?:very )?creative|something (?:nice|special)|half price|nothing to pay|as a credit|fixed,? no|no cpi)\b",
        r"\broom (?:in|on) (?:the|your) (?:room|diary|calendar|building|agenda)|free of charge trial|trial\b",
        asked=True,
    ),
    Cue(
        "discount_offered",
        "to_number",
        r"\b(?:i|we) (?:can|could|'ll|will|'d)(?: probably| still| maybe)? (?:do|go to|get (?:you )?to|honou?r|take it (?:down )?(?:from|to)|make it|come in at)\b.{0,40}\b(?:\d{2,}|hundred|thousand|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|k\b)|\bwould (?:twelve|\w+) do\b|\bsay three hundred\b|\bwhat if we put a lid\b|\b(?:price|fee) (?:goes|comes) down",
        r"\bdo (?:the )?(?:twenty|thirtieth|thirty[- ]first|second|third|\w+day|morning)|\b(?:at|on|by) (?:the )?(?:nine|ten|eleven|half|\d+(?:am|pm|th))|minutes|terminals|users|weeks|days|hours|stores|shops",
        asked=True,
    ),
)
_MATERIAL = r"(?:references?|case stud\w+|customer stor\w+|stor(?:y|ies)\b|white ?papers?|decks?|documents?|documentation|docs?\b|pack\b|bundle|brochures?|flyers?|leaflet|reports?|webinars?|videos?|roi (?:stud\w+|calculator|deck|model)|calculator|one-?pager|data ?room|datasheets?|spec(?:s| sheet)?\b|certificates?|soc ?2|iso|guide|summary|material|reading|write-?up|slides?|battlecards?|letters?|case\b|names\b|sample|template|security (?:pack|paper|document)|permits?|e-?book|benchmark|everything)"
CONTENT = (
    Cue(
        "content_offered",
        "send",
        rf"\b(?:i|we|let me)(?:'ll| will| can| could| shall| would)?(?: also| just| then)?\s?(?:send|sending|shoot|share|forward|attach(?:ed)?|drop|get you|follow up with|give you|put (?:you )?together|email|dig out|bring you|mail)\b.{{0,60}}\b{_MATERIAL}\b",
        r"\b(?:proposal|quote|quotation|invite|invitation|contract|link to the|order form)\b|did i|did you",
        asked=True,
    ),
    Cue(
        "content_offered",
        "attached",
        rf"\b(?:attach(?:ed|ing)|enclosed|here(?:'s| is| are)|you(?:'ll| will) find|please find|sent (?:him|her|them|the|a|over)|sending|link (?:to|below)|added)\b.{{0,60}}\b{_MATERIAL}\b|^\s*{_MATERIAL}.{{0,20}}attached",
        r"\b(?:proposal|quote|quotation|order form|invoice|contract|agreement|minutes|markup|redline|plan|photos?)\b|here's the thing",
        asked=True,
    ),
    Cue(
        "content_offered",
        "have",
        rf"\bwe(?:'ve| have)(?: got)? (?:a |an |some |the |two |three |several |a few )?(?:\w+ ){{0,3}}{_MATERIAL}\b.{{0,40}}\b(?:send|share|show|read|you|on that)\b|\bput you in touch with (?:a|one|two|another) (?:customer|client|reference)|\b(?:customer|reference)s? (?:you can|who'd|i can)",
        r"\byou sent\b",
        asked=True,
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    yield from _pushes(scene)
    yield from spot(scene, DISCOUNTS, "seller")
    yield from spot(scene, CONTENT, "seller")


def _pushes(scene: Scene) -> Iterator[Reading]:
    for said in heard(scene, "seller"):
        for cue in PUSHES:
            if cue.name == "in_note" and not scene.in_note:
                continue
            hit = hears(cue, said)
            if hit is not None:
                yield reading(scene, cue, said, *hit.span())
                break
