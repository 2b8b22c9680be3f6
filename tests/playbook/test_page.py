"""docs/playbook.md shows a whole playbook and a check: both are tried here, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from premortem.acts.playbook import playbook_document, rules_of
from premortem.checks.base import Clear, DoesNotApply, Raised
from premortem.ledger.deal import Change
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from premortem.playbook.lists import stand
from premortem.playbook.reading import read_playbook
from tests.telling import told

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "playbook.md").read_text(encoding="utf-8")
STORY = """deal: A press brake
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 40%, Tom 60%
  Tom budget_missing "there is no line for it"
2026-01-12 mail Ines to Tom
2026-01-19 mail Tom to Ines
"""


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "no_site_visit.py").write_text(block("python"), encoding="utf-8")
    (tmp_path / "premortem.toml").write_text(block("toml"), encoding="utf-8")
    return tmp_path / "premortem.toml"


def test_the_example_holds_as_it_stands(file: Path) -> None:
    document = playbook_document(rules_of(None, file))
    assert document.mistakes == []
    assert {one.name: one.value for one in document.thresholds} == {
        "fresh_days": 60,
        "silence_days": 10,
        "seller_share_caution": 0.55,
    }
    assert [(one.check, one.says[:7]) for one in document.checks] == [("no_site_visit", "We sell")]
    assert [one.check for one in document.switched_off] == ["seller_dominates"]
    assert (document.own_lists, document.use) == (["desk"], ["desk"])


def test_the_examples_check_answers(file: Path) -> None:
    check = rules_of(None, file).put["no_site_visit"]
    deal = deal_as_of(told(STORY))
    assert isinstance(check(deal, Norms()), DoesNotApply)  # no amount is known
    worth = replace(deal, amounts=(Change(deal.as_of, deal.as_of, 50_000),))
    raised = check(worth, Norms())
    assert isinstance(raised, Raised)
    assert raised.ask.question.startswith("Could we come")
    agreed = told(STORY + '2026-01-20 mail Tom to Ines\n  Tom next_step_agreed =2026-02-03 "come on the third"')
    assert isinstance(check(replace(deal_as_of(agreed), amounts=worth.amounts), Norms()), Clear)


def test_the_examples_list_stands(file: Path) -> None:
    standing = stand(deal_as_of(told(STORY)), read_playbook(file).lists["desk"])
    assert [(one.letter.name, one.state) for one in standing] == [("Who signs", "unknown"), ("Money", "denied")]


def test_the_mistake_that_the_page_shows(file: Path) -> None:
    file.write_text(block("toml").replace("silence_days", "silence_day"), encoding="utf-8")
    (mistake,) = read_playbook(file).mistakes
    assert str(mistake).removeprefix(f"{file.parent}/") == block("text").strip()
