"""A mapping as its file (TOML) has it."""

from __future__ import annotations

import msgspec

from premortem.importing.mapped.mapping import Mapping


def written(mapping: Mapping) -> str:
    """The text of a mapping's file: what is not set is left out."""
    told = msgspec.to_builtins(mapping)
    lines: list[str] = []
    tables: list[str] = []
    for key, value in told.items():
        if isinstance(value, dict):
            tables += _table(f"[{key}]", value)
        elif isinstance(value, list):
            for one in value:
                tables += _table(f"[[{key}]]", one)
        elif value:
            lines.append(f"{key} = {_quoted(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _table(head: str, told: dict[str, object]) -> list[str]:
    filled = {key: value for key, value in told.items() if value}
    nested = [(key, value) for key, value in filled.items() if isinstance(value, dict)]
    lines = ["", head] if filled else []
    for key, value in filled.items():
        if isinstance(value, list):
            lines.append(f"{_key(key)} = [{', '.join(_quoted(one) for one in value)}]")
        elif not isinstance(value, dict):
            lines.append(f"{_key(key)} = {_quoted(value)}")
    for key, value in nested:
        pairs = ", ".join(f"{_key(one)} = {_quoted(other)}" for one, other in value.items())
        lines.append(f"{_key(key)} = {{ {pairs} }}")
    return lines


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _quoted(name)


def _quoted(value: object) -> str:
    return msgspec.json.encode(str(value)).decode()
