# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Who decides: somebody else whom the buyer names, or the buyer who speaks."""

from __future__ import annotations

from collections.abc import Iterable

from premortem.ledger.claims import Claim
from premortem.listening.readers._about import Spoken, of_speaker
from premortem.listening.readers._cues import Cue, Heard, heard, hears, matches, reading
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"decision_maker_named", "authority_claimed"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "3"

WHO_SIGNS = r"who.{0,50}(?:sign|decid|approv|say|final|ink|pen|pick|choos|call|yes|convinc)|whose|how does (?:the|that) (?:signing|work)|is (?:it|that) (?:you|yourself|your)|sign for|the one (?:that|who)"
WHO_DECIDES = r"\bwho\b.{0,50}(?:sign|decid|approv|final|ink|\bpen\b|pick|choos|convinc|say|yes)|whose (?:call|decision|signature|ink|name)|the one (?:that|who) signs|does (?:the|that) signing"
NOT_YET = r"\b(?:he|she|they|[a-z]+)(?:'d| would) (?:pay|sign|buy|decide)\b.{0,60}\b(?:if|as soon as|provided)\b|\b(?:accountant|auditor|solicitor|lawyer|bookkeeper)s? (?:looks?|checks?|reads?|goes|has a look)\b(?! .{0,30}\bsigns)|\bif (?:i|we) were\b|\bcould have been\b|\bnobody (?:signs|decides)\b|\bdon't know who\b|\bno idea who\b"

CLAIMED = (
    Cue(
        "authority_claimed",
        "alone",
        r"\bi(?:'d| can| could|'ll)? (?:just )?(?:sign|decide|approve|release)(?:s|d)? (?:it|this|that|these|them|off|here|alone|the [a-z]+)?.{0,25}(?:\balone\b|\bmyself\b|\bon my own\b|my own (?:bat|pen|name|signature|hand)|nobody else)|\bi (?:sign|decide|approve)\b.{0,25}\b(?:nobody|no one|no-one|none|nothing) (?:else )?(?:is )?(?:above|over|behind|after|but) me\b|\b(?:me and (?-i:[A-Z])[\w-]+|(?-i:[A-Z])[\w-]+ and (?:me|i))(?:'ll| will| both)? sign\b|\blets me (?:sign|decide|approve)\b.{0,20}\b(?:on my own|alone)",
    ),
    Cue(
        "authority_claimed",
        "no_need_to_ask",
        r"\bi (?:don't|do not|needn't|wouldn't) (?:have to |need to |need )?(?:go )?(?:ask|anyone's|anybody's|a committee|the board|anyone|anybody)(?: permission| blessing)?\b",
        r"don't need to ask you|can i",
    ),
    Cue(
        "authority_claimed",
        "my_call",
        r"\b(?:it's|is|that's|it is) (?:just |only )?my (?:call|decision|signature|pen|name on it|budget|site)\b|\bmy (?:call|decision|signature) (?:and|alone|only)\b|\bi(?:'ve| have)(?: got)? (?:the )?(?:final (?:say|call|word)|signature on it|signing)|\bthe final call i\b|\bi(?:'m| am) the (?:one who (?:signs|decides|approves)|budget holder|final)",
    ),
    Cue(
        "authority_claimed",
        "up_to",
        r"\b(?:up to|under|below|until|less than|keep it (?:below|under))\b.{3,45}?(?:\bi (?:can|just|sign|decide|approve)\b|\bit's me\b|\bme alone\b|\bmy (?:signature|pen|own)|\bis mine\b)",
        r"\bboard|\bcommittee",
    ),
    Cue(
        "authority_claimed",
        "sign_it",
        r"\bif (?:i like|they nod|it works|.{3,20} works).{0,15},? i sign\b|\bi(?:'m| am) the (?:last|only) (?:one|signature)|\bi sign (?:it|this|that|here|off on (?:it|this|that))\b|(?:^|, |and |so )i sign[.!]?$|\bi can sign (?:it|this|that)\b|\bi just (?:tap|put|sign)",
        r"\bif i sign|\bunless i sign|\bbefore i sign|before i can|once i sign|then i sign|when i sign|i sign it (?:when|once|after)",
    ),
    Cue(
        "authority_claimed",
        "answered",
        r"^(?:(?:oh|well|um|yeah|yes|that),? ?(?:is|would be|'d be)? ?){0,3}(?:it's |that's )?me\b(?!,? and| and)",
        after=WHO_SIGNS,
    ),
)

_WHEN = r"the \d|the end|\d|mid|early|late|end|next|mon|tue|wed|thu|fri|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|christmas|easter|then|now|summer|spring|autumn|winter"
_N = r"(?:hundred|thousand|ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|five|two|three|a quarter|grand|k\b)"
NAMED = (
    Cue(
        "decision_maker_named",
        "signs",
        r"\b(?:he|she|who|[a-z]+|that|they)\b,? (?:also )?(?:signs|approves|decides|okays|releases|authori[sz]es)\b(?! up\b)|\bwho (?:has to|must) (?:sign|approve|decide)|\b(?:he|she)(?:'d| would|'ll| will| must| has to|'s got to| needs to) (?:also )?(?:sign|approve|initial|okay|release|agree)\b|\b(?:he|she)'s the one (?:who|that|to|puts)",
        r"\bi decide|\b(?:nobody|somebody|anyone|anybody|everyone|everybody|it) (?:decides|signs)|who decides|signs in\b|signs? (?:for\b(?! (?:it|us|this|that|all|everything|the (?:order|contract|money|purchase)))|each\b|every\b)|\b(?:what|which|that) decides\b|\bif [a-z']+ signs\b|somebody who|nobody has asked|\b(?:ask(?:s|ed)?|wonder\w*|knows?|sure) (?:me |us |him |her )?who\b|he's the one who (?:really |actually )?(?:knows|wrote|built|will be)|she's the one who (?:really |actually )?(?:knows|wrote|built|will be)|\b(?:at|over) (?:lunch|dinner|supper|coffee)\b|\bsign what i\b",
    ),
    Cue(
        "decision_maker_named",
        "say",
        r"\b(?:final|last|casting|deciding) (?:say|word|vote|call|pen|decision)\b|\b(?:it's|it is|that's|that is|this is) (?:(?:all|really|still) )?[A-Z][\w-]+(?: [A-Z][\w-]+)?'s (?:money|call|decision|signature|budget|purse|pen|firm|company|name on)\b|\bsays? (?:yes|aye|no|nay) or (?:no|nay|yes)\b|\b(?:his|her|their) (?:call|decision|signature|say[- ]so|budget|money|purse|wallet|pen|stamp|blessing|name on (?:it|this|that))\b|\bto release\b|\b(?:holds?|has|hold|got) the (?:pen|purse|budget|wallet|cheque ?book|money)|\bsays yes,? it'?s? (?:is )?yes|\bthe one (?:who|that|to) (?:says?|has to say|decides?|signs?|can stop|approves?|holds?)",
        r"\bi have the (?:final|last)|\bmy (?:final|last)|\b(?:nobody|no one|no-one) has the\b|\bif this is (?:his|her)\b",
    ),
    Cue(
        "decision_maker_named",
        "veto",
        r"\b(?:he|she|they|[a-z]+) can (?:block|stop|veto|kill|pull|knock)\b|\bwithout (?:him|her|his|the [a-z]+|(?-i:[A-Z])[\w-]+)(?:'s)? .{0,25}(?:no |nothing|cannot|can't|doesn't)|\bif (?:he|she|[a-z]+) (?:says no|nods|doesn't|is happy|'s happy|reckons|likes it|says yes)|\bif [a-z]+'s nodding|\bnothing .{0,40}(?:until|till|without) .{0,20}(?:'s|has|her|his|happy|looked|signed|say)",
    ),
    Cue(
        "decision_maker_named",
        "above",
        rf"\b(?:(?:above|over|beyond|more than|up to|under|below|until|from) (?:that|this|it\b|one bar|\w* ?(?:\d|{_N}))|(?:anything|everything|all|whatever) (?:over|above|with|that|what|in|bigger|is above|touches|which))\b.{{0,60}}?(?:\bit(?:'s| is| goes (?:up |on )?to| has to go (?:up )?to)|\bgoes (?:up |on |over )?to\b|\bthat's\b|\bis for\b|\bhas to go|\bhis\b|\bher\b|\bhe\b|\bshe\b|\bsigns\b|\bis [a-z]+$)",
        r"\bi can\b|\bi sign\b|\bnever\b|\bmy (?:signature|own)|\bit's me\b|\b(?:over|until|from) the \w*(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tieth)\b|\bfrom it\b|\bthis (?:week|month|year)\b",
    ),
    Cue(
        "decision_maker_named",
        "decision_lies",
        r"\b(?:the )?(?:decision|signature|choosing|final decision|approval) (?:is|sits|lies|comes|rests|goes)\b (?:from|of|with|by|to) |\bdecision (?:sits|lies) with\b|\b(?:decide|decided|signed|approved) by\b|\btakes the decision\b|\bmakes the (?:decision|call)\b|\bup to (?:him|her)\b",
        rf"\bif it (?:was|were|'s) up to|\b(?:decided|signed|approved) by (?:{_WHEN})|\bup to (?:him|her) (?:neck|ears)",
    ),
    Cue(
        "decision_maker_named",
        "answered",
        r"^(?:(?:oh|well|um|uh|god|no|yeah|yes|so),? ?){0,4}(?:it's |it is |that's |that is |that'd be |it'd be )(?:our |my |the |still |[a-z]+)|^(?:(?:oh|well|um|uh|god|no),? ?){0,3}[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:\.|,| is the| does| the)",
        r"\bi don't know|\bno idea|\bi couldn't|\bme\b|\bwe\b|hard|simple|good|funny",
        after=WHO_DECIDES,
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    spoken = Spoken(scene)
    for said in heard(scene, "buyer"):
        if matches(NOT_YET, said.sentence.text):
            continue
        claimed = next(((cue, hit) for cue in CLAIMED if (hit := hears(cue, said))), None)
        if claimed is not None:
            cue, hit = claimed
            yield of_speaker(scene, reading(scene, cue, said, *hit.span()))
            continue
        for cue in NAMED:
            hit = hears(cue, said)
            if hit is None or (scene.in_note and cue.after):
                continue  # in a note, the answer to a question may be the seller's own guess
            start = said.sentence.start
            whole = spoken.meant(said.turn, start, said.sentence.end, scene.speakers[said.turn])
            if whole is None or not _about_somebody(spoken, said, cue):
                continue
            yield spoken.about(reading(scene, cue, said, *hit.span()), scene.speakers[said.turn])
            break


def _about_somebody(spoken: Spoken, said: Heard, cue: Cue) -> bool:
    """Whether the sentence names somebody, or has a pronoun for them; an answer must name them."""
    if spoken.in_span(said.turn, said.sentence.start, said.sentence.end):
        return True
    return (
        cue.name != "answered"
        and matches(r"\b(?:he|she|him|her|his|who|they|same (?:man|woman))\b", said.sentence.text) is not None
    )
