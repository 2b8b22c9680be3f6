# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Money as the buyer has it: set aside, missing, or not enough for the price."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.money import amounts
from premortem.listening.readers._cues import Cue, heard, hears, reading, spot
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"budget_confirmed", "budget_missing", "price_objection"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "1"

_POT = r"(?:budget|pot|line|envelope|plan|fund|grant|capex|opex|bucket|cost cent(?:re|er)|allocation|forecast|round|reserve)"
_SUM = (
    r"(?:\d[\d.,']*|hundred|thousand|million|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|grand|ten|fifteen)"
)
MISSING = (
    Cue(
        "budget_missing",
        "no_line",
        rf"\b(?:no|not|isn't|wasn't|never|nothing|none|without|don't think|aren't)\b.{{0,30}}\b(?:{_POT}|money|funding|budgeted|funds|pot)\b",
        r"\bnot (?:the|about|a matter of|my) (?:money|budget)|no (?:question|problem)|on the (?:phone|line)|line (?:one|two|three|four|\d)|not (?:sure|just)|plan (?:b|to)|production|money back",
    ),
    Cue(
        "budget_missing",
        "gone",
        rf"\b(?:{_POT}|money|unspent|funding)\b.{{0,40}}\b(?:gone|spent|cut|frozen|swept|pulled|closed|baked|used up|blocked|dried up|promised|withdrawn)\b|\b(?:cut|frozen|swept|pulled|clawed)\b.{{0,30}}\b(?:{_POT}|money|spend)\b",
        r"\bfor a song\b",
    ),
    Cue(
        "budget_missing",
        "unknown",
        rf"\b(?:don't know|no idea|not sure|can't say|couldn't tell|i'd have to (?:look|ask|find)|have to go (?:back )?and ask|whether|if) .{{0,30}}\b(?:{_POT}|money|funding|anything left)\b|\bneed to come (?:off|out of)\b|\bnot approved a\b|\bhaven't (?:approved|released)\b|\bhave released nothing\b|\bquestion mark\b|\bneed(?:s)? to find (?:the )?(?:money|\w+ thousand)\b",
        r"\bif there's money in it",
    ),
)
CONFIRMED = (
    Cue(
        "budget_confirmed",
        "in_the_pot",
        rf"\b(?:there(?:'s| is| are)|i(?:'ve| have)|we(?:'ve| have)|he(?:'s| has|'d)|she(?:'s| has)|got|put|had)\b.{{0,40}}\b{_SUM}\b.{{0,40}}\b(?:in|for|under|from|set aside|put away|left)\b.{{0,40}}\b{_POT}|\bin (?:the|my|our|this year's|next year's) .{{0,20}}{_POT}\b.{{0,50}}\b{_SUM}\b|\b{_POT}\b.{{0,30}}\b(?:is|of|says|at|has|got)\b.{{0,12}}\b{_SUM}\b|\bthere(?:'s| is) a .{{0,20}}\b{_POT}\b",
        r"\bno\b|n't|nothing|\bnot\b|spent|\bgone\b|deadline|on the line|\bif there|cut|frozen|bottom line|\bover (?:the )?budget|per month|\bline [0-9]",
    ),
    Cue(
        "budget_confirmed",
        "set_aside",
        r"\b(?:set aside|put (?:by|aside|away)|ring-?fenced|earmarked|allocated|pencilled|foreseen in|budgeted for|kept (?:back )?(?:something|some)|down for (?:it|this|quality)|money(?:'s| is) (?:there|sitting|freed|released)|released from|is released|approved (?:out of|\d|[$€£]|in the amount)|board approved|has been voted|been voted|is approved|i approve that|have approved|it's in the plan|in the plan)\b",
        r"\bno\b|n't|nothing|\bnot\b|\bnever\b|\bif\b|unless",
    ),
    Cue(
        "budget_confirmed",
        "about",
        rf"\b(?:i have|i've got|we have|we've got|have) (?:about|around|roughly|up to)? ?(?:an? )?{_SUM}\b.{{0,25}}\b(?:for (?:it|this)|left|to spend|in it)\b|\ballowed to spend\b|\bmy (?:envelope|budget) (?:says|is)\b",
        r"\bno\b|n't|\bnot\b|\bif\b|years|people|shops|machines|minutes",
    ),
)
DEAR = (
    Cue(
        "price_objection",
        "too_much",
        r"\btoo (?:dear|expensive|much (?:money|for)|pricey|rich|steep)\b|\b(?:a )?(?:lot|plenty) of (?:money|crowns|dough|cash)\b|\b(?:steep|pricey|spicy|dear(?:er)?|eye-?watering|salty?)\b|\beyes water\b|\b(?:made|make) (?:him|her|me|us|them|my) (?:whistle|choke|eyes)|\bfell off (?:his|her|my) chair\b|\bmore than (?:i|we) (?:wanted|can|have|hoped|planned|expected|could)\b|\bstill a lot\b|\ba lot for\b|\brather a lot\b",
        r"\bdear (?:mr|ms|all|sir|dr)|^dear |oh dear|learn|costs us a lot|not (?:that|too) (?:dear|expensive)",
    ),
    Cue(
        "price_objection",
        "over",
        rf"\b(?:shade|bit|percent|per cent|thousand|nine|ten|five|twenty|lot|way) (?:over|above)\b(?=[.,;!]|$| (?:budget|what|us|our|the (?:budget|line)|and|on top))|\b(?:dearer|more expensive) (?:than|for|$)|\bdouble (?:what|per|the)\b|\bcan't (?:go|carry|take|put|bring)\b.{{0,30}}\b{_SUM}\b|\b{_SUM} is not {_SUM}\b|\bis over what\b|\b(?:third|dearest|most expensive) of (?:the )?(?:three|four|two)\b|\b(?:they|others|[A-Z]\w+) (?:are|is|came|have written|came in) .{{0,30}}\b(?:cheaper|less|at {_SUM})",
        r"\bmoved over|come over|bring .{0,12} over|all over|go over|ran over|over (?:there|here|to|coffee|lunch|the (?:weekend|phone|line))|left over|hand over|half over|over (?:ten|fifty|\w+) thousand (?:it|goes|is|he|she|i)",
    ),
    Cue(
        "price_objection",
        "cheaper",
        r"\b(?:sharpen (?:it|the|your)|can you (?:do|go) (?:it |any )?(?:better|lower|cheaper)|(?:is|any) (?:there )?(?:any )?(?:room|movement|give) (?:on|in) (?:the )?price|reason for a discount|what'?s your best|knock (?:something|some|a bit) off|bring (?:it|the price) down|not pay the (?:list|full)|pay the (?:list|full) price|come down (?:on|in) (?:the )?price|(?:want|need|get|have) it cheaper)\b",
        r"\bthey're cheaper to\b",
        asked=True,
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    for said in heard(scene, "buyer"):
        for cue in (*MISSING, *CONFIRMED):
            hit = hears(cue, said)
            if hit is not None:
                yield _with_amount(reading(scene, cue, said, *hit.span()), scene)
                break
    yield from spot(scene, DEAR, "buyer")


def _with_amount(found: Reading, scene: Scene) -> Reading:
    if found.claim != "budget_confirmed":
        return found
    text = scene.turns[found.turn].text
    said = amounts(text[found.start : found.end])
    if not said:
        return found
    one = said[0]
    at = (found.start + one.start, found.start + one.end)
    return replace(found, value=one.value, value_at=at)
