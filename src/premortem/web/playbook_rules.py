"""The rules that hold by the firm's playbook as it lies there now, even where it is named and not written yet."""

from __future__ import annotations

from premortem.acts.playbook import Rules, rules_of
from premortem.web.ledger import ledger, playbook_place


def rules_now() -> Rules:
    """The rules that hold by the playbook as it lies there."""
    file = playbook_place()
    return rules_of(ledger(), file if file is not None and file.is_file() else None)
