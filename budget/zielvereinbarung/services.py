"""Steps of a Zielvereinbarung: draft, change, print for signature, sign, negotiate anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from budget.models import (
    PersoenlichesBudget,
    Vereinbarungsinhalt,
    Vereinbarungsunterschrift,
    Zielvereinbarung,
)
from budget.states import Vereinbarungszustand
from budget.states.vereinbarung import Ruecklaufweg
from budget.verfahren.services import advance_budget, lock_budget
from budget.zielvereinbarung import guards
from budget.zielvereinbarung.queries import leistungen_mit_arbeitsvertrag
from budget.zielvereinbarung.schreiben import (
    ART,
    NEBENABREDEN,
    inhalte_am,
    texte_of,
    vorschlaege_of,
    werte_of_entwurf,
)
from budget.zielvereinbarung.schritte import (
    VEREINBARUNGSSCHRITTE,
    WEGSCHRITTE,
    Vereinbarungslage,
    lage_of,
)
from cases.guards import refuse
from cases.models import Unterlage, User, Vertretungsverhaeltnis
from cases.models.stand import stand_of
from cases.models.vorschlag import settle
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.tafel import SchrittUnzulaessig

_GESPRAECH_MONATE = (6, 12)


@dataclass(frozen=True)
class Nebenabreden:
    """What is agreed beside the contents: who employs, and a trial with the day of its talk."""

    arbeitgebermodell: bool = False
    probe_bis: date | None = None
    probe_gespraech_am: date | None = None


def _lock(zielvereinbarung: Zielvereinbarung) -> Zielvereinbarung:
    budget = lock_budget(zielvereinbarung.persoenliches_budget)
    locked = lock_row(Zielvereinbarung.objects.all(), zielvereinbarung.pk)
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
    """Draft the next version with a first wording; after a failed one with its texts.

    One that takes the place of another begins with the texts that are agreed for that one.

    Raises SchrittUnzulaessig when the Bemessung is not closed or does not hold any more, an
    agreement is in use, the talks are neither six nor twelve months apart, or `by` only reads.
    """
    budget = lock_budget(budget)
    WEGSCHRITTE.require(lage_of(budget, by, tag), "vereinbarung_entwerfen")
    _check_gespraech(gespraech_monate)
    fruehere = list(budget.zielvereinbarungen.order_by("-version"))
    texte = {k: (v, v) for k, v in vorschlaege_of(budget, gespraech_monate).items()}
    vorlage = fruehere[0] if fruehere else _signed_before(budget)
    if vorlage is not None:
        for inhalt in vorlage.vereinbarungsinhalte.all():
            texte[inhalt.schluessel] = (inhalt.text, inhalt.vorschlag)
    zielvereinbarung = Zielvereinbarung.objects.create(
        persoenliches_budget=budget,
        version=fruehere[0].version + 1 if fruehere else 1,
        gueltig_ab=budget.beginn,
        gueltig_bis=budget.ende,
        gespraech_monate=gespraech_monate,
        arbeitgebermodell=(vorlage is not None and vorlage.arbeitgebermodell)
        or bool(leistungen_mit_arbeitsvertrag(budget)),
        **_trial_of(fruehere),
        erstellt_von=by,
    )
    Vereinbarungsinhalt.objects.bulk_create(
        Vereinbarungsinhalt(
            zielvereinbarung=zielvereinbarung,
            schluessel=inhalt.schluessel,
            text=texte.get(inhalt.schluessel, ("", ""))[0],
            vorschlag=texte.get(inhalt.schluessel, ("", ""))[1],
        )
        for inhalt in inhalte_am(budget.beginn)
    )
    _record(zielvereinbarung, by, tag, "entworfen")
    return zielvereinbarung


def _trial_of(fruehere: Sequence[Zielvereinbarung]) -> dict[str, date | None]:
    """Return the trial that was negotiated before; the next budget is not tried once more."""
    if not fruehere:
        return {}
    return {
        "probe_bis": fruehere[0].probe_bis,
        "probe_gespraech_am": fruehere[0].probe_gespraech_am,
    }


def _signed_before(budget: PersoenlichesBudget) -> Zielvereinbarung | None:
    """Return what is agreed for the budget whose place this one takes."""
    if budget.vorgaenger_id is None:
        return None
    return Zielvereinbarung.objects.filter(
        persoenliches_budget=budget.vorgaenger_id, state=Vereinbarungszustand.UNTERZEICHNET
    ).first()


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
    nebenabreden: Nebenabreden | None = None,
    gesehen: str = "",
) -> Zielvereinbarung:
    """Change texts (key of the content -> text) and the rhythm of the talks of a draft.

    `nebenabreden` are Arbeitgebermodell and trial. `gesehen` is the mark of the draft as the form
    showed it. Raises SchrittUnzulaessig when somebody has changed it since, the rhythm is another
    one, a text is unknown, or the trial is not within the time of the agreement.
    """
    zielvereinbarung = _lock(zielvereinbarung)
    VEREINBARUNGSSCHRITTE.require(_lage(zielvereinbarung, by, tag), "bearbeiten")
    inhalte = list(zielvereinbarung.vereinbarungsinhalte.all())
    refuse_stale(
        zielvereinbarung,
        *inhalte,
        gesehen=gesehen,
        jetzt=stand_of(werte_of_entwurf(zielvereinbarung)),
    )
    erlaubt = {i.schluessel for i in inhalte_am(zielvereinbarung.persoenliches_budget.beginn)}
    if unbekannt := sorted(set(texte) - erlaubt):
        raise SchrittUnzulaessig(f"Diese Inhalte gibt es nicht: {', '.join(unbekannt)}.")
    budget = zielvereinbarung.persoenliches_budget
    vorher = vorschlaege_of(budget, zielvereinbarung.gespraech_monate)
    if gespraech_monate is not None:
        _check_gespraech(gespraech_monate)
        zielvereinbarung.gespraech_monate = gespraech_monate
    if nebenabreden is not None:
        zielvereinbarung.arbeitgebermodell = nebenabreden.arbeitgebermodell
        zielvereinbarung.probe_bis = nebenabreden.probe_bis
        zielvereinbarung.probe_gespraech_am = nebenabreden.probe_gespraech_am
        refuse(guards.erprobung_im_zeitraum(zielvereinbarung))
        refuse(
            guards.arbeitsvertrag_im_arbeitgebermodell(
                zielvereinbarung.arbeitgebermodell,
                leistungen_mit_arbeitsvertrag(budget),
                zielvereinbarung.gueltig_ab,
            )
        )
    zielvereinbarung.save(update_fields=["gespraech_monate", *NEBENABREDEN])
    jetzt = vorschlaege_of(budget, zielvereinbarung.gespraech_monate)
    _save_texte(zielvereinbarung, settle(texte, vorher, jetzt))
    _record(zielvereinbarung, by, tag, "bearbeitet")
    return zielvereinbarung


def _save_texte(zielvereinbarung: Zielvereinbarung, gesetzt: Mapping[str, tuple[str, str]]) -> None:
    """Store text and underlying proposal by key of the content."""
    for schluessel, (text, vorschlag) in gesetzt.items():
        Vereinbarungsinhalt.objects.update_or_create(
            zielvereinbarung=zielvereinbarung,
            schluessel=schluessel,
            defaults={"text": text, "vorschlag": vorschlag},
        )


@transaction.atomic
def issue_zielvereinbarung(
    *, zielvereinbarung: Zielvereinbarung, by: User, tag: date, gesehen: str | None = None
) -> Zielvereinbarung:
    """Print the agreement for signature: frozen PDF, fixed Teilbudgets.

    `gesehen` is the mark of the preview that `by` has opened. Raises SchrittUnzulaessig when it is
    no draft, the Bemessung does not hold, a Pflichtinhalt or the address is missing, its time is
    not that of the budget, the preview shows something else, or `by` only reads.
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
    # What is printed is also what stays in the rows.
    texte = texte_of(zielvereinbarung)
    _save_texte(
        zielvereinbarung,
        {name: (t.gilt, t.jetzt) for name, t in texte.items() if not t.geaendert},
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
    selbst: bool = True,
    vertretungen: Sequence[Vertretungsverhaeltnis] = (),
    ruecklauf: str = Ruecklaufweg.PAPIER,
    vorbehalt: str = "",
    unterlage: Unterlage | None = None,
) -> Zielvereinbarung:
    """Record both signatures (§ 29 Abs. 4 S. 1 SGB IX); a Vorbehalt of the person is kept.

    `selbst` says that the person has signed herself, `vertretungen` are those who have signed for
    her. `unterlage` is the signed paper or file, a document of the same case. Raises
    SchrittUnzulaessig when it is not issued, nobody is named who signed for the person, whoever
    signed could not bind her on the day, a day lies ahead or before the printing, it came back
    electronically without the file, the file is of another case, or `by` only reads.
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
    refuse(
        guards.unterzeichnung_durch_berechtigte(
            budget.case.leistungsberechtigte_person,
            person_am,
            selbst=selbst,
            vertretungen=vertretungen,
        )
    )
    refuse(guards.elektronischer_ruecklauf_belegt(ruecklauf, unterlage))
    zielvereinbarung.unterzeichnet_person_am = person_am
    zielvereinbarung.unterzeichnet_person_selbst = selbst
    zielvereinbarung.ruecklauf = ruecklauf
    zielvereinbarung.unterzeichnet_person_durch = person_durch
    zielvereinbarung.unterzeichnet_traeger_am = traeger_am
    zielvereinbarung.unterzeichnet_traeger_von = traeger_von
    zielvereinbarung.vorbehalt = vorbehalt
    if unterlage is not None and unterlage.case_id != budget.case_id:
        raise SchrittUnzulaessig("Die Unterlage gehört zu einem anderen Fall.")
    zielvereinbarung.unterlage = unterlage
    for vertretung in vertretungen:
        Vereinbarungsunterschrift.objects.create(
            zielvereinbarung=zielvereinbarung, vertretung=vertretung
        )
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
    """Throw an unsigned agreement away: the budget is measured again (§ 29 Abs. 4 SGB IX).

    Raises SchrittUnzulaessig when it is not issued or signed already, no reason is given, or `by`
    only reads.
    """
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
    """Go on without Zielvereinbarung where Pflegekassen alone pay (§ 29 Abs. 4 S. 3 SGB IX).

    Raises SchrittUnzulaessig when another carrier pays too, the Bemessung is not closed or does
    not hold any more, an agreement is in use, or `by` only reads.
    """
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


@transaction.atomic
def end_with_sachleistung(
    *, budget: PersoenlichesBudget, auf_wunsch: bool, grund: str, by: User, tag: date
) -> PersoenlichesBudget:
    """End a budget of which nothing has come: the Leistungen are rendered as Sachleistung.

    An agreement that waits for a signature fails with it. Where the person does not want it so, the
    Antrag is still to be decided by a Bescheid. Raises SchrittUnzulaessig when the budget is agreed
    or granted, takes the place of a running one, no reason is given, or `by` only reads.
    """
    budget = lock_budget(budget)
    lage = lage_of(budget, by, tag)
    WEGSCHRITTE.require(lage, "sachleistung")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte geben Sie an, warum Sachleistung statt Budget.")
    row = lage.zielvereinbarung
    if row is not None and row.state == Vereinbarungszustand.AUSGEFERTIGT:
        row = _lock(row)
        row.state = Vereinbarungszustand.VERWORFEN
        row.save(update_fields=["state"])
        _record(row, by, tag, f"nicht zustande gekommen: {grund}")
    budget.sachleistung_auf_wunsch, budget.sachleistung_grund = auf_wunsch, grund.strip()
    budget.save(update_fields=["sachleistung_auf_wunsch", "sachleistung_grund"])
    advance_budget(budget, "sachleistung", by)
    record_ereignis(
        case=budget.case,
        by=by,
        tag=tag,
        art="budget",
        text="Sachleistung statt Persönliches Budget",
        gegenstand=budget,
    )
    return budget
