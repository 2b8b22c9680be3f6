# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Who is for us, who would fight for it and why, and who is against."""

from __future__ import annotations

from collections.abc import Iterable

from premortem.ledger.claims import Claim
from premortem.listening.readers._about import Spoken, of_speaker
from premortem.listening.readers._cues import Cue, spot
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"wants_us", "will_fight", "personal_stake", "opposition_stated"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "1"

_US = r"(?:you(?: (?:lot|guys|people|blokes|folks|all))?|y'all|us|yours|your people|these (?:guys|ones|folks)|this one|it to be you|the one with)"
OURS = (
    Cue(
        "wants_us",
        "up_to_me",
        r"\bif (?:it|that) (?:was|were|is|'s) (?:just |only )?(?:up|down|his|her|my)\b.{0,20}(?:to (?:me|her|him|taste)|mine|own money|to take)",
    ),
    Cue(
        "wants_us",
        "want_you",
        rf"\bi(?:'d| would|'m| do| too| also| still| really| personally| want| prefer)*\b.{{0,25}}\b(?:want|prefer|like|rather|sooner|choose|take|pick|go with|love|with)\b.{{0,25}}\b(?:{_US} (?:to (?:get|win|have|do)|tomorrow|today|over|than|before|and not|since)|it (?:to be|was|is|be|becomes) (?:you|\w+field|\w+)|y'all to get|it was you)\b|\bit(?:'s| is) (?:you|yours|ye|you lot) (?:that )?i want\b|\bi(?:'m| am) still with you\b|\bremain keen on you\b|\bi want (?:these|this one|the one|you lot|you guys|you)\b",
        r"\bi want you to (?:see|know|understand|send|show|meet|explain)|would you like|\bif you\b|want you to|i want this (?:to|in|by)|what i",
    ),
    Cue(
        "wants_us",
        "in_note",
        r"\b(?:still )?(?:wants|prefers|would take|he'd take|she'd take|he'd have|she'd have) (?:us|to go with us|it to be us|ours)\b|\b(?:he|she|they)(?:'d| would) (?:have|take|pick) us\b|\bwants \w+ and not the others",
    ),
)
FIGHTS = (
    Cue(
        "will_fight",
        "stand_up",
        r"\b(?:i'll|i will|i'm going to|i'm gonna|going to|will|i) (?:stand (?:up|there)|go (?:in )?to bat|make the case|speak for it|fight|push (?:for|it|hard)|argue|bang(?:ing)? the table|be banging|take it to the mat|raise my|carry it in)\b|\bgo in to bat\b|\b(?:she|he) (?:will|'ll|'d|would) (?:make the case|fight|stand up|push|go in to bat|take it to the mat)|\bbe the loud one\b|\bstuck my (?:head|neck) (?:up|out)|\bstand behind it\b|\bfought it hard\b|\bi stood up in\b",
        r"stopped sticking|i fight with",
    ),
    Cue(
        "will_fight",
        "tell_them",
        r"\bi(?:'ll| will| shall| have|'ve|'m going to)? (?:also |already )?(?:tell|told|say|said|written|put)\b.{0,40}\b(?:so (?:loudly|out loud|to)|in front of everybody|whoever|to (?:his|her|their) face|myself|loudly|out loud|as much|your case|it was you|that i stand|with my name|at some length|it is you)\b|\bi (?:won't|don't|'ll not|will not|am not going to|'m not going to) (?:let (?:it|this)|drop (?:it|this)|give (?:it )?up|leave before|shut up)\b|\bkeep telling them\b|\bisn't going to drop it\b|\bi(?:'ve| have) told (?:them|him|her|the [a-z]+) (?:i'm not|that we|we|to hold)",
        r"\bi told you\b|tell you|myself when there",
    ),
)
STAKES = (
    Cue(
        "personal_stake",
        "nights",
        r"\b(?:get|give me|have|want|got) (?:back )?my (?:weekends?|saturdays?|sundays?|evenings?|nights?|friday\w*)\b|\bmy (?:weekends|saturdays|sundays|evenings|nights) (?:back|again)|\bi (?:stand|sit|spend|have spent|have been here|am here|drive|get called|am called|'m called)\b.{0,40}\b(?:weekends?|saturdays?|sundays?|evenings?|nights?|till (?:nine|ten|eleven|midnight)|until (?:nine|ten|eleven|midnight))|\bi(?:'m| am) the one who(?:'s| is| sits| gets)? .{0,25}(?:called|saturday|night|blamed|sits)|\b(?:full )?nights' sleep\b|\bcalled at night|\bi(?:'d| would) (?:like|love) to (?:sleep|go home|be home|see my|get home|still be|leave)\b",
        r"\bwe\b|\bhow was|was at|had a|good weekend|my daughter's (?:phone|idea)|next weekend|on saturday\b|last night|send",
    ),
    Cue(
        "personal_stake",
        "career",
        r"\b(?:promotion|my bonus|my career|my pension|my job|job (?:is )?coming up|director (?:job|position)|before i retire|my neck|my head on|my face|my name(?:'s)? on it|on the front page|make me (?:lead|head|director)|my (?:next )?review|she wants that job|he wants that job|remember(?:ed|ing)? me as|be known as|the (?:lady|one|guy) (?:with|who is called)|good for me|me to lead|my successor)\b",
        r"\bnot my job\b|my job is to|part of my job|it's my job",
    ),
)
AGAINST = (
    Cue(
        "opposition_stated",
        "against",
        r"\b(?:he|she|they|[A-Z]\w+|it|who)(?:'s| is| are| was|'ll be| will be)? (?:also |still |dead |quite |openly )+(?:against|negative)\b|\b(?:he|she|they|[A-Z]\w+|who)(?:'s| is| are| was| were|'ll be| will be) (?:also |still |dead |quite |openly )*(?:against|not (?:a friend|for it|keen|convinced|impressed|a fan)|sceptical|skeptical|opposed|no friend|dead set|done with it)\b|\bno fan of\b|\bsees no (?:reason|need|point)\b|\b(?:he|she|they|[A-Z]\w+) (?:won't (?:countersign|sign it|have it)|will not (?:like you|sign|have)|would never)\b",
        r"\bno longer\b|\bnobody\b|not against|vendors|doesn't want to be disturbed|up against|doesn't like being|the rain|against the (?:wall|clock)|meet",
    ),
    Cue(
        "opposition_stated",
        "prefers_rival",
        r"\b(?:he|she|they|[A-Z]\w+)(?:'s|'d| is| are| would)? (?:\w+ )?(?:pushing|prefers?|sooner (?:have|own|build)|rather (?:have|keep|go with|own|build|stay)|wants to (?:keep|stay|go with)|in favou?r of|leaning|likes? them|happy to go with|swears by|sold on|would rather)\b",
        r"\bprefers? (?:to (?:speak|talk|meet|call|read)|us|yours|you)|rather not|rather (?:you|i|he|she|we)|by (?:phone|email)|pushing (?:for us|hard for)",
    ),
    Cue(
        "opposition_stated",
        "words",
        r"\bover my dead body\b|\bnot on my\b|\bwaste of (?:money|time)\b|\ba toy\b|\bgadget\b|\bmemo against\b|\bi don't vote for\b|\bi(?:'m| am) against\b|\bvote with (?:his|her) feet|\bis (?:his|her) baby\b|\bdon't want a new\b|\bme i'd build\b|\bhe will not like you\b",
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    ours = (*(cue for cue in OURS if scene.in_note or cue.name != "in_note"), *FIGHTS, *STAKES)
    for found in spot(scene, ours, "buyer"):
        yield of_speaker(scene, found)
    spoken = Spoken(scene)
    for found in spot(scene, AGAINST, "buyer"):
        yield spoken.about(found)
