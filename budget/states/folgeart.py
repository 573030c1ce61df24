"""What a kind of further decision is made of: its name, what it is about, what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from recht.rechtsstand import Normfolge

# The cases of a Rücknahme or a change that reach into the future only.
NUR_ZUKUNFT = frozenset({"0"})


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
    VORLAEUFIG = "vorlaeufig", "Vorläufige Leistung"
    VORLAEUFIG_AENDERUNG = "vorlaeufig_aenderung", "Änderung oder Ende der vorläufigen Leistung"
    VORLAEUFIG_ZURUECK = "vorlaeufig_zurueck", "Erstattung vorläufiger Leistung"
    ABHILFE = "abhilfe", "Abhilfe"
    WIDERSPRUCHSBESCHEID = "widerspruchsbescheid", "Widerspruchsbescheid"


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
    `vorlaeufig`: it grants money each month until the Antrag is decided for good.
    `mindert`: from a day on it gives less provisionally, or nothing any more.
    `abrechnung`: it asks back what was rendered provisionally beyond what was due.
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
    vorlaeufig: bool = False
    mindert: bool = False
    abrechnung: bool = False
    faelle: tuple[tuple[str, str], ...] = ()

    def norm_am(self, stichtag: date | None = None) -> str:
        """Return the ground of the decision on a day, without a day that of the present law."""
        return self.norm.am(stichtag) if isinstance(self.norm, Normfolge) else self.norm

    @property
    def bewirkt(self) -> bool:
        """Tell whether it changes what is paid from a day on."""
        return self.beendet or self.berechnet or self.ruht or self.mindert

    @property
    def ab_einem_tag(self) -> bool:
        """Tell whether the first day of its effect is written down with it."""
        return self.beendet or self.ruht or self.mindert

    @property
    def entscheidet_antrag(self) -> bool:
        """Tell whether the Antrag is decided for good with it."""
        nebenher = self.vorlaeufig or self.mindert or self.abrechnung
        return self.bezug == Bezug.ANTRAG and not nebenher

    @property
    def eigene_seite(self) -> bool:
        """Tell whether it begins on the page of the fact that it rests on."""
        return self.berechnet or self.ruht

    def wirkt_zurueck(self, fall: str) -> bool:
        """Tell whether it may reach behind its Bekanntgabe in this case of the law."""
        return self.vergangen and fall not in NUR_ZUKUNFT

    def fall_im_satz(self, fall: str) -> str:
        """Return a case of the law as the middle of a sentence names it: without its catchword."""
        text = dict(self.faelle).get(fall, "")
        return text.partition(": ")[2] or text

    @property
    def titel(self) -> str:
        """Return the name of the kind."""
        return self.art.label
