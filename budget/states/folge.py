"""Kinds and states of the decisions beside the grant: refusal, end, taking back, Widerspruch.

A kind is one row of `FOLGEARTEN`: pages, gates, letters and effects read it.
"""

from __future__ import annotations

from django.db.models import TextChoices

from budget.states import Bescheidzustand, faelle
from budget.states.folgeart import NUR_ZUKUNFT, Bezug, Folgeart, Folgezeile
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge

__all__ = [
    "FOLGEARTEN",
    "FOLGEBESCHEID",
    "NUR_ZUKUNFT",
    "Bezug",
    "Folgeart",
    "Folgezeile",
    "Folgezustand",
]


class Folgezustand(TextChoices):
    """A further decision from draft to Bestandskraft, or to the success of who attacked it."""

    ENTWURF = Bescheidzustand.ENTWURF.value, Bescheidzustand.ENTWURF.label
    VORGELEGT = Bescheidzustand.VORGELEGT.value, Bescheidzustand.VORGELEGT.label
    FREIGEGEBEN = Bescheidzustand.FREIGEGEBEN.value, Bescheidzustand.FREIGEGEBEN.label
    VERSANDT = Bescheidzustand.VERSANDT.value, Bescheidzustand.VERSANDT.label
    BESTANDSKRAEFTIG = (
        Bescheidzustand.BESTANDSKRAEFTIG.value,
        Bescheidzustand.BESTANDSKRAEFTIG.label,
    )
    ANGEFOCHTEN = "angefochten", "erfolgreich angefochten"
    ABGESEHEN = "abgesehen", "davon abgesehen"


FOLGEARTEN: dict[str, Folgezeile] = {
    zeile.art.value: zeile
    for zeile in (
        Folgezeile(Folgeart.ABLEHNUNG, Bezug.ANTRAG, "§ 31 S. 1 SGB X"),
        Folgezeile(Folgeart.VERSAGUNG, Bezug.ANTRAG, "§ 66 Abs. 1 SGB I", ermessen=True),
        Folgezeile(
            Folgeart.UNVERAENDERT, Bezug.BUDGET, "§ 48 Abs. 1 S. 1 SGB X", verwaltungsakt=False
        ),
        Folgezeile(
            Folgeart.AUFHEBUNG,
            Bezug.BUDGET,
            "§ 48 Abs. 1 S. 1 SGB X",
            anhoerung=True,
            beendet=True,
            anspruch=True,
        ),
        Folgezeile(
            Folgeart.AUFHEBUNG_VERGANGEN,
            Bezug.BUDGET,
            "§ 48 Abs. 1 S. 2 SGB X",
            anhoerung=True,
            ermessen=True,
            soll=True,
            vergangen=True,
            beendet=True,
            anspruch=True,
            faelle=faelle.VERGANGEN,
        ),
        Folgezeile(
            Folgeart.RUECKNAHME,
            Bezug.BUDGET,
            "§ 45 SGB X",
            anhoerung=True,
            ermessen=True,
            vergangen=True,
            beendet=True,
            anspruch=True,
            faelle=faelle.RUECKNAHME,
        ),
        Folgezeile(
            Folgeart.AENDERUNG,
            Bezug.BUDGET,
            "§ 48 Abs. 1 SGB X",
            anhoerung=True,
            vergangen=True,
            beendet=True,
            mit_nachfolger=True,
            faelle=faelle.AENDERUNG,
        ),
        Folgezeile(
            Folgeart.KUENDIGUNG,
            Bezug.BUDGET,
            Normfolge("§ 4 Abs. 2 BudgetV", "§ 29 Abs. 4 S. 7 SGB IX"),
            anhoerung=True,
            beendet=True,
            kuendigung=True,
            faelle=faelle.KUENDIGUNG,
        ),
        Folgezeile(
            Folgeart.RUECKKEHR,
            Bezug.BUDGET,
            Normfolge("§ 17 Abs. 2 S. 5 SGB IX a.F.", "§ 29 Abs. 1 S. 6 SGB IX"),
            beendet=True,
            auf_antrag=True,
        ),
        Folgezeile(
            Folgeart.ERSTATTUNG, Bezug.BUDGET, "§ 50 Abs. 1 SGB X", anhoerung=True, geld=True
        ),
        Folgezeile(
            Folgeart.BEITRAG,
            Bezug.BUDGET,
            "§ 48 Abs. 1 S. 1 SGB X",
            anhoerung=True,
            berechnet=True,
        ),
        Folgezeile(
            Folgeart.UNTERBRECHUNG,
            Bezug.BUDGET,
            "§ 48 Abs. 1 SGB X",
            anhoerung=True,
            vergangen=True,
            ruht=True,
            faelle=faelle.RUHEN,
        ),
        Folgezeile(
            Folgeart.VORLAEUFIG,
            Bezug.ANTRAG,
            Normfolge("§ 43 Abs. 1 SGB I", "§ 24 S. 1 SGB IX"),
            ermessen=True,
            vorlaeufig=True,
            faelle=faelle.VORLAEUFIG,
        ),
        Folgezeile(
            Folgeart.VORLAEUFIG_AENDERUNG,
            Bezug.ANTRAG,
            "§ 48 Abs. 1 S. 1 SGB X",
            anhoerung=True,
            ermessen=True,
            mindert=True,
            faelle=faelle.VORLAEUFIG_AENDERUNG,
        ),
        Folgezeile(
            Folgeart.VORLAEUFIG_ZURUECK,
            Bezug.ANTRAG,
            "§ 42 Abs. 2 S. 2 SGB I",
            anhoerung=True,
            geld=True,
            abrechnung=True,
        ),
        Folgezeile(Folgeart.ABHILFE, Bezug.WIDERSPRUCH, "§ 85 Abs. 1 SGG", verwaltungsakt=False),
        Folgezeile(
            Folgeart.WIDERSPRUCHSBESCHEID,
            Bezug.WIDERSPRUCH,
            "§ 85 Abs. 2 SGG",
            verwaltungsakt=False,
        ),
    )
}


FOLGEBESCHEID = Zustandstafel(
    "Weiterer Bescheid",
    Folgezustand,
    (
        Uebergang(
            "bearbeiten",
            "Entwurf bearbeiten",
            (Bescheidzustand.ENTWURF,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
        ),
        Uebergang(
            "anhoeren",
            "Anhörung schreiben",
            (Bescheidzustand.ENTWURF,),
            "",
            SCHREIBENDE,
            "§ 24 Abs. 1 SGB X",
        ),
        Uebergang(
            "kuendigen",
            "Kündigung schreiben",
            (Bescheidzustand.ENTWURF,),
            "",
            NUR_LEITUNG,
            "§ 24 Abs. 1 SGB X",
            zweite_person=True,
        ),
        Uebergang(
            "aeusserung_vermerken",
            "Äußerung vermerken",
            (Bescheidzustand.ENTWURF,),
            "",
            SCHREIBENDE,
            "§ 24 Abs. 1 SGB X",
        ),
        Uebergang(
            "vorlegen",
            "Zur Freigabe vorlegen",
            (Bescheidzustand.ENTWURF,),
            Bescheidzustand.VORGELEGT,
            SCHREIBENDE,
        ),
        Uebergang(
            "zurueckziehen",
            "Vorlage zurückziehen",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
        ),
        Uebergang(
            "zurueckgeben",
            "Zurückgeben",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.ENTWURF,
            NUR_LEITUNG,
        ),
        Uebergang(
            "freigeben",
            "Freigeben",
            (Bescheidzustand.VORGELEGT,),
            Bescheidzustand.FREIGEGEBEN,
            NUR_LEITUNG,
            "§ 33 Abs. 3 SGB X",
            zweite_person=True,
        ),
        # Taken by the program: one letter carries the new grant and the end of the former one.
        Uebergang(
            "mitgehen",
            "Mit dem Bescheid über das neue Budget freigegeben",
            (Bescheidzustand.ENTWURF, Bescheidzustand.VORGELEGT),
            Bescheidzustand.FREIGEGEBEN,
            frozenset(),
            "§ 48 Abs. 1 SGB X",
        ),
        Uebergang(
            "zurueckfallen",
            "Freigabe des Bescheids über das neue Budget zurückgenommen",
            (Bescheidzustand.FREIGEGEBEN,),
            Bescheidzustand.ENTWURF,
            frozenset(),
            "§ 39 Abs. 1 SGB X",
        ),
        Uebergang(
            "aufgeben",
            "Aufgabe zur Post",
            (Bescheidzustand.FREIGEGEBEN,),
            Bescheidzustand.VERSANDT,
            SCHREIBENDE,
            "§ 37 SGB X",
        ),
        Uebergang("verwerfen", "Entwurf verwerfen", (Bescheidzustand.ENTWURF,), "", SCHREIBENDE),
        Uebergang(
            "absehen",
            "Von der Absicht absehen",
            (Bescheidzustand.ENTWURF,),
            Folgezustand.ABGESEHEN,
            SCHREIBENDE,
            "§ 24 Abs. 1 SGB X",
        ),
        Uebergang(
            "neu_freigeben",
            "Zur neuen Freigabe zurückgeben",
            (Bescheidzustand.FREIGEGEBEN,),
            Bescheidzustand.ENTWURF,
            SCHREIBENDE,
            "§ 39 Abs. 1 SGB X, § 66 Abs. 2 SGG",
        ),
        # Taken by the program when a letter came back: nothing has been made known.
        Uebergang(
            "zurueckkommen",
            "Nicht bekannt gegeben",
            (Bescheidzustand.VERSANDT, Bescheidzustand.BESTANDSKRAEFTIG),
            Bescheidzustand.FREIGEGEBEN,
            frozenset(),
            "§ 37 Abs. 2 S. 3 SGB X",
        ),
        Uebergang(
            "bestandskraft",
            "Bestandskraft",
            (Bescheidzustand.VERSANDT,),
            Bescheidzustand.BESTANDSKRAEFTIG,
            frozenset(),
            "§ 77 SGG",
        ),
        Uebergang(
            "wieder_anfechtbar",
            "Widerspruchsfrist läuft wieder",
            (Bescheidzustand.BESTANDSKRAEFTIG,),
            Bescheidzustand.VERSANDT,
            frozenset(),
            "§ 77 SGG",
        ),
        # Taken by the program when a Rechtsbehelf has done away with the decision, and back.
        Uebergang(
            "anfechten",
            "Der Rechtsbehelf hatte Erfolg",
            (Bescheidzustand.VERSANDT, Bescheidzustand.BESTANDSKRAEFTIG),
            Folgezustand.ANGEFOCHTEN,
            frozenset(),
            "§ 77 SGG, § 85 Abs. 1 SGG",
        ),
        Uebergang(
            "wieder_gelten",
            "Abhilfe nicht bekannt gegeben",
            (Folgezustand.ANGEFOCHTEN,),
            Bescheidzustand.VERSANDT,
            frozenset(),
            "§ 37 Abs. 2 S. 3 SGB X",
        ),
    ),
    {
        Bescheidzustand.ENTWURF: "neutral",
        Bescheidzustand.VORGELEGT: "warning",
        Bescheidzustand.FREIGEGEBEN: "success",
        Bescheidzustand.VERSANDT: "success",
        Bescheidzustand.BESTANDSKRAEFTIG: "success",
        Folgezustand.ANGEFOCHTEN: "neutral",
        Folgezustand.ABGESEHEN: "neutral",
    },
)
