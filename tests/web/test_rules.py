"""Rules: a page never waits for the record, shows each check's own text, and keeps no playbook with a mistake."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from premortem.acts.telling.write_playbook import text_hash
from tests.web.conftest import House

GOOD = '[thresholds]\nsilence_days = 10\n\n[off]\nseller_dominates = "our calls are demos"\n'


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)


def test_the_record_is_worked_out_beside_the_page_and_asked_for_once(house: House) -> None:
    client = house.client("seller")
    assert "is being worked out" in client.get("/rules/").content.decode()
    client.get("/rules/")
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    work()
    shown = client.get("/rules/").content.decode()
    assert "is being worked out" not in shown
    assert "no record yet" not in shown
    assert DBTaskResult.objects.filter(status="READY").count() == 0


def test_a_check_has_its_own_page_and_none_for_a_name_that_is_none(house: House) -> None:
    shown = house.client("seller").get("/rules/gone_quiet/").content.decode()
    assert "<h2>What it looks for</h2>" in shown
    assert "Silence is an answer" in shown
    assert house.client("seller").get("/rules/no_such_check/").status_code == 404


def test_a_check_of_the_firms_own_can_put_no_markup_on_its_page(house: House) -> None:
    folder = house.file.parent / "checks"
    folder.mkdir()
    text = '"""<script>alert(1)</script>"""\n\ndef check(deal, norms):\n    return None\n'
    (folder / "of_our_own.py").write_text(text, encoding="utf-8")
    (house.file.parent / "premortem.toml").write_text('checks = "checks/"\n', encoding="utf-8")
    shown = house.client("seller").get("/rules/of_our_own/").content.decode()
    assert "<script>alert" not in shown


def _write(house: House, text: str, former: str = "", who: str = "admin") -> tuple[int, str]:
    answer = house.client(who).post("/rules/playbook/", {"text": text, "hash": text_hash(former)})
    return answer.status_code, answer.content.decode()


def _file(house: House) -> Path:
    return house.file.parent / "premortem.toml"


def test_an_admin_writes_the_playbook_and_the_former_one_is_kept(house: House) -> None:
    assert _write(house, GOOD)[0] == 302
    assert _file(house).read_text(encoding="utf-8") == GOOD
    assert _write(house, GOOD.replace("10", "12"), GOOD)[0] == 302
    kept = [one for one in house.file.parent.glob("premortem.*.toml") if one != _file(house)]
    assert [one.read_text(encoding="utf-8") for one in kept] == [GOOD]
    assert "our calls are demos" in house.client("seller").get("/rules/seller_dominates/").content.decode()


def test_only_an_admin_writes_it(house: House) -> None:
    for who in ("seller", "manager", "marketing", "executive"):
        assert _write(house, GOOD, who=who)[0] == 403
    assert not _file(house).exists()


def test_a_mistake_is_told_with_its_line_and_nothing_is_kept(house: House) -> None:
    status, shown = _write(house, "[thresholds]\nsilence_day = 14\n")
    assert status == 200
    assert "line 2, thresholds.silence_day: is no threshold. Did you mean silence_days?" in shown
    assert "silence_day = 14" in shown
    assert [one.name for one in house.file.parent.glob("*.toml")] == []


def test_two_who_write_at_once_do_not_undo_each_other(house: House) -> None:
    assert _write(house, GOOD)[0] == 302
    assert "Somebody else changed the playbook" in _write(house, "", "")[1]
    assert _file(house).read_text(encoding="utf-8") == GOOD


def test_the_folder_of_programs_cannot_be_set_from_a_page(house: House) -> None:
    folder = house.file.parent / "dropped"
    folder.mkdir()
    ran = house.file.parent / "ran"
    (folder / "evil.py").write_text(f"open({str(ran)!r}, 'w')\n", encoding="utf-8")
    assert "on the machine" in _write(house, 'checks = "dropped/"\n')[1]
    assert not ran.exists()


def _set(house: House, path: str, data: dict[str, str], former: str = "", who: str = "admin") -> tuple[int, str]:
    answer = house.client(who).post(f"/rules/{path}/", data | {"hash": text_hash(former)})
    return answer.status_code, answer.content.decode()


KEPT = '# ours\nuse = ["meddicc"]  # since March\n\n[thresholds]\nsilence_days = 10  # after August\n\n# quiet\n[off]\n'


def test_an_admin_switches_a_check_off_and_on_and_the_rest_of_the_file_stays(house: House) -> None:
    _file(house).write_text(KEPT, encoding="utf-8")
    assert 'name="because"' in house.client("admin").get("/rules/seller_dominates/").content.decode()
    assert 'name="because"' not in house.client("manager").get("/rules/seller_dominates/").content.decode()
    assert _set(house, "seller_dominates/switch", {"because": 'we "demo" first'}, KEPT)[0] == 302
    off = KEPT + 'seller_dominates = "we \\"demo\\" first"\n'
    assert _file(house).read_text(encoding="utf-8") == off
    assert "Switch it on" in house.client("admin").get("/rules/seller_dominates/").content.decode()
    assert DBTaskResult.objects.filter(task_path__endswith="review_by_new_rules").count() == 1
    assert _set(house, "seller_dominates/switch", {"on": "1"}, off)[0] == 302
    assert _file(house).read_text(encoding="utf-8") == KEPT


def test_a_check_is_not_switched_off_without_a_reason_nor_over_somebody_elses_change(house: House) -> None:
    assert "Say why" in _set(house, "gone_quiet/switch", {"because": " "})[1]
    assert not _file(house).exists()
    _file(house).write_text(GOOD, encoding="utf-8")
    status, shown = _set(house, "gone_quiet/switch", {"because": "they close for August"}, "")
    assert status == 200
    assert "Somebody else changed the playbook" in shown
    assert 'value="they close for August"' in shown
    assert _file(house).read_text(encoding="utf-8") == GOOD


def test_an_admin_sets_a_threshold_and_empties_it_again(house: House) -> None:
    _file(house).write_text(KEPT, encoding="utf-8")
    given = {"norm-silence_days": "12", "norm-seller_share_caution": "55", "norm-cycle_days": ""}
    assert _set(house, "thresholds", given, KEPT)[0] == 302
    text = _file(house).read_text(encoding="utf-8")
    assert "silence_days = 12  # after August\nseller_share_caution = 0.55\n" in text
    assert len(text.splitlines()) == len(KEPT.splitlines()) + 1
    shown = house.client("admin").get("/rules/").content.decode()
    assert 'name="norm-seller_share_caution" value="55"' in shown
    assert 'name="norm-cycle_days" value=""' in shown
    assert _set(house, "thresholds", {"norm-silence_days": "", "norm-seller_share_caution": ""}, text)[0] == 302
    assert _file(house).read_text(encoding="utf-8") == KEPT.replace("silence_days = 10  #", "#")


def test_a_wrong_threshold_is_named_at_its_field_and_nothing_is_kept(house: House) -> None:
    given = {"norm-silence_days": "soon", "norm-cycle_days": "90", "norm-seller_share_caution": "550"}
    status, shown = _set(house, "thresholds", given)
    assert status == 200
    assert 'aria-describedby="norm-silence_days-wrong"' in shown
    assert "A share is at most 100%." in shown
    assert 'name="norm-cycle_days" value="90"' in shown
    assert not _file(house).exists()


def test_who_sets_thresholds_from_an_old_page_undoes_nobody(house: House) -> None:
    _file(house).write_text(GOOD, encoding="utf-8")
    status, shown = _set(house, "thresholds", {"norm-silence_days": "", "norm-cycle_days": "90"}, "")
    assert status == 200
    assert "Open the page anew" in shown
    assert f'name="hash" value="{text_hash("")}"' in shown
    assert _file(house).read_text(encoding="utf-8") == GOOD


def test_checks_that_our_past_says_nothing_of_are_folded(house: House) -> None:
    house.client("seller").get("/rules/")
    work()
    shown = house.client("seller").get("/rules/").content.decode()
    before, _, folded = shown.partition("of which our past says nothing yet")
    assert before.rpartition("<details>")[2].startswith("<summary>")
    assert "can&#x27;t tell yet" in folded.partition("</details>")[0]
    assert "can&#x27;t tell yet" not in before
