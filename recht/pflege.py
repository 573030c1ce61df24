"""Share of the Pflegekasse in a Persönliches Budget: vouchers, money, combination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from recht.eingabe import write_datum
from recht.fehler import EingabeUngueltig
from recht.geld import check_betrag, format_euro
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import rechtsstand_am
from recht.rundung import auf_cent

STUFEN = ("stufe1", "stufe2", "stufe3", "grad2", "grad3", "grad4", "grad5")
_EINS = Decimal(1)
_TAGE_JE_WOCHE = 7


@dataclass(frozen=True, slots=True)
class Pflegeanteil:
    """What the Pflegekasse gives: Sachleistung as voucher, Pflegegeld as money."""

    gutschein: Decimal
    geld: Decimal
    rechenweg: tuple[Schritt, ...]


def kombileistung(
    stufe: str, sachleistung: Decimal, stichtag: date, *, alltagskompetenz: bool = False
) -> Pflegeanteil:
    """Split by § 38 and § 35a SGB XI.

    ``sachleistung`` is the part taken as Pflegesachleistung, only ever as voucher. The Pflegegeld
    is reduced by the same percentage and may be paid in money because it is fixed in advance.
    ``alltagskompetenz`` asks for the higher amounts of 2013-2016 (§ 123 SGB XI a.F.).
    """
    if stufe not in STUFEN:
        raise EingabeUngueltig(
            f"Die Stufe „{stufe}“ gibt es nicht; zulässig sind {', '.join(STUFEN)}."
        )
    check_betrag(sachleistung, "Pflegesachleistung")
    rechtsstand_am(stichtag)
    zusatz = "_alltagskompetenz" if alltagskompetenz else ""
    hoechst = parameter(f"pflegesachleistung{zusatz}.{stufe}", stichtag)
    geld = parameter(f"pflegegeld{zusatz}.{stufe}", stichtag)
    if sachleistung > hoechst.wert:
        raise EingabeUngueltig(
            f"Die Pflegesachleistung von {format_euro(sachleistung)} übersteigt den Höchstbetrag;"
            f" zulässig sind bis zu {format_euro(hoechst.wert)}."
        )
    gutschein = auf_cent(sachleistung)
    anteil = auf_cent(geld.wert * (_EINS - gutschein / hoechst.wert))
    schritte = (
        Schritt(
            f"Pflegesachleistung als Gutschein: {format_euro(gutschein)} von höchstens"
            f" {format_euro(hoechst.wert)}",
            f"§ 35a SGB XI, {hoechst.norm}",
        ),
        Schritt(
            f"Anteiliges Pflegegeld: {format_euro(geld.wert)} × (1 − {format_euro(gutschein)}"
            f" / {format_euro(hoechst.wert)}) = {format_euro(anteil)}",
            f"§ 38 SGB XI, {geld.norm}",
        ),
    )
    return Pflegeanteil(gutschein, anteil, schritte)


def pflegegeld_bis(beginn: date) -> tuple[date, Schritt]:
    """Last day on which Pflegegeld is paid on during hospital or Rehabilitation (§ 34 SGB XI)."""
    wochen = parameter("pflegegeld_fortzahlung_wochen", beginn)
    letzter = beginn + timedelta(days=int(wochen.wert) * _TAGE_JE_WOCHE - 1)
    return letzter, Schritt(
        f"Pflegegeld läuft die ersten {wochen.wert} Wochen weiter, bis {write_datum(letzter)}.",
        wochen.norm,
    )


def halbes_pflegegeld(pflegegeld: Decimal) -> tuple[Decimal, Schritt]:
    """Half of the Pflegegeld during Kurzzeitpflege or Verhinderungspflege (§ 37 Abs. 2 SGB XI)."""
    haelfte = auf_cent(check_betrag(pflegegeld, "Pflegegeld") / 2)
    return haelfte, Schritt(f"Hälfte des Pflegegelds: {format_euro(haelfte)}", "§ 37 Abs. 2 SGB XI")
