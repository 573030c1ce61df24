"""Steps of a Zielvereinbarung: draft, change, print for signature, sign, negotiate anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from budget.models import PersoenlichesBudget, Vereinbarungsinhalt, Zielvereinbarung
from budget.verfahren.services import advance_budget, lock_budget
from budget.zielvereinbarung import guards
from budget.zielvereinbarung.schreiben import (
    ART,
    first_wording,
    inhalte_am,
)
from budget.zielvereinbarung.schritte import (
    VEREINBARUNGSSCHRITTE,
    WEGSCHRITTE,
    Vereinbarungslage,
    lage_of,
)
from cases.guards import refuse
from cases.models import Unterlage, User
from cases.models.stand import stand_of
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.services.ereignis import record_ereignis
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig

_GESPRAECH_MONATE = (6, 12)


def _lock(zielvereinbarung: Zielvereinbarung) -> Zielvereinbarung:
    budget = lock_budget(zielvereinbarung.persoenliches_budget)
    locked = Zielvereinbarung.objects.select_for_update().get(pk=zielvereinbarung.pk)
    locked.persoenliches_budget = budget
    return locked


def _lage(zielvereinbarung: Zielvereinbarung, by: User, tag: date) -> Vereinbarungslage:
    return Vereinbarungslage(by, tag, zielvereinbarung.persoenliches_budget, zielvereinbarung)


def _check_gespraech(monate: int) -> None:
    if monate not in _GESPRAECH_MONATE:
        raise SchrittUnzulaessig("Gespräche sind alle sechs oder alle zwölf Monate möglich.")


@transaction.atomic
def draft_zielvereinbarung(
    *, budget: PersoenlichesBudget, by: User, tag: date, gespraech_monate: int = 6
) -> Zielvereinbarung:
    """Draft the next version with a first wording; after a failed one with its texts."""
    budget = lock_budget(budget)
    WEGSCHRITTE.require(lage_of(budget, by, tag), "vereinbarung_entwerfen")
    _check_gespraech(gespraech_monate)
    fruehere = list(budget.zielvereinbarungen.order_by("-version"))
    ziele = budget.gesamtplan.teilhabeziele.values_list("text", flat=True)
    texte = first_wording(budget, ziele, gespraech_monate)
    if fruehere:
        texte |= dict(fruehere[0].vereinbarungsinhalte.values_list("schluessel", "text"))
    zielvereinbarung = Zielvereinbarung.objects.create(
        persoenliches_budget=budget,
        version=fruehere[0].version + 1 if fruehere else 1,
        gueltig_ab=budget.beginn,
        gueltig_bis=budget.ende,
        gespraech_monate=gespraech_monate,
        erstellt_von=by,
    )
    Vereinbarungsinhalt.objects.bulk_create(
        Vereinbarungsinhalt(
            zielvereinbarung=zielvereinbarung,
            schluessel=inhalt.schluessel,
            text=texte.get(inhalt.schluessel, ""),
        )
        for inhalt in inhalte_am(budget.beginn)
    )
    _record(zielvereinbarung, by, tag, "entworfen")
    return zielvereinbarung


def _record(zielvereinbarung: Zielvereinbarung, by: User, tag: date, was: str) -> None:
    record_ereignis(
        case=zielvereinbarung.persoenliches_budget.case,
        by=by,
        tag=tag,
        art="zielvereinbarung",
        text=f"Zielvereinbarung, Version {zielvereinbarung.version}: {was}",
        gegenstand=zielvereinbarung,
    )


@transaction.atomic
def update_zielvereinbarung(
    *,
    zielvereinbarung: Zielvereinbarung,
    texte: Mapping[str, str],
    by: User,
    tag: date,
    gespraech_monate: int | None = None,
    gesehen: str = "",
) -> Zielvereinbarung:
    """Change texts (key of the content -> text) and the rhythm of the talks of a draft.

    `gesehen` is the mark of the draft as the form showed it. Raises SchrittUnzulaessig when
    somebody has changed it since.
    """
    zielvereinbarung = _lock(zielvereinbarung)
    VEREINBARUNGSSCHRITTE.require(_lage(zielvereinbarung, by, tag), "bearbeiten")
    inhalte = list(zielvereinbarung.vereinbarungsinhalte.all())
    refuse_stale(
        zielvereinbarung, *inhalte, gesehen=gesehen, jetzt=stand_of(zielvereinbarung.werte)
    )
    erlaubt = {i.schluessel for i in inhalte_am(zielvereinbarung.persoenliches_budget.beginn)}
    if unbekannt := sorted(set(texte) - erlaubt):
        raise SchrittUnzulaessig(f"Diese Inhalte gibt es nicht: {', '.join(unbekannt)}.")
    if gespraech_monate is not None:
        _check_gespraech(gespraech_monate)
        zielvereinbarung.gespraech_monate = gespraech_monate
        zielvereinbarung.save(update_fields=["gespraech_monate"])
    for schluessel, text in texte.items():
        Vereinbarungsinhalt.objects.update_or_create(
            zielvereinbarung=zielvereinbarung, schluessel=schluessel, defaults={"text": text}
        )
    _record(zielvereinbarung, by, tag, "bearbeitet")
    return zielvereinbarung


@transaction.atomic
def issue_zielvereinbarung(
    *, zielvereinbarung: Zielvereinbarung, by: User, tag: date, gesehen: str | None = None
) -> Zielvereinbarung:
    """Print the agreement for signature: frozen PDF, fixed Teilbudgets.

    `gesehen` is the mark of the preview that `by` has opened.
    """
    zielvereinbarung = _lock(zielvereinbarung)
    budget = zielvereinbarung.persoenliches_budget
    neu = VEREINBARUNGSSCHRITTE.require(_lage(zielvereinbarung, by, tag), "ausfertigen")
    schreiben = write_schreiben(
        art=ART,
        anlass=Schreibanlass(
            case=budget.case, tag=tag, by=by, gegenstand=zielvereinbarung, zeichnet=by
        ),
        gesehen=gesehen,
    )
    zielvereinbarung.schreiben = schreiben
    zielvereinbarung.ausgefertigt_am = tag
    zielvereinbarung.state = neu
    zielvereinbarung.save()
    advance_budget(budget, "ausfertigen", by)
    _record(zielvereinbarung, by, tag, "zur Unterschrift ausgefertigt")
    return zielvereinbarung


@transaction.atomic
def record_unterschriften(
    *,
    zielvereinbarung: Zielvereinbarung,
    person_am: date,
    person_durch: str,
    traeger_am: date,
    traeger_von: User,
    by: User,
    tag: date,
    vorbehalt: str = "",
    unterlage: Unterlage | None = None,
) -> Zielvereinbarung:
    """Record both signatures (§ 29 Abs. 4 S. 1 SGB IX); a Vorbehalt of the person is kept.

    `unterlage` is the signed paper, a document of the same case.
    """
    zielvereinbarung = _lock(zielvereinbarung)
    budget = zielvereinbarung.persoenliches_budget
    neu = VEREINBARUNGSSCHRITTE.require(_lage(zielvereinbarung, by, tag), "unterzeichnen")
    if not person_durch.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, wer für die Person unterzeichnet hat.")
    refuse(
        guards.unterschriften_zeitlich_moeglich(
            zielvereinbarung.ausgefertigt_am or tag, (person_am, traeger_am), tag
        )
    )
    zielvereinbarung.unterzeichnet_person_am = person_am
    zielvereinbarung.unterzeichnet_person_durch = person_durch
    zielvereinbarung.unterzeichnet_traeger_am = traeger_am
    zielvereinbarung.unterzeichnet_traeger_von = traeger_von
    zielvereinbarung.vorbehalt = vorbehalt
    if unterlage is not None and unterlage.case_id != budget.case_id:
        raise SchrittUnzulaessig("Die Unterlage gehört zu einem anderen Fall.")
    zielvereinbarung.unterlage = unterlage
    zielvereinbarung.state = neu
    zielvereinbarung.save()
    advance_budget(budget, "unterzeichnen", by)
    zusatz = ", unter Vorbehalt" if vorbehalt.strip() else ""
    _record(zielvereinbarung, by, tag, f"von beiden Seiten unterzeichnet{zusatz}")
    return zielvereinbarung


@transaction.atomic
def renegotiate(
    *, zielvereinbarung: Zielvereinbarung, grund: str, by: User, tag: date
) -> Zielvereinbarung:
    """Throw an unsigned agreement away: the budget is measured again (§ 29 Abs. 4 SGB IX)."""
    zielvereinbarung = _lock(zielvereinbarung)
    budget = zielvereinbarung.persoenliches_budget
    neu = VEREINBARUNGSSCHRITTE.require(_lage(zielvereinbarung, by, tag), "verwerfen")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum neu verhandelt wird.")
    zielvereinbarung.state = neu
    zielvereinbarung.save(update_fields=["state"])
    advance_budget(budget, "neu_verhandeln", by)
    _record(zielvereinbarung, by, tag, f"nicht zustande gekommen: {grund}")
    return zielvereinbarung


@transaction.atomic
def waive_zielvereinbarung(
    *, budget: PersoenlichesBudget, by: User, tag: date
) -> PersoenlichesBudget:
    """Go on without Zielvereinbarung where Pflegekassen alone pay (§ 29 Abs. 4 S. 3 SGB IX)."""
    budget = lock_budget(budget)
    WEGSCHRITTE.require(lage_of(budget, by, tag), "ohne_vereinbarung")
    advance_budget(budget, "ohne_vereinbarung", by)
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="zielvereinbarung",
        text="Keine Zielvereinbarung nötig: allein Pflegekassen leisten",
        gegenstand=budget,
    )
    return budget
