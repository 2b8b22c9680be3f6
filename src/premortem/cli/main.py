"""The command line: a thin door to the acts. What is heavy is imported when a command needs it, never before."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem import __version__
from premortem.errors import PremortemError, Unknown

app = typer.Typer(
    name="premortem",
    help="The post-mortem of a deal, held while the deal can still be won.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help answers in a fifth of the time
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Look from this day: nothing that happened later counts."),
]
LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", help="The file of the ledger (SQLite). Else DATABASE_URL, PREMORTEM_LEDGER, or your data folder."
    ),
]
ReaderOption = Annotated[
    str | None,
    typer.Option("--reader", help="Also ask a language model: llm. What was said is sent to it.", metavar="llm"),
]
LlmUrl = Annotated[
    str | None, typer.Option("--llm-url", help="Where the language model is. Else PREMORTEM_LLM_URL.", metavar="URL")
]
LlmModel = Annotated[
    str | None, typer.Option("--llm-model", help="Which one to ask. Else PREMORTEM_LLM_MODEL.", metavar="NAME")
]
Sure = Annotated[
    float | None,
    typer.Option(
        "--sure",
        min=0.2,
        max=1.0,
        envvar="PREMORTEM_SURE",
        help="Leave out facts that are less sure than this, 0.2 to 1.",
    ),
]
FactsOption = Annotated[
    Path | None,
    typer.Option("--facts", help="Facts to go by instead of what is heard, as `read --json` prints them."),
]
PlaybookOption = Annotated[
    Path | None,
    typer.Option(
        "--playbook",
        help="The firm's own rules (TOML). Else PREMORTEM_PLAYBOOK, or premortem.toml beside the ledger.",
        metavar="FILE",
    ),
]
DealArgument = Annotated[str, typer.Argument(help="The id of a deal in the ledger.", metavar="DEAL")]
PathOrDeal = Annotated[str, typer.Argument(help="A deal folder, or the id of a deal in the ledger.")]


def run() -> None:
    """Run the command line; what goes wrong is one line on standard error and exit code 2."""
    try:
        app()
    except PremortemError as error:
        print(f"premortem: {error}", file=sys.stderr)  # noqa: T201  errors go to the terminal
        sys.exit(2)


@app.callback(invoke_without_command=True)
def whole(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Nothing is sent anywhere, unless you ask for a language model: premortem reads your files on this machine and
    keeps what it learns on it."""
    if version:
        typer.echo(f"premortem {__version__}")
        raise typer.Exit


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A deal folder, a folder of them, or with --deal touches of that deal.")],
    deal: Annotated[
        str | None, typer.Option("--deal", help="The deal in the ledger that these files belong to.")
    ] = None,
    ledger: LedgerOption = None,
    reader: ReaderOption = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    sure: Sure = None,
    as_json: Json = False,
) -> None:
    """Take deals into the ledger: the CRM's row, calls, mails and notes. The same file twice adds nothing."""
    from premortem.acts.bring_in import bring_in
    from premortem.acts.reviewing import review_changed
    from premortem.cli.readers import readers_asked_for
    from premortem.cli.show_import import show_import
    from premortem.cli.terminal import progress, show

    path = _there(path)
    readers = readers_asked_for(reader, llm_url, llm_model, sure)
    held = _open(ledger)
    with progress("reading") as step:
        brought = bring_in(held, path, _now(), deal, step, readers)
    with progress("reviewing") as step:
        review_changed(held, _rules(held, None), _now().date(), [one.deal for one in brought], step)
    show(brought, show_import, as_json)
    if any(one.left_out for one in brought):
        raise typer.Exit(1)


@app.command()
def read(
    path: Annotated[Path, typer.Argument(help="A deal folder, or a single transcript, mail or note.")],
    reader: ReaderOption = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    sure: Sure = None,
    as_json: Json = False,
) -> None:
    """Show what is heard in a deal or in one file, each fact with its quote. Keeps nothing."""
    from premortem.acts.read import read as read_path
    from premortem.cli.readers import readers_asked_for
    from premortem.cli.show_read import show_read
    from premortem.cli.terminal import progress, show

    path = _there(path)
    readers = readers_asked_for(reader, llm_url, llm_model, sure)
    with progress("reading") as step:
        document = read_path(path, _now(), step, readers)
    show(document, show_read, as_json)
    if document.left_out:
        raise typer.Exit(1)


@app.command()
def review(
    path_or_deal: PathOrDeal,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    facts: FactsOption = None,
    as_json: Json = False,
    everything: Annotated[bool, typer.Option("--all", help="Also show what is clear and what does not apply.")] = False,
    lists: Annotated[
        list[str] | None,
        typer.Option("--list", help="Also show a qualification list: bant, meddicc, meddpicc, spiced, or your own."),
    ] = None,
    playbook: PlaybookOption = None,
) -> None:
    """Say what nobody knows about a deal, the words that show it, and what to ask next."""
    from functools import partial

    from premortem.acts.review import review as review_entries
    from premortem.cli.show_review import show_review
    from premortem.cli.terminal import show

    held, deal, left_out, remarks = _ledger_at(path_or_deal, ledger, facts)
    entries, rules, today = held.store.read(deal), _rules(held, playbook), _day(as_of) or _now().date()
    document = review_entries(entries, held.contents, _day(as_of), None, left_out, remarks, rules, lists or (), today)
    show(document, partial(show_review, everything=everything), as_json)
    if document.left_out or document.failed:
        raise typer.Exit(1)


@app.command()
def prepare(
    path_or_deal: PathOrDeal,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write it to this file, to print on one page.", metavar="FILE")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    facts: FactsOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Make the sheet for the next meeting: who is who, what we know, what to ask, what is promised, what better not."""
    from premortem.acts.prepare import prepare as prepare_entries
    from premortem.cli.call_sheet_page import call_sheet_page
    from premortem.cli.show_prepare import show_prepare
    from premortem.cli.terminal import show

    held, deal, left_out, remarks = _ledger_at(path_or_deal, ledger, facts)
    rules, today = _rules(held, playbook), _day(as_of) or _now().date()
    sheet = prepare_entries(held.store.read(deal), held.contents, _day(as_of), None, left_out, remarks, rules, today)
    if html is not None:
        _write(html, call_sheet_page(sheet))
    if html is None or as_json:
        show(sheet, show_prepare, as_json)
    if left_out:
        raise typer.Exit(1)


@app.command()
def replay(
    path_or_deal: PathOrDeal, ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False
) -> None:
    """Go through a deal touch by touch: when each sign could first be seen, and when anybody did something about it."""
    from premortem.acts.replay import replay as replay_entries
    from premortem.cli.show_replay import show_replay
    from premortem.cli.terminal import show

    held, deal, left_out, _ = _ledger_at(path_or_deal, ledger)
    rules = _rules(held, playbook)
    show(replay_entries(held.store.read(deal), held.contents, rules=rules), show_replay, as_json)
    if left_out:
        raise typer.Exit(1)


@app.command()
def coach(
    path_or_deal: Annotated[str | None, typer.Argument(help="A deal folder, or a deal in the ledger.")] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="One of your side, over all deals of the ledger.", metavar="NAME")
    ] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Look at conversations: talk, questions, what was never reached; each call of a deal, or one of us over time."""
    from premortem.cli.terminal import show

    if (path_or_deal is None) == (person is None):
        raise Unknown("say what to look at", "Name either a deal or folder, or --person NAME.")
    if person is not None:
        from premortem.acts.coaching_over_time import coach_person
        from premortem.cli.show_coaching import show_person_coaching

        show(coach_person(_open(ledger), person), show_person_coaching, as_json)
        return
    from premortem.acts.coaching import coach_deal
    from premortem.cli.show_coaching import show_deal_coaching

    held, deal, left_out, _ = _ledger_at(str(path_or_deal), ledger)
    show(coach_deal(held, deal), show_deal_coaching, as_json)
    for left in left_out:
        typer.echo(f"Left out: {left.why}", err=True)
    if left_out:
        raise typer.Exit(1)


@app.command()
def deals(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """List the deals in the ledger with what is open in each."""
    from premortem.acts.overview import overview
    from premortem.cli.show_overview import show_overview
    from premortem.cli.terminal import progress, show

    held = _open(ledger)
    with progress("reviewing") as step:
        lines = overview(held, _rules(held, playbook), _now().date(), step)
    show(lines, show_overview, as_json)


@app.command()
def people(deal: DealArgument, ledger: LedgerOption = None, as_json: Json = False) -> None:
    """List the people of a deal: who they are, whom we met, who might be the same."""
    from premortem.acts.people import deal_in
    from premortem.acts.read import read_document
    from premortem.cli.show_read import show_people
    from premortem.cli.terminal import show

    opened = _open(ledger)
    show(read_document(deal_in(opened, deal), opened.contents, [], []).people, show_people, as_json)


@app.command()
def merge(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="Who is folded in: an id, or a name that only one person has.")],
    other: Annotated[str, typer.Argument(help="Who they are.")],
    ledger: LedgerOption = None,
) -> None:
    """Say that two records are one human."""
    from premortem.acts.people import merge_people

    kept = merge_people(_open(ledger), deal, one, other, _user(), _now())
    typer.echo(f"'{one}' is '{other}' ({kept}) from now on; `premortem split {deal} {kept}` parts them again.")


@app.command()
def split(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="The person into whom others were merged.")],
    ledger: LedgerOption = None,
) -> None:
    """Part a person again from those who were merged into them."""
    from premortem.acts.people import split_person

    typer.echo("Now apart again: " + ", ".join(split_person(_open(ledger), deal, one, _user(), _now())))


@app.command()
def side(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="An id, or a name that only one person has.")],
    which: Annotated[str, typer.Argument(help="buyer, seller or outside.")],
    ledger: LedgerOption = None,
) -> None:
    """Say whether somebody is on the buyer's side, the seller's, or outside."""
    from premortem.acts.people import set_side

    if which not in ("buyer", "seller", "outside"):
        raise Unknown(f"'{which}' is no side", "Say buyer, seller or outside.")
    set_side(_open(ledger), deal, one, which, _user(), _now())  # type: ignore[arg-type]
    typer.echo(f"'{one}' counts as {which} in {deal} from now on.")


@app.command()
def erase(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="An id, or a name that only one person has.")],
    ledger: LedgerOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether I am sure.")] = False,
) -> None:
    """Erase a person from a deal for good: their name, their words, and their name in others' words."""
    from premortem.acts.erase import erase_person

    if not yes:
        typer.confirm(f"Erase '{one}' from {deal} for good? This can't be undone.", abort=True)
    gone = erase_person(_open(ledger), deal, one, _user(), _now())
    typer.echo(f"Erased from {gone.touches} touches; {gone.contents} contents are gone. Back-ups still hold them.")


@app.command()
def verify(
    ledger: LedgerOption = None,
    expect: Annotated[str | None, typer.Option("--head", help="The head that you noted: is it still the same?")] = None,
    as_json: Json = False,
) -> None:
    """Prove that no entry of the ledger was changed, removed or put in later."""
    from premortem.acts.verify import verify_ledger
    from premortem.cli.show_ledger import show_verified
    from premortem.cli.terminal import show

    verified = verify_ledger(_open(ledger))
    show(verified, show_verified, as_json)
    if expect is not None and expect != verified.head:
        typer.echo(f"The head was {expect} when you noted it: entries were added or cut off since.", err=True)
        raise typer.Exit(1)
    if verified.breaks or verified.damaged:
        raise typer.Exit(1)


@app.command()
def rebuild(ledger: LedgerOption = None, as_json: Json = False) -> None:
    """Drop what lists and pages read, and make it anew from the ledger."""
    from premortem.acts.rebuild import rebuild_tables
    from premortem.acts.reviewing import review_changed
    from premortem.cli.show_ledger import show_rebuilt
    from premortem.cli.terminal import progress, show

    held = _open(ledger)
    with progress("rebuilding"):
        rebuilt = rebuild_tables(held)
    with progress("reviewing") as step:
        review_changed(held, _rules(held, None), _now().date(), progress=step)
    show(rebuilt, show_rebuilt, as_json)


@app.command()
def rules(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """Show each check's record on your own deals that ended: how often it fired, how early, whether that tells."""
    from premortem.acts.rules import rules as record
    from premortem.cli.show_rules import show_rules
    from premortem.cli.terminal import progress, show

    held = _open(ledger)
    with progress("looking back at") as step:
        document = record(held, _rules(held, playbook), progress=step)
    show(document, show_rules, as_json)
    if document.failed:
        raise typer.Exit(1)


@app.command()
def explain(check: Annotated[str | None, typer.Argument(help="A check's name, as findings give it.")] = None) -> None:
    """Tell what a check looks for and why it matters; without a name, list them all."""
    from premortem.acts.explain import explain as page_of
    from premortem.cli.show_check import show_check
    from premortem.cli.terminal import show

    show(page_of(check), show_check, as_json=False)


@app.command()
def norms(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """Tell what is usual in your firm, by its own closed deals once enough have ended, each figure with its source."""
    from premortem.acts.norms import norms_document
    from premortem.cli.show_norms import show_norms
    from premortem.cli.terminal import show

    held = _open(ledger)
    show(norms_document(_rules(held, playbook).norms_at()), show_norms, as_json)


@app.command()
def playbook(
    check: Annotated[
        Path | None, typer.Option("--check", help="Read this file instead, and say what is wrong.", metavar="FILE")
    ] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Show your firm's own rules: thresholds, checks switched off or added, lists; and what is wrong in the file."""
    from premortem.acts.playbook import playbook_document
    from premortem.cli.show_playbook import show_playbook
    from premortem.cli.terminal import show

    rules = _rules(None if check else _open(ledger), check)
    show(playbook_document(rules), show_playbook, as_json)
    if rules.wrong:
        raise typer.Exit(1)


@app.command()
def waive(
    deal: DealArgument,
    check: Annotated[str, typer.Argument(help="A check's name, as findings give it.")],
    because: Annotated[str | None, typer.Option("--because", help="Why.", metavar="TEXT")] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Through which day; else for good.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back: let the check speak again.")] = False,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
) -> None:
    """Set aside what a check finds in a deal, with a reason. It stays to be seen in every review."""
    from premortem.acts.waive import take_back
    from premortem.acts.waive import waive as set_aside

    held = _open(ledger)
    rules = _rules(held, playbook)
    if undo:
        waiver = take_back(held, rules, deal, check, _user(), _now(), because)
        typer.echo(f"'{waiver.check}' speaks again in {deal}.")
        return
    waiver = set_aside(held, rules, deal, check, because or "", _user(), _now(), _day(until))
    end = f" through {waiver.until.isoformat()}" if waiver.until else ""
    typer.echo(f"'{waiver.check}' is set aside in {deal}{end}; --undo takes that back.")


@app.command()
def judge(
    deal: DealArgument,
    fact: Annotated[str, typer.Argument(help="A fact's id, as the address on its touch's page ends.", metavar="FACT")],
    says: Annotated[str, typer.Argument(help="confirmed or rejected.", metavar="SAYS")],
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
) -> None:
    """Say of a fact that it is right or wrong; the deal's findings follow."""
    from premortem.acts.judge import judge as judge_fact

    held = _open(ledger)
    done = judge_fact(held, deal, fact, says, _user(), _now(), rules=_rules(held, playbook))
    moved = [f"gone: {', '.join(done.gone)}"] * bool(done.gone) + [f"new: {', '.join(done.come)}"] * bool(done.come)
    told = "; ".join(moved) or "the deal's findings stay as they are"
    typer.echo(f"{done.fact} is {done.says}: {told}." if done.told else "That was said before: nothing changed.")


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="On which address to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="On which port.")] = 8000,
    worker: Annotated[bool, typer.Option(help="Start the worker for long tasks beside it.")] = True,
    workers: Annotated[int, typer.Option("--workers", help="Processes that answer.")] = 1,
    ledger: LedgerOption = None,
) -> None:
    """Open the pages: what to ask this week, deals, people, imports, rules. Stop with Ctrl+C."""
    from premortem.cli.serve import serve as serve_pages

    serve_pages(ledger, host, port, worker, workers)


@app.command()
def demo(
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="Where to build it; else a file of its own in your data folder.")
    ] = None,
    serve: Annotated[
        bool | None, typer.Option("--serve/--no-serve", help="End by opening its pages; so it does in a terminal.")
    ] = None,
    port: Annotated[int, typer.Option("--port", help="On which port the pages are.")] = 8000,
    as_json: Json = False,
) -> None:
    """Load the sample company, forty deals, into a ledger of its own, review one of them, and open its pages."""
    from premortem.cli.demo import run_and_serve, run_demo, show_demo
    from premortem.cli.terminal import show

    if not as_json and (sys.stdout.isatty() if serve is None else serve):
        run_and_serve(ledger, _now(), port)
        return
    show(run_demo(ledger, _now()), show_demo, as_json)


def _open(ledger: Path | None) -> Any:
    from premortem.records.database_url import sqlite_url
    from premortem.records.opening import open_ledger

    return open_ledger(sqlite_url(ledger) if ledger else None)


def _rules(held: Any, file: Path | None) -> Any:
    """By which rules deals are looked at: a playbook named here, in the environment, or lying beside the ledger."""
    import os

    from premortem.acts.playbook import rules_of
    from premortem.playbook.reading import NAME

    if file is None and (named := os.environ.get("PREMORTEM_PLAYBOOK")):
        file = Path(named).expanduser()
    beside = Path(getattr(held, "place", "")).parent / NAME if Path(getattr(held, "place", "")).is_file() else None
    return rules_of(held, file or (beside if beside is not None and beside.is_file() else None))


def _ledger_at(path_or_deal: str, ledger: Path | None, facts: Path | None = None) -> tuple[Any, str, Any, Any]:
    """The ledger that has a deal and the deal's id, what was left out and remarks; a folder gets one in memory."""
    path = Path(path_or_deal)
    if path.exists():
        from premortem.acts.read import hear_folder
        from premortem.cli.readers import facts_given
        from premortem.cli.terminal import progress

        with progress("reading") as step:
            held, done = hear_folder(path, _now(), step, facts_given(facts))
        return held, done.deal, done.left_out, done.remarks
    if "/" in path_or_deal or "\\" in path_or_deal:
        _there(path)
    if facts is not None:
        raise Unknown("facts can be given for a deal folder, not for a deal in the ledger", "Give the deal's folder.")
    opened = _open(ledger)
    if not opened.store.read(path_or_deal):
        remedy = "Give a folder that is there, or an id that `premortem deals` lists."
        raise Unknown(f"'{path_or_deal}' is neither a folder nor a deal in the ledger", remedy)
    return opened, path_or_deal, [], []


def _there(path: Path) -> Path:
    if not path.exists():
        raise Unknown(f"there is no file or folder {path}", "Check the path.")
    return path


def _write(file: Path, page: str) -> None:
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise Unknown(f"{file} can't be written: {error.strerror}", "Name a file in a folder that is there.") from error
    typer.echo(f"Written to {file}.", err=True)


def _now() -> datetime:
    return datetime.now(UTC)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _user() -> str:
    import getpass

    return getpass.getuser()
