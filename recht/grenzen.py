"""Limits of income and assets: SGB XII until 2019, assets of SGB IX since 2020."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from recht.bemessung import NULL, Betrag
from recht.eingabe import check_ganzzahl
from recht.geld import check_betrag, format_euro
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, rechtsstand_am
from recht.rundung import auf_cent

_HOECHSTZAHL = 30
_HUNDERT = Decimal(100)
_BEGINN_ZUSATZ = date(2017, 1, 1)


def einkommensgrenze(stichtag: date, unterkunft: Decimal, angehoerige: int = 0) -> Betrag:
    """Monthly income limit of § 85 SGB XII: Grundbetrag, Unterkunft, Familienzuschlag.

    ``unterkunft`` are the reasonable costs of housing, ``angehoerige`` the partner and the persons
    mainly maintained. Since 2020 the Eingliederungshilfe asks for a Beitrag instead; the limit
    then only matters for Hilfe zur Pflege.
    """
    check_betrag(unterkunft, "Kosten der Unterkunft")
    check_ganzzahl(angehoerige, "Angehörige", 0, _HOECHSTZAHL)
    rechtsstand_am(stichtag)
    grundbetrag = parameter("grundbetrag_85", stichtag)
    zuschlag = parameter("familienzuschlag_85", stichtag)
    familie = zuschlag.wert * angehoerige
    betrag = auf_cent(grundbetrag.wert + unterkunft + familie)
    schritte = [
        Schritt(f"Grundbetrag: {format_euro(grundbetrag.wert)}", grundbetrag.norm),
        Schritt(f"Kosten der Unterkunft: {format_euro(unterkunft)}", "§ 85 Abs. 1 Nr. 2 SGB XII"),
    ]
    if angehoerige:
        schritte.append(
            Schritt(
                f"Familienzuschlag: {angehoerige} × {format_euro(zuschlag.wert)}"
                f" = {format_euro(familie)}",
                zuschlag.norm,
            )
        )
    schritte.append(Schritt(f"Einkommensgrenze: {format_euro(betrag)}", "§ 85 SGB XII"))
    return Betrag(betrag, tuple(schritte))


def vermoegensgrenze(stichtag: date, *, partner: bool = False, unterhaltene: int = 0) -> Betrag:
    """Protected cash assets of the Eingliederungshilfe.

    Until 2019 the sum of § 90 Abs. 2 Nr. 9 SGB XII, from 2017 with the extra amount of § 60a
    SGB XII; since 2020 150 percent of the Bezugsgröße (§ 139 SGB IX), for partner and maintained
    persons nothing is added.
    """
    check_ganzzahl(unterhaltene, "Unterhaltene Personen", 0, _HOECHSTZAHL)
    if rechtsstand_am(stichtag) is Rechtsstand.B:
        return _vermoegensgrenze_b(stichtag)
    teile = [("leistungsberechtigte Person", parameter("schonvermoegen.grundbetrag", stichtag), 1)]
    if partner:
        teile.append(("Partner", parameter("schonvermoegen.partner", stichtag), 1))
    if unterhaltene:
        je = parameter("schonvermoegen.unterhaltene", stichtag)
        teile.append(("unterhaltene Personen", je, unterhaltene))
    if stichtag >= _BEGINN_ZUSATZ:
        zusatz = parameter("schonvermoegen.zusatz_eingliederungshilfe", stichtag)
        teile.append(("zusätzlich in der Eingliederungshilfe", zusatz, 1))
    betrag = sum((wert.wert * anzahl for _, wert, anzahl in teile), NULL)
    schritte = [
        Schritt(f"{text}: {anzahl} × {format_euro(wert.wert)}", wert.norm)
        for text, wert, anzahl in teile
    ]
    schritte.append(Schritt(f"Vermögensgrenze: {format_euro(betrag)}", "§ 90 SGB XII"))
    return Betrag(auf_cent(betrag), tuple(schritte))


def _vermoegensgrenze_b(stichtag: date) -> Betrag:
    bezugsgroesse = parameter("bezugsgroesse", stichtag)
    prozent = parameter("vermoegen_prozent", stichtag)
    betrag = auf_cent(bezugsgroesse.wert * prozent.wert / _HUNDERT)
    return Betrag(
        betrag,
        (
            Schritt(f"Bezugsgröße: {format_euro(bezugsgroesse.wert)}", bezugsgroesse.norm),
            Schritt(f"davon {prozent.wert} % = {format_euro(betrag)}", prozent.norm),
        ),
    )
