"""When a Bescheid counts as notified, and until when a Widerspruch is in time.

The fictional day of § 37 Abs. 2 SGB X is no Frist: it never moves to a working day (BSG
06.05.2010 - B 14 AS 12/09 R). Which number of days applies follows the day of dispatch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from recht.eingabe import check_tag, write_datum, write_tag
from recht.fehler import EingabeUngueltig, RechtFehler
from recht.feiertag import check_land, is_werktag, naechster_werktag
from recht.fristen import Fristergebnis, compute_frist
from recht.fristkennung import Regel
from recht.parameter import parameter
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, rechtsstand_am

WEGE = MappingProxyType(
    {
        "post": "einfacher Brief",
        "elektronisch": "elektronische Übermittlung",
        "portal": "Abruf über ein Portal",
        "einschreiben": "Einschreiben mit Übergabe",
        "zustellung": "Zustellung mit Urkunde oder Empfangsbekenntnis",
        "uebergabe": "persönliche Übergabe",
        "oeffentlich": "öffentliche Zustellung",
    }
)
RECHTSBEHELFSBELEHRUNGEN = ("richtig", "fehlt", "falsch")
# Parameter with the number of days, per way that works by fiction.
_FIKTION = {
    "post": "bekanntgabe_tage",
    "elektronisch": "bekanntgabe_tage",
    "portal": "bekanntgabe_tage.portal",
    "einschreiben": "bekanntgabe_tage.einschreiben",
    "oeffentlich": "bekanntgabe_tage.oeffentlich",
}
# Where the fiction is one of post „im Inland“: abroad only a proven receipt counts.
_NUR_IM_INLAND = {
    "post": "§ 37 Abs. 2 S. 1 SGB X",
    "einschreiben": "§ 9 Abs. 1 Nr. 1 VwZG",
}
_TATSAECHLICH = {"zustellung": "§ 65 SGB X", "uebergabe": "§ 37 Abs. 1 SGB X"}
_GRAD_TATSAECHLICH = "V-G26"
# No text of the VwZG was at hand.
_GRAD_IM_AUSLAND = {"post": "V-G26", "einschreiben": "M"}
_KEINE_VERSCHIEBUNG = "BSG 06.05.2010 - B 14 AS 12/09 R"
_FRIST_AUSLAND = "3 Monate"


class KeineBekanntgabe(RechtFehler):
    """Nothing is notified yet: abroad, without a proven receipt. ``norm`` says why."""

    def __init__(self, text: str, norm: str) -> None:
        super().__init__(text)
        self.norm = norm


@dataclass(frozen=True, slots=True)
class Bekanntgabeergebnis:
    """Day of notification with everything that follows from it."""

    aufgabe: date
    weg: str
    bekanntgabe: date
    widerspruch_bis: date
    norm: str
    rechtsstand: Rechtsstand
    schritte: tuple[Schritt, ...]
    warnung: str
    frist: Fristergebnis


def bekanntgabe(
    aufgabe: date,
    weg: str,
    land: str,
    *,
    rbb: str = "richtig",
    ausland: bool = False,
    zugang: date | None = None,
) -> Bekanntgabeergebnis:
    """Day of notification of a Bescheid and end of the Widerspruchsfrist.

    ``aufgabe`` is the day of posting, sending or notifying; for ``zustellung`` and ``uebergabe``
    the day itself, for ``oeffentlich`` the day on which the notice was published. ``land`` is a
    Land or a ``Sitz``. ``zugang`` is a proven later receipt: the fiction then falls away; an
    earlier receipt changes nothing. Post that goes abroad has no fiction: the proven receipt is
    the day. ``rbb`` says whether the Rechtsbehelfsbelehrung was right. Raises ``KeineBekanntgabe``
    for post abroad without a receipt, ``RechtFehler`` for what cannot be.
    """
    _check(aufgabe, weg, rbb, zugang)
    check_land(land)
    stand = rechtsstand_am(aufgabe)
    if ausland and weg in _NUR_IM_INLAND:
        tag, norm, schritte = _im_ausland(weg, zugang)
        fiktion = False
    elif weg in _TATSAECHLICH:
        tag, norm, schritte = _tatsaechlich(aufgabe, weg, zugang)
        fiktion = False
    else:
        tag, norm, schritte = _fiktion(aufgabe, weg, zugang)
        fiktion = tag != zugang
    widerspruch = _widerspruchsfrist(tag, land, rbb, ausland)
    warnungen = []
    if fiktion and not is_werktag(tag, land):
        warnungen.append(_warnung_verschiebung(tag, land, rbb, ausland))
    if widerspruch.warnung:
        warnungen.append(widerspruch.warnung)
    assert widerspruch.ende is not None  # noqa: S101 - F51 and F52 always have a length
    return Bekanntgabeergebnis(
        aufgabe=aufgabe,
        weg=weg,
        bekanntgabe=tag,
        widerspruch_bis=widerspruch.ende,
        norm=norm,
        rechtsstand=stand,
        schritte=(*schritte, *widerspruch.schritte),
        warnung=" ".join(warnungen),
        frist=widerspruch,
    )


def _check(aufgabe: date, weg: str, rbb: str, zugang: date | None) -> None:
    check_tag(aufgabe, "Tag der Aufgabe")
    if weg not in WEGE:
        raise EingabeUngueltig(f"Den Weg „{weg}“ gibt es nicht; zulässig sind {', '.join(WEGE)}.")
    if rbb not in RECHTSBEHELFSBELEHRUNGEN:
        raise EingabeUngueltig(
            f"Die Angabe „{rbb}“ zur Rechtsbehelfsbelehrung gibt es nicht;"
            f" zulässig sind {', '.join(RECHTSBEHELFSBELEHRUNGEN)}."
        )
    if zugang is not None and check_tag(zugang, "Zugang") < aufgabe:
        raise EingabeUngueltig(
            f"Der Zugang am {write_datum(zugang)} liegt vor der Aufgabe am"
            f" {write_datum(aufgabe)}; zulässig ist ein Tag ab der Aufgabe.",
            "zugang",
        )


def _im_ausland(weg: str, zugang: date | None) -> tuple[date, str, list[Schritt]]:
    """Only the proven receipt counts, on whichever day it lies."""
    norm = _NUR_IM_INLAND[weg]
    if zugang is None:
        raise KeineBekanntgabe(
            f"Bei einem Versand ins Ausland ({WEGE[weg]}) gibt es keinen fingierten Tag der"
            " Bekanntgabe; er gilt nur im Inland. Bekannt gegeben ist der Bescheid erst mit dem"
            " nachgewiesenen Zugang; ein Tag des Zugangs ist nicht angegeben.",
            norm,
        )
    return (
        zugang,
        norm,
        [
            Schritt(
                f"Versand ins Ausland ({WEGE[weg]}): Die Fiktion gilt nur im Inland. Es zählt der"
                f" nachgewiesene Zugang am {write_tag(zugang)}.",
                norm,
                _GRAD_IM_AUSLAND[weg],
            )
        ],
    )


def _tatsaechlich(aufgabe: date, weg: str, zugang: date | None) -> tuple[date, str, list[Schritt]]:
    tag, norm = zugang or aufgabe, _TATSAECHLICH[weg]
    return (
        tag,
        norm,
        [
            Schritt(
                f"{WEGE[weg][0].upper()}{WEGE[weg][1:]} am {write_tag(tag)}: dieser Tag zählt.",
                norm,
                _GRAD_TATSAECHLICH,
            )
        ],
    )


def _fiktion(aufgabe: date, weg: str, zugang: date | None) -> tuple[date, str, list[Schritt]]:
    wert = parameter(_FIKTION[weg], aufgabe)
    tag = aufgabe + timedelta(days=int(wert.wert))
    schritte = [
        Schritt(
            f"Aufgabe oder Absendung am {write_tag(aufgabe)} ({WEGE[weg]}); der Bescheid gilt"
            f" am {wert.wert}. Tag danach als bekannt gegeben: {write_tag(tag)}.",
            wert.norm,
            wert.grad,
        )
    ]
    if zugang is not None and zugang > tag:
        schritte.append(
            Schritt(
                f"Nachgewiesen ist der spätere Zugang am {write_tag(zugang)};"
                " die Fiktion gilt nicht, es zählt der Tag des Zugangs.",
                wert.norm,
            )
        )
        return zugang, wert.norm, schritte
    if zugang is not None:
        schritte.append(
            Schritt(
                f"Der frühere Zugang am {write_tag(zugang)} ändert daran nichts.",
                _KEINE_VERSCHIEBUNG,
            )
        )
    schritte.append(
        Schritt(
            "Der Tag der Bekanntgabe verschiebt sich nicht, auch nicht auf einen Werktag.",
            _KEINE_VERSCHIEBUNG,
        )
    )
    return tag, wert.norm, schritte


def _widerspruchsfrist(tag: date, land: str, rbb: str, ausland: bool) -> Fristergebnis:
    """F51, or F52 where the Rechtsbehelfsbelehrung is missing or wrong."""
    if rbb != "richtig":
        return compute_frist(Regel.WIDERSPRUCH_OHNE_BELEHRUNG, tag, land)
    return compute_frist(Regel.WIDERSPRUCH, tag, land, laenge=_FRIST_AUSLAND if ausland else None)


def _warnung_verschiebung(tag: date, land: str, rbb: str, ausland: bool) -> str:
    """The other view: tax law moves the fictional day; nothing is late that this view allows."""
    verschoben = naechster_werktag(tag, land)
    anders = _widerspruchsfrist(verschoben, land, rbb, ausland)
    assert anders.ende is not None  # noqa: S101 - F51 and F52 always have a length
    eigene = _widerspruchsfrist(tag, land, rbb, ausland)
    folge = "am Ende der Widerspruchsfrist ändert das hier nichts."
    if anders.ende != eigene.ende:
        folge = (
            f"der Widerspruch wäre also bis {write_tag(anders.ende)} möglich."
            " Ein Widerspruch bis dahin sollte nicht ohne Prüfung als verspätet behandelt werden."
        )
    return (
        f"Die Bekanntgabe fällt auf {write_tag(tag)}. Nach der Gegenansicht, die im Steuerrecht"
        f" gilt, wäre sie erst am {write_tag(verschoben)}; {folge}"
    )
