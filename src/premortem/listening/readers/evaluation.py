# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Trying it out, and what the buyer asks to be sent."""

from __future__ import annotations

from collections.abc import Iterable

from premortem.ledger.claims import Claim
from premortem.listening.readers._cues import Cue, spot
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"trial_discussed", "collateral_requested"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "1"

TRIALS = (
    Cue(
        "trial_discussed",
        "word",
        r"\b(?:trial(?:s|led|ling)?|pilots?|piloting|proof of concept|poc|sandbox|test (?:area|environment|run|kit|phase)|loan (?:unit|kit)s?|demo (?:unit|licen[cs]e|environment)|small test|(?:little|real|blind) test|try it (?:out|on|in)|kick the tires|try (?:it|them) (?:for|on|out))\b",
        r"\bautopilot|\bin court|fraud trial|on trial\b|trial and error|trials and",
        asked=True,
    ),
    Cue(
        "trial_discussed",
        "weeks",
        r"\b(?:two|three|four|six|eight|\d) weeks?\b.{0,40}\b(?:free|no charge|one (?:site|shop|line|depot|team|group)|on (?:line|site)|live with|load|side by side|with (?:real|our|your))\b|\b(?:one|two|three|\d+) (?:units?|terminals?|machines?|trucks?|sites?|branches|shops|copiers|boxes|depots?|kits?)\b.{0,30}\b(?:for|free|weeks|to (?:try|start|play)|no charge)\b|\bthirty days free\b|\bset (?:it|one|them|you) up (?:on|in|with|for)\b",
        r"\bdelivery\b",
        asked=True,
    ),
)
_MATERIAL = r"(?:references?|case stud\w+|white ?papers?|slides?|deck|documentation|document|certificates?|iso\b|soc ?2?|pen(?:etration)? test|price (?:list|sheet)|brochure|one-?pager|security (?:pack|paper\w*|document)|datasheet|spec sheet|report|cvs?|packet|annex(?:es)?|in writing|sample|example report|list of customers|phone number|write-?up|leaflet|data fields|agreement|method)"
REQUESTS = (
    Cue(
        "collateral_requested",
        "send_me",
        rf"\b(?:send|share|give|let me have|forward|get me|show me|shoot me|email|mail|do you have|have you got|is there|could i have|can i (?:have|get|see)|i(?:'d| would)? (?:need|want|like|wish)(?: to (?:see|have|read))?|i also need|we need|wants?|please)\b.{{0,60}}\b{_MATERIAL}\b",
        r"\b(?:i'll|we'll|i will|i can|let me|they|he|she) (?:send|share|give|forward|put)\b|\bi (?:sent|send|gave|got)|\bthey (?:sent|need)|\bneed (?:it )?in writing from him|i've sent",
        asked=True,
    ),
    Cue(
        "collateral_requested",
        "someone_like_us",
        r"\b(?:somebody|someone|anybody|anyone|another|a customer|customers?|two of your|one of your)\b.{0,40}\b(?:i can (?:ring|call|speak|talk)|like (?:us|my|me|ours)|who(?:'s| has| have) (?:done|changed)|talk to two|to ring)\b|\btalk to (?:two|one|some|a few) of (?:our|your) customers\b|\bspeak with one of these\b",
        asked=True,
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    yield from spot(scene, TRIALS, "buyer", "seller")
    yield from spot(scene, REQUESTS, "buyer")
