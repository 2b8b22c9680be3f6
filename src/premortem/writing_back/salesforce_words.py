"""Salesforce's ids, and what its errors mean. Nothing here connects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from premortem.ledger.case_safe import case_safe

OPPORTUNITY = re.compile(r"006[A-Za-z0-9]{15}")
"""Ids of opportunities begin with 006."""


def record_id(deal: str) -> str | None:
    """The 18 characters of an opportunity's id, however it was written; None for what is no such id."""
    told = case_safe(deal)
    return told if OPPORTUNITY.fullmatch(told) else None


REMEDIES = {
    "FIELD_CUSTOM_VALIDATION_EXCEPTION": (
        "a validation rule forbids it",
        "Mend the record so that the rule lets it be saved, or except this user from the rule.",
    ),
    "ENTITY_IS_DELETED": ("the record is deleted", "Import the CRM's export again, so that the ledger learns of it."),
    "INVALID_CROSS_REFERENCE_KEY": (
        "there is no such record, or this user does not see it",
        "Import the CRM's export again, or share the record with this user.",
    ),
    "INSUFFICIENT_ACCESS_OR_READONLY": ("this user may not edit the record", "Share it with them to read and write."),
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": (
        "this user may not see a record that this one points to",
        "Share that one with them.",
    ),
    "INVALID_FIELD_FOR_INSERT_UPDATE": (
        "this user may not write the field on this record",
        "See the field's permissions, and the page layout of its record type.",
    ),
    "INVALID_FIELD": ("a field is not there any more", "Make it again, or take it out of [fields]."),
    "STRING_TOO_LONG": ("the words are too long for the field", "Make the field longer."),
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": (
        "the field's choices do not have this value for the record's type",
        "Add it to the choices of that record type.",
    ),
    "CANNOT_EXECUTE_FLOW_TRIGGER": ("a flow of the firm's failed on it", "Ask whoever keeps the flow; then run again."),
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY": ("a trigger of the firm's failed on it", "Ask whoever keeps the trigger."),
    "REQUIRED_FIELD_MISSING": ("the record lacks a field that it needs", "Fill it in in Salesforce, and run again."),
    "DUPLICATES_DETECTED": ("a duplicate rule forbids it", "Settle the duplicate in Salesforce, and run again."),
    "UNABLE_TO_LOCK_ROW": ("somebody else is saving the record", "Run it again."),
}


def remedy_of(code: str, message: str, fields: Sequence[str] = ()) -> tuple[str, str]:
    """Why a record was refused, in words with Salesforce's own beside them, and what to do."""
    why, remedy = REMEDIES.get(code, ("it was refused", "See the record in Salesforce; then run again."))
    where = f" ({', '.join(fields)})" if fields else ""
    return f"{why}{where}: {message.strip().rstrip('.')} [{code}]", remedy
