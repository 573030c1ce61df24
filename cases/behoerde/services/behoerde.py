"""The facts of the authority and the abbreviations of its teams; every change stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date

from django.core.cache import caches
from django.db import transaction

from cases.behoerde.guards.aktenzeichen import kuerzel_vorhanden, schema_verwendbar
from cases.behoerde.queries.aenderung import as_shown
from cases.behoerde.services.aenderung import submit_aenderung
from cases.guards import refuse
from cases.models import (
    Behoerde,
    Behoerdenaenderung,
    Leistungstraeger,
    Team,
    Traegerart,
    User,
)
from cases.models.stand import stand_of
from cases.services.stand import refuse_stale
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig

# Where a team sits.
DIENSTSTELLE = ("dienststelle", "strasse", "plz", "ort", "telefon", "sprechzeiten")
# How the letters are signed.
ZEICHNUNG = ("amtsleitung", "zusatz_leitung", "zusatz_fallmanagement", "siegel_auf")
# Where answers, appeals and complaints go: a change waits for a second person.
ANSCHRIFT = (
    "strasse",
    "plz",
    "ort",
    "telefon",
    "email",
    "elektronischer_zugang",
    "datenschutzbeauftragte",
    "aufsichtsbehoerde",
    "teilhabeberatung",
)
# What the page of the authority sets; nothing else may be written through it.
ANGABEN = (
    "name",
    "traeger_bezeichnung",
    "bezeichnung_bis_2019",
    "bezeichnung_sozialhilfe",
    "amt",
    *ANSCHRIFT,
    "land",
    "aktenzeichen_praefix",
    "aktenzeichen_schema",
)


@transaction.atomic
def update_behoerde(
    *, angaben: Mapping[str, str], by: User, tag: date, gesehen: str = ""
) -> Behoerdenaenderung | None:
    """Set the facts of the authority; what is not named stays. Existing Aktenzeichen stay, too.

    A new address waits for a second person and is returned. The first entry holds at once and
    makes the authority known as a Leistungsträger. `gesehen` is the mark of the facts as the form
    showed them, also while there were none.

    Raises SchrittUnzulaessig without the right, or when the scheme cannot make unique
    Aktenzeichen; ValidationError when a field is not valid.
    """
    _require_admin(by)
    bisher = Behoerde.objects.select_for_update().filter(pk=1).first()
    refuse_stale(bisher, gesehen=gesehen, jetzt=stand_of(as_shown(bisher, ANGABEN)))
    behoerde = Behoerde(pk=1) if bisher is None else copy(bisher)
    for name in ANGABEN:
        if name in angaben:
            setattr(behoerde, name, angaben[name])
    refuse(schema_verwendbar(behoerde.aktenzeichen_schema, behoerde.aktenzeichen_praefix))
    refuse(kuerzel_vorhanden(behoerde.aktenzeichen_schema))
    behoerde.full_clean()
    wartet = None
    if bisher is not None:
        wartet = submit_aenderung(ziel=bisher, felder=ANSCHRIFT, angaben=angaben, by=by, tag=tag)
        for name in ANSCHRIFT:
            setattr(behoerde, name, getattr(bisher, name))
    behoerde.save()
    if not Leistungstraeger.objects.filter(eigener=True).exists():
        Leistungstraeger.objects.create(
            art=Traegerart.EINGLIEDERUNGSHILFE,
            name=f"{behoerde.name} – Eingliederungshilfe",
            strasse=behoerde.strasse,
            plz=behoerde.plz,
            ort=behoerde.ort,
            eigener=True,
        )
    # The name in the page head is remembered for a minute; the change shows at once.
    transaction.on_commit(lambda: caches["prozess"].delete("behoerde"))
    return wartet


@transaction.atomic
def update_zeichnung(*, angaben: Mapping[str, str], by: User, gesehen: str = "") -> Behoerde:
    """Set how the letters are signed; what is written from now on says so, no frozen letter.

    `gesehen` is the mark of the rule as the form showed it. Raises SchrittUnzulaessig without the
    right, for a stale form, and before the authority has been entered; ValidationError when a
    value is not one of its list.
    """
    _require_admin(by)
    behoerde = Behoerde.objects.select_for_update().filter(pk=1).first()
    if behoerde is None:
        raise SchrittUnzulaessig("Bitte tragen Sie zuerst die Behörde ein.")
    refuse_stale(behoerde, gesehen=gesehen, jetzt=stand_of(behoerde, ZEICHNUNG))
    for name in ZEICHNUNG:
        setattr(behoerde, name, angaben[name])
    behoerde.full_clean()
    behoerde.save(update_fields=ZEICHNUNG)
    return behoerde


@transaction.atomic
def update_kuerzel(*, team_id: int, kuerzel: str, by: User, gesehen: str = "") -> Team:
    """Set the abbreviation of a team; it stands in new Aktenzeichen only.

    `gesehen` is the mark of the abbreviation as the form showed it.

    Raises SchrittUnzulaessig without the right, when another team has it, or when the scheme
    needs one.
    """
    _require_admin(by)
    team = Team.objects.select_for_update().get(pk=team_id)
    refuse_stale(team, gesehen=gesehen, jetzt=stand_of(team, ("kuerzel",)))
    if kuerzel and Team.objects.exclude(pk=team.pk).filter(kuerzel__iexact=kuerzel).exists():
        raise SchrittUnzulaessig(f"Das Kürzel „{kuerzel}“ gehört schon einem anderen Team.")
    team.kuerzel = kuerzel
    team.save(update_fields=["kuerzel"])
    behoerde = Behoerde.objects.filter(pk=1).first()
    if behoerde is not None:
        refuse(kuerzel_vorhanden(behoerde.aktenzeichen_schema))
        refuse(schema_verwendbar(behoerde.aktenzeichen_schema, behoerde.aktenzeichen_praefix))
    return team


@transaction.atomic
def update_dienststelle(
    *, team_id: int, angaben: Mapping[str, str], by: User, tag: date, gesehen: str = ""
) -> Behoerdenaenderung | None:
    """Say where a team sits; a second person lets its letters name that place.

    Empty: the house of the authority. `gesehen` is the mark of the values as the form showed
    them. Raises SchrittUnzulaessig without the right, for a stale form, or for an office without
    its address.
    """
    _require_admin(by)
    team = Team.objects.select_for_update().get(pk=team_id)
    refuse_stale(team, gesehen=gesehen, jetzt=stand_of(as_shown(team, DIENSTSTELLE)))
    if angaben["dienststelle"] and not all(angaben[name] for name in ("strasse", "plz", "ort")):
        raise SchrittUnzulaessig("Eine Dienststelle hat Straße, Postleitzahl und Ort.")
    return submit_aenderung(ziel=team, felder=DIENSTSTELLE, angaben=angaben, by=by, tag=tag)


def _require_admin(by: User) -> None:
    if not by.has_rolle(Rolle.FACHADMINISTRATION):
        raise SchrittUnzulaessig("Die Angaben der Behörde ändert nur die Rolle Fachadministration.")
