"""What a further decision stands on, and the gates of its submission and release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse

from budget.bescheid.guards import rechtsbehelfsbelehrung_fuer_den_tag
from budget.bescheid.queries import nach_dem_tod, unterbrechung_of
from budget.bescheid.schreiben.abzug import compute_abzug
from budget.bescheid.schreiben.rechtsbehelf import DECKUNG
from budget.bescheid.schreiben.wandel import wandel_of
from budget.folge.guards import bescheid as guards
from budget.folge.guards import geltung as geltungsguards
from budget.folge.guards import kuendigung as kuendigungsguards
from budget.folge.guards import wirkung as wirkungsguards
from budget.folge.guards.beitrag import neuer_beitrag_bestimmt
from budget.folge.guards.traegerwechsel import nicht_vor_der_uebernahme
from budget.folge.guards.unterbrechung import ruhen_bestimmt
from budget.folge.queries import (
    ZWEI,
    anhoerung_ende,
    aufhebungen_fuer,
    bekannt_am,
    bewilligung_bekannt,
    expected_bekanntgabe,
    gezahlt_fuer,
    offene_antraege,
    ohne_wirkung,
    pruefung_of,
    ruecknahme_laenge,
    verlangt_fuer,
    wechsel_of,
    zeile_of,
)
from budget.models import Bescheid, Folgebescheid, PersoenlichesBudget
from budget.states import Bescheidzustand, Budgetzustand
from budget.states.folge import Folgezeile
from budget.verfahren.guards import anschrift_vollstaendig
from cases.behoerde.queries.sitz import sitz
from cases.registry.schritt import Hindernis
from cases.schritte import Pruefung, Tageslage
from cases.textbaustein.guards import platzhalter_ausgefuellt
from recht.fristen import compute_frist
from recht.fristkennung import Regel


@dataclass(frozen=True)
class Folgelage(Tageslage):
    """A further decision with the kind that it is of."""

    row: Folgebescheid

    @property
    def zeile(self) -> Folgezeile:
        """Return what its kind asks for."""
        return zeile_of(self.row)

    @cached_property
    def nachteilig(self) -> bool:
        """Tell whether it takes something from the person; of a change its amounts say it."""
        if self.zeile.berechnet:
            pruefung = pruefung_of(self.row)
            return pruefung is None or pruefung.belastet
        if self.zeile.mindert:
            return not self.row.selbst_gewollt
        ab = self.row.wirkt_ab
        if ab is None or not self.zeile.mit_nachfolger:
            return True
        rows = PersoenlichesBudget.objects.filter(vorgaenger=self.row.budget_id, beginn=ab)
        neu = rows.select_related("vorgaenger").order_by("-id").first()
        wandel = wandel_of(neu, neu.bescheide.first()) if neu else None
        return wandel is None or wandel.nachteilig

    @cached_property
    def fruehestens(self) -> date:
        """Return when the decision would be made known if it left on the day."""
        return expected_bekanntgabe(self.tag)

    @cached_property
    def angehoert_am(self) -> date | None:
        """Return when the Anhörung was made known, or will be: of its sendings the one counts."""
        return bekannt_am(self.row.anhoerung_schreiben_id)

    @cached_property
    def aeusserung_bis(self) -> date | None:
        """Return until when the person can answer, None where nothing is made known yet."""
        return anhoerung_ende(self.row, self.angehoert_am) if self.angehoert_am else None


def seite(lage: Folgelage) -> str:
    """Return the page of the decision."""
    return reverse("folgebescheid", args=[lage.row.case_id, lage.row.pk])


def fall(lage: Folgelage) -> str:
    """Return the page of the person."""
    return reverse("fall_person", args=[lage.row.case_id])


def _widerspruch(lage: Folgelage) -> str:
    if lage.row.widerspruch_id is None:
        return seite(lage)
    return reverse("widerspruch", args=[lage.row.case_id, lage.row.widerspruch_id])


def _aufhebungen(lage: Folgelage) -> list[Folgebescheid]:
    """Return the released ends of the grant that reach into the time of an Erstattung."""
    return aufhebungen_fuer(lage.row)


def _erstattung(lage: Folgelage) -> Hindernis | None:
    frei = bool(_aufhebungen(lage)) or nach_dem_tod(lage.row)
    return guards.erstattung_bestimmt(lage.row, frei)


def _hoechstens(lage: Folgelage) -> Hindernis | None:
    gezahlt, verlangt = gezahlt_fuer(lage.row), verlangt_fuer(lage.row)
    return wirkungsguards.erstattung_hoechstens(lage.row, gezahlt, verlangt)


def _dauerwirkung(lage: Folgelage) -> Hindernis | None:
    row = lage.row
    laenge = ruecknahme_laenge(row, lage.zeile, lage.fruehestens)
    bekannt = bewilligung_bekannt(row) if laenge is not None else None
    if bekannt is None or laenge is None or not lage.nachteilig:
        return None
    frist = compute_frist(
        Regel.RUECKNAHME_DAUERWIRKUNG, bekannt, sitz(), laenge=laenge if laenge != ZWEI else None
    )
    return wirkungsguards.ruecknahmefrist_gewahrt(
        row,
        frist.ende_rechnerisch,
        fruehestens=lage.fruehestens,
        wird_gezahlt=row.budget is not None and row.budget.state == Budgetzustand.LAEUFT,
    )


def _schwebende_aufhebung(lage: Folgelage) -> Hindernis | None:
    return guards.keine_erstattung_waehrend_widerspruch(
        lage.row, any(ohne_wirkung(row) for row in _aufhebungen(lage))
    )


def _bindung(lage: Folgelage) -> Hindernis | None:
    budget = lage.row.budget
    if budget is None or not lage.zeile.auf_antrag:
        return None
    frist = compute_frist(
        Regel.BINDUNG_BUDGET, budget.bindung_ab, sitz(), rechtsstand=budget.rechtsstand
    )
    return geltungsguards.bindung_abgelaufen(lage.row, lage.zeile, frist.ende)


def _neuer_beitrag(lage: Folgelage) -> Hindernis | None:
    pruefung = pruefung_of(lage.row) if lage.zeile.berechnet else None
    gerechnet = compute_abzug(pruefung.fakten, pruefung.ab).betrag if pruefung else None
    return neuer_beitrag_bestimmt(
        lage.row, lage.zeile, pruefung, gerechnet=gerechnet, fruehestens=lage.fruehestens
    )


def _ruhen(lage: Folgelage) -> Hindernis | None:
    if not lage.zeile.ruht:
        return None
    return ruhen_bestimmt(lage.row, unterbrechung_of(lage.row))


def _unentschieden(lage: Folgelage) -> Hindernis | None:
    if lage.row.antrag is None or lage.zeile.abrechnung:
        return None
    offen = lage.row.antrag in offene_antraege(lage.row.case)
    return guards.antrag_unentschieden(lage.row, offen)


def _ohne_budgetbescheid(lage: Folgelage) -> Hindernis | None:
    if lage.row.antrag is None or lage.zeile.abrechnung:
        return None
    rows = Bescheid.objects.filter(persoenliches_budget__antrag=lage.row.antrag)
    frei = rows.exclude(state__in=[Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT]).first()
    return guards.fall_mit_budget_in_arbeit(frei.persoenliches_budget if frei else None)


def anschrift(lage: Folgelage) -> Hindernis | None:
    """Return what is missing in the address of the person."""
    return anschrift_vollstaendig(lage.row.case.leistungsberechtigte_person, lage.tag)


def belehrung(lage: Folgelage) -> Hindernis | None:
    """Return why there is no Rechtsbehelfsbelehrung for the day."""
    if not lage.zeile.verwaltungsakt:
        return None
    return rechtsbehelfsbelehrung_fuer_den_tag(lage.tag, DECKUNG)


def kuendigung_fruehestens(lage: Folgelage) -> date | None:
    """Return from when on the authority may give notice: after the answer, or the time for it."""
    if lage.row.anhoerung_verzicht:
        return None
    if lage.row.aeusserung_am is not None:
        return lage.row.aeusserung_am
    return lage.aeusserung_bis + timedelta(days=1) if lage.aeusserung_bis else None


def _kuendigung_danach(lage: Folgelage) -> Hindernis | None:
    return kuendigungsguards.kuendigung_nach_anhoerung(
        lage.row, lage.zeile, kuendigung_fruehestens(lage)
    )


def angehoert(lage: Folgelage) -> Hindernis | None:
    """Return why the person still has to be heard."""
    if not lage.nachteilig:
        return None
    return guards.angehoert(
        lage.row,
        lage.zeile,
        bekannt_am=lage.angehoert_am,
        bis=lage.aeusserung_bis,
        stichtag=lage.tag,
    )


GRUENDE: Pruefung[Folgelage] = Pruefung(
    lambda lage: guards.gruende_vorhanden(lage.row),
    "Tatsachen und Gründe stehen im Bescheid",
    "§ 35 Abs. 1 SGB X",
    seite,
)
AUSGEFUELLT: Pruefung[Folgelage] = Pruefung(
    lambda lage: platzhalter_ausgefuellt(
        "\n".join((lage.row.sachverhalt, lage.row.gruende, lage.row.ermessen))
    ),
    "Kein Platzhalter ist offen",
    "§ 33 Abs. 1 SGB X",
    seite,
)
# What the content of every kind has to bear; the provisional Leistung has gates of its own.
GRUNDINHALT: tuple[Pruefung[Folgelage], ...] = (
    GRUENDE,
    AUSGEFUELLT,
    Pruefung(
        lambda lage: guards.ermessen_ausgeuebt(lage.row, lage.zeile),
        "Das Ermessen ist ausgeübt und begründet",
        "§ 35 Abs. 1 S. 3 SGB X",
        seite,
    ),
    Pruefung(
        angehoert,
        "Die Person ist angehört",
        "§ 24 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: guards.mitwirkung_verlangt(lage.row, lage.tag),
        "Auf die Folge fehlender Mitwirkung ist hingewiesen",
        "§ 66 Abs. 3 SGB I",
        seite,
    ),
    Pruefung(
        lambda lage: guards.wirkung_zulaessig(lage.row, lage.zeile, fruehestens=lage.fruehestens),
        "Der erste Tag der Wirkung ist zulässig",
        "§ 45 Abs. 4 SGB X, § 48 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: geltungsguards.anspruch_bestimmt(lage.row, lage.zeile),
        "Was aus dem Anspruch wird, ist entschieden",
        "§ 33 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: wirkungsguards.sofortige_vollziehung_begruendet(lage.row),
        "Die sofortige Vollziehung ist begründet",
        "§ 86a Abs. 2 Nr. 5 SGG",
        seite,
    ),
    Pruefung(_neuer_beitrag, "Der neue Beitrag folgt aus der Prüfung", "§ 48 Abs. 1 SGB X", seite),
    Pruefung(_ruhen, "Was ruht, folgt aus der Unterbrechung", "§ 48 Abs. 1 SGB X", seite),
    Pruefung(
        lambda lage: nicht_vor_der_uebernahme(lage.row, wechsel_of(lage.row)),
        "Wechselt der Träger, hat der neue die Übernahme zugesagt",
        "§ 2 Abs. 3 S. 1 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: guards.jahresfrist_gewahrt(lage.row, lage.zeile, fruehestens=lage.fruehestens),
        "Für die Vergangenheit ist die Jahresfrist gewahrt",
        "§ 45 Abs. 4 S. 2 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: geltungsguards.kuendigung_zugegangen(lage.row, lage.zeile, lage.tag),
        "Die Kündigung der Zielvereinbarung ist zugegangen",
        lambda lage: geltungsguards.KUENDIGUNG.am(lage.row.gekuendigt_am),
        seite,
    ),
    Pruefung(
        _kuendigung_danach,
        "Gekündigt ist erst nach der Anhörung",
        "§ 24 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        _bindung,
        "Die Bindung der Person ist abgelaufen",
        lambda lage: geltungsguards.BINDUNG.am(lage.row.wirkt_ab),
        seite,
    ),
    Pruefung(
        _erstattung,
        "Betrag, Zeitraum und Aufhebung tragen die Erstattung",
        "§ 50 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: wirkungsguards.zahlungsziel_erreichbar(lage.row, lage.fruehestens),
        "Der Tag der Zahlung liegt nach der Bekanntgabe",
        "§ 39 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        _hoechstens,
        "Zurückgefordert wird höchstens, was angewiesen ist",
        "§ 50 Abs. 1 S. 1 SGB X",
        seite,
    ),
    Pruefung(
        _dauerwirkung,
        "Der Bescheid kann noch zurückgenommen werden",
        "§ 45 Abs. 3 SGB X",
        seite,
    ),
    Pruefung(
        _schwebende_aufhebung,
        "Kein Rechtsbehelf hält die Erstattung auf",
        "§ 86a Abs. 1 S. 1 SGG",
        seite,
    ),
    Pruefung(
        lambda lage: guards.budget_laeuft(lage.row, lage.zeile),
        "Es gibt noch etwas aufzuheben",
        "§ 39 Abs. 2 SGB X",
        seite,
    ),
    Pruefung(
        _unentschieden, "Über den Antrag ist noch nicht entschieden", "§ 39 Abs. 2 SGB X", seite
    ),
    Pruefung(
        _ohne_budgetbescheid,
        "Keine Bewilligung widerspricht",
        "§ 33 Abs. 1 SGB X",
        seite,
    ),
    Pruefung(
        lambda lage: guards.widerspruch_entscheidbar(lage.row.widerspruch),
        "Der Widerspruch ist zu entscheiden",
        "§ 85 SGG",
        _widerspruch,
    ),
    Pruefung(
        lambda lage: guards.abhilfe_zulaessig(lage.row),
        "Der Widerspruch ist zulässig",
        "§ 84 Abs. 1 SGG",
        _widerspruch,
    ),
    Pruefung(
        lambda lage: guards.gericht_genannt(lage.row),
        "Das Sozialgericht ist genannt",
        "§ 85 Abs. 3 S. 4 SGG",
        seite,
    ),
)
