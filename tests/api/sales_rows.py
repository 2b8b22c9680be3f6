"""Rows of a deal's evaluation and of what follows its end, made when a case asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.acts.afterwards import conclude
from premortem.acts.afterwards import lessons as lesson_acts
from premortem.acts.afterwards.lessons import choices
from premortem.acts.afterwards.post_mortem import Account, give_account
from premortem.acts.buying import problems, trials
from premortem.acts.buying.pieces import add_piece
from premortem.acts.buying.project_change import Hand, add
from premortem.acts.buying.visibility import ask_for
from premortem.buying.content import Piece
from premortem.ledger.entries import Entry, Outcome
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import BuyerLink, Release, RoomLink
from premortem.records.pieces import Pieces
from premortem.web.ledger import ledger, rules
from tests.web.conftest import OURS, House
from tests.web.firm_rows import a_contest

At = Callable[[House], str]
SOON = (datetime.now(UTC).date() + timedelta(30)).isoformat()
YESTERDAY = (datetime.now(UTC).date() - timedelta(1)).isoformat()


def now() -> datetime:
    return timezone.now()


def a_buyer() -> str:
    return deal_as_of(ledger().store.read(OURS)).closest_buyers[0]


def last_day() -> date:
    """The day before OURS ended."""
    return _ended().date() - timedelta(1)


def _ended() -> datetime:
    return next(one.at for one in ledger().store.read(OURS) if isinstance(one.body, Outcome))


def opened(path: str = "") -> str:
    """An address in OURS, which is open again: its end was a mistake, taken back for the day on which it stood."""
    ledger().store.append([Entry(OURS, _ended(), now(), "user:seller", Outcome("open"))])
    ledger().reading.refresh(OURS)
    return f"deals/{OURS}{path}"


def in_open(path: str) -> At:
    return lambda house: opened(path)


def a_trial(path: str = "") -> At:
    """An address of a trial that is planned, in OURS, which is open."""

    def made(house: House) -> str:
        told = trials.TrialTold(goal="a foothold", criteria=(trials.CriterionTold("load", "under 70%"),))
        here = opened()
        return f"{here}/trials/{trials.plan(ledger(), OURS, told, 'seller', now()).trial}{path}"

    return made


def a_running_trial(path: str = "") -> At:
    def made(house: House) -> str:
        at = a_trial(path)(house)
        trials.begin(ledger(), OURS, None, "seller", now(), "they plugged it in themselves")
        return at

    return made


def a_problem(path: str) -> At:
    """An address of a problem that a buyer of OURS met."""

    def made(house: House) -> str:
        told = problems.ProblemTold("drops the link", met_by=a_buyer(), met=last_day(), moment="evaluation")
        return f"deals/{OURS}/problems/{problems.meet(ledger(), OURS, told, 'seller', now()).problem}{path}"

    return made


def an_action(path: str = "") -> At:
    def made(house: House) -> str:
        due = date.fromisoformat(SOON)
        one, _ = conclude.add_action(ledger(), OURS, "a list of who signs", "Sam", due, "seller", now())
        return f"deals/{OURS}/post-mortem/actions/{one.conclusion}{path}"

    return made


def a_conclusion(house: House) -> str:
    one, _ = conclude.add_factor(ledger(), OURS, "nobody asked who signs", "sales", "seller", now())
    return f"deals/{OURS}/post-mortem/conclusions/{one.conclusion}"


def a_lesson_wanted(house: House) -> dict[str, Any]:
    found = choices(ledger().store.read(OURS), last_day(), rules())
    return {"on": last_day().isoformat(), "title": "They never said who signs", "claims": found.said[:1]}


def a_lesson(house: House) -> str:
    told = a_lesson_wanted(house)
    who = (told["title"], "seller", now())
    made = lesson_acts.make(ledger(), rules(), OURS, last_day(), *who, claims=told["claims"])
    return f"deals/{OURS}/lessons/{made.lesson}"


def an_interview(house: House) -> dict[str, Any]:
    return {"buyer": a_buyer(), "answers": {"what_decided": "The price."}}


def a_buyer_link(house: House) -> str:
    user = get_user_model().objects.get(username="seller")
    link = BuyerLink.objects.create(secret="1" * 64, deal=OURS, person="p-1", made_by=user, ends_at=now())
    return f"deals/{OURS}/interview/links/{link.pk}"


def a_room_link(house: House) -> str:
    user = get_user_model().objects.get(username="seller")
    link = RoomLink.objects.create(secret="2" * 64, deal=OURS, person="p-1", made_by=user, ends_at=now() + timedelta(1))
    return f"deals/{OURS}/project/links/{link.pk}"


def a_piece_sent(house: House) -> dict[str, Any]:
    piece = add_piece(Pieces(), Piece("", "How a host moved in a week", pain="downtime"))
    return {"piece": piece.key, "to": a_buyer()}


def a_matter(path: str = "") -> At:
    def made(house: House) -> str:
        due = date.fromisoformat(SOON)
        one = ask_for(ledger(), OURS, "who signs", "seller", "ask them", due, "seller", now())
        return f"deals/{OURS}/matters/{one.matter}{path}"

    return made


def a_step(path: str = "") -> At:
    """An address of a step of the plan, shared."""

    def made(house: House) -> str:
        step = add(ledger(), OURS, Hand.ours("seller"), {"title": "A trial week", "whose": "joint"}, now(), None, True)
        return f"deals/{OURS}/project/steps/{step}{path}"

    return made


def a_release(path: str = "") -> At:
    return lambda house: f"releases/{Release.objects.create(name='7.1').pk}{path}"


def the_cup(path: str = "") -> At:
    """An address of a contest that is announced."""
    return lambda house: a_contest(house).strip("/") + path


def a_cup_wanted(**other: Any) -> dict[str, Any]:
    told = {"name": "The cup", "metric": "bookings", "by": "person", "prize": "A cup for your shelf", "currency": "EUR"}
    return {**told, "first": (datetime.now(UTC).date() + timedelta(1)).isoformat(), "last": SOON, "cost": 50.0, **other}


def lived_in() -> dict[str, str]:
    """Fill OURS with a row of each kind, and end it again; the rows by their names in an address."""
    house = House(Path())
    trial = a_trial()(house).rpartition("/")[2]
    give_account(ledger(), rules(), OURS, Account("sales", "lost", ended=last_day()), "seller", now())
    problem = a_problem("")(house).rpartition("/")[2]
    return {
        "trial": trial,
        "problem": problem,
        "action": an_action()(house).rpartition("/")[2],
        "conclusion": a_conclusion(house).rpartition("/")[2],
        "lesson": a_lesson(house).rpartition("/")[2],
        "matter": a_matter()(house).rpartition("/")[2],
        "contest": the_cup()(house).rpartition("/")[2],
        "step": "documents",
        "question": "reached",
        "item": "main_functions",
    }
