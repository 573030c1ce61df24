"""Share of the Pflegekasse in a Persönliches Budget: vouchers, money, combination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from recht.eingabe import write_datum
from recht.fehler import EingabeUngueltig
from recht.feiertag import EIN_TAG
from recht.geld import check_betrag, format_euro
from recht.parameter import OFFEN, Wert, parameter, reihe
from recht.rechenweg import Schritt
from recht.rechtsstand import rechtsstand_am
from recht.rundung import auf_cent
from recht.vorgriff import PAKET, Wertebestand
from recht.zeitraum import Zeitraum

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
_FORTZAHLUNG = "pflegegeld_fortzahlung_wochen"
# What of the Pflegekasse is Pflegegeld: it runs on or rests by § 34 SGB XI.
PFLEGEGELD = frozenset({"pk_pflegegeld", "pk_kombination_geld"})


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


def fortzahlung_wochen(stichtag: date) -> Wert:
    """For how many weeks of a stay Pflegegeld is paid on by the law of a day (§ 34 SGB XI)."""
    return parameter(_FORTZAHLUNG, stichtag)


@dataclass(frozen=True, slots=True)
class Pflegegeldruhe:
    """When the Pflegegeld rests during a stay: no, one or two ranges, and why.

    A range without an end stands for a stay of which the end is not known.
    """

    zeitraeume: tuple[Zeitraum, ...]
    rechenweg: tuple[Schritt, ...]

    def ruht_am(self, tag: date) -> bool:
        """Whether nothing is due for this day."""
        return any(tag in zeitraum for zeitraum in self.zeitraeume)


def pflegegeld_ruht(
    von: date, bis: date | None = None, *, arbeitgebermodell: bool = False
) -> Pflegegeldruhe:
    """Tell when Pflegegeld rests during a stay in hospital or Rehabilitation (§ 34 SGB XI).

    ``von`` is the day of the admission, the first of the weeks for which it is paid on; ``bis`` is
    the day of the discharge, from which care at home goes on, None while that is not known. Each
    day follows the law of that day: a stay over a change can rest, run again and rest.
    ``arbeitgebermodell``: the carers are employed by the person, and it does not rest at all.
    Raises EingabeUngueltig where the stay ends before it begins, ParameterUnbekannt for a day
    without a value.
    """
    aufenthalt = Zeitraum(von, bis)
    wochen = fortzahlung_wochen(von)
    anfang = Schritt(f"Aufenthalt im Krankenhaus oder in der Rehabilitation: {aufenthalt}.")
    if arbeitgebermodell:
        text = "Die Pflegekräfte sind selbst angestellt; das Pflegegeld läuft ganz weiter."
        return Pflegegeldruhe((), (anfang, Schritt(text, "§ 34 Abs. 2 S. 3 SGB XI", "M")))
    letzter = bis - EIN_TAG if bis else None
    gefunden: list[Zeitraum] = []
    schritte = [anfang]
    if wochen.gueltig_bis < (letzter or OFFEN):
        text = "In diese Zeit fällt eine Änderung des Gesetzes; für jeden Tag gilt sein Recht."
        schritte.append(Schritt(text, wochen.norm, "I"))
    for wert in reihe(_FORTZAHLUNG).werte:
        frei = von + timedelta(days=int(wert.wert) * _TAGE_JE_WOCHE)
        ende = wert.gueltig_bis if wert.gueltig_bis != OFFEN else None
        ende = min((tag for tag in (ende, letzter) if tag), default=None)
        if max(frei, wert.gueltig_ab) > (ende or OFFEN):
            continue
        ruhe = Zeitraum(max(frei, wert.gueltig_ab), ende)
        gefunden.append(ruhe)
        schritte.append(
            Schritt(
                f"In den ersten {wert.wert} Wochen läuft das Pflegegeld weiter, bis "
                f"{write_datum(frei - EIN_TAG)}; es ruht {_vom(ruhe)}.",
                wert.norm,
                wert.grad,
            )
        )
    if not gefunden:
        text = f"Der Aufenthalt reicht nicht über die ersten {wochen.wert} Wochen hinaus."
        schritte.append(Schritt(f"{text} Das Pflegegeld läuft weiter.", wochen.norm, wochen.grad))
    elif bis:
        text = f"Ab dem Tag der Entlassung, dem {write_datum(bis)}, läuft es wieder."
        schritte.append(Schritt(text, wochen.norm, "M"))
    return Pflegegeldruhe(_verbunden(gefunden), tuple(schritte))


def _vom(zeitraum: Zeitraum) -> str:
    if zeitraum.bis is None:
        return f"ab {write_datum(zeitraum.von)}, solange der Aufenthalt dauert"
    if zeitraum.bis == zeitraum.von:
        return f"am {write_datum(zeitraum.von)}"
    return f"vom {write_datum(zeitraum.von)} bis {write_datum(zeitraum.bis)}"


def _verbunden(zeitraeume: list[Zeitraum]) -> tuple[Zeitraum, ...]:
    """Ranges that follow each other without a gap as one."""
    ganz: list[Zeitraum] = []
    for zeitraum in zeitraeume:
        davor = ganz[-1] if ganz else None
        if davor and davor.bis and davor.bis + EIN_TAG == zeitraum.von:
            ganz[-1] = Zeitraum(davor.von, zeitraum.bis)
        else:
            ganz.append(zeitraum)
    return tuple(ganz)


def halbes_pflegegeld(pflegegeld: Decimal) -> tuple[Decimal, Schritt]:
    """Half of the Pflegegeld during Kurzzeitpflege or Verhinderungspflege (§ 37 Abs. 2 SGB XI)."""
    haelfte = auf_cent(check_betrag(pflegegeld, "Pflegegeld") / 2)
    return haelfte, Schritt(f"Hälfte des Pflegegelds: {format_euro(haelfte)}", "§ 37 Abs. 2 SGB XI")
