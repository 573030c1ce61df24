"""Profiles of files for the import of existing cases: entered and changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cases.austausch.queries.importprofil import werte_of_profil
from cases.austausch.queries.lernen import profile_of
from cases.dateien.grenzen import Tabelle
from cases.models import Importprofil
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig


@transaction.atomic
def save_profil(
    *, profil: Importprofil | None, werte: dict[str, Any], gesehen: str = ""
) -> Importprofil:
    """Create or change a profile; batches that were read with it keep what they have read.

    `gesehen` is the mark of the profile as the form showed it.

    Raises SchrittUnzulaessig when another profile has the name.
    """
    gleiche = Importprofil.objects.filter(name=werte["name"])
    if profil is not None:
        gleiche = gleiche.exclude(pk=profil.pk)
    if gleiche.exists():
        raise SchrittUnzulaessig(f"Ein Importprofil „{werte['name']}“ gibt es schon.")
    if profil is None:
        return Importprofil.objects.create(**werte)
    row = Importprofil.objects.select_for_update().get(pk=profil.pk)
    refuse_stale(row, gesehen=gesehen, jetzt=stand_of(werte_of_profil(row)))
    for name, wert in werte.items():
        setattr(row, name, wert)
    row.save()
    return row


@transaction.atomic
def learn_profil(*, name: str, tabelle: Tabelle) -> Importprofil:
    """Make a profile that rests from the headings of a sample; nothing of its rows is kept.

    Raises SchrittUnzulaessig when another profile has the name, or no heading is known.
    """
    gelernt = profile_of(tabelle)
    if not gelernt["zuordnung"]:
        raise SchrittUnzulaessig(
            "Keine Überschrift der Datei ist bekannt. Bitte legen Sie das Profil von Hand an."
        )
    return save_profil(profil=None, werte={**gelernt, "name": name, "herkunft": "", "aktiv": False})
