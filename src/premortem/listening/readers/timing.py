# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Time as the buyer sees it: the next step and its day, when it will be decided, what slips, what outside forces it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.days import Said, bare_days, days_said
from premortem.listening.readers._cues import Cue, Heard, cue, heard, hears, matches, reading
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import words_in

GIVES: frozenset[Claim] = frozenset({"next_step_agreed", "decision_date_stated", "delay_stated", "compelling_event"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "2"

MEETING = (
    r"\b(?:works?|good|fine|suits?|grand|perfect|agreed|okay|ok|it is|clear|free|booked|fixed|locked|set|in the diary|invite|send|come|meet|see you|speak|talk|call|start|starts|kick off|visit|demo|session"
    r"|workshop|i'll (?:be|have|bring|write|ring|send|tell|put)|we're on|be there|on for|back to you|have it|ready|join|zoom|teams|at (?:\d|ten|eleven|nine|two|three|four|half)|o'clock|champion|yep|yes|return|review|done)\b"
)
DECIDING = (
    r"\b(?:sign(?:ed|ature|s|ing)?|decid\w+|decision|order|contract|approv\w+|ink|chosen|pick(?:ed)?|award(?:ed)?|board|committee|council|exec\b|partners|go(?:es)? live|live\b|running|run in|in place|vote|purchase order|p\.?o\b"
    r"|paper (?:done|signed)|rollout|installation|start is|finished|everything works|on the agenda|settled|sits|finali[sz]e|close it|the name by|done by)\b"
)
WHEN = r"\bwhen\b|\bby when\b|timeline|deadline|\bdate\b|how soon|which month|in your mind"
PAST = r"\b(?:last|ago|was|were|since|yesterday|happened|used to|did|went|met|discussed|signed with|ended|showed|told|came|approved|arrived|sent|have (?:sent|got)|has (?:sent|signed)|decision made|they rotate|good to)\b"
HABIT = r"\b(?:every|each|of the month|always|usually|if|unless|won't|can't|cannot|not)\b"
PROPOSES = (
    r"\b(?:come (?:on|over|by|down|up|in|back|to)|works? for|invite|let's (?:say|do|meet|talk)|(?:i'll|i can|i could|we can|we could) (?:be|have|do|send|bring|ring|write|call|make)|see you|speak (?:again|on)|we start|start (?:on|from|in)?"
    r"|you can (?:start|come|have)|put (?:it|you) (?:in|down)|are you free|kick off|you'll have|send (?:it|me|them|that)|is (?:good|fine|clear|okay|ok|free)|'s (?:good|fine|okay|free)|in the diary|booked|fixed|agreed|let us (?:say|meet|do))\b"
)
DAY_ASKED = r"\b(?:work|suit|good|okay|ok|diary|calendar|shall we|how's|how about|say|could we|can we|when can|what about|i propose|invite|speak again|next (?:week|step)|i'll (?:have|send|get|come))\b"

DELAYS = (
    Cue(
        "delay_stated",
        "pushed",
        r"\b(?:pushed|slipped|moved|postponed|delayed|put back|parked|on hold|put a hold|paused|shelved|on ice|long finger|ran out of time|took (?:it|the [a-z ]+) off|stopped until|frozen|freeze)\b",
        r"\bprice|the button|budget freeze|\bmoved (?:to|from|in|into|here|house|offices?|over|the (?:box|machine|data))|\bpushed (?:back on|it through|her|him)|freezes|pushed a few",
    ),
    Cue(
        "delay_stated",
        "come_back",
        r"\b(?:circle back|come back to (?:it|you|this) (?:when|after|in|next|once)|look (?:at it )?again|let's see (?:where|in)|(?:i )?(?:will|'ll) revert|see in the (?:new year|spring|summer|autumn)|when (?:things|the dust|it|the fog).{0,20}(?:settle|settled|calm|thinner|down)|speak again after|talk again after|write me in|leave it open|no rush|get back to you (?:when|once|after)|drop you a line when)\b",
        r"\bi'll (?:ring|call|come back to you) (?:on|tomorrow|monday|tuesday)",
    ),
    Cue(
        "delay_stated",
        "nothing_before",
        r"\b(?:no(?:thing|body|t)|no new \w+|none)\b.{0,50}\b(?:before|until|till|starts?|moves?|gets? (?:signed|started)|buys?)\b.{0,50}\b(?:merger|reorgani\w+|restructur\w+|summer|autumn|spring|winter|new year|january|february|march|april|september|christmas|holidays|audit|agm|year|is (?:done|finished|over|through)|quarter)",
        r"\bdemo\b|meet|trial",
    ),
    Cue(
        "delay_stated",
        "busy",
        r"\b(?:restructur\w+|reorgani[sz]ation|reorg|merger|merging|merged|stock ?take|reforecast|inspection|year end|migration|audit)\b.{0,50}\b(?:first|eating|everybody|everything|taken|until|going on|heads down|before|wait|coming|ran over|over)\b|\b(?:can't think about|other priorities|bigger fish|too much on|snowed under|heads down|not the moment|something more urgent|dropped down the list)\b|\bfirst (?:comes|must|has to)\b.{0,40}\b(?:reorgani|merger|erp|migration|audit)",
    ),
    Cue(
        "delay_stated",
        "wont_make",
        r"\b(?:won't|not going to|can't|cannot|will not|couldn't) make (?:it|the)\b|\b(?:after|before) the (?:holidays|summer|merger|agm|audit|market|shutdown)\b.{0,30}\b(?:see|then|talk|maybe|let us)|\bmaybe (?:january|february|next year|in the new year|autumn|spring)\b|\b(?:is|are) (?:now )?(?:delayed|late|behind)\b|\bis gone, i think\b|\bnot going on the\b|\b(?:june|july|march|april|may|september|october|ferry|easter|christmas)(?:'s| has| is) gone\b|\bnext (?:financial|fiscal) year\b",
    ),
)
EVENTS = (
    Cue(
        "compelling_event",
        "contract_ends",
        r"\b(?:contract|licen[cs]e|lease|agreement|certificate|consent|warranty|support|subscription|insurance|cover|grant|permit|renewal|policy)\b.{0,40}\b(?:ends|expires?|runs? (?:out|to)|(?:is|'s) (?:up|over)|lapses?|renews?|up (?:in|on|at|for)|dies|rolls|goes out|out on)\b|\b(?:expires?|runs out|lapses?|quits|switched off|stops? (?:support|being)|paid through|jacking it in)\b.{0,30}\b(?:on|in|at|end|next|of)\b.{0,30}",
    ),
    Cue(
        "compelling_event",
        "law",
        r"\b(?:law|regulator|regulation|directive|legislation|act|audit|auditor|inspector|inspection|insurer|underwriter|notified body|authority|ministry|city|commission)\b.{0,60}\b(?:comes?|coming|from (?:the )?(?:first|january|\d|next|autumn|march)|wants|needs?|requires?|deadline|in (?:october|january|march|may|june|september|november)|must|by\b|won't)|\bfrom (?:the )?(?:first of |1st of |\d+ )?[a-z]+(?: next year)?,? (?:every|each|all|no|we|you|the)\b.{0,50}\b(?:must|has to|have to|need|penalty|can't|only|strike|kept)",
        r"\bi audit\b",
    ),
    Cue(
        "compelling_event",
        "opening",
        r"\b(?:opening|launch(?:es|ing)?|move|go-?live of|open(?:s)?) [A-Z]?\w*.{0,25}\b(?:on|in|from) (?:the )?(?:first|\d|[A-Z]\w+)|\bhas to be used by\b|\bterm (?:begins|starts)\b|\bseason (?:starts|opens|begins)\b|\bif we miss\b",
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    for said in heard(scene, "buyer"):
        for cues in (DELAYS, EVENTS):
            for one in cues:
                hit = hears(one, said)
                if hit is not None:
                    yield _with_day(scene, said, reading(scene, one, said, *hit.span()))
                    break
    yield from _dated(scene)


def _with_day(scene: Scene, said: Heard, found: Reading) -> Reading:
    days = days_said(said.sentence.text, scene.day)
    return found if not days else _valued(found, said, days[0])


def _valued(found: Reading, said: Heard, day: Said) -> Reading:
    at = said.sentence.start
    return replace(found, value=day.value, value_at=(at + day.start, at + day.end))


def _dated(scene: Scene) -> Iterator[Reading]:
    """Sentences with a day in them: a decision's date, a step agreed, or neither."""
    seller_day = False
    for said in heard(scene, "buyer", "seller"):
        text = said.sentence.text
        buyer = scene.in_note or scene.side(said.turn) != "seller"
        days = days_said(text, scene.day) or (bare_days(text, scene.day) if seller_day else [])
        if not days:
            if not buyer:
                seller_day = False
            continue
        day = next((one for one in days if one.exact), days[0])
        told = _which(scene, said, day, buyer, seller_day)
        seller_day = not buyer and bool(matches(DAY_ASKED, text) or said.sentence.asks)
        if told is not None:
            yield _valued(reading(scene, told, said, day.start, day.end), said, day)


def _which(scene: Scene, said: Heard, day: Said, buyer: bool, seller_day: bool) -> Cue | None:
    text, kind = said.sentence.text, scene.conversation.type
    if matches(PAST, text) and not seller_day:
        return None
    if buyer and matches(DECIDING, text) and not matches(r"\bif (?:you|we)\b|\bsigned by you\b|\bdemo\b", text):
        return cue("decision_date_stated", f"decides.{kind}")
    if buyer and matches(WHEN, said.before) and kind == "call":
        return cue("decision_date_stated", "answered")
    if not day.exact:
        return None
    if kind == "call":
        if buyer and seller_day and words_in(text) <= 30:
            return cue("next_step_agreed", "accepts")
        if buyer and matches(PROPOSES, text) and not matches(HABIT, text):
            return cue("next_step_agreed", "proposes")
        return None
    if matches(MEETING, text) and not matches(r"\b(?:need|want(?:ed)?|if|forecast|commit|pushed|asked)\b", text):
        return cue("next_step_agreed", kind)
    return None
