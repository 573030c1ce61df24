"""The form of the calendar address: nothing to fill in, the button says it."""

from __future__ import annotations

from cases.forms.basis import BasisForm


class KalenderzugangForm(BasisForm):
    """Make or renew the secret address."""

    absenden = "Neue Adresse erzeugen"
