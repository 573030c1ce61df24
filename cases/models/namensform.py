"""The name of an account as it is compared: one human being, however somebody writes it."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.functions import Concat


def namensform(ausdruck: Any) -> Func:
    """Return the search form without spaces: „Anna-Lena Müller“ is „annalena mueller“."""
    return Func(
        Func(ausdruck, function="suchform"),
        Value(" "),
        Value(""),
        function="replace",
        output_field=TextField(),
    )


def voller_name() -> Concat:
    """Return first and last name of an account as the database puts them together."""
    return Concat("first_name", Value(" "), "last_name", output_field=TextField())
