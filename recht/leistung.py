"""Which Leistung it is: one key of the catalogue, never a number read out of a text.

A Leistung of a plan carries the key of its entry. The entry says after which law it is given
(`Bereich`), which kinds of Leistungsträger give it and in which form it may stand in a Persönliches
Budget. A section number means something else for another Leistungsträger and on another day, so no
rule reads one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from recht.fehler import EingabeUngueltig
from recht.kataloge import Eintrag, alle_eintraege
from recht.rechtsstand import Rechtsstand, rechtsstand_am


class Bereich(StrEnum):
    """After which law a Leistung is given."""

    EINGLIEDERUNGSHILFE = "eingliederungshilfe"
    HILFE_ZUR_PFLEGE = "hilfe_zur_pflege"
    LEBENSUNTERHALT = "lebensunterhalt"
    PFLEGEVERSICHERUNG = "pflegeversicherung"
    KRANKENVERSICHERUNG = "krankenversicherung"
    ARBEITSFOERDERUNG = "arbeitsfoerderung"
    UNFALLVERSICHERUNG = "unfallversicherung"
    RENTENVERSICHERUNG = "rentenversicherung"
    LANDWIRTE = "landwirte"
    ENTSCHAEDIGUNG = "entschaedigung"
    JUGENDHILFE = "jugendhilfe"
    INTEGRATIONSAMT = "integrationsamt"


BEZEICHNUNG = {
    Bereich.EINGLIEDERUNGSHILFE: "Eingliederungshilfe",
    Bereich.HILFE_ZUR_PFLEGE: "Sozialhilfe: Hilfe zur Pflege",
    Bereich.LEBENSUNTERHALT: "Sozialhilfe: Lebensunterhalt",
    Bereich.PFLEGEVERSICHERUNG: "Pflegekasse",
    Bereich.KRANKENVERSICHERUNG: "Krankenkasse",
    Bereich.ARBEITSFOERDERUNG: "Bundesagentur für Arbeit",
    Bereich.UNFALLVERSICHERUNG: "Unfallversicherung",
    Bereich.RENTENVERSICHERUNG: "Rentenversicherung",
    Bereich.LANDWIRTE: "Alterssicherung der Landwirte",
    Bereich.ENTSCHAEDIGUNG: "Soziale Entschädigung",
    Bereich.JUGENDHILFE: "Jugendhilfe",
    Bereich.INTEGRATIONSAMT: "Integrationsamt",
}
_EIGENE_ROLLEN = frozenset({"eingliederungshilfe", "sozialhilfe"})
# The Eingliederungshilfe was a benefit of the Sozialhilfe until 2019 (§ 8 Nr. 4 SGB XII).
_EINGLIEDERUNGSHILFETRAEGER = {
    Rechtsstand.A: _EIGENE_ROLLEN,
    Rechtsstand.UE: _EIGENE_ROLLEN,
    Rechtsstand.B: frozenset({"eingliederungshilfe"}),
}


@dataclass(frozen=True, slots=True)
class Leistungsschluessel:
    """One Leistung of the catalogue.

    ``form`` is ``geld`` or ``gutschein`` where the law leaves only one for a Persönliches Budget,
    else empty. ``gruppen`` are keys of Leistungsgruppen of § 5 SGB IX, of a benefit of the
    Eingliederungshilfe none: they are all its own.
    """

    schluessel: str
    bezeichnung: str
    norm: str
    bereich: Bereich
    rechtsstaende: frozenset[Rechtsstand]
    traeger: frozenset[str]
    gruppen: tuple[str, ...]
    form: str
    grad: str

    def gilt_am(self, stichtag: date) -> bool:
        """Whether the law of the day has this Leistung."""
        return rechtsstand_am(stichtag) in self.rechtsstaende

    def passt_zu(self, traegerart: str, stichtag: date, *, eigener: bool) -> bool:
        """Whether this kind of Leistungsträger gives it under the law of the day.

        The own authority acts as Träger der Eingliederungshilfe and as Träger der Sozialhilfe;
        under which of the two names its entry stands does not matter.
        """
        erlaubt = self.traeger
        if self.bereich is Bereich.EINGLIEDERUNGSHILFE:
            erlaubt = _EINGLIEDERUNGSHILFETRAEGER[rechtsstand_am(stichtag)]
        if eigener and erlaubt & _EIGENE_ROLLEN:
            erlaubt |= _EIGENE_ROLLEN
        return traegerart in erlaubt


def _read(eintrag: Eintrag) -> Leistungsschluessel:
    eingliederungshilfe = eintrag.katalog == "leistungskatalog"
    return Leistungsschluessel(
        schluessel=eintrag.schluessel,
        bezeichnung=eintrag.bezeichnung,
        norm=eintrag.norm,
        bereich=Bereich.EINGLIEDERUNGSHILFE if eingliederungshilfe else Bereich(eintrag.bereich),
        rechtsstaende=eintrag.rechtsstaende,
        traeger=_EIGENE_ROLLEN if eingliederungshilfe else frozenset(eintrag.traeger),
        gruppen=() if eingliederungshilfe else eintrag.verweise,
        form=eintrag.form,
        grad=eintrag.grad,
    )


@cache
def alle_leistungen() -> dict[str, Leistungsschluessel]:
    """Every Leistung of every Rechtsstand by its key, the Eingliederungshilfe first."""
    zeilen = (*alle_eintraege("leistungskatalog"), *alle_eintraege("weitere_leistungen"))
    gelesen = sorted(map(_read, zeilen), key=lambda e: list(Bereich).index(e.bereich))
    return {eintrag.schluessel: eintrag for eintrag in gelesen}


def leistung_of(schluessel: str) -> Leistungsschluessel | None:
    """The entry of a key; None for the empty key: not assigned. An unknown key is an error."""
    if not schluessel:
        return None
    eintrag = alle_leistungen().get(schluessel)
    if eintrag is None:
        raise EingabeUngueltig(
            f"Die Leistung „{schluessel}“ steht in keinem Katalog;"
            " zulässig ist ein Schlüssel des Leistungskatalogs."
        )
    return eintrag


def leistungen_am(stichtag: date) -> tuple[Leistungsschluessel, ...]:
    """All Leistungen that the law of the day has."""
    return tuple(e for e in alle_leistungen().values() if e.gilt_am(stichtag))


def is_eingliederungshilfe(schluessel: str) -> bool:
    """Whether a key names a Leistung der Eingliederungshilfe."""
    eintrag = leistung_of(schluessel)
    return eintrag is not None and eintrag.bereich is Bereich.EINGLIEDERUNGSHILFE
