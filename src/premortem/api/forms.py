"""A body put to the form of the page that does the same, so that one rule holds for both."""

from __future__ import annotations

from typing import TypeVar

from django import forms

from premortem.api.problems import NOT_FITTING, Mistake, Refused

Form = TypeVar("Form", bound=forms.BaseForm)


def filled(form: Form) -> Form:
    """The form, if what it was given fits. Raises Refused (422) with each mistake by its field."""
    if form.is_valid():
        return form
    told = form.errors.get_json_data()
    errors = [
        Mistake("body" if field == "__all__" else f"body.{field}", str(one["message"]))
        for field, some in told.items()
        for one in some
    ]
    raise Refused(422, NOT_FITTING, errors=errors)
