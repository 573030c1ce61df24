"""Kinds and states of the decisions beside the grant: refusal, end, taking back, Widerspruch.

A kind is one row of `FOLGEARTEN`: pages, gates, letters and effects read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from budget.states import Bescheidzustand, faelle
from cases.states.rolle import NUR_LEITUNG, SCHREIBENDE
from cases.states.tafel import Uebergang, Zustandstafel
from recht.rechtsstand import Normfolge


class Folgeart(TextChoices):
    """What is decided."""

    ABLEHNUNG = "ablehnung", "Ablehnung"
    VERSAGUNG = "versagung", "Versagung wegen fehlender Mitwirkung"
    UNVERAENDERT = "unveraendert", "Mitteilung: unverändert"
    AUFHEBUNG = "aufhebung", "Aufhebung für die Zukunft"
    AUFHEBUNG_VERGANGEN = "aufhebung_vergangen", "Aufhebung auch für die Vergangenheit"
    RUECKNAHME = "ruecknahme", "Rücknahme"
    AENDERUNG = "aenderung", "Änderung der Bewilligung"
    KUENDIGUNG = "kuendigung", "Aufhebung nach Kündigung der Zielvereinbarung"
    RUECKKEHR = "rueckkehr", "Aufhebung auf Wunsch der Person"
    ERSTATTUNG = "erstattung", "Erstattung"
    BEITRAG = "beitrag", "Neuer Beitrag oder Einsatz"
    UNTERBRECHUNG = "unterbrechung", "Ruhen während einer Unterbrechung"
    ABHILFE = "abhilfe", "Abhilfe"
    WIDERSPRUCHSBESCHEID = "widerspruchsbescheid", "Widerspruchsbescheid"


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


class Bezug(TextChoices):
    """What a decision is about."""

    ANTRAG = "antrag", "Antrag"
    BUDGET = "budget", "Persönliches Budget"
    WIDERSPRUCH = "widerspruch", "Widerspruch"


@dataclass(frozen=True)
class Folgezeile:
    """One kind of decision.

    `anhoerung`: § 24 Abs. 1 SGB X asks for it. `ermessen`: the law leaves room, so the weighing is
    written down (§ 35 Abs. 1 S. 3 SGB X). `soll`: there is room only where the case is not a
    typical one (§ 48 Abs. 1 S. 2 SGB X). `vergangen`: it may reach back and needs a case of the law
    for that (`faelle`). `geld`: it names an amount. `beendet`: the budget ends with it.
    `berechnet`: it rests on a review of income and assets and says what is kept back from then on.
    `bewirkt`: it has a first day of its effect. `mit_nachfolger`: another budget takes the
    place of this one, and its Bescheid is the letter of both. `auf_antrag`: the person herself
    asks for the end. `kuendigung`: it follows a notice of termination of the Zielvereinbarung.
    `anspruch`: it says whether the claim to the services stays when the budget ends.
    `ruht`: it rests on an interruption and says what is not paid while that lasts.
    """

    art: Folgeart
    bezug: Bezug
    norm: str | Normfolge
    anhoerung: bool = False
    ermessen: bool = False
    soll: bool = False
    vergangen: bool = False
    geld: bool = False
    beendet: bool = False
    berechnet: bool = False
    verwaltungsakt: bool = True
    mit_nachfolger: bool = False
    auf_antrag: bool = False
    kuendigung: bool = False
    anspruch: bool = False
    ruht: bool = False
    faelle: tuple[tuple[str, str], ...] = ()

    def norm_am(self, stichtag: date | None = None) -> str:
        """Return the ground of the decision on a day, without a day that of the present law."""
        return self.norm.am(stichtag) if isinstance(self.norm, Normfolge) else self.norm

    @property
    def bewirkt(self) -> bool:
        """Tell whether it changes what is paid from a day on."""
        return self.beendet or self.berechnet or self.ruht

    @property
    def ab_einem_tag(self) -> bool:
        """Tell whether the first day of its effect is written down with it."""
        return self.beendet or self.ruht

    @property
    def eigene_seite(self) -> bool:
        """Tell whether it begins on the page of the fact that it rests on."""
        return self.berechnet or self.ruht

    def wirkt_zurueck(self, fall: str) -> bool:
        """Tell whether it may reach behind its Bekanntgabe in this case of the law."""
        return self.vergangen and fall not in NUR_ZUKUNFT

    @property
    def titel(self) -> str:
        """Return the name of the kind."""
        return self.art.label


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
        Folgezeile(Folgeart.ABHILFE, Bezug.WIDERSPRUCH, "§ 85 Abs. 1 SGG", verwaltungsakt=False),
        Folgezeile(
            Folgeart.WIDERSPRUCHSBESCHEID,
            Bezug.WIDERSPRUCH,
            "§ 85 Abs. 2 SGG",
            verwaltungsakt=False,
        ),
    )
}


# The cases of a Rücknahme or a change that reach into the future only.
NUR_ZUKUNFT = frozenset({"0"})


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
            SCHREIBENDE,
            "§ 24 Abs. 1 SGB X",
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
