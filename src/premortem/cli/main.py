"""The command line: a thin door to the acts. What is heavy is imported when a command needs it, never before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from premortem import __version__
from premortem.cli.commands import (
    after,
    bringing_in,
    content,
    contests,
    forecasting,
    keeping,
    lessons,
    looking,
    mail,
    mcp,
    pages,
    people,
    project,
    relations,
    rules,
    second_place,
    story,
    tell_crm,
    trials,
    watch,
    why,
)
from premortem.errors import PremortemError

app = typer.Typer(
    name="premortem",
    help="The post-mortem of a deal, held while the deal can still be won.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help answers in a fifth of the time
)


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


NAMED: dict[Callable[..., object], str] = {
    bringing_in.import_: "import",
    second_place.second_place: "second-place",
    watch.mail_door: "mail-door",
    tell_crm.tell_crm: "tell-crm",
}
"""Commands whose word is no name in Python."""

for command in (
    bringing_in.import_,
    bringing_in.read,
    mail.mail,
    watch.calendar,
    watch.watch,
    watch.mail_door,
    tell_crm.tell_crm,
    looking.deals,
    looking.review,
    looking.prepare,
    people.people,
    people.merge,
    people.split,
    people.side,
    rules.judge,
    rules.waive,
    looking.coach,
    relations.relations,
    relations.unknowns,
    relations.sample,
    project.project,
    project.remind,
    trials.trial,
    trials.trials,
    trials.problem,
    trials.problems,
    content.content,
    content.send,
    forecasting.forecast,
    forecasting.gates,
    forecasting.call,
    forecasting.backtest,
    looking.replay,
    after.postmortem,
    after.conclude,
    after.interview,
    lessons.lesson,
    lessons.lessons,
    why.why,
    second_place.comeback,
    second_place.second_place,
    story.story,
    rules.rules,
    rules.explain,
    rules.norms,
    rules.playbook,
    keeping.verify,
    keeping.rebuild,
    people.erase,
    pages.serve,
    mcp.mcp,
    pages.demo,
):
    app.command(NAMED.get(command))(command)
app.add_typer(contests.contest)
