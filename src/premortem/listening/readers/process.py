# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""How it will be decided, as the buyer tells it or does not know it."""

from __future__ import annotations

from collections.abc import Iterable

from premortem.ledger.claims import Claim
from premortem.listening.readers._cues import Cue, spot
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"decision_process_described", "decision_process_unknown"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "2"

_BODY = r"(?:board|committee|council|exec(?:utive)?(?: team)?|jury|partners|leadership group|steering (?:group|committee)|procurement|purchasing|legal|works council|management circle|risk committee|capex|tender|audit and risk|bureau|finance|commissioners)"
BUYING = r"\b(?:decid|decis|sign|approv|buy|bought|purchas|order|tender|procure|contract|committee|board|council|budget|invest|spend|process|route|say yes|says? (?:yes|no)|final|last word|who all|who has|quotes?)\w*"
"""Words of deciding and buying: without them, 'I really can't' is about something else."""

_NOT_KNOWN = r"(?:don't|do not|doesn't|didn't|no idea|not sure|unclear|couldn't|can't|cannot|nobody|hard to say|not clear|no clue|wouldn't|never known)"
UNKNOWN = (
    Cue(
        "decision_process_unknown",
        "dont_know",
        rf"\b{_NOT_KNOWN}\b.{{0,40}}\b(?:who (?:decides|signs|all|would (?:sign|decide|approve)|you'd ask|to ask)|how (?:they|we|it|that|this) (?:\w+ )?(?:pick|decide|choose|buy|gets? (?:bought|decided|signed|approved))|whose (?:signature|note|name|call|decision)|what (?:the )?(?:route|path|process)|which (?:route|committee))|\bwho decides\b.{{0,30}}\b(?:don't know|no idea|\?)|\bwhose signature\b.{{0,20}}\bneeds\b",
        r"\bnobody has asked",
    ),
    Cue(
        "decision_process_unknown",
        "how_it_goes",
        rf"\b{_NOT_KNOWN}\b.{{0,40}}\b(?:who (?:has|sits|will|it is|that is)|how (?:they|it|that|this|such|\w+) (?:would|'d|gets?|will|runs|goes|is|works?))\b",
        r"\bhow it works technically|\bnobody has asked",
        also=BUYING,
    ),
    Cue(
        "decision_process_unknown",
        "never_done",
        r"\b(?:never|not) (?:bought|had to buy|been one of these|been asked to buy)\b.{0,40}|\bnobody has the last word\b",
        r"never (?:bought|had) (?:a|any) (?:problem|coffee)",
    ),
    Cue(
        "decision_process_unknown",
        "cannot_say",
        r"\b(?:never|not) (?:done|so big)\b.{0,40}|\b(?:one day they say|depends who|has no idea|nobody has told (?:me|us)|still not clear|no clue|(?:i|she|he) (?:honestly|really|genuinely|still) (?:don't|doesn't|can't|couldn't) (?:know|tell|say))\b",
        r"never done (?:it|that) (?:by|in)|don't (?:want|mind|care|like|need)|can't (?:wait|hear|see|complain)",
        also=BUYING,
    ),
)
DESCRIBED = (
    Cue(
        "decision_process_described",
        "goes_to",
        rf"\b(?:goes|go|comes|take it|bring it|put (?:it )?(?:up )?(?:on|to|before)|takes it|has to (?:go|pass)|must (?:go|pass)|passes|past)\b.{{0,25}}\b(?:to|through|before|in|past|on)\b.{{0,20}}\b(?:{_BODY}|agenda|it security|data protection|dpo|compliance|review)\b",
        r"\bgo on (?:holiday|leave)|\bnever\b",
    ),
    Cue(
        "decision_process_described",
        "scores",
        r"\b(?:three|two|minimum \w+) (?:quotes|bids|offers)\b|\b(?:scor(?:e|es|ing)|weighted|points list|marking|evaluation) .{0,50}\b(?:percent|per cent|price|technical|seventy|sixty|forty|us|criteria)|\b(?:sixty|seventy|forty|fifty|thirty|\d\d) ?(?:%|per ?cent)? (?:is |on (?:the )?)?(?:technical|price|quality)|\bthey vote\b|\bwe (?:all )?vote\b|\bpublic tender\b|\bsealed bid|\bframework\b|\bknock-?out criteri",
    ),
    Cue(
        "decision_process_described",
        "body_meets",
        rf"\b{_BODY} (?:meets?|sits?|decides?|votes?|looks?|approves?|reads|has to|gives|must|closes|finishes|scores?|needs)\b|\bon the agenda\b|\bcapex form\b|\bbusiness case\b|\bmanagement committee\b",
        r"\bfinance (?:girl|lady|man)",
    ),
    Cue(
        "decision_process_described",
        "steps",
        r"\b(?:first|then)\b.{3,70}\b(?:then|after that|afterwards)\b.{0,60}\b(?:sign|decid|approv|board|committee|legal|procurement|purchas|contract|order|vote|finance)|\bi (?:write|make|bring|do|prepare) (?:a|the) (?:paper|recommendation|memo|note|case|requisition)\b|\b(?:propose|recommend)s?,? (?:and )?(?:he|she|they) (?:signs?|decides?|approves?)|\bcountersigns\b|\bneeds? (?:two|three|both|\w+) signatures\b|\b(?:everything|all|anything|contracts?|software) (?:over|above|with)\b.{3,40}\b(?:goes|needs|has to|to go|must|are awarded|with)\b",
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    yield from spot(scene, (*UNKNOWN, *DESCRIBED), "buyer")
