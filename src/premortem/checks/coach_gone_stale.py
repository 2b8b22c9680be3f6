"""
## What it looks for
Somebody who had a reason of their own and spoke up for us has gone quiet, or has told us nothing of the inside for
longer than evidence holds; or things they told us proved wrong.

## Why it matters
A coach is a spring, not a bucket: what they said in spring says nothing of the summer. And a coach who is wrong once is
not against us, but the rest of what we know from them needs a second voice.

## Example
In February she sends the agenda before it is out. Since April there are only thanks and holiday greetings, and the plan
still rests on February's agenda.

## What to ask next
What has moved since we last spoke openly, and who has joined in? Put it to them in person, not by mail.

## When it does not apply
Where nobody meets the first conditions of a coach: a reason of their own, and word or deed for us.
"""

from __future__ import annotations

from datetime import datetime

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, counted, on, quotes, refs
from premortem.checks.coach_conditions import Tip, guides, last_heard, showing, tips
from premortem.ledger.deal import Deal
from premortem.ledger.entries import PersonId
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    coaches = [one for one, claims in showing(deal).items() if guides(claims)]
    last = {one: heard_at for one in coaches if (heard_at := last_heard(deal, one)) is not None}
    if not last:
        return DoesNotApply("nobody has a reason of their own and spoke up for us")
    freshest = max(last, key=lambda one: (last[one], one))
    told = tips(deal, freshest)
    wrong = [tip for tip in told if tip.standing == "false"]
    if wrong:
        return _wrong(freshest, wrong)
    if (deal.as_of - last[freshest]).days > norms.silence_days.value:
        return _stale(deal, freshest, last[freshest], f"{refs([freshest])} spoke up for us, and was last heard")
    newest = max((tip.said.at for tip in told), default=None)
    if newest is not None and (deal.as_of - newest).days > norms.fresh_days.value:
        return _stale(deal, freshest, newest, f"{refs([freshest])} still talks to us, and last told us of the inside")
    return Clear(f"{refs([freshest])} was last heard on {on(last[freshest])}, and nothing they told us proved wrong")


def _wrong(coach: PersonId, wrong: list[Tip]) -> Sign:
    facts = [fact for tip in wrong for fact in (tip.said, tip.by) if fact is not None]
    return Sign(
        says=f"{counted(len(wrong), 'thing')} that {refs([coach])} told us proved wrong; what else rests on their word "
        "alone is less sure by that.",
        ask=ask("We heard something different since from somebody else. What has changed, as you see it?", coach),
        evidence=quotes(*facts),
        touches=tuple(dict.fromkeys(fact.fact.touch for fact in facts)),
    )


def _stale(deal: Deal, coach: PersonId, since: datetime, says: str) -> Sign:
    return Sign(
        says=f"{says} on {on(since)}, {counted((deal.as_of - since).days, 'day')} ago.",
        ask=ask("What has moved on your side since we last spoke openly, and who has joined in?", coach),
        evidence=quotes(*(known for known in deal.facts if known.fact.speaker == coach and known.at == since)),
        touches=tuple(touch.id for touch in deal.touches if touch.at == since),
    )
