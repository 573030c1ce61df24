"""Amounts of a Teilbudget, each with its Rechenweg.

Parts of a Bedarf are priced one by one (Pauschale, hours, Sachkosten), added, compared with the
cost without Persönliches Budget and reduced by the Beitrag. Months that are not full and
interruptions are in ``recht.teilmonat``, payments in arrears in ``recht.nachzahlung``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from recht.fehler import EingabeUngueltig
from recht.geld import check_betrag, format_euro
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, gilt_in, rechtsstand_am
from recht.rundung import auf_cent

NULL = Decimal(0)
HILFEBEDARFSGRUPPEN = (1, 2, 3, 4, 5)
# The guide has no column of its own for Sinnesbehinderung; it stands with the körperliche.
BEHINDERUNGSARTEN = MappingProxyType(
    {
        "koerperlich": "koerperlich",
        "geistig": "geistig",
        "seelisch": "seelisch",
        "sinnes": "koerperlich",
    }
)
_RICHTWERTNAME = {
    "koerperlich": "Hilfebedarfsgruppe {}, körperliche Behinderung oder Sinnesbehinderung",
    "geistig": "Hilfebedarfsgruppe {}, geistige Behinderung",
    "seelisch": "Hilfebedarfsgruppe {}, seelische Behinderung",
}
BEMESSUNGSARTEN = (
    "pauschale",
    "stunden",
    "sachkosten",
    "mix",
    "pauschale_plus_individuell",
    "pauschale_plus_sachleistung",
)
NORM_BEMESSUNG = MappingProxyType(
    {
        Rechtsstand.A: "§ 17 Abs. 3 S. 3 SGB IX a.F.",
        Rechtsstand.UE: "§ 29 Abs. 2 S. 6 SGB IX",
        Rechtsstand.B: "§ 29 Abs. 2 S. 6 SGB IX",
    }
)
NORM_DECKEL = MappingProxyType(
    {
        Rechtsstand.A: "§ 17 Abs. 3 S. 4 SGB IX a.F.",
        Rechtsstand.UE: "§ 29 Abs. 2 S. 7 SGB IX",
        Rechtsstand.B: "§ 29 Abs. 2 S. 7 SGB IX",
    }
)
NORM_GESAMTBUDGET = MappingProxyType(
    {
        Rechtsstand.A: "§ 17 Abs. 3 SGB IX a.F.",
        Rechtsstand.UE: "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX",
        Rechtsstand.B: "§ 29 Abs. 4 S. 2 Nr. 4 SGB IX",
    }
)
_MONATE_JE_JAHR = Decimal(12)
# Thirds of 52/12 have no end; three of them are one again before the cent is found.
_GENAUIGKEIT = Decimal("0.0000000001")
# A Wochenfaktor of the authority is what it has set; the law says nothing about it.
_GRAD_EIGENER_FAKTOR = "I"


@dataclass(frozen=True, slots=True)
class Betrag:
    """An amount in Euro with the steps that led to it.

    ``genau`` is what it was before rounding: a Teilbudget is rounded once, not each position.
    """

    betrag: Decimal
    rechenweg: tuple[Schritt, ...]
    genau: Decimal | None = field(default=None, compare=False, kw_only=True)

    @property
    def ungerundet(self) -> Decimal:
        """The amount to add up with others."""
        return self.betrag if self.genau is None else self.genau


@dataclass(frozen=True, slots=True)
class Gedeckelt(Betrag):
    """An amount after comparison with a ceiling; ``rest`` is what lies above it."""

    gedeckelt: bool
    rest: Decimal


@dataclass(frozen=True, slots=True)
class Teil:
    """One Teilbudget of a Leistungsträger.

    ``ergaenzend`` marks a benefit that is shown with the budget but is no part of it, such as
    Grundsicherung.
    """

    bezeichnung: str
    traeger: str
    betrag: Decimal
    form: Literal["geld", "gutschein"] = "geld"
    ergaenzend: bool = False


@dataclass(frozen=True, slots=True)
class Gesamtbudget:
    """Sum of all Teilbudgets, split by form."""

    gesamt: Decimal
    geld: Decimal
    gutscheine: Decimal
    ohne_ergaenzende: Decimal
    rechenweg: tuple[Schritt, ...]


def pauschale(hbg: int, behinderungsart: str, stichtag: date) -> Betrag:
    """Monthly Richtwert of the KVJS by Hilfebedarfsgruppe and kind of Behinderung."""
    if hbg not in HILFEBEDARFSGRUPPEN or isinstance(hbg, bool):
        raise EingabeUngueltig(
            f"Die Hilfebedarfsgruppe „{hbg}“ gibt es nicht; zulässig sind 1, 2, 3, 4 und 5."
        )
    spalte = BEHINDERUNGSARTEN.get(behinderungsart)
    if spalte is None:
        raise EingabeUngueltig(
            f"Die Behinderungsart „{behinderungsart}“ gibt es nicht;"
            f" zulässig sind {', '.join(BEHINDERUNGSARTEN)}."
        )
    rechtsstand_am(stichtag)
    wert = parameter(f"kvjs_richtwert.hbg{hbg}.{spalte}", stichtag)

    text = f"Pauschale {_RICHTWERTNAME[spalte].format(hbg)}: {format_euro(wert.wert)}"
    return Betrag(auf_cent(wert.wert), (Schritt(text, wert.norm, wert.grad),))


def stunden(
    anzahl: Decimal,
    satz: Decimal,
    je: str,
    stichtag: date,
    *,
    wochenfaktor: Decimal | None = None,
) -> Betrag:
    """Hours times rate per month; weekly hours by 52/12 or the Wochenfaktor of the authority."""
    check_betrag(anzahl, "Stunden")
    check_betrag(satz, "Stundensatz")
    norm = NORM_BEMESSUNG[rechtsstand_am(stichtag)]
    genau, grad = anzahl * satz, ""
    text = f"{_zahl(anzahl)} Stunden je {je.capitalize()} × {format_euro(satz)}"
    if je not in ("woche", "monat"):
        raise EingabeUngueltig(
            f"Stunden je „{je}“ sind nicht vorgesehen; zulässig sind woche und monat."
        )
    if je == "woche":
        if wochenfaktor is None:
            wochen = parameter("wochen_je_jahr", stichtag)
            genau, grad = genau * wochen.wert / _MONATE_JE_JAHR, wochen.grad
            text += f" × {_zahl(wochen.wert)}/12"
        else:
            _check_wochenfaktor(wochenfaktor)
            genau, grad = genau * wochenfaktor, _GRAD_EIGENER_FAKTOR
            text += f" × {_zahl(wochenfaktor)}"
    betrag = auf_cent(genau)
    schritt = Schritt(f"{text} = {format_euro(betrag)}", norm, grad)
    return Betrag(betrag, (schritt,), genau=genau)


def _check_wochenfaktor(wochenfaktor: Decimal) -> None:
    check_betrag(wochenfaktor, "Wochenfaktor")
    if not Decimal(4) <= wochenfaktor <= Decimal(5):
        raise EingabeUngueltig(
            f"Der Wochenfaktor {_zahl(wochenfaktor)} ist nicht plausibel;"
            " zulässig sind Werte von 4 bis 5, gebräuchlich sind 4,33 bis 4,348."
        )


def _zahl(zahl: Decimal) -> str:
    return f"{zahl.normalize():f}".replace(".", ",")


def sachkosten(betrag: Decimal, stichtag: date) -> Betrag:
    """A monthly amount as it is, for instance travel."""
    check_betrag(betrag, "Sachkosten")
    norm = NORM_BEMESSUNG[rechtsstand_am(stichtag)]
    gerundet = auf_cent(betrag)
    schritt = Schritt(f"Sachkosten je Monat: {format_euro(gerundet)}", norm)
    return Betrag(gerundet, (schritt,), genau=betrag)


def summe(teile: Sequence[Betrag]) -> Betrag:
    """Sum of priced parts: mix, or Pauschale with individual part."""
    if not teile:
        raise EingabeUngueltig(
            "Ohne Position gibt es keinen Betrag; erforderlich ist mindestens eine."
        )
    genau = sum((teil.ungerundet for teil in teile), NULL)
    betrag = auf_cent(genau.quantize(_GENAUIGKEIT))
    schritte = tuple(schritt for teil in teile for schritt in teil.rechenweg)
    if len(teile) > 1:
        rechnung = " + ".join(format_euro(teil.betrag) for teil in teile)
        einmal = ""
        if betrag != sum((teil.betrag for teil in teile), NULL):
            einmal = "; gerundet ist nur die Summe, nicht jede Position für sich"
        schritte += (Schritt(f"Summe: {rechnung} = {format_euro(betrag)}{einmal}"),)
    return Betrag(betrag, schritte)


def deckel(
    bedarf: Betrag,
    vergleich: Decimal,
    stichtag: date,
    *,
    daneben: Decimal = NULL,
    ausnahme: str = "",
) -> Gedeckelt:
    """Ceiling: budget and remaining Sachleistungen together should not cost more than before.

    ``vergleich`` is the cost of all individually determined Leistungen without Persönliches
    Budget, ``daneben`` the Sachleistungen that stay beside it. Above the ceiling only a
    documented exception (its reason as text) leaves the amount as it is.
    """
    check_betrag(vergleich, "Vergleichskosten der Sachleistung")
    check_betrag(daneben, "Verbleibende Sachleistungen")
    norm = NORM_DECKEL[rechtsstand_am(stichtag)]
    grenze = max(auf_cent(vergleich) - auf_cent(daneben), NULL)
    rest = max(bedarf.betrag - grenze, NULL)
    zusatz = f" und {format_euro(daneben)} verbleibenden Sachleistungen" if daneben else ""
    vergleichstext = (
        f"Vergleich: {format_euro(bedarf.betrag)}{zusatz} gegen {format_euro(vergleich)}"
        " ohne Persönliches Budget"
    )
    if not rest:
        schritt = Schritt(f"{vergleichstext}; die Obergrenze ist eingehalten.", norm)
        return Gedeckelt(bedarf.betrag, (*bedarf.rechenweg, schritt), gedeckelt=False, rest=NULL)
    if ausnahme.strip():
        schritt = Schritt(
            f"{vergleichstext}; die Überschreitung um {format_euro(rest)} ist als Ausnahme"
            f" begründet: {ausnahme.strip()}",
            f"{norm}, BSG 31.01.2012 - B 2 U 1/11 R",
        )
        return Gedeckelt(bedarf.betrag, (*bedarf.rechenweg, schritt), gedeckelt=False, rest=rest)
    schritt = Schritt(f"{vergleichstext}; begrenzt auf {format_euro(grenze)}.", norm)
    return Gedeckelt(grenze, (*bedarf.rechenweg, schritt), gedeckelt=True, rest=rest)


def werkstatt(gewaehlt: Decimal, naechstgelegene: Decimal) -> Gedeckelt:
    """WfbM in a Persönliches Budget: at most the nearest one; the person bears the rest."""
    check_betrag(gewaehlt, "Kosten der gewählten Werkstatt")
    check_betrag(naechstgelegene, "Kosten der nächstgelegenen Werkstatt")
    betrag = auf_cent(min(gewaehlt, naechstgelegene))
    rest = auf_cent(gewaehlt) - betrag
    norm = "KVJS-Leitfaden 2010 Nr. 2.4"
    schritte: tuple[Schritt, ...] = (
        Schritt(
            f"Gewählte Werkstatt {format_euro(gewaehlt)}, nächstgelegene"
            f" {format_euro(naechstgelegene)}: anerkannt werden {format_euro(betrag)}.",
            norm,
        ),
    )
    if rest:
        schritte += (
            Schritt(f"Die leistungsberechtigte Person trägt {format_euro(rest)} selbst.", norm),
        )
    return Gedeckelt(betrag, schritte, gedeckelt=bool(rest), rest=rest)


@gilt_in(Rechtsstand.B)
def abzug_beitrag(
    leistung: Betrag, beitrag: Decimal, *, pflichtig: Decimal | None = None
) -> Betrag:
    """Deduct the Beitrag from the part of the Eingliederungshilfe (§ 137 Abs. 3 SGB IX).

    ``pflichtig`` is the sum of the Leistungen that are not free of Beitrag; no more than that is
    deducted, and never more than the Leistung.
    """
    check_betrag(beitrag, "Beitrag")
    grenze = leistung.betrag
    if pflichtig is not None:
        grenze = min(grenze, check_betrag(pflichtig, "Beitragspflichtige Leistungen"))
    abzug = min(auf_cent(beitrag), grenze)
    rest = leistung.betrag - abzug
    schritt = Schritt(
        f"Abzug des Beitrags: {format_euro(leistung.betrag)} − {format_euro(abzug)}"
        f" = {format_euro(rest)}",
        "§ 137 Abs. 3 SGB IX",
    )
    return Betrag(rest, (*leistung.rechenweg, schritt))


def gesamtbudget(teile: Sequence[Teil], *, stichtag: date | None = None) -> Gesamtbudget:
    """Add Teilbudgets; money and vouchers apart, complementary benefits shown apart.

    With a ``stichtag`` the steps carry the citation of its Rechtsstand.
    """
    norm = "" if stichtag is None else NORM_GESAMTBUDGET[rechtsstand_am(stichtag)]
    if not teile:
        raise EingabeUngueltig(
            "Ein Gesamtbudget braucht mindestens ein Teilbudget; angegeben ist keines."
        )
    nach_form = {"geld": NULL, "gutschein": NULL}
    ergaenzende = NULL
    schritte = []
    for teil in teile:
        if teil.form not in nach_form:
            raise EingabeUngueltig(
                f"Die Form „{teil.form}“ gibt es nicht; zulässig sind geld und gutschein."
            )
        betrag = auf_cent(check_betrag(teil.betrag, teil.bezeichnung))
        nach_form[teil.form] += betrag
        zusatz = " als Gutschein" if teil.form == "gutschein" else ""
        if teil.ergaenzend:
            ergaenzende += betrag
            zusatz += ", ergänzende Leistung außerhalb des Persönlichen Budgets"
        schritte.append(
            Schritt(
                f"{teil.bezeichnung} ({teil.traeger}): {format_euro(betrag)}{zusatz}",
                "§ 35a SGB XI" if teil.form == "gutschein" else "",
            )
        )
    geld, gutscheine = nach_form["geld"], nach_form["gutschein"]
    gesamt = geld + gutscheine
    schritte.append(
        Schritt(
            f"Summe {format_euro(gesamt)}, davon {format_euro(geld)} als Geld und"
            f" {format_euro(gutscheine)} als Gutscheine.",
            norm,
        )
    )
    if ergaenzende:
        schritte.append(
            Schritt(
                f"Persönliches Budget ohne ergänzende Leistungen:"
                f" {format_euro(gesamt - ergaenzende)}.",
                norm,
            )
        )
    return Gesamtbudget(gesamt, geld, gutscheine, gesamt - ergaenzende, tuple(schritte))
