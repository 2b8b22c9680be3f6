"""Whether a buyer is ready for the change: six questions, each answered yes, no, not sure, or not at all.

No score is made of them: a single no may outweigh five times yes, and only the buyer can say which.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Answer = Literal["yes", "no", "unsure", "unknown"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

QUESTIONS: dict[str, str] = {
    "owned": "Does one person in your house own the problem, and have time for it?",
    "before": "Has somebody of you bought something like this before, and not too long ago?",
    "way": "Do you know how it gets decided: who is asked, in which order, who signs?",
    "money": "Is there money for it, or is it clear how it gets into a budget?",
    "users": "Were those who will work with it asked, and do they want it?",
    "room": "Is there room for it beside what else is changing this year?",
}
LEFT_TO_DO = {
    "owned": "name one person who owns it, and give them hours",
    "before": "ask somebody who has done it, of your own house or of another",
    "way": "write down who is asked and who signs, before anything is compared",
    "money": "find out when the next budget round is, and what it wants to see",
    "users": "ask those who will work with it before they are told",
    "room": "decide what waits, or choose a later start",
}


class Ready(NamedTuple):
    """One question with its answer, and the words beside it."""

    key: str
    question: str
    answer: Answer
    words: str

    @property
    def left(self) -> str | None:
        """What a no or a doubt leaves to do."""
        return LEFT_TO_DO[self.key] if self.answer in ("no", "unsure") else None


def answered(key: str, note: str | None) -> Ready:
    """A question with what was noted: the answer in the first line, words after it."""
    head, _, words = (note or "").partition("\n")
    found = next((one for one in ANSWERS if one == head.strip()), None)
    return Ready(key, QUESTIONS[key], found or "unknown", words.strip() if found else (note or "").strip())


def noted(answer: Answer, words: str) -> str:
    """The note that `answered` reads."""
    return f"{answer}\n{words.strip()}".strip()
