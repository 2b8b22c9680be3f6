# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Meeting further people: asked for by the seller, agreed or refused by the buyer."""

from __future__ import annotations

from collections.abc import Iterable

from premortem.ledger.claims import Claim
from premortem.listening.readers._about import Spoken
from premortem.listening.readers._cues import Cue, Heard, heard, hears, matches, reading
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"introduction_asked", "introduction_agreed", "introduction_refused"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "2"

_WHOM = r"(?:him|her|them|those|(?:the|your|our) [a-z]+|[A-Z][\w'-]+|dr\.? |mr\.? |mrs\.? |ms\.? |whoever|somebody|someone|everyone)"
_MEET = r"(?:meet|speak (?:to|with|directly)|talk (?:to|with)|sit down with|get in front of|say hello to|have a (?:quick )?(?:word|chat|coffee) with|call|ring|phone|present to|explain)"
ASKS = (
    Cue(
        "introduction_asked",
        "get_on",
        r"\b(?:could|can|shall|should|would|might|let's|want to|love to|like to|be good to|great to|worth|maybe|help if)\b.{0,40}\b(?:get|have|bring|loop|invite|include|rope|put|connect|introduce)\b.{0,30}\b(?:on|in|into|along|together|involved|(?:half an hour|(?:ten|fifteen|twenty|five|thirty|\d+) min\w*|time|a word|a call|an hour|a chat|a quick word|the half hour) with|up with|me with|in touch|join)\b",
        r"\bget (?:you|us|it|that|this|something|a date|the paper) (?:on|in) |bring you|put you|\bi'll (?:bring|have|get)|have a look|get (?:back|started|into)|\bmy (?:colleague|manager|boss)|our (?:engineer|architect|expert|solutions|specialist|own)|have (?:it|that|this|something|a)\b.{0,20} in\b",
        asked=True,
    ),
    Cue(
        "introduction_asked",
        "minutes",
        r"\b(?:(?:ten|fifteen|twenty|five|thirty|twenty-five|\d+) ?min\w*|half an hour|an hour|a word|a coffee|a chat|a short call|a (?:short |quick )?hello|a quick word|that half hour|a sit-?down|a call) (?:on the phone )?(?:with|to) ",
        r"\bwith (?:you|me|us|our|my)\b|i had a|had a chat",
        asked=True,
    ),
    Cue(
        "introduction_asked",
        "meet",
        rf"\b(?:could|can|may|shall|should|would|would you mind if|i'd|i would|i want to|i'd like to|i'd love to|help if|is it possible|when do|if|happy to|good moment|worth|sense to|possible)\b.{{0,45}}\b{_MEET} ",
        r"\b(?:meet|speak|talk|call|ring|phone|explain) (?:with |to )?(?:you|again|next|soon|me|us|it|the (?:price|trial|pilot|numbers)|on|in|about|at|back|tomorrow|before|monday|tuesday|wednesday|thursday|friday)\b|let's meet|we can meet|we meet",
        asked=True,
    ),
    Cue(
        "introduction_asked",
        "would_they",
        r"\bwould (?:he|she|they|(?:mr\.? |dr\.? |mrs\.? |ms\.? )?[A-Z][\w-]+) (?:also )?(?:come|join|give us|take|talk|let me|see us|be (?:up|open|willing)|want to|wanna|like to)\b|\b(?:introduce me|bring (?:him|her|them) |put us together|put me through|connect me|in touch with|get me in|set me up|show it to (?:him|her)|in front of (?:him|her|them)|point me at|reach out to)\b",
        r"\bhe'd|i'll bring",
        asked=True,
    ),
    Cue(
        "introduction_asked",
        "softly",
        r"\b(?:would (?:it|that|there|you)|should i|shall i|maybe i should|i(?:'d| would) (?:\w+ ){0,2}(?:love|like|sooner|rather|need)|could i|can i|might be|it'd be|it would be|any chance|is there (?:a way|any way|anyone|anybody|a world)|i can|i could|i'll go|if i|would he|would she|would they|i'm happy|happy to)\b.{0,40}\b(?:meet\w*|spoke|speak\w*|talk\w*|chat|word|hello|see|sits?|(?:ten|fifteen|twenty|five) minutes?|half an hour|call|ring|rang|write|hear|explain|show|take|getting|got on|jump on|get|drop)\b.{0,30}\b(?:him|her|them|both|with|to|on|[A-Z][\w-]+)\b",
        r"\bwith (?:you|me|us|our|my)\b|show you|send you|see you|see how|i can (?:get|see|show|take|send|write) (?:it|that|this|you|the|a|in)|to see (?:if|the|what|how)|take (?:you|that|the)|write (?:it|that|the)|get (?:it|you|the|a|back|that|this|to (?:the|a))|talk (?:about|you)",
        asked=True,
    ),
    Cue(
        "introduction_asked",
        "in_note",
        r"\b(?:asked|offered|tried)\b.{0,30}\b(?:for|could i|if i could|if we could|to meet|to be put|about meeting|to get|get me|to talk|to speak|introduce|to see|to set)\b.{0,50}",
        r"\bdiscount|price|date\b|\bPO\b|demo\b|for (?:a )?(?:decision|feedback|the (?:numbers|budget|price|report))|\bshe asked|he asked|they asked|asked (?:us|me)\b",
    ),
)
AGREES = (
    Cue(
        "introduction_agreed",
        "ill_bring",
        r"\b(?:i'll|i will|i can|i could|let me|i|we'll|i might|i'm going to|should i|we) (?:also )?(?:try to |try and )?(?:get|bring|drag|grab|have|rope in|introduce|put|patch|arrange|organise|organize|set|make sure|tee|line up|invite|ask)\b.{0,20}\b(?:him|her|them|you (?:two|with|in front|together|in the same)|[A-Z][\w'-]+|it up|that up|around)\b.{0,40}",
        r"\b(?:i'll|i can|i will) (?:get|have|bring|send|put) (?:it|that|you (?:the|a|those|that|my|some|two)|this|those|the)\b|back to you|i have to|not (?:now|yet|before)|\bdon't|\buntil\b|\bi can't|only when|let me (?:soften|get)|when (?:i|there)|\b(?:i|we) (?:have|put|get|set|ask|bring)\b (?:the|a|to|it|two|three|in|not|no|been|my|an|about|already)\b",
    ),
    Cue(
        "introduction_agreed",
        "wants_to_see",
        r"\b(?:he|she|they|[A-Z][\w-]+) (?:will sit down with you|wants to (?:see|meet|talk)|would (?:speak|come|talk|meet)|will (?:join|come|see you|be (?:there|in|on)|give (?:you|us))|gives us|has said yes|can (?:join|come)|agreed to (?:meet|join|see))|\bhas got (?:us|[A-Z]\w+) (?:for )|\bgot us [A-Z]|\bbring us together|\b(?:is|'s) in for the\b|in (?:his|her) diary",
        r"\bnot\b|n't|\bwhen\b|\bonce\b|to join the",
    ),
    Cue(
        "introduction_agreed",
        "be_my_guest",
        r"\b(?:be my guest|ring (?:him|her) (?:yourself|direct)|i'll give you (?:his|her)|you should (?:meet|go and see|talk to|speak to)|here's (?:his|her) (?:number|mail|email)|(?:he|she) (?:would|'d) (?:come|love to|join)|talk to [A-Z]\w+,? (?:he|she))\b",
    ),
    Cue(
        "introduction_agreed",
        "in_note",
        r"\b(?:will|to) (?:introduce|put|bring|arrange|get|forward|invite)\b.{0,40}\b(?:us|[A-Z]\w+|himself|herself)\b",
        r"\bwhen\b|\bnot\b|once|he'll|she'll arrange",
    ),
)
_LATER = r"(?:not (?:yet|now|today|before|until|till|during|while|at this)|too early|wait (?:till|until)|hold (?:off|fire)|leave (?:it|that)|after the|let (?:me|us|him|her|it|things?)|first)"
REFUSES = (
    Cue(
        "introduction_refused",
        "leave_to_me",
        r"\b(?:leave|let)\b.{0,25}\b(?:(?:to|with) me|be\b|in peace|alone|rest)|\bi'll (?:handle|deal with|manage|organise|take care of|talk to|speak to|carry|brief|tell) (?:him|her|them|that|it|[A-Z]\w+)\b|\blet me (?:carry|handle|feel|soften|talk|speak|do|deal|get (?:him|her)|first|prepare|warm)|\bi (?:will|would|'d rather) (?:only )?(?:tell|brief|speak|talk)(?: to| with)? (?:him|her|them|[a-z]+) (?:myself|first|alone)|\bi do (?:it |that )?myself\b|\bi'd leave (?:him|her|them|it)\b",
        r"let me (?:know|see|check|think)|leave it (?:there|at that)|leave that with (?:me|us)",
    ),
    Cue(
        "introduction_refused",
        "no_need",
        r"\bno (?:need|sense|point|use)(?: (?:to|for|in|of))?.{0,12}\b(?:bother|bug|disturb|speak|talk|involve|meet|you|go|drag|worry)|\bdon't (?:need|have|want) to (?:bother|disturb|talk|involve|poke|meet|drag|worry)|\b(?:don't|do not) (?:push it|poke|bother|worry about|disturb|call|ring|go around)|\bnot (?:necessary|worth (?:the drama|it))|\byou do not need\b|\bno need\b",
    ),
    Cue(
        "introduction_refused",
        "not_yet",
        r"\b(?:not (?:yet|now|today)|not (?:before|until|till|while|during)\b.{3,60}|too early|hold (?:off|fire)|let us not hurry|not for now|for now it's not|maybe once|now is not the time|best not|(?:he|she)'d rather not|rather you didn't|prefer i didn't|isn't a good idea|i don't think a meeting)\b",
    ),
    Cue(
        "introduction_refused",
        "doesnt_see",
        r"\b(?:does(?:n't| not)|don't|won't|never) (?:see|sit|talk|meet|take calls|speak|deal|want to be disturbed|do|like)\b.{0,15}\b(?:vendors?|suppliers?|sellers?|reps?|salespeople|sales ?(?:person|people|men)|calls|being sold|with vendors)|\b(?:won't|don't) want (?:a )?(?:sales|vendor)|\ballergic to (?:vendors|sales)|\bno (?:vendor|reps?|sellers?) (?:can|before|may|in|at)\b|\b(?:vendor|bidder|candidate)s? (?:can(?:not|'t)|may not|is not allowed)|\ball questions? (?:through|to|thru) (?:me|him|her)\b|\bgo through me\b",
    ),
    Cue(
        "introduction_refused",
        "when_ready",
        r"\b(?:when|once|if) (?:i|there|we|it|he|she)(?:'ve|'s|'re| have| has| is| are)?(?: got)? (?:a )?(?:something|number|result|pilot|numbers|anything|the numbers|works?|running|a demo).{0,40}\b(?:him|her|then i|i (?:will )?(?:bring|call|show|tell)|invite)|\b(?:until|till|unless) i(?:'ve| have) (?:got |had )?(?:something|numbers|a (?:result|number|pilot|case)|been through|it)|\bi'd wait\b|\b(?:let|wait)\b.{0,40}\bfirst\b|\b(?:he|she)'s (?:away|on (?:a )?(?:tour|holiday|leave)|in (?:audit|holidays))|\bhard to pin down|\bhas (?:enough|a lot of) (?:other )?things",
    ),
    Cue(
        "introduction_refused",
        "in_note",
        r"\basked\b.{0,60}\b(?:meet\w*|introduc\w*|minutes|mins?|half an hour|speak|talk|word|present|see (?:him|her|(?-i:[A-Z])))\b.{0,60}\b(?:not|no\b|wait|rather|after the|till|until|leave|first)\b|\b(?:rather not|not yet|best not|off limits|let (?:him|her) first|not till i|when i've a|hold off|wait till)\b",
    ),
)

SHORTLY = 160
"""Characters of a note, a sentence or two, within which an answer follows what was asked."""

ONLY_ANSWERS = frozenset({"not_yet", "when_ready", "no_need", "leave_to_me"})
"""Cues that mean a refusal only just after the seller asked."""


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    spoken = Spoken(scene)
    asked = list(_asked(scene, spoken))
    yield from asked
    yield from _answered(scene, spoken, asked)


def _asked(scene: Scene, spoken: Spoken) -> Iterable[Reading]:
    for said in heard(scene, "seller"):
        cue_hit = _first(ASKS, said, scene.in_note)
        if cue_hit is None:
            continue
        cue, (start, end) = cue_hit
        found = reading(scene, cue, said, start, end)
        if _names_absent(scene, spoken, said):
            yield spoken.about(found)


def _names_absent(scene: Scene, spoken: Spoken, said: Heard) -> bool:
    """Whether the sentence speaks of a buyer's person who is not in the room: by name, title, or a pronoun."""
    here = spoken.in_span(said.turn, said.sentence.start, said.sentence.end)
    if here:
        return any(one.person not in scene.present for one in here)
    return (
        matches(r"\b(?:him|her|he|she|whoever|your (?:boss|manager|cfo|it|director))\b", said.sentence.text) is not None
    )


def _answered(scene: Scene, spoken: Spoken, asked: list[Reading]) -> Iterable[Reading]:
    turns = {one.turn for one in asked}
    for said in heard(scene, "buyer"):
        just_asked = _just_asked(said, asked) if scene.in_note else bool({said.turn - 1, said.turn - 2} & turns)
        for cues in (REFUSES, AGREES):
            cue_hit = _first(cues, said, scene.in_note)
            if cue_hit is None:
                continue
            cue, (start, end) = cue_hit
            if not just_asked and (cue.name in ONLY_ANSWERS or not _names_absent(scene, spoken, said)):
                continue
            yield spoken.about(reading(scene, cue, said, start, end), scene.speakers[said.turn])
            break


def _just_asked(said: Heard, asked: list[Reading]) -> bool:
    """Whether a note tells, in this sentence or shortly before, that somebody was asked for."""
    return any(one.turn == said.turn and said.sentence.start - SHORTLY < one.start < said.sentence.end for one in asked)


def _first(cues: tuple[Cue, ...], said: Heard, in_note: bool) -> tuple[Cue, tuple[int, int]] | None:
    for cue in cues:
        if (cue.name == "in_note") != in_note:
            continue
        hit = hears(cue, said)
        if hit is not None:
            return cue, hit.span()
    return None
