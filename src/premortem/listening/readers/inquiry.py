# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""The seller's questions that open something: what hurts, how they work, who decides, when, what it costs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.questions import questions
from premortem.listening.readers._cues import compiled, cue, matches, reading_at
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import words_in

GIVES: frozenset[Claim] = frozenset({"discovery_question"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "1"

TOPICS: tuple[tuple[str, str], ...] = (
    (
        "stakes",
        r"\bfor you(?:rself)?,? personally|in it for (?:you|yourself)|you personally|personally,? (?:what|why)|matter to you|for yourself|what do you get out|why do you want|your own (?:job|sake)|why's this one|what would it (?:mean|change) for you\b",
    ),
    (
        "budget",
        r"\bbudget|money|\bpot\b|set aside|put (?:by|aside)|a line for|\bfund(?:s|ed|ing)?\b|ballpark|coin for|provision|cost cent|in the plan|allocated|earmark|\bdough\b|how much (?:have|can|could|do) you (?:got|have|spend)|where (?:would|does|will) (?:it|that|the [a-z ]+) come from|price in mind|\bpay for it",
    ),
    (
        "competition",
        r"\b(?:anybody|anyone|who|somebody|someone|any|what|other)\b.{0,14}\b(?:else|other (?:tools|vendors|suppliers|firms|companies))\b.{0,60}\b(?:look|talk|speak|ring|rung|in the (?:ring|frame|mix|running)|quot|race|kicking|tried|see|use|working|seen|consider|invited|have you|are you|bid)|who else|up against|looking at (?:any|other)|alternativ|competit|compared? (?:to|with) (?:the )?other|the others\b|who are you with|what (?:have|do) you (?:got|use|have) (?:today|now|at the moment|currently)|rival|instead of us|besides us|doing nothing|build(?:ing)? it (?:yourself|yourselves|in-?house)|in-?house|stay with|existing supplier|incumbent",
    ),
    (
        "criteria",
        r"\bwhat would (?:have to|need to|make|it take|you (?:need|want|like) to (?:see|say)|good look|convince|success)|have to be true|what'd (?:it have|have|make|turn|you need)|looks? like (?:to you|success)|what (?:does|would) (?:good|success|a good|a pass)|must-?haves?|worth (?:it|doing|your while)|most important|matters? most|need to see|want to see|success(?:ful)?\b|has to (?:do|show|be true)|measure (?:it|success)|how (?:will|would|do) you (?:know|judge|measure|tell)|what counts|count as|pass(?:es)? (?:mark|it)|comfortable|trust it|satisf|convince|how good|the bar\b|would make (?:this|it|him|her|them|you)|what do you (?:need|want|expect) (?:from|to)",
    ),
    (
        "authority",
        r"\bwho(?:'s| is| else| all| has| have| would| will|'d|'ll| do| does| gets?)?\b.{0,40}\b(?:sign|decid|decision|approv|say|pen\b|ink|final|call\b|choos|pick|hold|own|vot|yes|involved|need to be|happy|convinc|release|agree|room\b|on board|weigh)|whose|the one (?:that|who) (?:signs|decides)|is (?:it|that) (?:you|yourself|him|her|your call)\b|above (?:you|him|her|that)|final say|sign(?:s|ing)? (?:off|it|this)|how does the signing|who(?:'s| is) (?:after|above|next)|your (?:decision|call)|do you need anyone|does it need|just you|decide on this|say yes",
    ),
    (
        "process",
        r"\bprocess|what (?:happens|comes|are the) (?:next|steps|after)|steps|how (?:does|do|would|will|is) (?:a|an|the|it|this|that|your|you|something|things?)\b.{0,40}\b(?:decid|decision|approv|buy|bought|purchas|sign|go from|get through|chosen|picked|happen|run|work from here|voted)|from here|committee|\bboard\b|procurement|legal|how did it go with|tender|has that been decided|get(?:s)? decided|in the way|hurdle|what has to happen|go through|needs? to happen|where (?:does|do|is|are|has)\b.{0,30}\b(?:stand|process|paper|land|gone)|what did (?:he|she|they|the [a-z]+) say|what came (?:out|back)|heard (?:anything|back)|vote|meeting like",
    ),
    (
        "timing",
        r"\bwhen\b.{0,40}\b(?:need|want|have to|like|would you|do you|are you|does|is|live|decid|start|sign|renew|end|by\b|think|could|will)|by when|why now|deadline|date\b|timeline|time ?line|timing|how soon|urgent|driving (?:it|this)|forcing|how long have (?:we|you) got|what makes it|this year\b|calendar|making you look|contract (?:end|up|run)|what's the hurry|rush|pushing this|schedule|expire|renewal|which month",
    ),
    (
        "impact",
        r"\bhow (?:much|many|often|long|big)\b|\bcost(?:s|ing)?\b|put a (?:number|figure|value|price)|what does (?:it|that|this) (?:do|mean|add up)|in (?:euros|money|hours|pounds|dollars)|per (?:week|month|year|day)|a (?:number|figure) on|percent|worth\b|lose|losing|what share|how bad|hours|add up|what does that come to|numbers? (?:for|on)",
    ),
    (
        "risk",
        r"\bworr|afraid|frighten|fear|nervous|risk|go(?:es)? wrong|went wrong|scare|concern|hold(?:s|ing)? you|stop(?:s|ping)? (?:you|this|it)|keep(?:s|ing)? you from|hesitat|what could|if nothing (?:changes|happens)|what happens if|get in the way|missing|objection|doubt|against|push ?back|what would (?:happen|speak)|trip (?:it|us)|kill (?:it|this)|problem for us|what did (?:he|she|they) not|don't like|reservations",
    ),
    (
        "pain",
        r"\bhurt|headache|problem|pinch|bite|bitten|annoy|frustrat|pain|trouble|bother|wrong\b|keeps? you (?:up|late|awake)|broken|break|struggl|difficult|challenge|what made you|what brought|what's got|what's (?:going|not)|what isn't|lacking|made you (?:fill|call|ring|look|pick)|suffer|stuck|why did you (?:call|ring|come)|complain|fails?\b|worst|issue|moan|biggest|what (?:goes|went) |want(?:ed)? to (?:change|fix)|get out of this",
    ),
    (
        "use_case",
        r"\bwalk me|talk me|run me|take me through|show me|tell me (?:how|about|what)|how (?:do|does|did|are|is|would|will) (?:you|it|they|your|that|the|things|a|he|she|people)\b|what happens|what do (?:you|they) (?:do|use)|what does (?:a|an|your|the)|today\b|at the moment|right now|currently|typical|normal|from the (?:moment|day)|day to day|who (?:does|uses|makes|enters|types|looks|keeps|has)|where (?:do|does|is) (?:the|it|you|they)|an example|which (?:of|system|tool)|do (?:you|they) (?:use|have|do|work)|what kind of|what sort of|what's (?:it|a|your)",
    ),
)
"""What a question opens, told by its words: the first that matches counts."""

NOT_OPENING = (
    r"\b(?:does that (?:make sense|work|sound|help|suit)|make sense\?|sound (?:good|okay|ok|fair|right|about)|can (?:you|everybody|everyone|we) (?:all )?(?:hear|see)|am i audible"
    r"|hear me|see my screen|shall (?:we|i)|should (?:we|i)\b|would it (?:help|be (?:all right|ok|okay|worth|useful|possible|mad|an idea|sensible))|would it make sense|could (?:we|you)\b|(?:could|can|may) i (?!ask)|can we\b"
    r"|would (?:you like|you mind|he|she|they|that|you be (?:up|open|ok))|how (?:are|is|was) (?:you|things|the (?:weather|baby|weekend|holiday|trip|family|kids|dog|traffic|festival|feast))|how's (?:the|things|everybody|everyone|it going|that sound|your (?:diary|week|calendar|world|weekend))"
    r"|do you mind|is (?:that|it) (?:ok|okay|all right|fine|alright)\b|let's|let me|what if (?:we|i)\b|how about|what about (?:the|next|mid|on)? ?(?:monday|tuesday|wednesday|thursday|friday|week)|you know\?|right\?$|isn't it\?$|right so|did you (?:get|have (?:the )?time|see (?:the|my)|receive|read)|have you (?:got|had) (?:the|my|a (?:minute|second|moment))|remember|recording|where are you|whereabouts|weather|any chance|is there (?:a way|any way|a world|any harm)|why don't|what do i need|what time|how do you (?:spell|mean|pronounce)|did i (?:say|pronounce)|who wants|want me to|will i\b|do you want me|when (?:can|could|should|shall) (?:i|we)|what day|which day|what's your email|say that again)"
)
NOT_ALONE = r"^(?:and |so |but |okay |ok |right |sorry |oh )*(?:who|what|how|why|when|where|which)?(?: \w+){0,3}\?$"


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    for number, turn in enumerate(scene.turns):
        if scene.side(number) != "seller":
            continue
        for asked in questions(turn.text):
            found = _opening(turn.text[asked.start : asked.end], asked.open)
            if found is None:
                continue
            topic, sure = found
            opens = cue("discovery_question", topic if sure else f"{topic}.guessed")
            yield replace(reading_at(scene, opens, number, asked.start, asked.end), value=topic)


def _opening(text: str, is_open: bool) -> tuple[str, bool] | None:
    """The topic that a question opens, and whether its own words tell it; None where it opens nothing."""
    if matches(NOT_OPENING, text) or words_in(text) < 4:
        return None
    topic = next((topic for topic, pattern in TOPICS if compiled(pattern).search(text)), None)
    if topic is not None:
        return topic, True
    return ("use_case", False) if is_open and words_in(text) >= 6 else None
