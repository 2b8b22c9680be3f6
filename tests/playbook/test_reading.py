"""A firm writes its playbook: what it sets holds, and each mistake is told with its line and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from premortem.errors import PremortemError, Unreadable
from premortem.ledger.norms import Norms
from premortem.playbook.reading import Playbook, no_playbook, read_playbook


def playbook(folder: Path, text: str) -> Playbook:
    file = folder / "premortem.toml"
    file.write_text(text, encoding="utf-8")
    return read_playbook(file)


def mistakes(folder: Path, text: str) -> list[str]:
    return [str(one).removeprefix(f"{folder}/") for one in playbook(folder, text).mistakes]


def test_an_empty_one_changes_nothing(tmp_path: Path) -> None:
    book = playbook(tmp_path, "")
    assert book.over(Norms()) == Norms()
    assert (set(book.put), book.mistakes) == (set(no_playbook().put), ())


def test_thresholds_take_the_place_of_norms(tmp_path: Path) -> None:
    norms = playbook(tmp_path, "[thresholds]\nsilence_days = 10\ncycle_days = 90.5\n").over(Norms())
    assert (norms.silence_days.value, norms.cycle_days.value) == (10, 90.5)
    assert norms.silence_days.source == "set in premortem.toml"
    assert norms.fresh_days == Norms().fresh_days


def test_the_cadence_sets_how_long_evidence_is_fresh(tmp_path: Path) -> None:
    assert playbook(tmp_path, 'cadence = "yearly"').over(Norms()).fresh_days.value == 243
    assert playbook(tmp_path, 'cadence = "weekly"').over(Norms()).fresh_days.value == 5
    said_more_exactly = playbook(tmp_path, 'cadence = "weekly"\n[thresholds]\nfresh_days = 9')
    assert said_more_exactly.over(Norms()).fresh_days.value == 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "\n[thresholds]\nsilence_day = 3\n",
            "premortem.toml, line 3, thresholds.silence_day: is no threshold. Did you mean silence_days?",
        ),
        ('[thresholds]\nsilence_days = "3"\n', "line 2, thresholds.silence_days: '3' is no number. Write a number"),
        ("[thresholds]\nsilence_days = true\n", "thresholds.silence_days: True is no number"),
        ("[thresholds]\nsilence_days = -1\n", "-1 can't be a threshold. Take a number above 0."),
        ("[thresholds]\nsilence_days = nan\n", "nan can't be a threshold"),
        ("[thresholds]\nseller_share_caution = 55\n", "55 is no share. Write 55% as 0.55."),
        ("thresholds = 3\n", "line 1, thresholds: is no table. Write [thresholds] on a line of its own"),
        ("[of]\ngone_quiet = 'x'\n", "line 1, of: is no setting. Did you mean off?"),
        ('cadence = "quarterley"\n', "line 1, cadence: 'quarterley' is no cadence. Did you mean quarterly"),
        ('[off]\ngone_quite = "x"\n', "line 2, off.gone_quite: is no check. Did you mean gone_quiet"),
        ('[off]\ngone_quiet = ""\n', "line 2, off.gone_quiet: is switched off without a reason. Say why"),
        ('use = ["medic"]\n', "line 1, use: there is no list 'medic'. Did you mean med"),
        ("use = [3]\n", "use: there is no list '3'. There are bant, meddicc, meddpicc, spiced."),
        ('use = "bant"\n', 'use: is no list of names. Write it like use = ["meddicc"].'),
        ('checks = "ours"\n', "line 1, checks: there is no folder"),
        ("checks = 3\n", "line 1, checks: names no folder"),
        ('[[lists.bant]]\nletter = "B"\n', "lists.bant: is the name of a list that everybody has. Give yours another"),
        ('lists.x = "y"\n', "lists.x: is no list of letters. Write [[lists.x]] above each letter."),
        ("[thresholds]\nsilence_days = 3\nsilence_days = 4\n", "premortem.toml, line 3: is no TOML: Cannot overwrite"),
        ("[thresholds\n", "is no TOML"),
    ],
)
def test_a_mistake_names_its_place_and_the_way_out(tmp_path: Path, text: str, told: str) -> None:
    (one,) = mistakes(tmp_path, text)
    assert told in one


def test_a_mistake_leaves_out_nothing_but_itself(tmp_path: Path) -> None:
    book = playbook(tmp_path, 'cadenc = "weekly"\n[thresholds]\nsilence_days = 7\nwhatever_days = 1\n[off]\nno = "x"\n')
    assert len(book.mistakes) == 3
    assert book.over(Norms()).silence_days.value == 7


def test_letters_of_an_own_list_are_told_by_their_own_lines(tmp_path: Path) -> None:
    text = """
[[lists.ours]]
letter = "A"
name = "First"
known_by = ["pain_stated"]

[[lists.ours]]
letter = "B"
name = "Second"
known_by = ["pain_statd"]
topic = ["pain"]

[[lists.ours]]
letter = "C"
"""
    told = mistakes(tmp_path, text)
    assert any(
        "line 10, lists.ours.known_by: there is no 'pain_statd' among the claims. Did you" in one for one in told
    )
    assert any("line 11, lists.ours.topic: is nothing that a letter has. Did you mean topics?" in one for one in told)
    assert any("line 13, lists.ours: letter 3 has no name" in one for one in told)
    assert [letter.letter for letter in playbook(tmp_path, text).lists["ours"]] == ["A"]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="can't be opened"):
        read_playbook(tmp_path / "nowhere.toml")


def test_bytes_that_are_no_text_are_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "premortem.toml"
    file.write_bytes(b"\xff\xfe[thresholds]")
    (mistake,) = read_playbook(file).mistakes
    assert "UTF-8" in str(mistake)


def test_two_checks_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "gone_quiet.py").write_text("def check(deal, norms): ...")
    with pytest.raises(PremortemError, match=r"two checks are called 'gone_quiet': rename the file .*gone_quiet\.py"):
        playbook(tmp_path, 'checks = "checks/"')
