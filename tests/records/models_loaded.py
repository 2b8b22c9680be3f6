"""Whoever imports this has Django started and the tables' models at hand."""

from premortem.records.opening import start_django

start_django()

from premortem.records import contents, models, reading, schema, store  # noqa: E402

__all__ = ["contents", "models", "reading", "schema", "store"]
