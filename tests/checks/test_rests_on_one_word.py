from __future__ import annotations

import msgspec

from premortem.checks.base import Clear, Sign
from premortem.checks.rests_on_one_word import check
from premortem.ledger.entries import Entry, Fact, Forecast, Verdict
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import told, who

CALL = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
YES = '  Tom wants_us "from my side it should be you"\n'
COMMIT = "2026-01-06 stage Commit\n"


def test_a_commit_on_one_sentence_is_a_sign() -> None:
    seen = sign(check, CALL + YES + COMMIT, on="2026-01-07")
    assert seen.says.startswith("The stage 'Commit' rests on one thing")
    assert len(seen.evidence) == 1
    assert seen.ask.to == who("Tom")


def test_a_second_word_is_clear() -> None:
    money = '  Tom budget_confirmed "it is in the plan"\n'
    assert "2 words" in clear(check, CALL + YES + money + COMMIT, on="2026-01-07")


def test_a_word_that_a_person_confirmed_is_clear() -> None:
    entries = told("deal: A\n" + CALL + YES + COMMIT)
    fact = next(entry.body.fact for entry in entries if isinstance(entry.body, Fact))
    moment = entries[-1].at
    verdict = Entry(entries[0].deal, moment, moment, "user:ines", Verdict(fact, "confirmed"))
    assert isinstance(check(deal_as_of([*entries, verdict], moment), Norms()), Clear)


def test_a_forecast_that_commits_counts_like_a_stage() -> None:
    entries = told("deal: A\n" + CALL + YES)
    moment = entries[-1].at
    by = moment.date().replace(month=3)
    body = Forecast("rep", by, "commit")
    commit = Entry(entries[0].deal, moment, moment, "user:ines", body)
    seen = check(deal_as_of([*entries, commit], moment), Norms())
    assert isinstance(seen, Sign)
    assert seen.says.startswith("The commit in the forecast")
    pipeline = msgspec.structs.replace(commit, body=msgspec.structs.replace(body, category="pipeline"))
    assert not isinstance(check(deal_as_of([*entries, pipeline], moment), Norms()), Sign)


def test_before_anybody_counts_on_it_or_without_any_word_it_does_not_apply() -> None:
    assert "counts on it" in does_not_apply(check, CALL + YES)
    assert "nothing that it could rest on" in does_not_apply(check, CALL + COMMIT, on="2026-01-07")
