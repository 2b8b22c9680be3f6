"""The vocabulary of claims: what words can tell about a deal, who may say it, and an example of each.

A claim is what a careful sales manager would underline. One that is denied is not that claim: 'we have no budget' is
`budget_missing`, never `budget_confirmed`. Buyers may say most of them, sellers the moves of our own side; a seller who
reports in a note speaks for both.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Claim = Literal[
    "person_named",
    "decision_maker_named",
    "authority_claimed",
    "introduction_asked",
    "introduction_agreed",
    "introduction_refused",
    "wants_us",
    "will_fight",
    "personal_stake",
    "opposition_stated",
    "inside_information",
    "decision_process_described",
    "decision_process_unknown",
    "decision_date_stated",
    "delay_stated",
    "next_step_agreed",
    "budget_confirmed",
    "budget_missing",
    "price_objection",
    "pain_stated",
    "impact_quantified",
    "use_case_described",
    "compelling_event",
    "competitor_named",
    "parallel_effort",
    "status_quo_option",
    "collateral_requested",
    "trial_discussed",
    "success_criteria_stated",
    "product_problem",
    "fit_doubt",
    "change_risk",
    "discovery_question",
    "close_pushed",
    "discount_offered",
    "content_offered",
]

Voice = Literal["buyer", "seller", "note"]
Topic = Literal[
    "pain",
    "use_case",
    "impact",
    "authority",
    "process",
    "timing",
    "budget",
    "competition",
    "criteria",
    "stakes",
    "risk",
]
TOPICS: tuple[str, ...] = get_args(Topic)
"""What a `discovery_question` can open: the value of that claim."""

BUYER: frozenset[Voice] = frozenset({"buyer", "note"})
SELLER: frozenset[Voice] = frozenset({"seller", "note"})
ANYONE: frozenset[Voice] = frozenset({"buyer", "seller", "note"})
SELLER_LIVE: frozenset[Voice] = frozenset({"seller"})

About = Literal["the person spoken of", "the speaker", "nobody"]
OTHER: About = "the person spoken of"
SPEAKER: About = "the speaker"
NOBODY: About = "nobody"


class Meaning(NamedTuple):
    """What a claim says, who may say it, words that carry it, whom `person` names, and what `value` holds."""

    claim: Claim
    family: str
    said_by: frozenset[Voice]
    means: str
    example: str
    about: About = NOBODY
    value: str | None = None


_MEANINGS = (
    Meaning(
        "person_named",
        "people and authority",
        ANYONE,
        (
            "A buyer-side person who takes no part in this touch is named, or given by a title that points to one "
            "person. Once per person per touch, at the first mention."
        ),
        "you'd have to square that with Ottoline in finance",
        OTHER,
    ),
    Meaning(
        "decision_maker_named",
        "people and authority",
        BUYER,
        ("Who decides, signs, approves, holds the budget or can veto, when it is somebody other than the speaker."),
        "anything over ten thousand lands on her desk, not mine",
        OTHER,
    ),
    Meaning(
        "authority_claimed",
        "people and authority",
        BUYER,
        "The speaker can decide or sign alone.",
        "up to that sum I just put it on the card",
        SPEAKER,
    ),
    Meaning(
        "introduction_asked",
        "people and authority",
        SELLER,
        "Asks to meet, call or include a further buyer-side person.",
        "could the two of us sit down with your director for half an hour?",
        OTHER,
    ),
    Meaning(
        "introduction_agreed",
        "people and authority",
        BUYER,
        "Offers or agrees to bring somebody in.",
        "I'll drag him into the next one",
        OTHER,
    ),
    Meaning(
        "introduction_refused",
        "people and authority",
        BUYER,
        "Declines, deflects or puts off an introduction.",
        "leave the boss to me for now",
        OTHER,
    ),
    Meaning(
        "wants_us",
        "people and authority",
        BUYER,
        "The speaker personally wants this seller to win, or prefers it.",
        "if it were down to me we'd have signed in May",
        SPEAKER,
    ),
    Meaning(
        "will_fight",
        "people and authority",
        BUYER,
        "The speaker will argue for this choice inside, or has done so.",
        "I told them I'm not going back to the old one",
        SPEAKER,
    ),
    Meaning(
        "personal_stake",
        "people and authority",
        BUYER,
        "A personal reason why the speaker gains from the purchase.",
        "I'd get my Sundays back",
        SPEAKER,
    ),
    Meaning(
        "opposition_stated",
        "people and authority",
        BUYER,
        "Somebody on the buyer's side is against this seller or the purchase, or prefers a rival.",
        "Henrik thinks the whole thing is a waste of money",
        OTHER,
    ),
    Meaning(
        "inside_information",
        "people and authority",
        BUYER,
        (
            "Something of the selection that the seller could not know otherwise: other bids, who said what in "
            "the committee, how scores stand."
        ),
        "between us, you came out second on paper",
        NOBODY,
    ),
    Meaning(
        "decision_process_described",
        "process and time",
        BUYER,
        "How it will be decided: steps, committee, board, security or legal review, scoring, purchasing.",
        "it goes to the risk people first and then to the Thursday board",
        NOBODY,
    ),
    Meaning(
        "decision_process_unknown",
        "process and time",
        BUYER,
        "They don't know how it will be decided or who is in it.",
        "honestly I've never bought anything here before",
        NOBODY,
    ),
    Meaning(
        "decision_date_stated",
        "process and time",
        BUYER,
        "The buyer's own date or period for deciding, signing or going live.",
        "we want it settled before the summer holidays",
        NOBODY,
        "the day or period",
    ),
    Meaning(
        "delay_stated",
        "process and time",
        BUYER,
        "Slips, on hold, other priorities, a freeze, a reorganisation.",
        "it has dropped down the list since the merger",
        NOBODY,
    ),
    Meaning(
        "next_step_agreed",
        "process and time",
        ANYONE,
        "A concrete next step with a date or a day that the buyer accepts or proposes.",
        "Tuesday the fourth at ten works, send the invite",
        NOBODY,
        "the day",
    ),
    Meaning(
        "budget_confirmed",
        "money",
        BUYER,
        "Money is set aside, approved or already in the plan.",
        "we've ring-fenced sixty for it",
        NOBODY,
        "the amount",
    ),
    Meaning(
        "budget_missing",
        "money",
        BUYER,
        "Not budgeted, cut, frozen, or they don't know whether there is any.",
        "there isn't a line for this anywhere",
        NOBODY,
    ),
    Meaning(
        "price_objection",
        "money",
        BUYER,
        "Too dear, over what they can spend, wants it cheaper.",
        "that made my eyes water",
        NOBODY,
    ),
    Meaning(
        "pain_stated",
        "need",
        BUYER,
        "The business or technical problem that hurts, in the buyer's words.",
        "every month end it falls over and we stay till midnight",
        NOBODY,
    ),
    Meaning(
        "impact_quantified",
        "need",
        BUYER,
        "A number on the pain or on the gain: hours, money, percent, people.",
        "that's two people full time just retyping",
        NOBODY,
        "the number",
    ),
    Meaning(
        "use_case_described",
        "need",
        BUYER,
        "How they work today or how they would use it: the process, step by step or by example.",
        "the driver scans it, it drops into a folder, and Jo copies it over",
        NOBODY,
    ),
    Meaning(
        "compelling_event",
        "need",
        BUYER,
        "An outside date or event that forces a decision.",
        "the old contract runs out on the last of March",
        NOBODY,
        "the day",
    ),
    Meaning(
        "competitor_named",
        "rivals",
        ANYONE,
        "A rival vendor or product, by name. Once per rival per touch.",
        "we also had Brightwater in last week",
        NOBODY,
        "the rival",
    ),
    Meaning(
        "parallel_effort",
        "rivals",
        BUYER,
        "Others in the buyer's organisation look for, run or build another solution to the same problem.",
        "the Ghent office is already trying something of their own",
        NOBODY,
    ),
    Meaning(
        "status_quo_option",
        "rivals",
        BUYER,
        "Doing nothing, staying with what they have or building it themselves is named as a real option.",
        "or we limp along another year",
        NOBODY,
    ),
    Meaning(
        "collateral_requested",
        "evaluation",
        BUYER,
        "Asks for references, case studies, documentation, a security pack, a price list, slides.",
        "have you got something I can show them, two pages at most?",
        NOBODY,
    ),
    Meaning(
        "trial_discussed",
        "evaluation",
        ANYONE,
        "A trial, pilot, proof of concept or sandbox is asked for, offered, planned or reported on.",
        "can we just try it on one warehouse?",
        NOBODY,
    ),
    Meaning(
        "success_criteria_stated",
        "evaluation",
        ANYONE,
        "What must be true for the trial or project to count as a success.",
        "if it halves the rejects by June it stays",
        NOBODY,
    ),
    Meaning(
        "product_problem",
        "evaluation",
        BUYER,
        "Something in the product broke, was wrong or too slow during the evaluation.",
        "it timed out twice while I was showing it to my boss",
        NOBODY,
    ),
    Meaning(
        "fit_doubt",
        "evaluation",
        BUYER,
        (
            "Doubts that it fits their needs: would have to be bent, customised; too big, too small; examples "
            "that are not like them."
        ),
        "that looks made for firms ten times our size",
        NOBODY,
    ),
    Meaning(
        "change_risk",
        "evaluation",
        BUYER,
        "Fear of the change itself: disruption, migration, adoption, blame, picking wrong.",
        "if the switch goes wrong in harvest week I'm finished",
        NOBODY,
    ),
    Meaning(
        "discovery_question",
        "the seller's moves",
        SELLER_LIVE,
        "A question that opens one of the TOPICS. Not logistics, not rhetorical.",
        "what happens on your side when a delivery comes in short?",
        NOBODY,
        "the topic",
    ),
    Meaning(
        "close_pushed",
        "the seller's moves",
        SELLER,
        "Presses for a signature by the seller's own date or for the seller's own reasons.",
        "if you could sign by Friday it would really help my quarter",
        NOBODY,
    ),
    Meaning(
        "discount_offered",
        "the seller's moves",
        SELLER,
        "Offers a lower price or better terms.",
        "I could take ten percent off the first year",
        NOBODY,
    ),
    Meaning(
        "content_offered",
        "the seller's moves",
        SELLER,
        "Sends or offers references, case studies, documents, decks.",
        "I'll send you three stories from your trade",
        NOBODY,
    ),
)

CLAIMS: dict[str, Meaning] = {meaning.claim: meaning for meaning in _MEANINGS}


def may_say(claim: str, side: str, in_note: bool) -> bool:
    """Whether somebody of this side ('buyer', 'seller') can make this claim in a touch of this kind.

    Raises KeyError for a word that is no claim.
    """
    voice: Voice = "note" if in_note else "seller" if side == "seller" else "buyer"
    return voice in CLAIMS[claim].said_by
