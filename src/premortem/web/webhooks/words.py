"""The names and words that go along with a message where an admin said so for its address.

They are put in when a message is sent and are not kept with it: what was erased since is not sent any more.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from premortem.acts.witness import Witness
from premortem.ledger.contents import text
from premortem.ledger.entries import Finding, Quote
from premortem.ledger.fold import deal_as_of
from premortem.records.models import DealRow, ReviewRow
from premortem.web.ledger import ledger

log = logging.getLogger(__name__)
QUOTES = 3
"""Quotes of a finding that go along."""


def with_words(payload: str) -> bytes:
    """A message with what was said and by whom in it, as `data.words`; as it is where it is about no deal."""
    message: dict[str, Any] = msgspec.json.decode(payload)
    row = DealRow.objects.filter(deal=message["data"].get("deal", "")).first()
    if row is None:
        return payload.encode()
    told: dict[str, object] = {"deal": row.name, "account": row.account}
    try:
        told |= _words(row.deal, message)
    except ValueError:
        log.exception("deal '%s' can't be read: its message goes without words. Run `premortem verify`.", row.deal)
    message["data"]["words"] = told
    return msgspec.json.encode(message)


def _words(deal: str, message: dict[str, Any]) -> dict[str, object]:
    data, event = message["data"], str(message["type"])
    if "check" in data:
        return _of_finding(deal, data["check"]) if event == "finding.raised" else {}
    if not {"fact", "touch", "milestone", "problem"} & data.keys():
        return {}
    opened = ledger()
    witness = Witness(deal_as_of(opened.store.read(deal)), opened.contents)
    if "fact" in data:
        return _of_fact(witness, data["fact"])
    if "milestone" in data:
        step = witness.deal.milestones.get(data["milestone"])
        return {} if step is None else {"title": text(opened.contents, step.title)}
    if "problem" in data:
        met = witness.deal.problems.get(data["problem"])
        return {} if met is None else {"words": text(opened.contents, met.words)}
    there = data["touch"] in {touch.id for touch in witness.deal.touches}
    return {"name": witness.touch_name(data["touch"])} if there else {}


def _of_finding(deal: str, check: str) -> dict[str, object]:
    kept = ReviewRow.objects.filter(deal=deal).values_list("findings", flat=True).first()
    found = [one for one in msgspec.json.decode(kept or "[]", type=list[Finding]) if one.check == check]
    if not found:
        return {}
    opened = ledger()
    witness = Witness(deal_as_of(opened.store.read(deal)), opened.contents)
    quotes = [_quoted(witness, one) for one in found[0].evidence[:QUOTES]]
    ask = {"question": witness.sentence(found[0].ask.question), "to": witness.name(found[0].ask.to)}
    return {"says": witness.sentence(found[0].says), "quotes": quotes, "ask": ask}


def _of_fact(witness: Witness, fact: str) -> dict[str, object]:
    """What a fact rests on; one that was rejected stands no more, and is not quoted."""
    known = next((one for one in witness.deal.facts if one.fact.fact == fact), None)
    return {} if known is None else {"value": known.fact.value, "quotes": [_quoted(witness, known.quote)]}


def _quoted(witness: Witness, quote: Quote) -> dict[str, object]:
    cited = witness.cite(quote)
    return {"speaker": cited.speaker, "quote": cited.quote, "at": cited.at}
