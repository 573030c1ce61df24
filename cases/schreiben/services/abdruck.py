"""An Abdruck of a letter, handed to somebody who is not its addressee."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction

from cases import access
from cases.guards import refuse
from cases.models import Schreiben, User, Versand, Versandweg
from cases.person.guards.adressat import addressee_of, copies_of
from cases.schreiben.guards.einwilligung import schreiben_darf_hinaus
from cases.schreiben.guards.versand import (
    aufgabe_nicht_in_der_zukunft,
    aufgabe_nicht_vor_dem_schreiben,
    schreiben_nicht_ersetzt,
)
from cases.schreiben.services.bekanntgabe import note_versand
from cases.services.sperre import lock_row
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import Versandzustand
from recht.rechenweg import Schritt


@transaction.atomic
def hand_copy(*, schreiben: Schreiben, an: str, am: date, by: User, tag: date) -> Versand:
    """Record that an Abdruck was handed to somebody who is not the addressee; nothing follows.

    Made known to is the addressee alone (§ 37 Abs. 1 S. 1 SGB X): no Bekanntgabe, no Frist, and
    the letter itself can still leave by any way. Raises SchrittUnzulaessig when `by` only reads,
    the letter was replaced, `an` is not one of those who may have a copy, or the day lies ahead or
    before the letter.
    """
    schreiben = lock_row(Schreiben.objects.all(), schreiben.pk)
    if not access.may_write(by):
        raise SchrittUnzulaessig("Schreiben versenden nur Fallmanagement und Sachgebietsleitung.")
    refuse(schreiben_nicht_ersetzt(schreiben))
    refuse(schreiben_darf_hinaus(schreiben, am))
    refuse(aufgabe_nicht_in_der_zukunft(am, tag))
    refuse(aufgabe_nicht_vor_dem_schreiben(schreiben, am))
    if an not in copies_of(schreiben, am):
        raise SchrittUnzulaessig(
            "Einen Abdruck bekommt die Person selbst oder wer für sie handelt; an wen das "
            "Schreiben gerichtet ist, bekommt das Schreiben."
        )
    text = (
        f"Abdruck, übergeben an {an}. Bekannt gegeben wird das Schreiben allein "
        f"{addressee_of(schreiben)}; ein Abdruck setzt keine Frist in Lauf."
    )
    versand = Versand.objects.create(
        schreiben=schreiben,
        weg=Versandweg.UEBERGABE,
        state=Versandzustand.ABDRUCK,
        an=[an],
        aufgabe_am=am,
        vermerkt_von=by,
        schritte=[asdict(Schritt(text, "§ 37 Abs. 1 S. 1 SGB X"))],
    )
    note_versand(versand, by, tag, f"„{schreiben.titel}“ am {am:%d.%m.%Y}: {text}")
    return versand
