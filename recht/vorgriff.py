"""Published values of the law that an authority enters before the package carries them.

They come in as data; without any, every answer is that of the package. Where the package has a
value of its own for the same day, the entered one holds on until somebody has decided: a figure
that letters already carry does not change silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from recht.eingabe import check_tag
from recht.fehler import ParameterUnbekannt
from recht.parameter import OFFEN, Reihe, Wert, alle_parameter, parameter, reihe
from recht.rundung import auf_volle_euro_aufgerundet

# The grade of a value that was entered; see ``recht.grad``.
GRAD_EINGEGEBEN = "E"
_HUNDERT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Vorgriff:
    """One entered value: from which day on, where it was published, when that was checked."""

    schluessel: str
    wert: Decimal
    gueltig_ab: date
    quelle: str
    geprueft_am: date


def _prozent(schluessel: str) -> Callable[[Decimal, date], Decimal]:
    return lambda basis, tag: basis * parameter(schluessel, tag).wert / _HUNDERT


# What follows from another value (§ 85 Abs. 1 SGB XII; §§ 136, 139 SGB IX) is never entered itself.
ABGELEITET: Mapping[str, tuple[str, Callable[[Decimal, date], Decimal]]] = MappingProxyType(
    {
        "grundbetrag_85": ("regelbedarfsstufe_1", lambda basis, tag: basis * 2),
        "familienzuschlag_85": (
            "regelbedarfsstufe_1",
            lambda basis, tag: auf_volle_euro_aufgerundet(basis * 70 / _HUNDERT),
        ),
        "vermoegensfreibetrag": ("bezugsgroesse", _prozent("vermoegen_prozent")),
        **{
            eine.schluessel: (
                "bezugsgroesse",
                _prozent(eine.schluessel.replace("einkommensgrenze.", "einkommensgrenze_prozent.")),
            )
            for eine in alle_parameter()
            if eine.schluessel.startswith("einkommensgrenze.")
        },
    }
)


def eingebbar() -> tuple[Reihe, ...]:
    """The series of which a coming value may be entered: their next value has a known day."""
    return tuple(
        eine
        for eine in alle_parameter()
        if eine.fortgeschrieben and not eine.beendet and eine.schluessel not in ABGELEITET
    )


class Wertebestand:
    """The values of the package together with those that were entered."""

    def __init__(self, vorgriffe: Iterable[Vorgriff] = ()) -> None:
        self._werte: dict[str, list[Vorgriff]] = {}
        for einer in sorted(vorgriffe, key=lambda v: v.gueltig_ab):
            self._werte.setdefault(einer.schluessel, []).append(einer)

    def am(self, schluessel: str, stichtag: date) -> Wert:
        """The value of a key on a day; raises ``ParameterUnbekannt`` where there is none."""
        check_tag(stichtag, "Stichtag")
        eingegeben = self.eingegeben(schluessel, stichtag)
        return eingegeben or parameter(schluessel, stichtag)

    def eingegeben(self, schluessel: str, stichtag: date) -> Wert | None:
        """The entered value of the day, or what follows from one; None where there is none."""
        if schluessel in ABGELEITET:
            return self._abgeleitet(schluessel, stichtag)
        eine = reihe(schluessel)
        for einer in reversed(self._werte.get(schluessel, ())):
            if einer.gueltig_ab <= stichtag:
                bis = self._bis(eine, einer)
                return _wert(eine, einer, bis) if stichtag <= bis else None
        return None

    def _abgeleitet(self, schluessel: str, stichtag: date) -> Wert | None:
        basis, rechnung = ABGELEITET[schluessel]
        wert = self.eingegeben(basis, stichtag)
        if wert is None:
            return None
        eine = reihe(schluessel)
        return replace(
            wert,
            schluessel=schluessel,
            wert=rechnung(wert.wert, stichtag),
            einheit=eine.werte[-1].einheit,
            norm=eine.werte[-1].norm,
            quelle=f"berechnet aus: {reihe(basis).bezeichnung} ({wert.quelle})",
        )

    def _bis(self, eine: Reihe, einer: Vorgriff) -> date:
        """Last day of an entered value: of its year, or before the next one."""
        ende = date(einer.gueltig_ab.year, 12, 31) if eine.jaehrlich else OFFEN
        spaeter = [
            *(v.gueltig_ab for v in self._werte[eine.schluessel]),
            *(wert.gueltig_ab for wert in eine.werte),
        ]
        folgende = [tag - timedelta(days=1) for tag in spaeter if tag > einer.gueltig_ab]
        return min([ende, *folgende])

    def abweichung(self, einer: Vorgriff) -> Wert | None:
        """The value that the package has meanwhile for the same day, where it is another one."""
        try:
            wert = parameter(einer.schluessel, einer.gueltig_ab)
        except ParameterUnbekannt:
            return None
        return wert if wert.wert != einer.wert else None

    def fehlende(self, stichtag: date) -> tuple[Reihe, ...]:
        """Series that should have a value on the day and have none: it is not known yet."""
        return tuple(
            eine
            for eine in alle_parameter()
            if not eine.beendet
            and eine.deckung_bis < stichtag
            and self.eingegeben(eine.schluessel, stichtag) is None
        )


def _wert(eine: Reihe, einer: Vorgriff, bis: date) -> Wert:
    letzter = eine.werte[-1]
    return Wert(
        schluessel=eine.schluessel,
        wert=einer.wert,
        einheit=letzter.einheit,
        gueltig_ab=einer.gueltig_ab,
        gueltig_bis=bis,
        norm=letzter.norm,
        quelle=einer.quelle,
        geprueft_am=einer.geprueft_am,
        grad=GRAD_EINGEGEBEN,
    )


PAKET = Wertebestand()
