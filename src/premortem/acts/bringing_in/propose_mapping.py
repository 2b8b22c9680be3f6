"""How an export would be read: the CRM that it is known by, or a mapping proposed from its headers and values."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from premortem.errors import Unknown
from premortem.importing.mapped.mapping import Mapping, read_mapping
from premortem.importing.mapped.proposing import proposed
from premortem.importing.mapped.sources import recognised
from premortem.importing.mapped.writing import written
from premortem.importing.tables.folder import Export, open_export
from premortem.ledger.store import Ledger

if TYPE_CHECKING:
    from premortem.acts.bringing_in.bring_in import Progress
    from premortem.acts.bringing_in.bring_in_export import ExportBrought
    from premortem.importing.placing.privacy import Privacy


class ExportPreview(Struct, frozen=True):
    """What an import of an export would do, and the mapping (TOML) by which it would."""

    would: ExportBrought
    mapping: str
    known: bool
    """Whether the export is of a CRM that is known by its headers."""
    schema: str = "premortem.preview-export/1"


def mapping_for(export: Export, file: Path | None = None) -> Mapping:
    """The mapping in a file, else of the CRM that the export is known by, else one that is proposed.

    Raises Unreadable where the file is no mapping, and Unknown where nothing looks like deals.
    """
    found = read_mapping(file) if file is not None else recognised(export) or proposed(export.tables)
    if found is None:
        names = ", ".join(f"{sheet.file} ({', '.join(sheet.header[:6])})" for sheet in export.tables[:4])
        what = f"no table looks like deals with an id and a stage: {names}"
        raise Unknown(what, "Say in a mapping (TOML) which column tells what, and name it with --mapping.")
    return found


def preview_export(
    ledger: Ledger,
    path: Path,
    now: datetime,
    file: Path | None = None,
    progress: Progress | None = None,
    privacy: Privacy | None = None,
) -> ExportPreview:
    """Read an export and say what an import would do; nothing is written.

    Raises as `bring_in_export` does, but for a column whose style the data leave open: that is shown, with what to do.
    """
    from premortem.acts.bringing_in.bring_in_export import bring_in_export

    export = open_export(path)
    mapping = mapping_for(export, file)
    would = bring_in_export(ledger, path, now, mapping, progress, write=False, privacy=privacy)
    return ExportPreview(would, written(mapping), file is None and recognised(export) is not None)
