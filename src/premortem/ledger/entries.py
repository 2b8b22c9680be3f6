"""Every kind of entry that a ledger holds, all of them here.

Whatever the system knows about a deal is an entry: it happened *at* one time, we *learned* it at another, somebody
(`author`) told us, and it is never edited. A correction is a new entry. An entry holds no name and no spoken word:
those lie apart (`contents.py`) under a hash, so that they can be erased on request while the ledger still verifies.

    Opened, Changed     the CRM's view of a deal and what it altered
    Person              somebody on the buyer's side, ours, or outside
    Touch               a call, a mail, a note: who took part, how the talk was shared
    Fact                one claim that a stretch of words carries
    Verdict             what a user says of a fact: right, wrong, or rather this
    Finding             what a check raised
    Forecast            how a method thought the deal would end
    Milestone           a step of the buyer's own project
    Outcome             how the deal ended
    Conclusion          what a post-mortem concluded
    Waiver              a finding that somebody set aside, with a reason
    Lesson              what a deal that ended looked like, to find open ones that look the same
    Comeback            a step on the way back after a loss
    Agreement           whether somebody agrees on the problem, its solution, its timing
    Trial               what a trial is for, by what it is judged, who helps, and how it went
    Problem             something that a buyer met in an evaluation
    Sent                a piece of content that went to somebody
    OpenMatter          something to find out, or assumed until then: whose it is, how and by when
    Erasure             what was erased, and that it was
    Withdrawn           the import that opened the deal was taken back
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from premortem.ledger.claims import Claim

Hash = str
"""SHA-256 of what lies apart, in hexadecimal."""

PersonId = str
TouchId = str
"""A touch by a nonce: its file's name may name people, so that lies apart with its words."""
FactId = str

Side = Literal["buyer", "seller", "outside", "unknown"]
Role = Literal[
    "economic_buyer",
    "user_buyer",
    "technical_buyer",
    "coach",
    "blocker",
    "influencer",
    "procurement",
    "legal",
    "partner",
]
TouchKind = Literal["call", "mail", "note"]
Severity = Literal["high", "medium", "low"]


class Opened(Struct, frozen=True, tag="opened", tag_field="kind", omit_defaults=True):
    """A deal appears. `at` is the day the CRM says it was created."""

    name: str
    account: str
    seller: str
    currency: str | None = None


class Withdrawn(Struct, frozen=True, tag="withdrawn", tag_field="kind", omit_defaults=True):
    """The import that opened the deal was taken back: no list has it, until it is opened anew and begins anew."""


class Changed(Struct, frozen=True, tag="changed", tag_field="kind", omit_defaults=True):
    """One field of the CRM's row got a value. A day is written as YYYY-MM-DD; `set_by` says who set it, where known."""

    field: Literal["stage", "amount", "planned_close", "name", "owner"]
    value: str | float | None
    set_by: Literal["buyer", "rep", "manager", "unknown"] = "unknown"


Trade = Literal[
    "owns", "money", "leads", "board", "manages", "works", "technical", "purchasing", "legal", "outside", "people"
]
"""What kind of work a title tells; a title may tell several."""


class Person(Struct, frozen=True, tag="person", tag_field="kind", omit_defaults=True):
    """Something learned about a person. A field left at None says nothing; the newest word on each field counts.

    `card` is the hash of the name, title and addresses (`contents.Card`).
    `same_as` says that this is the same human as another id (a merge); its own id parts the two again (a split).
    `unsure` names ids that might be the same human; they stay apart until a user says so.
    `trades` are the kinds of work that the title tells, so that roles can be weighed without the title itself.
    """

    person: PersonId
    card: Hash | None = None
    side: Side | None = None
    roles: tuple[Role, ...] | None = None
    in_crm: bool | None = None
    same_as: PersonId | None = None
    unsure: tuple[PersonId, ...] = ()
    trades: tuple[Trade, ...] | None = None
    shared: Hash | None = None
    """The card by which the buyer's room may show them: nothing else of them is shown there."""


class Part(Struct, frozen=True, omit_defaults=True):
    """How a person took part in a touch. `reported`: a note says that our side met or phoned them.

    `named` is no part: they were spoken of while absent.
    """

    person: PersonId
    how: Literal["spoke", "wrote", "to", "cc", "listed", "reported", "named"]


class Voice(Struct, frozen=True, omit_defaults=True):
    """What one person's talking measured in a touch: `share` is in 0..1 of all talk."""

    person: PersonId
    share: float
    words: int
    turns: int
    questions: int
    seconds: float | None = None
    longest_monologue: float | None = None
    """Longest stretch without another voice: seconds where there were timestamps, else words."""


class Measures(Struct, frozen=True, omit_defaults=True):
    """How the talk of a call was shared. `by` says what `share` was counted in."""

    by: Literal["time", "words"]
    voices: tuple[Voice, ...] = ()
    first_buyer_turn: float | None = None
    """Seconds (or words, see `by`) that passed before the buyer's side first spoke; None where it never did."""
    silent: tuple[PersonId, ...] = ()
    """People who were listed or invited and never spoke."""


class Touch(Struct, frozen=True, tag="touch", tag_field="kind", omit_defaults=True):
    """A call, a mail or a note. `raw` is the file as it came, `words` the turns read from it (`contents.Conversation`).

    `reading` says which readers, in which versions, read which words. A touch that is read anew, or whose file was
    corrected, is entered anew; the facts of its earlier readings no longer count, except those that a person confirmed,
    corrected or added.
    """

    touch: TouchId
    type: TouchKind
    raw: Hash
    words: Hash
    turns: int
    reading: str
    parts: tuple[Part, ...] = ()
    measures: Measures | None = None
    questions: tuple[Question, ...] = ()
    seats: tuple[int, ...] = ()
    """Who speaks each turn: a place in `parts`, or -1 where nobody can tell."""


class Question(Struct, frozen=True, omit_defaults=True):
    """A question somebody asked: where it stands, what it opens, and whether it invites more than yes or no.

    `follow_up`: it takes up what the other side just said, or asks for more of it.
    """

    turn: int
    start: int
    end: int
    person: PersonId | None = None
    topic: str | None = None
    open: bool = False
    follow_up: bool = False


class Fact(Struct, frozen=True, tag="fact", tag_field="kind", omit_defaults=True):
    """One claim, carried by characters `start` to `end` of a turn. The words themselves lie apart.

    `value` is what the words come to where that names nobody: a topic, a rival's name, an amount ('11000 USD'),
    a day or a period ('2026-05-09', '2026-05-09/2026-05-30'). `value_at` is where the value stands in the turn.
    `confidence` is in 0..1: of the facts given with 0.8, 80% should be right.
    """

    fact: FactId
    touch: TouchId
    turn: int
    start: int
    end: int
    claim: Claim
    speaker: PersonId | None
    reader: str
    confidence: float
    person: PersonId | None = None
    value: str | None = None
    value_at: tuple[int, int] | None = None
    reading: str | None = None
    """The reading of the touch whose words this fact quotes; None for whichever is the newest."""


class Verdict(Struct, frozen=True, tag="verdict", tag_field="kind", omit_defaults=True):
    """What a user says of a fact. It outranks any reader.

    Its `at` is the fact's own: it tells what was truly said back then; its `learned` is when the user told us. So
    hindsight sees the correction from the day the words were spoken, and a view 'as we knew it then' does not.
    """

    fact: FactId
    says: Literal["confirmed", "rejected", "corrected"]
    instead: Fact | None = None


class Quote(Struct, frozen=True, omit_defaults=True):
    """Where evidence stands: characters `start` to `end` of a turn of a touch, and the fact it carries, if any."""

    touch: TouchId
    turn: int
    start: int
    end: int
    fact: FactId | None = None


class Ask(Struct, frozen=True, omit_defaults=True):
    """The question that would settle a finding, and whom to put it to. People stand in it as `{person-id}`."""

    question: str
    to: PersonId | None = None


class Finding(Struct, frozen=True, tag="finding", tag_field="kind", omit_defaults=True):
    """A blind spot that a check found. People stand in `says` as `{person-id}`; whoever shows it fills in names."""

    check: str
    severity: Severity
    says: str
    ask: Ask
    evidence: tuple[Quote, ...] = ()
    touches: tuple[TouchId, ...] = ()
    """Touches that are evidence as a whole: the ones that show an absence."""
    first_visible: TouchId | None = None


class Forecast(Struct, frozen=True, tag="forecast", tag_field="kind", omit_defaults=True):
    """How a method thought, on day `at`, that the deal would end by `by`. Probabilities are in 0..1, or absent."""

    method: str
    by: date
    category: Literal["commit", "best_case", "pipeline", "not_on_forecast"] | None = None
    amount: float | None = None
    won: float | None = None
    lost: float | None = None
    no_decision: float | None = None
    interval: tuple[float, float] | None = None
    evidence: tuple[FactId, ...] = ()
    assumptions: tuple[str, ...] = ()


class Milestone(Struct, frozen=True, tag="milestone", tag_field="kind", omit_defaults=True):
    """A step of the buyer's project; the newest word on a milestone counts. `title` is the hash of its words.

    `element` names which part of such a project it belongs to, `note` is the hash of what was written beside it,
    `effort` the hours it takes whoever does it, and `spent` those it took in the end. `due_set_by` says whose day it
    is. What is `shared` stands in the buyer's room too, words and all.
    """

    milestone: str
    title: Hash
    whose: Literal["buyer", "joint", "ours"]
    owner: PersonId | None = None
    due: date | None = None
    done: date | None = None
    dropped: bool = False
    element: str | None = None
    note: Hash | None = None
    effort: float | None = None
    due_set_by: Literal["buyer", "rep", "unknown"] = "unknown"
    shared: bool = False
    spent: float | None = None


class Outcome(Struct, frozen=True, tag="outcome", tag_field="kind", omit_defaults=True):
    """How the deal ended: `lost` is to a rival, `other_way` another way of solving it, `no_decision` nothing at all.

    `open` takes an end back: the deal goes on. `rank` is the place that we finished in: 2 is next to the winner.
    """

    status: Literal["won", "lost", "other_way", "no_decision", "unknown", "open"]
    to: str | None = None
    stated_reason: Hash | None = None
    stated_by: Literal["seller", "buyer"] = "seller"
    rank: int | None = None


class Conclusion(Struct, frozen=True, tag="conclusion", tag_field="kind", omit_defaults=True):
    """What a post-mortem concluded: a factor that contributed, an action to take, or whether something recurred.

    `about` is the conclusion that this one follows from: the factor of an action, the action that kept it away or not.
    `again` says of `recurred` whether it did. `dropped` takes a conclusion back; the newest word on each counts.
    """

    conclusion: str
    type: Literal["factor", "action", "recurred"]
    words: Hash
    check: str | None = None
    owner: str | None = None
    due: date | None = None
    team: Literal["sales", "marketing", "other"] | None = None
    about: str | None = None
    again: bool | None = None
    done: date | None = None
    dropped: bool = False


class Waiver(Struct, frozen=True, tag="waiver", tag_field="kind", omit_defaults=True):
    """A finding that somebody set aside, until a day or for good."""

    check: str
    reason: Hash
    until: date | None = None


class Lesson(Struct, frozen=True, tag="lesson", tag_field="kind", omit_defaults=True):
    """A pattern made of this deal after its end: whatever deal shows all of it looks like this one did on `seen`.

    `findings` are checks that are raised, `claims` what was said, `unsaid` what nobody said. The newest word on a
    lesson counts.
    """

    lesson: str
    title: Hash
    findings: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    unsaid: tuple[Claim, ...] = ()
    seen: date | None = None
    dropped: bool = False


class Comeback(Struct, frozen=True, tag="comeback", tag_field="kind", omit_defaults=True):
    """A step on the way back after a loss: what we ask for or do, of whom, by when, and what came of it.

    `words` is what was answered or meant, in somebody's words. The newest word on a step counts.
    """

    step: str
    what: Literal["thanks", "documents", "criteria", "who_decided", "executives", "check_in", "advocate", "returned"]
    state: Literal["planned", "asked", "got", "refused", "done", "dropped"] = "planned"
    due: date | None = None
    person: PersonId | None = None
    words: Hash | None = None


class Agreement(Struct, frozen=True, tag="agreement", tag_field="kind", omit_defaults=True):
    """Whether somebody agrees on one of three things that a purchase needs; None is not known. The newest counts.

    What is `shared` somebody said in the buyer's room, where their colleagues see it.
    """

    person: PersonId
    on: Literal["problem", "solution", "timing"]
    agrees: bool | None
    words: Hash | None = None
    shared: bool = False


class Criterion(Struct, frozen=True, omit_defaults=True):
    """By what a trial is judged: `measure` and `target` are hashes of words; `agreed` is the day the buyer said yes."""

    measure: Hash
    target: Hash
    judge: PersonId | None = None
    by: date | None = None
    agreed: date | None = None
    met: bool | None = None


class Trial(Struct, frozen=True, tag="trial", tag_field="kind", omit_defaults=True):
    """A trial; the newest word counts. Efforts are in hours; `override` is why it began with something missing."""

    trial: str
    state: Literal["planned", "running", "succeeded", "failed", "stopped"] = "planned"
    goal: Hash | None = None
    criteria: tuple[Criterion, ...] = ()
    helper: str | None = None
    our_effort: float | None = None
    their_effort: float | None = None
    read_out: date | None = None
    read_out_with: tuple[PersonId, ...] = ()
    next_step: Hash | None = None
    override: Hash | None = None
    began: date | None = None
    ended: date | None = None
    verdicts: tuple[tuple[PersonId, Hash], ...] = ()
    """Users' own verdicts, in their words."""
    weeks: tuple[tuple[date, Hash], ...] = ()
    """What happened in the week that began on a day."""


class Problem(Struct, frozen=True, tag="problem", tag_field="kind", omit_defaults=True):
    """Something that a buyer met at a moment of decision; the newest word on it counts.

    `known` is a problem that the firm may have in several deals, by its id; `likelihood` is in 0..1, how likely an
    evaluation meets it. `disclosed` is the day on which the buyer was told of it beforehand, `met` the day on which
    they met it.
    """

    problem: str
    words: Hash
    state: Literal["open", "answered", "closed"] = "open"
    met_by: PersonId | None = None
    moment: Literal["evaluation", "purchase", "renewal", "upgrade", "addition", "unknown"] = "unknown"
    breaks_trust: bool = False
    likelihood: float | None = None
    known: str | None = None
    area: str | None = None
    answered: date | None = None
    disclosed: date | None = None
    closed_by: str | None = None
    ticket: str | None = None
    met: date | None = None
    closed: date | None = None


class Sent(Struct, frozen=True, tag="sent", tag_field="kind", omit_defaults=True):
    """A piece of content that went to somebody; `opened` is None where nobody can tell."""

    piece: str
    to: PersonId | None = None
    opened: bool | None = None
    answers: str | None = None
    """The claim, finding or concern that it was meant to answer; None where it answers nothing named."""


class OpenMatter(Struct, frozen=True, tag="open_matter", tag_field="kind", omit_defaults=True):
    """Something to find out, or assumed until then: whose it is, in which way, by when. The newest word counts."""

    matter: str
    type: Literal["unknown", "assumption"]
    words: Hash
    owner: str | None = None
    way: Hash | None = None
    due: date | None = None
    settled: date | None = None
    dropped: bool = False


class Erasure(Struct, frozen=True, tag="erasure", tag_field="kind", omit_defaults=True):
    """Contents that were erased on request. Their hashes stay in the ledger; what they stood for is gone."""

    contents: tuple[Hash, ...]
    person: PersonId | None = None


Body = (
    Opened
    | Changed
    | Person
    | Touch
    | Fact
    | Verdict
    | Finding
    | Forecast
    | Milestone
    | Outcome
    | Conclusion
    | Waiver
    | Lesson
    | Comeback
    | Agreement
    | Trial
    | Problem
    | Sent
    | OpenMatter
    | Erasure
    | Withdrawn
)


BUYERS_HAND = "user:buyer:"


class Entry(Struct, frozen=True):
    """One thing known about a deal.

    `at` is when it happened or was said, `learned` when the ledger got it: both in UTC, to the microsecond. Where only
    the day is known, `at` is noon of it, which is that same day nearly everywhere on earth.
    `author` is who told us: `user:…`, `reader:…` or `import:…`. What a buyer does in their room by their own hand is a
    person's word too: `user:buyer:` and the id of that person.
    """

    deal: str
    at: datetime
    learned: datetime
    author: str
    body: Body

    @property
    def kind(self) -> str:
        return str(self.body.__struct_config__.tag)

    @property
    def by_a_person(self) -> bool:
        return self.author.startswith("user:")

    @property
    def by_the_buyer(self) -> bool:
        return self.author.startswith(BUYERS_HAND)

    def fingerprint(self) -> str:
        """The same for two entries that tell the same thing, whenever we learned it: how an import knows its own."""
        told = (self.deal, self.at.isoformat(), self.author, encode_body(self.body))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[Body] = msgspec.json.Decoder(Body)


def encode_body(body: Body) -> str:
    """The one way a body is written: keys in order, defaults left out."""
    return _encoder.encode(body).decode()


def decode_body(text: str) -> Body:
    """The body that `encode_body` wrote.

    Raises msgspec.ValidationError for a kind that this version does not know or a field of the wrong type.
    """
    return _decoder.decode(text)


def fact_id(words: Hash, turn: int, start: int, end: int, claim: str, about: str | None) -> FactId:
    """The same words carrying the same claim are the same fact, however often they are read."""
    told = msgspec.json.encode((words, turn, start, end, claim, about))
    return "f-" + hashlib.sha256(told).hexdigest()[:12]
