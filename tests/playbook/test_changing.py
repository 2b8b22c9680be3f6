"""One setting is changed in a playbook's text, and nobody's comments, order or odd writing suffer from it."""

from __future__ import annotations

import pytest

from premortem.playbook.changing import NotSafely, changed, literal

ODD = '''# ours
[thresholds]  # asked for by Ann
# silence_days = 30
"silence_days"=10	# after August

[off]
seller_dominates = """we demo
no_impact = "not a setting"
"""  # told by Bo
# about the list
[[lists.ours]]
letter = "D"
'''


def test_a_number_is_written_anew_in_its_place() -> None:
    assert changed(ODD, "thresholds", "silence_days", "12") == ODD.replace('"=10', '"=12')


def test_a_setting_taken_out_leaves_its_comment() -> None:
    assert changed(ODD, "thresholds", "silence_days", None) == ODD.replace('"silence_days"=10	#', "#")
    long = ODD[ODD.index("seller_dominates") : ODD.index("# told")]
    assert changed(ODD, "off", "seller_dominates", None) == ODD.replace(long, "")


def test_a_new_one_goes_beneath_the_others_of_its_table() -> None:
    reason = literal('"too dear"\n# is no reason here')
    with_it = ODD.replace("# told by Bo\n", f"# told by Bo\nno_impact = {reason}\n")
    assert changed(ODD, "off", "no_impact", reason) == with_it
    assert changed(with_it, "off", "no_impact", None) == ODD


def test_without_its_table_one_is_added_at_the_end() -> None:
    assert changed("", "off", "of our.own", '"x"') == '[off]\n"of our.own" = "x"\n'
    assert changed("use = []", "off", "no_impact", '"x"') == 'use = []\n\n[off]\nno_impact = "x"\n'


def test_what_can_not_be_changed_safely_is_left() -> None:
    with pytest.raises(NotSafely):
        changed('off = { no_impact = "x" }\n', "off", "no_impact", None)
    with pytest.raises(NotSafely):
        changed("[off\n", "off", "no_impact", '"x"')
