"""The sections of the application form: each is saved on its own and can be left and taken up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from cases.antrag.queries.antrag import werte_of_leistungen
from cases.fall.services.case import lock_case
from cases.frist.services.wiedervorlage import create_wiedervorlage
from cases.models import (
    Antrag,
    Antragsbogen,
    BeantragteLeistung,
    Leistungstraeger,
    Traegerangabe,
    Unterlage,
    User,
    Vorbefund,
)
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from recht.hinweise import hinweistext


def _lock(antrag: Antrag) -> Antragsbogen:
    """Lock case and form; a case that is over keeps its form as it was."""
    case = lock_case(antrag.case_id)
    if case.state == Fallzustand.BEENDET:
        raise SchrittUnzulaessig("Der Fall ist beendet; der Antragsbogen bleibt, wie er ist.")
    bogen, _ = Antragsbogen.objects.get_or_create(antrag=antrag)
    return Antragsbogen.objects.select_for_update().get(pk=bogen.pk)


def _note(bogen: Antragsbogen, nummer: int) -> None:
    if nummer not in bogen.erledigt:
        bogen.erledigt = sorted([*bogen.erledigt, nummer])


@transaction.atomic
def save_abschnitt(
    *,
    antrag: Antrag,
    nummer: int,
    titel: str,
    werte: dict[str, Any],
    by: User,
    tag: date,
    gesehen: str = "",
    gezeigt: Iterable[str] | None = None,
) -> Antragsbogen:
    """Save the fields of one section; the Chronik names the section, never what stands in it.

    `gesehen` is the mark of the section as its form showed it, over `gezeigt`, else over all of
    `werte`. Raises SchrittUnzulaessig when somebody has changed the section since.
    """
    bogen = _lock(antrag)
    refuse_stale(bogen, gesehen=gesehen, jetzt=stand_of(bogen, gezeigt or werte))
    changed = [name for name, wert in werte.items() if getattr(bogen, name) != wert]
    new = nummer not in bogen.erledigt
    for name in changed:
        setattr(bogen, name, werte[name])
    _note(bogen, nummer)
    bogen.save(update_fields=[*changed, "erledigt"])
    if changed or new:
        _record(antrag, f"Antragsbogen, Abschnitt {nummer} ({titel}) bearbeitet", by, tag)
    return bogen


@transaction.atomic
def save_beantragte_leistungen(
    *, antrag: Antrag, zeilen: dict[str, dict[str, str]], by: User, tag: date, gesehen: str = ""
) -> None:
    """Replace what is applied for: one row per chosen Leistungsgruppe.

    `gesehen` is the mark of the section as its form showed it.
    """
    bogen = _lock(antrag)
    rows = antrag.beantragte_leistungen.all()
    refuse_stale(bogen, *rows, gesehen=gesehen, jetzt=stand_of(werte_of_leistungen(antrag)))
    antrag.beantragte_leistungen.exclude(gruppe__in=zeilen).delete()
    for gruppe, werte in zeilen.items():
        BeantragteLeistung.objects.update_or_create(antrag=antrag, gruppe=gruppe, defaults=werte)
    _note(bogen, 3)
    bogen.save(update_fields=["erledigt"])
    _record(antrag, "Antragsbogen, Abschnitt 3 (beantragte Leistungen) bearbeitet", by, tag)


@transaction.atomic
def add_traegerangabe(
    *,
    antrag: Antrag,
    leistungstraeger: Leistungstraeger,
    ansprechpartner: str,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Traegerangabe:
    """Name a Leistungsträger that may take part; naming it again changes the contact.

    `gesehen` is the mark of its contact as the form knew it.
    """
    bogen = _lock(antrag)
    bisher = antrag.traegerangaben.filter(leistungstraeger=leistungstraeger).first()
    refuse_stale(bisher, gesehen=gesehen, jetzt=stand_of(bisher, ("ansprechpartner",)))
    row, _ = Traegerangabe.objects.update_or_create(
        antrag=antrag,
        leistungstraeger=leistungstraeger,
        defaults={"ansprechpartner": ansprechpartner},
    )
    _note(bogen, 4)
    bogen.save(update_fields=["erledigt"])
    _record(antrag, f"Möglicher Leistungsträger genannt: {leistungstraeger.name}", by, tag)
    return row


@transaction.atomic
def remove_traegerangabe(*, traegerangabe: Traegerangabe, by: User, tag: date) -> None:
    """Take back a Leistungsträger that was named."""
    _lock(traegerangabe.antrag)
    name = traegerangabe.leistungstraeger.name
    traegerangabe.delete()
    _record(traegerangabe.antrag, f"Möglicher Leistungsträger gestrichen: {name}", by, tag)


@transaction.atomic
def add_vorbefund(
    *,
    antrag: Antrag,
    stelle: str,
    leistung: str,
    datum: date,
    ergebnis: str,
    unterlage: Unterlage | None,
    by: User,
    tag: date,
) -> Vorbefund:
    """Note an earlier Bescheid or Befund that the person has brought along."""
    bogen = _lock(antrag)
    if datum > tag:
        raise SchrittUnzulaessig(f"Der {datum:%d.%m.%Y} liegt in der Zukunft.")
    row = Vorbefund.objects.create(
        antrag=antrag,
        stelle=stelle,
        leistung=leistung,
        datum=datum,
        ergebnis=ergebnis,
        unterlage=unterlage,
    )
    _note(bogen, 5)
    bogen.save(update_fields=["erledigt"])
    _record(antrag, f"Bescheid oder Befund vom {datum:%d.%m.%Y} vermerkt", by, tag)
    return row


@transaction.atomic
def remove_vorbefund(*, vorbefund: Vorbefund, by: User, tag: date) -> None:
    """Strike out an earlier Bescheid or Befund."""
    _lock(vorbefund.antrag)
    datum = vorbefund.datum
    vorbefund.delete()
    text = f"Bescheid oder Befund vom {datum:%d.%m.%Y} gestrichen"
    _record(vorbefund.antrag, text, by, tag)


@transaction.atomic
def finish_abschnitt(*, antrag: Antrag, nummer: int, by: User) -> None:
    """Note that a section with rows has been gone through, also when it stays empty."""
    bogen = _lock(antrag)
    _note(bogen, nummer)
    bogen.save(update_fields=["erledigt"])


@transaction.atomic
def record_hinweis(
    *,
    antrag: Antrag,
    am: date | None,
    widerspruch_am: date | None,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Antragsbogen:
    """Note on which day the person was told of Einwilligung and Widerspruchsrecht.

    The wording is the one of that day (§ 67b Abs. 2, § 76 Abs. 2 Nr. 1 SGB X).
    """
    fassung = hinweistext("uebermittlung", am).fassung if am else ""
    werte = {"hinweis_am": am, "hinweis_fassung": fassung, "widerspruch_am": widerspruch_am}
    return save_abschnitt(
        antrag=antrag,
        nummer=7,
        titel="Hinweis zum Datenschutz",
        werte=werte,
        by=by,
        tag=tag,
        gesehen=gesehen,
        gezeigt=("hinweis_am", "widerspruch_am"),
    )


@transaction.atomic
def confirm_aufnahme(
    *, antrag: Antrag, am: date, ort: str, by: User, tag: date, gesehen: str = ""
) -> Antragsbogen:
    """Confirm the intake; the same day and place again leave the confirmation as it is."""
    bogen = _lock(antrag)
    werte: dict[str, Any] = {"bestaetigt_am": am, "bestaetigt_ort": ort}
    gezeigt = tuple(werte)
    if any(getattr(bogen, name) != wert for name, wert in werte.items()):
        werte["bestaetigt_von"] = by
    return save_abschnitt(
        antrag=antrag,
        nummer=9,
        titel="Bestätigung der Aufnahme",
        werte=werte,
        by=by,
        tag=tag,
        gesehen=gesehen,
        gezeigt=gezeigt,
    )


@transaction.atomic
def save_ergebnis(
    *,
    antrag: Antrag,
    werte: dict[str, Any],
    wiedervorlage_am: date | None,
    anlass: str,
    by: User,
    tag: date,
    gesehen: str = "",
) -> Antragsbogen:
    """Save how it goes on; a day makes a real Wiedervorlage for whoever is responsible."""
    bogen = save_abschnitt(
        antrag=antrag,
        nummer=10,
        titel="Ergebnis, Wiedervorlage",
        werte=werte,
        by=by,
        tag=tag,
        gesehen=gesehen,
    )
    if wiedervorlage_am is not None:
        case = antrag.case
        bogen.wiedervorlage = create_wiedervorlage(
            case=case, user=case.caseworker, am=wiedervorlage_am, anlass=anlass, by=by, tag=tag
        )
        bogen.save(update_fields=["wiedervorlage"])
    return bogen


def _record(antrag: Antrag, text: str, by: User, tag: date) -> None:
    record_ereignis(case=antrag.case, by=by, tag=tag, art="antrag", text=text, gegenstand=antrag)
