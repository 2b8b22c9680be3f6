"""Review: the post-mortem of a deal, held while it can still be won; the document that `review --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.bringing_in.bring_in import LeftOut
from premortem.acts.playbook import ListShown, Rules, lists_shown, rules_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.next_questions import NextQuestion, Settled, next_questions
from premortem.checks.review import Review, moment_of
from premortem.checks.review import review as review_entries
from premortem.checks.unknowns import Unknown
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask, Entry, Finding, Waiver
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from premortem.ledger.store import Contents


class AskShown(Struct, frozen=True):
    """The question that would settle something, and the name of whom to put it to."""

    question: str
    to: str | None


class FindingShown(Struct, frozen=True):
    """A finding in words. `first_visible` is the touch after which it could first be seen."""

    check: str
    severity: str
    says: str
    first_visible: str | None
    evidence: list[Cited]
    touches: list[str]
    ask: AskShown


class SignShown(Struct, frozen=True):
    """Something that makes what we believe less sure, in words."""

    check: str
    says: str
    evidence: list[Cited]
    touches: list[str]
    ask: AskShown


class UnknownShown(Struct, frozen=True):
    """Something that matters, our `state` with it (unknown, asked, unsure, denied, known), and what would settle it."""

    what: str
    state: str
    evidence: list[Cited]
    asked_in: list[str]
    ask: AskShown


class NextQuestionShown(Struct, frozen=True):
    """A question worth asking next: to whom, through whom where nobody has met them, why now, and what it settles."""

    question: str
    to: str | None
    through: str | None
    why_now: str
    settles: list[Settled]
    evidence: list[Cited]


class Reasoned(Struct, frozen=True):
    """A check, and why it is clear, does not apply, was set aside, broke, or is the likely cause."""

    check: str
    why: str


class DealShown(Struct, frozen=True):
    """The CRM's view of a deal on the day from which it is reviewed."""

    id: str
    name: str
    account: str
    seller: str
    amount: float | None
    currency: str | None
    stage: str | None
    created: str | None
    planned_close: str | None
    outcome: str | None
    touches: int
    last_touch_on: str | None
    last_word_from_the_buyer: str | None
    buyers: int
    buyers_met: int


class ReviewDocument(Struct, frozen=True):
    """What a review says of one deal. `schema` changes when a field's meaning does."""

    deal: DealShown
    as_of: str
    findings: list[FindingShown]
    likely_cause: Reasoned | None
    next_causes: list[Reasoned]
    next_questions: list[NextQuestionShown]
    signs: list[SignShown]
    unknowns: list[UnknownShown]
    clear: list[Reasoned]
    does_not_apply: list[Reasoned]
    waived: list[Reasoned]
    failed: list[Reasoned]
    left_out: list[LeftOut]
    remarks: list[str]
    lists: list[ListShown] = []
    trials_begun_without: list[Reasoned] = []
    """Each trial that began with something missing, and the reason that was given: no waiver hides it."""
    schema: str = "premortem.review/1"


def review(
    entries: Sequence[Entry],
    contents: Contents,
    as_of: date | None = None,
    norms: Norms | None = None,
    left_out: Sequence[LeftOut] = (),
    remarks: Sequence[str] = (),
    rules: Rules | None = None,
    lists: Sequence[str] = (),
    today: date | None = None,
) -> ReviewDocument:
    """Put every check to a deal and say what they found in words.

    Without `as_of` a deal that goes on is seen from `today`, where given, else from the day of its last touch, and one
    that has ended from the day before its end; a waiver that was over by `today` no longer holds. `rules` are the
    firm's own checks and norms (unless `norms` are given), `lists` the qualification lists to show. Raises Unknown for
    a list that there is not.
    """
    rules = rules or rules_of()
    shown = rules.lists(lists)
    moment = moment_of(entries, end_of(as_of) if as_of else None, today=today)
    norms = norms or rules.norms_of(deal_as_of(entries, moment))
    found = review_entries(entries, moment, norms, put=rules.put, today=today)
    document = review_document(found, deal_as_of(entries), contents, left_out, remarks)
    return replace(
        document,
        does_not_apply=[*document.does_not_apply, *(Reasoned(check, why) for check, why in rules.switched_off)],
        failed=[*(Reasoned("playbook", why) for why in rules.wrong), *document.failed],
        lists=lists_shown(shown, found, Witness(found.deal, contents)),
    )


def review_document(
    found: Review,
    whole: Deal,
    contents: Contents,
    left_out: Sequence[LeftOut],
    remarks: Sequence[str],
    witness: Witness | None = None,
) -> ReviewDocument:
    """`whole` is the deal with hindsight: it alone may tell how the deal ended. `witness` is of the deal as found."""
    witness = witness or Witness(found.deal, contents)
    return ReviewDocument(
        deal=deal_shown(found.deal, whole),
        as_of=found.deal.as_of.date().isoformat(),
        findings=[finding_shown(one, witness) for one in found.findings],
        likely_cause=next((Reasoned(one, witness.sentence(why)) for one, why in found.causes[:1]), None),
        next_causes=[Reasoned(one, witness.sentence(why)) for one, why in found.causes[1:]],
        next_questions=questions_shown(found, witness),
        signs=[
            SignShown(
                name,
                witness.sentence(one.says),
                list(dict.fromkeys(witness.cite(quote) for quote in one.evidence)),
                [witness.touch_name(touch) for touch in one.touches],
                ask_shown(one.ask, witness),
            )
            for name, one in found.signs
        ],
        unknowns=[unknown_shown(one, witness) for one in found.unknowns],
        clear=[Reasoned(check, witness.sentence(why)) for check, why in found.clear],
        does_not_apply=[Reasoned(check, witness.sentence(why)) for check, why in found.not_applying],
        waived=[Reasoned(one.check, waiver_told(waiver, contents)) for one, waiver in found.waived],
        failed=[Reasoned(one.check, one.error) for one in found.failed],
        left_out=list(left_out),
        remarks=list(remarks),
        trials_begun_without=[
            Reasoned("trial_without_criteria", text(contents, one.override))
            for one in found.deal.trials.values()
            if one.override is not None
        ],
    )


def waiver_told(waiver: Waiver, contents: Contents) -> str:
    """Why somebody set a check aside, and until when."""
    until = f" (until {waiver.until.isoformat()})" if waiver.until is not None else ""
    return text(contents, waiver.reason) + until


def finding_shown(one: Finding, witness: Witness) -> FindingShown:
    """A finding with names and quotes put back."""
    return FindingShown(
        check=one.check,
        severity=one.severity,
        says=witness.sentence(one.says),
        first_visible=witness.touch_name(one.first_visible) if one.first_visible else None,
        evidence=list(dict.fromkeys(witness.cite(quote) for quote in one.evidence)),
        touches=[witness.touch_name(touch) for touch in one.touches],
        ask=ask_shown(one.ask, witness),
    )


def ask_shown(ask: Ask, witness: Witness) -> AskShown:
    """A question with names put back."""
    return AskShown(witness.sentence(ask.question), witness.name(ask.to))


def questions_shown(found: Review, witness: Witness) -> list[NextQuestionShown]:
    """What to ask next, in words."""
    return [
        question_shown(one, witness) for one in next_questions(found.deal, found.findings, found.signs, found.unknowns)
    ]


def question_shown(one: NextQuestion, witness: Witness) -> NextQuestionShown:
    """A question worth asking next with names and quotes put back."""
    return NextQuestionShown(
        question=witness.sentence(one.ask.question),
        to=witness.name(one.ask.to),
        through=witness.name(one.through),
        why_now=witness.sentence(one.why),
        settles=list(one.settles),
        evidence=list(dict.fromkeys(witness.cite(quote) for quote in one.evidence)),
    )


def unknown_shown(one: Unknown, witness: Witness) -> UnknownShown:
    """An unknown with names and quotes put back."""
    return UnknownShown(
        one.what,
        one.state,
        list(dict.fromkeys(witness.cite(quote) for quote in one.evidence)),
        [witness.touch_name(touch) for touch in one.asked_in],
        ask_shown(one.ask, witness),
    )


def deal_shown(deal: Deal, whole: Deal) -> DealShown:
    """The head of a deal: the row as it stood, and how far we got with the people on the other side."""
    opened = deal.opened or whole.opened
    buyer_word = deal.last_word_from("buyer")
    return DealShown(
        id=deal.id,
        name=deal.name if deal.opened or deal.names else whole.name,
        account=opened.account if opened else "",
        seller=opened.seller if opened else "",
        amount=deal.amount,
        currency=opened.currency if opened else None,
        stage=deal.stage,
        created=_day(deal.created),
        planned_close=deal.planned_close.isoformat() if deal.planned_close else None,
        outcome=whole.outcome[1].status if whole.outcome else None,
        touches=len(deal.touches),
        last_touch_on=_day(deal.touches[-1].at) if deal.touches else None,
        last_word_from_the_buyer=_day(buyer_word.at) if buyer_word else None,
        buyers=len(deal.buyers),
        buyers_met=sum(person.met is not None for person in deal.buyers),
    )


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None
