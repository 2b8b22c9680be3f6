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
