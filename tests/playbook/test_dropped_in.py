"""Anyone drops a check into the folder: it speaks in the review, and if it is broken, so it says, and nothing stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from premortem.acts.playbook import Rules, rules_of
from premortem.checks.review import Review, review
from tests.telling import told

STORY = 'deal: A lathe\nsellers: Ines\n2026-01-05 call: Ines 40%, Tom 60%\n  Tom pain_stated "it jams"\n'
IMPORTS = (
    "from premortem.checks.base import *\nfrom premortem.checks.base import Raised, Clear, Sign, ask, quotes, ids\n"
)


def rules(folder: Path, **files: str) -> Rules:
    (folder / "checks").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "checks" / f"{name}.py").write_text(text, encoding="utf-8")
    playbook = folder / "premortem.toml"
    playbook.write_text('checks = "checks/"', encoding="utf-8")
    return rules_of(None, playbook)


def reviewed(folder: Path, **files: str) -> Review:
    return review(told(STORY), put=rules(folder, **files).put)


def answering(answer: str) -> str:
    return f"{IMPORTS}\ndef check(deal, norms):\n    return {answer}\n"


def test_it_is_raised_and_dated_like_any_other(tmp_path: Path) -> None:
    pain = answering("Raised('medium', 'It jams.', ask('How often?'), quotes(*deal.said('pain_stated')))")
    found = next(one for one in reviewed(tmp_path, jams=pain).findings if one.check == "jams")
    assert (found.severity, found.first_visible) == ("medium", "2026-01-05-call")


def test_it_can_be_clear_or_a_sign(tmp_path: Path) -> None:
    both = reviewed(
        tmp_path,
        fine=answering("Clear('all is well')"),
        hm=answering("Sign('Hm.', ask('Hm?'), (), ids(*deal.touches))"),
    )
    assert ("fine", "all is well") in both.clear
    assert "hm" in [name for name, _ in both.signs]


def test_files_that_begin_with_a_stroke_are_left_alone(tmp_path: Path) -> None:
    assert "_shared" not in rules(tmp_path, _shared="1 / 0").put


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import no_such_thing\n", r"line 1: it can't be loaded: ModuleNotFoundError: No module named 'no_such_thing'"),
        ("def check(deal, norms)\n", r"line 1: it can't be loaded: SyntaxError"),
        ("import sys\nsys.exit(3)\n", r"line 2: it can't be loaded: SystemExit"),
        ("x = 1\n", "there is no function 'check"),
        ("def check(deal, norms):\n    return 1 / 0\n", "broken.py, line 2: ZeroDivisionError: division by zero"),
        ("def check(deal):\n    return None\n", "TypeError: check() takes 1 positional argument but 2 were given"),
        ("def check(deal, norms):\n    raise SystemExit\n", "line 2: SystemExit"),
        (answering("None"), "it answered NoneType; return Raised(…), Sign(…), Clear(…) or DoesNotApply(…)"),
        (answering("'all is well'"), "it answered str"),
        (answering("Raised('awful', 'x', ask('y?'), (), ids(*deal.touches))"), "its Raised is not as it should be"),
        (answering("Raised('high', 'x', 'y?', (), ids(*deal.touches))"), "its Raised is not as it should be"),
        (answering("Raised('high', 'x', ask('y?'))"), "it raised something without evidence"),
        (
            answering("Raised('high', 'x', ask('y?'), (), ('nowhere',))"),
            "names a touch 'nowhere' that is not in the deal",
        ),
        (answering("Clear(object())"), "its Clear is not as it should be"),
    ],
)
def test_a_broken_one_says_so_and_stops_nothing(tmp_path: Path, text: str, why: str) -> None:
    found = reviewed(tmp_path, broken=text)
    (failed,) = {(one.check, one.error) for one in found.failed}
    assert failed[0] == "broken"
    assert why in failed[1]
    assert found.clear


def test_a_name_that_is_none_is_told(tmp_path: Path) -> None:
    found = reviewed(tmp_path, **{"my-check": "def check(deal, norms): ..."})
    assert "Rename it" in found.failed[0].error


def test_what_is_switched_off_is_not_put_and_is_told(tmp_path: Path) -> None:
    playbook = tmp_path / "premortem.toml"
    playbook.write_text('[off]\ngone_quiet = "we sell to farmers"', encoding="utf-8")
    book = rules_of(None, playbook)
    assert "gone_quiet" not in book.put
    assert book.switched_off == [("gone_quiet", "switched off in premortem.toml: we sell to farmers")]
