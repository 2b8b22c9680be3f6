"""
## What it looks for
Material went only to people who don't give the final yes. It is known who gives it; nobody of ours has spoken with
them, and in no touch in which we offered or sent something did they take part.

## Why it matters
A paper written for the engineer says nothing to whoever signs, and is passed on as it is, or not at all. The person who
signs asks other things: who else trusts this firm, what could go wrong, who looks after us. In the field some advise a
piece cut for each reader, others one story that the whole group can share; either way the person who signs is a reader.

## Example
The technical lead gets a protocol guide of ninety pages. The owner, who has never heard of us, decides on the evening
when she sees a well-known name on the other offer.

## What to ask next
When you bring this upstairs, what will be asked first, and what could you hand over that answers it in one page?

## When it does not apply
Where we have offered no material, or nobody is known to give the final yes. Once that person is met they can ask for
themselves.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    closest_buyer,
    counted,
    on,
    quotes,
    refs,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    pieces = [known for known in deal.said("content_offered") if deal.side(known.fact.speaker) != "buyer"]
    if not pieces:
        return DoesNotApply("we have offered no material")
    known = deal.with_role("economic_buyer")
    if not known:
        return DoesNotApply("nobody is known to give the final yes")
    deciders = [person.id for person in known if person.met is None]
    if not deciders:
        return Clear("whoever gives the final yes was met")
    gone = [at for at, one in deal.sent if one.to is not None and deal.human.get(one.to, one.to) in deciders]
    if gone:
        return Clear(f"a piece was sent to {refs(deciders)} on {on(gone[0])}")
    reached = {touch.id: touch for touch in deal.touches if not set(deciders).isdisjoint(touch.people())}
    shared = next((piece for piece in pieces if piece.fact.touch in reached), None)
    if shared is not None:
        return Clear(f"on {on(shared.at)} material was offered where {refs(deciders)} took part")
    return Sign(
        says=f"Material was offered {counted(len(pieces), 'time')}, never where {refs(deciders)} took part, and the "
        "final yes lies there. Whether you cut a piece for each reader or tell the group one story, it has to speak "
        "to that reader too.",
        ask=ask(
            f"When this comes before {refs(deciders)}, what will be asked first? "
            "What could we write on one page that answers it?",
            closest_buyer(deal, but=deciders),
        ),
        evidence=quotes(*pieces),
    )
