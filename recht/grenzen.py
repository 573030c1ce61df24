"""Limits of income and assets, and what of them is to be used.

Eingliederungshilfe: SGB XII until 2019, assets of SGB IX since 2020. Hilfe zur Pflege: SGB XII.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from recht.bemessung import NULL, Betrag
from recht.eingabe import check_ganzzahl
from recht.fehler import EingabeUngueltig
from recht.geld import check_betrag, format_euro
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, rechtsstand_am
from recht.rundung import auf_cent
from recht.vorgriff import PAKET, Wertebestand

_HOECHSTZAHL = 30
_HUNDERT = Decimal(100)
_BEGINN_ZUSATZ = date(2017, 1, 1)


def einkommensgrenze(
    stichtag: date, unterkunft: Decimal, angehoerige: int = 0, *, werte: Wertebestand = PAKET
) -> Betrag:
    """Monthly income limit of § 85 SGB XII: Grundbetrag, Unterkunft, Familienzuschlag.

    ``unterkunft`` are the reasonable costs of housing, ``angehoerige`` the partner and the persons
    mainly maintained. Since 2020 the Eingliederungshilfe asks for a Beitrag instead; the limit
    then only matters for Hilfe zur Pflege.
    """
    check_betrag(unterkunft, "Kosten der Unterkunft")
    check_ganzzahl(angehoerige, "Angehörige", 0, _HOECHSTZAHL)
    rechtsstand_am(stichtag)
    grundbetrag = werte.am("grundbetrag_85", stichtag)
    zuschlag = werte.am("familienzuschlag_85", stichtag)
    familie = zuschlag.wert * angehoerige
    betrag = auf_cent(grundbetrag.wert + unterkunft + familie)
    schritte = [
        Schritt(
            f"Grundbetrag: {format_euro(grundbetrag.wert)}", grundbetrag.norm, grundbetrag.grad
        ),
        Schritt(f"Kosten der Unterkunft: {format_euro(unterkunft)}", "§ 85 Abs. 1 Nr. 2 SGB XII"),
    ]
    if angehoerige:
        schritte.append(
            Schritt(
                f"Familienzuschlag: {angehoerige} × {format_euro(zuschlag.wert)}"
                f" = {format_euro(familie)}",
                zuschlag.norm,
                zuschlag.grad,
            )
        )
    schritte.append(Schritt(f"Einkommensgrenze: {format_euro(betrag)}", "§ 85 SGB XII"))
    return Betrag(betrag, tuple(schritte))


def einkommenseinsatz(
    stichtag: date,
    einkommen: Decimal,
    unterkunft: Decimal,
    angehoerige: int,
    prozent: int,
    *,
    geschont: bool = False,
    werte: Wertebestand = PAKET,
) -> Betrag:
    """What of a month's income is to be used for Hilfe zur Pflege (§§ 85, 87 SGB XII).

    ``einkommen`` is that of § 82 after its deductions, ``prozent`` the share of what lies above
    the limit that can reasonably be asked; the authority weighs it (§ 87 Abs. 1). ``geschont``:
    Pflegegrad 4 or 5 or blind, of whom no more than the law allows is asked. Raises
    EingabeUngueltig for a share that the law does not allow, RechtFehler without a value.
    """
    check_betrag(einkommen, "Einkommen im Monat")
    check_ganzzahl(prozent, "Anteil", 0, 100)
    grenze = einkommensgrenze(stichtag, unterkunft, angehoerige, werte=werte)
    frei = parameter("einsatz_schonung_prozent", stichtag)
    if geschont and prozent > _HUNDERT - frei.wert:
        raise EingabeUngueltig(
            f"Bei Pflegegrad 4 oder 5 und bei Blindheit bleiben mindestens {frei.wert} % frei;"
            f" höchstens {_HUNDERT - frei.wert} % sind möglich ({frei.norm})."
        )
    ueber = einkommen - grenze.betrag
    if ueber <= 0:
        text = (
            f"Das Einkommen von {format_euro(einkommen)} übersteigt die Grenze nicht;"
            " es ist nichts einzusetzen."
        )
        return Betrag(auf_cent(NULL), (*grenze.rechenweg, Schritt(text, "§ 85 SGB XII")))
    betrag = auf_cent(ueber * prozent / _HUNDERT)
    schritte = [
        *grenze.rechenweg,
        Schritt(
            f"{format_euro(einkommen)} − {format_euro(grenze.betrag)} = {format_euro(ueber)}",
            "§ 85 SGB XII",
        ),
    ]
    if geschont:
        schritte.append(Schritt(f"Mindestens {frei.wert} % bleiben frei.", frei.norm, frei.grad))
    schritte.append(
        Schritt(
            f"Davon {prozent} % in angemessenem Umfang: {format_euro(betrag)}", "§ 87 SGB XII", "I"
        )
    )
    return Betrag(betrag, tuple(schritte))


def vermoegensgrenze_pflege(
    stichtag: date,
    *,
    partner: bool = False,
    unterhaltene: int = 0,
    erwerb: bool = False,
) -> Betrag:
    """Protected cash assets for Hilfe zur Pflege (§ 90 Abs. 2 Nr. 9 SGB XII).

    ``erwerb``: the assets were mostly earned while the help was given; since 2017 a further amount
    is then protected (§ 66a SGB XII).
    """
    check_ganzzahl(unterhaltene, "Unterhaltene Personen", 0, _HOECHSTZAHL)
    rechtsstand_am(stichtag)
    teile = [("leistungsberechtigte Person", "schonvermoegen.grundbetrag", 1)]
    if partner:
        teile.append(("Partner", "schonvermoegen.partner", 1))
    if unterhaltene:
        teile.append(("unterhaltene Personen", "schonvermoegen.unterhaltene", unterhaltene))
    if erwerb and stichtag >= _BEGINN_ZUSATZ:
        teile.append(("aus Erwerbseinkommen", "schonvermoegen.zusatz_pflege", 1))
    summe, schritte = NULL, []
    for text, schluessel, anzahl in teile:
        wert = parameter(schluessel, stichtag)
        summe += wert.wert * anzahl
        schritte.append(
            Schritt(f"{text}: {anzahl} × {format_euro(wert.wert)}", wert.norm, wert.grad)
        )
    schritte.append(Schritt(f"Vermögensgrenze: {format_euro(summe)}", "§ 90 SGB XII"))
    return Betrag(auf_cent(summe), tuple(schritte))


def vermoegensgrenze(
    stichtag: date, *, partner: bool = False, unterhaltene: int = 0, werte: Wertebestand = PAKET
) -> Betrag:
    """Protected cash assets of the Eingliederungshilfe.

    Until 2019 the sum of § 90 Abs. 2 Nr. 9 SGB XII, from 2017 with the extra amount of § 60a
    SGB XII; since 2020 150 percent of the Bezugsgröße (§ 139 SGB IX), for partner and maintained
    persons nothing is added.
    """
    check_ganzzahl(unterhaltene, "Unterhaltene Personen", 0, _HOECHSTZAHL)
    if rechtsstand_am(stichtag) is Rechtsstand.B:
        return _vermoegensgrenze_b(stichtag, werte)
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
        Schritt(f"{text}: {anzahl} × {format_euro(wert.wert)}", wert.norm, wert.grad)
        for text, wert, anzahl in teile
    ]
    schritte.append(Schritt(f"Vermögensgrenze: {format_euro(betrag)}", "§ 90 SGB XII"))
    return Betrag(auf_cent(betrag), tuple(schritte))


def _vermoegensgrenze_b(stichtag: date, werte: Wertebestand) -> Betrag:
    bezugsgroesse = werte.am("bezugsgroesse", stichtag)
    prozent = parameter("vermoegen_prozent", stichtag)
    betrag = auf_cent(bezugsgroesse.wert * prozent.wert / _HUNDERT)
    return Betrag(
        betrag,
        (
            Schritt(
                f"Bezugsgröße: {format_euro(bezugsgroesse.wert)}",
                bezugsgroesse.norm,
                bezugsgroesse.grad,
            ),
            Schritt(f"davon {prozent.wert} % = {format_euro(betrag)}", prozent.norm, prozent.grad),
        ),
    )
