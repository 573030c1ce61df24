"""Who is the addressee of a letter, who gets a copy, and why.

The order is that of the law: whoever is authorised for the procedure comes first (§ 13 Abs. 3
SGB X), then the legal representation of those who cannot act themselves (§ 11 SGB X), then the
person. From the age of 15 somebody acts alone (§ 36 Abs. 1 S. 1 SGB I). A rechtliche Betreuung
does not take that away, but the letter goes to the Betreuung where its Aufgabenkreis covers
dealings with authorities; the person always gets a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from recht.eingabe import check_tag
from recht.fehler import EingabeUngueltig
from recht.rechenweg import Schritt

PERSON = "person"
# Aufgabenkreise that cover dealings with the Träger.
PASSEND = frozenset({"alle", "behoerden"})
HANDLUNGSFAEHIG_AB = 15  # § 36 Abs. 1 S. 1 SGB I
VOLLJAEHRIG_AB = 18  # § 2 BGB
_BETREUUNGSRECHT_2023 = date(2023, 1, 1)


class Vertretungsart(Enum):
    """In which capacity somebody stands by or for a person."""

    BETREUUNG = "betreuung"
    VOLLMACHT = "vollmacht"
    ELTERN = "eltern"
    VORMUND = "vormund"
    VERFAHRENSBEISTAND = "verfahrensbeistand"
    VERTRAUENSPERSON = "vertrauensperson"
    BEISTAND = "beistand"


_NIE = {
    Vertretungsart.VERFAHRENSBEISTAND: Schritt(
        "Ein Verfahrensbeistand handelt nur im gerichtlichen Verfahren.", "§ 13 Abs. 1 SGB X"
    ),
    Vertretungsart.VERTRAUENSPERSON: Schritt(
        "Eine Vertrauensperson nimmt auf Wunsch an Gesprächen teil; Schreiben erhält sie nicht.",
        "§ 117 Abs. 2 SGB IX",
    ),
    Vertretungsart.BEISTAND: Schritt(
        "Ein Beistand begleitet die Person, vertritt sie aber nicht.", "§ 13 Abs. 4 SGB X"
    ),
}


@dataclass(frozen=True, slots=True)
class Vertretung:
    """One Vertretung with its period; `schluessel` is given back in the answer."""

    schluessel: str
    art: Vertretungsart
    gueltig_ab: date
    gueltig_bis: date | None = None
    aufgabenkreise: frozenset[str] = frozenset()
    einwilligungsvorbehalt: bool = False
    handlungsfaehigkeit_eingeschraenkt: bool = False

    def gilt_am(self, stichtag: date) -> bool:
        """Whether the Vertretung holds on the day."""
        return self.gueltig_ab <= stichtag and (
            self.gueltig_bis is None or stichtag <= self.gueltig_bis
        )

    @property
    def passt(self) -> bool:
        """Whether it covers dealings with the Träger; nothing said covers everything.

        For a Vollmacht that is § 13 Abs. 1 S. 2 SGB X. A Betreuung never covers more than the
        court has said (§ 1815 Abs. 1 BGB).
        """
        if not self.aufgabenkreise:
            return self.art is not Vertretungsart.BETREUUNG
        return bool(self.aufgabenkreise & PASSEND)


@dataclass(frozen=True, slots=True)
class Adressat:
    """The addressee (a key, or PERSON), the keys of those who get a copy, and the reasons.

    `adressat` is empty when nobody can be addressed; the last step says why.
    """

    adressat: str
    abdrucke: tuple[str, ...]
    schritte: tuple[Schritt, ...]


def alter_am(geburtsdatum: date, stichtag: date) -> int:
    """Return the completed years of life (§ 187 Abs. 2 S. 2, § 188 Abs. 2 BGB)."""
    if stichtag < geburtsdatum:
        raise EingabeUngueltig("Der Tag liegt vor der Geburt; ein Alter gibt es dann noch nicht.")
    noch_nicht = (stichtag.month, stichtag.day) < (geburtsdatum.month, geburtsdatum.day)
    return stichtag.year - geburtsdatum.year - noch_nicht


def adressat_am(geburtsdatum: date, vertretungen: Iterable[Vertretung], stichtag: date) -> Adressat:
    """Return to whom a letter goes that is meant for the person.

    Of several equal representatives the one who has acted longest is the addressee, the others
    get copies: the Bekanntgabe to one of them suffices.
    """
    alter = alter_am(check_tag(geburtsdatum, "Geburtsdatum"), check_tag(stichtag, "Tag"))
    gueltig = sorted(
        (v for v in vertretungen if v.gilt_am(stichtag)), key=lambda v: (v.gueltig_ab, v.schluessel)
    )
    schritte = [_alter_schritt(alter, gueltig)]
    gesetzlich = _gesetzliche(alter, gueltig, stichtag, schritte)
    bevollmaechtigt = [v for v in gueltig if v.art is Vertretungsart.VOLLMACHT and v.passt]
    if any(v.art is Vertretungsart.VOLLMACHT and not v.passt for v in gueltig):
        schritte.append(
            Schritt("Eine Vollmacht umfasst dieses Verfahren nicht.", "§ 13 Abs. 1 S. 2 SGB X")
        )
    schritte += [_NIE[art] for art in _NIE if any(v.art is art for v in gueltig)]
    handelt_selbst = alter >= HANDLUNGSFAEHIG_AB and not _eingeschraenkt(alter, gueltig)
    if bevollmaechtigt:
        schritte.append(
            Schritt(
                "Für das Verfahren ist eine bevollmächtigte Person bestellt: Die Behörde muss "
                "sich an sie wenden.",
                "§ 13 Abs. 3 S. 1, § 37 Abs. 1 S. 2 SGB X",
            )
        )
        copies = [*bevollmaechtigt[1:], *gesetzlich]
        return _answer(bevollmaechtigt[0], copies, schritte, person=alter >= HANDLUNGSFAEHIG_AB)
    if not handelt_selbst:
        return _minor(gesetzlich, alter, schritte)
    if alter >= VOLLJAEHRIG_AB and gesetzlich:
        return _answer(gesetzlich[0], gesetzlich[1:], schritte, person=True)
    schritte.append(
        Schritt("Das Schreiben ist für die Person bestimmt und geht an sie.", "§ 37 Abs. 1 SGB X")
    )
    if gesetzlich:
        schritte.append(
            Schritt(
                "Die gesetzliche Vertretung soll unterrichtet werden.", "§ 36 Abs. 1 S. 2 SGB I"
            )
        )
    return Adressat(PERSON, tuple(v.schluessel for v in gesetzlich), tuple(schritte))


def _answer(
    erster: Vertretung, weitere: Sequence[Vertretung], schritte: list[Schritt], *, person: bool
) -> Adressat:
    if person:
        schritte.append(Schritt("Die Person selbst erhält einen Abdruck.", "§ 13 Abs. 3 SGB X"))
    keys = [PERSON] if person else []
    return Adressat(erster.schluessel, (*keys, *(v.schluessel for v in weitere)), tuple(schritte))


def _minor(gesetzlich: list[Vertretung], alter: int, schritte: list[Schritt]) -> Adressat:
    if not gesetzlich:
        schritte.append(
            Schritt(
                "Die Person kann nicht selbst handeln, und es ist keine gesetzliche Vertretung "
                "erfasst. Bitte tragen Sie Eltern oder Vormundschaft ein.",
                "§ 11 Abs. 1 SGB X",
            )
        )
        return Adressat("", (), tuple(schritte))
    if len(gesetzlich) > 1:
        schritte.append(
            Schritt(
                "Die Bekanntgabe an einen Elternteil genügt; der andere erhält einen Abdruck.",
                "§ 1629 Abs. 1 S. 2 BGB",
            )
        )
    person = (PERSON,) if alter >= HANDLUNGSFAEHIG_AB else ()
    keys = (*person, *(v.schluessel for v in gesetzlich[1:]))
    return Adressat(gesetzlich[0].schluessel, keys, tuple(schritte))


def _alter_schritt(alter: int, gueltig: Sequence[Vertretung]) -> Schritt:
    if alter < HANDLUNGSFAEHIG_AB:
        return Schritt(
            f"Die Person ist {alter} Jahre alt und handelt noch nicht selbst.",
            "§ 36 Abs. 1 S. 1 SGB I",
        )
    if alter < VOLLJAEHRIG_AB:
        if _eingeschraenkt(alter, gueltig):
            return Schritt(
                f"Die Person ist {alter} Jahre alt; die gesetzliche Vertretung hat ihre "
                "Handlungsfähigkeit schriftlich eingeschränkt.",
                "§ 36 Abs. 2 S. 1 SGB I",
            )
        return Schritt(
            f"Die Person ist {alter} Jahre alt und handelt im Verfahren selbst.",
            "§ 36 Abs. 1 S. 1 SGB I",
        )
    return Schritt("Die Person ist volljährig.", "§ 11 Abs. 1 Nr. 1 SGB X, § 2 BGB")


def _eingeschraenkt(alter: int, gueltig: Sequence[Vertretung]) -> bool:
    return HANDLUNGSFAEHIG_AB <= alter < VOLLJAEHRIG_AB and any(
        v.handlungsfaehigkeit_eingeschraenkt
        for v in gueltig
        if v.art in (Vertretungsart.ELTERN, Vertretungsart.VORMUND)
    )


def _gesetzliche(
    alter: int, gueltig: Sequence[Vertretung], stichtag: date, schritte: list[Schritt]
) -> list[Vertretung]:
    """Return those who represent by law or by order of a court, whose order covers the matter."""
    if alter < VOLLJAEHRIG_AB:
        vormund = [v for v in gueltig if v.art is Vertretungsart.VORMUND and v.passt]
        if vormund:
            schritte.append(Schritt("Eine Vormundschaft oder Pflegschaft vertritt.", "§ 1789 BGB"))
            return vormund
        eltern = [v for v in gueltig if v.art is Vertretungsart.ELTERN]
        if eltern:
            schritte.append(Schritt("Gesetzliche Vertretung sind die Eltern.", "§ 1629 Abs. 1 BGB"))
        return eltern
    if any(v.art in (Vertretungsart.ELTERN, Vertretungsart.VORMUND) for v in gueltig):
        schritte.append(
            Schritt("Elterliche Sorge und Vormundschaft enden mit der Volljährigkeit.", "§ 2 BGB")
        )
    passend = []
    for v in gueltig:
        if v.art is Vertretungsart.BETREUUNG:
            schritte.append(_betreuung_schritt(v, stichtag))
            if v.passt:
                passend.append(v)
    return passend


def _betreuung_schritt(v: Vertretung, stichtag: date) -> Schritt:
    neu = stichtag >= _BETREUUNGSRECHT_2023
    if not v.passt:
        return Schritt(
            "Der Aufgabenkreis der Betreuung umfasst die Vertretung gegenüber Behörden nicht.",
            "§ 1815 Abs. 1 BGB" if neu else "§ 1896 Abs. 2 BGB a.F.",
        )
    if v.einwilligungsvorbehalt:
        return Schritt(
            "Die Betreuung umfasst die Vertretung gegenüber Behörden, mit Einwilligungsvorbehalt: "
            "Nur die Bekanntgabe an die Betreuung wirkt.",
            "§ 11 Abs. 2 SGB X, " + ("§ 1825 BGB" if neu else "§ 1903 BGB a.F."),
        )
    return Schritt(
        "Die Betreuung umfasst die Vertretung gegenüber Behörden.",
        "§ 1823 BGB" if neu else "§ 1902 BGB a.F.",
    )
