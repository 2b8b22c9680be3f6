"""What most commands can be told, said once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

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
