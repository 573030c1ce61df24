"""A Gutachten from the question to its use in the Bedarf (§ 17 SGB IX), with its Fristen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from cases.antrag.queries.zustaendigkeit import fristbeginn
from cases.fall.queries.fall import antraege_hier
from cases.fall.services.case import lock_running_case
from cases.frist.queries import fristen_of
from cases.frist.services.frist import (
    keep_frist,
    lift_frist,
    run_again,
    start_frist,
    undo_frist,
)
from cases.guards import refuse
from cases.models import Antrag, Case, Schreiben, Unterlage, User, Versand
from cases.models.stand import stand_of
from cases.services.ereignis import record_ereignis
from cases.services.sperre import lock_row
from cases.services.stand import refuse_stale
from cases.states.frist import Fristzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import Versandzustand
from gesamtplan.bedarf.services import add_aussage
from gesamtplan.gutachten import guards
from gesamtplan.gutachten.queries import gutachten_of, werte_of_gutachten
from gesamtplan.gutachten.schritte import (
    BEGINN,
    GUTACHTENSCHRITTE,
    Beginnlage,
    Gutachtenlage,
)
from gesamtplan.models import Gutachten, Sachverstaendiger
from gesamtplan.models.angaben import Gutachtenangaben
from gesamtplan.states import Redestimme
from gesamtplan.states.gutachten import FRISTGRUND, GUTACHTEN, Gutachtenstand
from recht.fristkennung import Regel

# Several carriers have their own time from the receipt of the Antrag, with or without Gutachten.
_MEHRERE = (Regel.ENTSCHEIDUNG_MIT_BETEILIGUNG, Regel.ENTSCHEIDUNG_MIT_KONFERENZ)


@transaction.atomic
def create_gutachten(*, case: Case, angaben: Gutachtenangaben, by: User, tag: date) -> Gutachten:
    """Prepare a Gutachten: what is asked and who might write it.

    Raises SchrittUnzulaessig in a case that does not run here, when `by` only reads, while another
    one is open, and without a question.
    """
    case = lock_running_case(case.pk)
    BEGINN.require(Beginnlage(by, tag, case), "veranlassen")
    row = Gutachten(case=case, bearbeitet_von=by)
    _write(row, angaben)
    _record(row, by, tag, "Gutachten veranlasst")
    return _lock(row)


@transaction.atomic
def update_gutachten(
    *,
    gutachten: Gutachten,
    angaben: Gutachtenangaben,
    by: User,
    tag: date,
    gesehen: str | None = None,
) -> Gutachten:
    """Change questions and experts before these are named.

    `gesehen` is the mark of the values as the form showed it. Raises SchrittUnzulaessig when
    somebody else has changed it since, once the experts are named, and without a question.
    """
    row = _lock(gutachten)
    GUTACHTENSCHRITTE.require(Gutachtenlage(by, tag, row), "bearbeiten")
    refuse_stale(
        gesehen=gesehen,
        jetzt=stand_of(werte_of_gutachten(row)),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
    row.bearbeitet_von = by
    _write(row, angaben)
    return _lock(row)


@transaction.atomic
def issue_benennung(*, gutachten: Gutachten, by: User, tag: date) -> Gutachten:
    """Name the experts to the person; from now on the proposal is fixed.

    Raises SchrittUnzulaessig with fewer than three and no reason, or when what is on file has not
    been weighed (§ 96 SGB X).
    """
    row = _lock(gutachten)
    row.state = GUTACHTENSCHRITTE.require(Gutachtenlage(by, tag, row), "benennen")
    row.benannt_am, row.bearbeitet_von = tag, by
    row.save()
    namen = ", ".join(eine.name for eine in row.sachverstaendige.all())
    _record(row, by, tag, f"Sachverständige benannt: {namen}")
    return row


@transaction.atomic
def record_wahl(
    *, gutachten: Gutachten, wahl: int, durch: str, grund: str, am: date, by: User, tag: date
) -> Gutachten:
    """Note whom the person has chosen, by the number of the expert, and on which day.

    Raises SchrittUnzulaessig for somebody who was not named, a day before the naming or ahead, and
    when the authority chooses without a reason.
    """
    row = _lock(gutachten)
    row.state = GUTACHTENSCHRITTE.require(Gutachtenlage(by, tag, row), "waehlen")
    refuse(guards.wahl_passt(row, wahl, durch, grund, am, tag))
    row.wahl, row.wahl_durch, row.wahl_am = wahl, durch, am
    row.wahl_grund, row.bearbeitet_von = grund.strip(), by
    row.save()
    _record(row, by, tag, f"Gutachten: {row.gewaehlt} gewählt durch {row.get_wahl_durch_display()}")
    return row


def start_gutachten(schreiben: Schreiben, versand: Versand, by: User | None, tag: date) -> None:
    """The order has left the house: F06 runs, and the three weeks of F04 give way.

    A letter of earlier times is about the Antrag; its Frist runs for the letter itself. Raises
    SchrittUnzulaessig when the choice was not made.
    """
    if versand.aufgabe_am is None or versand.weitere_ausfertigung:
        return
    name, _, kennung = schreiben.gegenstand.partition(":")
    wofuer: Gutachten | Schreiben = schreiben
    if name == Gutachten._meta.model_name:
        row = lock_row(Gutachten.objects.select_related("case"), int(kennung))
        wofuer = row
        if row.beauftragt_am is not None:
            return
        row.state = GUTACHTEN.ziel(row.state, "beauftragen")
        row.beauftragt_am = versand.aufgabe_am
        row.save()
        for antrag in antraege_hier(row.case):
            _lift_three_weeks(row.case, antrag, versand.aufgabe_am, tag)
    start_frist(
        case=schreiben.case,
        regel=Regel.GUTACHTEN,
        gegenstand=wofuer,
        ausloeser=versand.aufgabe_am,
        by=by,
    )


def withdraw_gutachten(schreiben: Schreiben, am: date | None, by: User | None, tag: date) -> None:
    """The order did not arrive: nobody writes a Gutachten, F06 goes and F04 runs on.

    Follows whenever it is known whether the letter has come to its addressee (`am`); nothing
    happens while one of its sendings is on its way. The order may be sent again, and is given then.
    Raises nothing: where no order runs there is nothing to take back.
    """
    gesendet = schreiben.versand_liste.filter(state=Versandzustand.AUFGEGEBEN)
    if am is not None or gesendet.filter(weitere_ausfertigung=False).exists():
        return
    name, _, kennung = schreiben.gegenstand.partition(":")
    grund = "Auftrag nicht zugegangen"
    if name != Gutachten._meta.model_name:
        undo_frist(
            case=schreiben.case, gegenstand=schreiben, regel=Regel.GUTACHTEN, tag=tag, grund=grund
        )
        return
    row = lock_row(Gutachten.objects.select_related("case"), int(kennung))
    if row.state != Gutachtenstand.BEAUFTRAGT:
        return
    row.state, row.beauftragt_am = GUTACHTEN.ziel(row.state, "auftrag_zurueck"), None
    row.save()
    undo_frist(case=row.case, gegenstand=row, regel=Regel.GUTACHTEN, tag=tag, grund=grund)
    _run_three_weeks_again(row.case)
    record_ereignis(
        case=row.case,
        by=by,
        tag=tag,
        art="bedarf",
        text="Auftrag für das Gutachten nicht zugegangen; die Frist für die Entscheidung läuft "
        "weiter",
        gegenstand=row,
    )


@transaction.atomic
def accept_gutachten(
    *, gutachten: Gutachten, am: date, unterlage: Unterlage | None, by: User, tag: date
) -> Gutachten:
    """Take the Gutachten in: F06 is met, and the two weeks to decide begin (F05).

    Where several carriers take part their time from the receipt of the Antrag stays. Raises
    SchrittUnzulaessig for a day ahead or before the order and a document of another case.
    """
    case = lock_running_case(gutachten.case_id)
    row = _lock(gutachten)
    row.state = GUTACHTENSCHRITTE.require(Gutachtenlage(by, tag, row), "annehmen")
    refuse(guards.eingang_passt(row, am, unterlage, tag))
    row.eingegangen_am, row.unterlage, row.bearbeitet_von = am, unterlage, by
    row.save()
    keep_frist(case=case, gegenstand=row, regel=Regel.GUTACHTEN, tag=am, durch=str(row))
    for antrag in antraege_hier(case):
        _start_two_weeks(case, antrag, am, by)
    _record(row, by, tag, f"{row} von {row.gewaehlt}")
    return row


@transaction.atomic
def complete_gutachten(
    *, gutachten: Gutachten, texte: Mapping[str, str], by: User, tag: date
) -> Gutachten:
    """Use the Gutachten: what it finds stands as its own voice in the Bedarf, by Lebensbereich.

    `texte` are by code of the Lebensbereich. Raises SchrittUnzulaessig while no Bedarfsermittlung
    is in work and when nothing is found at all.
    """
    row = _lock(gutachten)
    row.state = GUTACHTENSCHRITTE.require(Gutachtenlage(by, tag, row), "verwerten")
    refuse(guards.etwas_festgestellt(texte, tag))
    ermittlung, experte = guards.open_ermittlung(row.case), row.gewaehlt
    if ermittlung is None or experte is None or row.eingegangen_am is None:
        raise SchrittUnzulaessig("Das Gutachten liegt noch nicht vor.")
    for lebensbereich, text in texte.items():
        if text.strip():
            add_aussage(
                bedarfsermittlung=ermittlung,
                lebensbereich=lebensbereich,
                stimme=Redestimme.GUTACHTEN,
                urheber=experte.name,
                text=text,
                abweichend=False,
                am=row.eingegangen_am,
                by=by,
                tag=tag,
            )
    row.bedarfsermittlung, row.bearbeitet_von = ermittlung, by
    row.save()
    _record(row, by, tag, f"{row}, im Bedarf verwertet")
    return row


@transaction.atomic
def discard_gutachten(*, gutachten: Gutachten, grund: str, by: User, tag: date) -> Gutachten:
    """Say why no Gutachten is needed any more; what it has stopped runs on.

    Raises SchrittUnzulaessig without a reason and once the Gutachten is there.
    """
    row = _lock(gutachten)
    row.state = GUTACHTENSCHRITTE.require(Gutachtenlage(by, tag, row), "entfallen")
    if not grund.strip():
        raise SchrittUnzulaessig("Bitte nennen Sie den Grund.")
    row.entfallen_grund, row.bearbeitet_von = grund.strip(), by
    row.save()
    lift_frist(case=row.case, gegenstand=row, tag=tag, grund="Gutachten nicht mehr nötig")
    _run_three_weeks_again(row.case)
    _record(row, by, tag, "Gutachten nicht mehr nötig")
    return row


def _run_three_weeks_again(case: Case) -> None:
    for antrag in antraege_hier(case):
        if not _several(case, antrag):
            run_again(case=case, grund=FRISTGRUND, gegenstand=antrag)


def _lift_three_weeks(case: Case, antrag: Antrag, am: date, tag: date) -> None:
    """§ 14 Abs. 2 S. 3 SGB IX: with a Gutachten F05 takes the place of a running F04."""
    rows = fristen_of(case, antrag, Regel.ENTSCHEIDUNG)
    if rows.filter(state=Fristzustand.OFFEN, ende__gte=am).exists():
        lift_frist(
            case=case, gegenstand=antrag, regel=Regel.ENTSCHEIDUNG, tag=tag, grund=FRISTGRUND
        )


def _several(case: Case, antrag: Antrag) -> bool:
    """Tell whether the time of several carriers runs (§ 15 Abs. 4 SGB IX)."""
    rows = fristen_of(case, antrag, *_MEHRERE)
    return rows.exclude(state=Fristzustand.AUFGEHOBEN).exists()


def _start_two_weeks(case: Case, antrag: Antrag, am: date, by: User) -> None:
    rows = fristen_of(case, antrag, Regel.ENTSCHEIDUNG)
    wartet = rows.filter(state=Fristzustand.AUFGEHOBEN, erledigt_durch=FRISTGRUND).exists()
    if wartet and not _several(case, antrag):
        start_frist(
            case=case,
            regel=Regel.ENTSCHEIDUNG_MIT_GUTACHTEN,
            gegenstand=antrag,
            ausloeser=max(am, fristbeginn(antrag)),
            by=by,
        )


def _write(row: Gutachten, angaben: Gutachtenangaben) -> None:
    if not angaben.anlass.strip() or not angaben.fragen.strip():
        raise SchrittUnzulaessig("Bitte sagen Sie, worum es geht und was gefragt ist.")
    row.anlass, row.fragen = angaben.anlass.strip(), angaben.fragen.strip()
    row.weniger_grund, row.neu_grund = angaben.weniger_grund.strip(), angaben.neu_grund.strip()
    row.save()
    row.sachverstaendige.all().delete()
    Sachverstaendiger.objects.bulk_create(
        Sachverstaendiger(
            gutachten=row,
            nummer=nummer,
            name=eine.name.strip(),
            fachgebiet=eine.fachgebiet.strip(),
            anschrift=eine.anschrift.strip(),
            zugang=eine.zugang.strip(),
        )
        for nummer, eine in enumerate(angaben.sachverstaendige, 1)
    )


def _record(row: Gutachten, by: User, tag: date, text: str) -> None:
    record_ereignis(case=row.case, by=by, tag=tag, art="bedarf", text=text, gegenstand=row)


def _lock(gutachten: Gutachten) -> Gutachten:
    lock_row(Gutachten.objects.all(), gutachten.pk)
    return gutachten_of(gutachten.case).get(pk=gutachten.pk)
