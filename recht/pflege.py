"""Share of the Pflegekasse in a Persönliches Budget: vouchers, money, combination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from recht.eingabe import write_datum
from recht.fehler import EingabeUngueltig
from recht.geld import check_betrag, format_euro
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import rechtsstand_am
from recht.rundung import auf_cent
from recht.vorgriff import PAKET, Wertebestand

STUFEN = ("stufe1", "stufe2", "stufe3", "grad2", "grad3", "grad4", "grad5")
# Which series of statutory amounts belongs to a Leistung of the catalogue.
SATZREIHEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pk_pflegesachleistung": ("pflegesachleistung.", "pflegesachleistung_alltagskompetenz."),
        "pk_kombination_sachleistung": (
            "pflegesachleistung.",
            "pflegesachleistung_alltagskompetenz.",
        ),
        "pk_pflegegeld": ("pflegegeld.", "pflegegeld_alltagskompetenz."),
        "pk_kombination_geld": ("pflegegeld.", "pflegegeld_alltagskompetenz."),
        "pk_tagespflege": ("tagespflege.",),
        "pk_pflegehilfsmittel": ("pflegehilfsmittel",),
        "sh_grundsicherung": ("regelbedarfsstufe_",),
        "sh_lebensunterhalt": ("regelbedarfsstufe_",),
    }
)
_EINS = Decimal(1)
_TAGE_JE_WOCHE = 7


def satz_of_stufe(schluessel: str, stufe: str) -> str:
    """The key of the statutory amount of a Leistung for a Pflegestufe or Pflegegrad.

    ``stufe`` is one of STUFEN or ``haertefall``; empty where the Leistung has no such amount.
    """
    reihen = SATZREIHEN.get(schluessel, ())
    return f"{reihen[0]}{stufe}" if stufe and reihen and reihen[0].endswith(".") else ""


def stufe_of_satz(parameter_schluessel: str) -> str:
    """The Pflegestufe or Pflegegrad that a statutory amount belongs to, empty for others."""
    reihe, _, stufe = parameter_schluessel.partition(".")
    return stufe if reihe.startswith(("pflege", "tagespflege")) else ""


@dataclass(frozen=True, slots=True)
class Pflegeanteil:
    """What the Pflegekasse gives: Sachleistung as voucher, Pflegegeld as money."""

    gutschein: Decimal
    geld: Decimal
    rechenweg: tuple[Schritt, ...]


def kombileistung(
    stufe: str,
    sachleistung: Decimal,
    stichtag: date,
    *,
    alltagskompetenz: bool = False,
    werte: Wertebestand = PAKET,
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
    hoechst = werte.am(f"pflegesachleistung{zusatz}.{stufe}", stichtag)
    geld = werte.am(f"pflegegeld{zusatz}.{stufe}", stichtag)
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
            hoechst.grad,
        ),
        Schritt(
            f"Anteiliges Pflegegeld: {format_euro(geld.wert)} × (1 − {format_euro(gutschein)}"
            f" / {format_euro(hoechst.wert)}) = {format_euro(anteil)}",
            f"§ 38 SGB XI, {geld.norm}",
            geld.grad,
        ),
    )
    return Pflegeanteil(gutschein, anteil, schritte)


def pflegegeldanteil(
    parameter_schluessel: str,
    sachleistung: Decimal | None,
    stichtag: date,
    werte: Wertebestand = PAKET,
) -> Pflegeanteil | None:
    """What `kombileistung` says for the series of a Pflegegeld, as in ``pflegegeld.grad3``.

    None where ``sachleistung`` is not known. Raises EingabeUngueltig as `kombileistung` does.
    """
    if sachleistung is None:
        return None
    zusatz = parameter_schluessel.startswith("pflegegeld_alltagskompetenz.")
    stufe = stufe_of_satz(parameter_schluessel)
    return kombileistung(stufe, sachleistung, stichtag, alltagskompetenz=zusatz, werte=werte)


def pflegegeld_bis(beginn: date) -> tuple[date, Schritt]:
    """Last day on which Pflegegeld is paid on during hospital or Rehabilitation (§ 34 SGB XI)."""
    wochen = parameter("pflegegeld_fortzahlung_wochen", beginn)
    letzter = beginn + timedelta(days=int(wochen.wert) * _TAGE_JE_WOCHE - 1)
    return letzter, Schritt(
        f"Pflegegeld läuft die ersten {wochen.wert} Wochen weiter, bis {write_datum(letzter)}.",
        wochen.norm,
        wochen.grad,
    )


def halbes_pflegegeld(pflegegeld: Decimal) -> tuple[Decimal, Schritt]:
    """Half of the Pflegegeld during Kurzzeitpflege or Verhinderungspflege (§ 37 Abs. 2 SGB XI)."""
    haelfte = auf_cent(check_betrag(pflegegeld, "Pflegegeld") / 2)
    return haelfte, Schritt(f"Hälfte des Pflegegelds: {format_euro(haelfte)}", "§ 37 Abs. 2 SGB XI")
