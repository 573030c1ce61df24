"""Who is the addressee of a letter, who gets a copy, and why.

The order is that of the law: whoever is authorised for the procedure comes first (§ 13 Abs. 3
SGB X), then the legal representation of those who cannot act themselves (§ 11 SGB X), then the
person. From the age of 15 somebody acts alone (§ 36 Abs. 1 S. 1 SGB I). A rechtliche Betreuung
does not take that away, but the letter goes to the Betreuung where its Aufgabenkreis covers
dealings with authorities; the person always gets a copy. To somebody without Geschäftsfähigkeit a
letter only has effect once it reaches the legal representation (§ 104 Nr. 2, § 131 Abs. 1 BGB).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from recht.eingabe import check_tag, write_datum
from recht.fehler import EingabeUngueltig
from recht.rechenweg import Schritt
from recht.rechtsstand import norm_am

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
    ERBE = "erbe"


# Since 2009 the FamFG has the Verfahrensbeistand; before, § 50 FGG had a Verfahrenspfleger.
_FAMFG_AB = date(2009, 9, 1)
_FAMFG_2021 = date(2021, 7, 1)


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
    gemeinschaftlich: bool = False

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


def adressat_am(
    geburtsdatum: date,
    vertretungen: Iterable[Vertretung],
    stichtag: date,
    *,
    geschaeftsunfaehig_seit: date | None = None,
    geburt_spaetestens: date | None = None,
    verstorben_am: date | None = None,
) -> Adressat:
    """Return to whom a letter goes that is meant for the person.

    ``geschaeftsunfaehig_seit`` is the day from which Geschäftsunfähigkeit was found,
    ``geburt_spaetestens`` the last day of birth that is possible where the day is not known: where
    it decides who acts, nobody is the addressee until it is known.
    Of several equal representatives the one who has acted longest is the addressee, the others
    get copies: the Bekanntgabe to one of them suffices.
    """
    tag = check_tag(stichtag, "Tag")
    if verstorben_am is not None and verstorben_am <= tag:
        return _after_death(vertretungen, tag, verstorben_am)
    alter = alter_am(check_tag(geburtsdatum, "Geburtsdatum"), tag)
    if geburt_spaetestens is not None and (offen := _open_age(alter, geburt_spaetestens, tag)):
        return Adressat("", (), (offen,))
    gueltig = sorted(
        (v for v in vertretungen if v.gilt_am(stichtag)), key=lambda v: (v.gueltig_ab, v.schluessel)
    )
    unfaehig = geschaeftsunfaehig_seit is not None and geschaeftsunfaehig_seit <= stichtag
    schritte = [_alter_schritt(alter, gueltig, unfaehig)]
    if unfaehig and geschaeftsunfaehig_seit is not None and alter >= HANDLUNGSFAEHIG_AB:
        schritte.append(_unfaehig_schritt(geschaeftsunfaehig_seit))
    gesetzlich = _gesetzliche(alter, gueltig, stichtag, schritte)
    bevollmaechtigt = [v for v in gueltig if v.art is Vertretungsart.VOLLMACHT and v.passt]
    schritte += _not_addressed(gueltig, stichtag)
    handelt_selbst = (
        alter >= HANDLUNGSFAEHIG_AB and not unfaehig and not _eingeschraenkt(alter, gueltig)
    )
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


def _not_addressed(gueltig: list[Vertretung], stichtag: date) -> Iterator[Schritt]:
    """Give a step for each kind of representative to whom the letter does not go."""
    arten = {v.art for v in gueltig}
    if any(v.art is Vertretungsart.VOLLMACHT and not v.passt for v in gueltig):
        yield Schritt("Eine Vollmacht umfasst dieses Verfahren nicht.", "§ 13 Abs. 1 S. 2 SGB X")
    if Vertretungsart.VERFAHRENSBEISTAND in arten:
        yield _verfahrensbeistand_schritt(stichtag)
    for art in (Vertretungsart.VERTRAUENSPERSON, Vertretungsart.BEISTAND):
        if art in arten:
            yield _nie_schritt(art, stichtag)


def _open_age(alter: int, spaetestens: date, stichtag: date) -> Schritt | None:
    """Say that the day of birth must be known, where it decides who acts."""
    juengstens = alter_am(min(spaetestens, stichtag), stichtag)
    for grenze in (HANDLUNGSFAEHIG_AB, VOLLJAEHRIG_AB):
        if juengstens < grenze <= alter:
            return Schritt(
                f"Der Tag der Geburt ist nicht bekannt: Die Person ist {juengstens} oder {alter} "
                f"Jahre alt, und mit {grenze} ändert sich, wer handelt. Bitte klären Sie den Tag "
                "und tragen Sie ihn ein.",
                "§ 36 Abs. 1 S. 1 SGB I" if grenze == HANDLUNGSFAEHIG_AB else "§ 2 BGB",
            )
    return None


def _after_death(
    vertretungen: Iterable[Vertretung], stichtag: date, verstorben_am: date
) -> Adressat:
    """Return who gets letters once the person has died: a Vollmacht goes on, a Betreuung ends.

    A Vollmacht outlives whoever gave it (§ 13 Abs. 2 SGB X); else the heirs are addressed, or the
    Nachlasspflegschaft (§§ 1922, 1960 BGB).
    """
    gueltig = sorted(
        (v for v in vertretungen if v.gilt_am(stichtag)), key=lambda v: (v.gueltig_ab, v.schluessel)
    )
    schritte = [
        Schritt(
            f"Die Person ist am {write_datum(verstorben_am)} verstorben: An sie geht kein "
            "Schreiben mehr. Ihre Rechte und Pflichten gehen auf die Erben über.",
            "§ 1922 Abs. 1 BGB",
        )
    ]
    if any(v.art is Vertretungsart.BETREUUNG for v in gueltig):
        norm = "§ 1870 BGB" if stichtag >= _BETREUUNGSRECHT_2023 else "§ 1922 Abs. 1 BGB"
        schritte.append(Schritt("Die Betreuung endet mit dem Tod.", norm))
    erben = [v for v in gueltig if v.art is Vertretungsart.ERBE]
    vollmacht = [v for v in gueltig if v.art is Vertretungsart.VOLLMACHT and v.passt]
    wer = [*erben, *vollmacht]
    if not wer:
        schritte.append(
            Schritt(
                "Es sind keine Erben erfasst. Bitte tragen Sie Erben oder Nachlasspflegschaft "
                "unter „Vertretung und Beistand“ ein.",
                "§ 1922 Abs. 1, § 1960 BGB",
            )
        )
        return Adressat("", (), tuple(schritte))
    if not erben:
        schritte.append(Schritt("Die Vollmacht wirkt über den Tod hinaus.", "§ 13 Abs. 2 SGB X"))
    return Adressat(wer[0].schluessel, tuple(v.schluessel for v in wer[1:]), tuple(schritte))


def _answer(
    erster: Vertretung, weitere: Sequence[Vertretung], schritte: list[Schritt], *, person: bool
) -> Adressat:
    if person:
        schritte.append(Schritt("Die Person selbst erhält einen Abdruck.", "§ 13 Abs. 3 SGB X"))
    keys = [PERSON] if person else []
    return Adressat(erster.schluessel, (*keys, *(v.schluessel for v in weitere)), tuple(schritte))


def _minor(gesetzlich: list[Vertretung], alter: int, schritte: list[Schritt]) -> Adressat:
    if not gesetzlich:
        schritte.append(_ohne_vertretung(alter))
        return Adressat("", (), tuple(schritte))
    if len(gesetzlich) > 1 and alter < VOLLJAEHRIG_AB:
        schritte.append(
            Schritt(
                "Die Bekanntgabe an einen Elternteil genügt; der andere erhält einen Abdruck.",
                "§ 1629 Abs. 1 S. 2 BGB",
            )
        )
    person = (PERSON,) if alter >= HANDLUNGSFAEHIG_AB else ()
    keys = (*person, *(v.schluessel for v in gesetzlich[1:]))
    return Adressat(gesetzlich[0].schluessel, keys, tuple(schritte))


def _unfaehig_schritt(seit: date) -> Schritt:
    return Schritt(
        f"Seit dem {write_datum(seit)} ist Geschäftsunfähigkeit festgestellt: Nur die Bekanntgabe "
        "an die gesetzliche Vertretung wirkt.",
        "§ 11 Abs. 1 SGB X, § 104 Nr. 2 BGB, § 131 Abs. 1 BGB",
    )


def _verfahrensbeistand_schritt(stichtag: date) -> Schritt:
    """His part is the procedure of the family court; before the Träger he represents nobody."""
    if stichtag >= _FAMFG_2021:
        norm = "§ 158b Abs. 3 S. 3 FamFG"
    elif stichtag >= _FAMFG_AB:
        norm = "§ 158 Abs. 4 S. 6 FamFG a.F."
    else:
        norm = "§ 50 FGG"
    text = "Ein Verfahrensbeistand handelt nur im gerichtlichen Verfahren und vertritt nicht."
    return Schritt(text, norm)


def _nie_schritt(art: Vertretungsart, stichtag: date) -> Schritt:
    """Why one of those is never the addressee, under the law of the day."""
    if art is Vertretungsart.VERTRAUENSPERSON:
        text = (
            "Eine Vertrauensperson nimmt auf Wunsch an Gesprächen teil; Schreiben erhält sie nicht."
        )
        norm = norm_am(
            stichtag, "§ 3 Abs. 3 S. 2 BudgetV", "§ 117 Abs. 2 SGB IX", ue="§ 141 Abs. 2 SGB XII"
        )
        return Schritt(text, norm)
    return Schritt(
        "Ein Beistand begleitet die Person, vertritt sie aber nicht.", "§ 13 Abs. 4 SGB X"
    )


def _ohne_vertretung(alter: int) -> Schritt:
    if alter < VOLLJAEHRIG_AB:
        return Schritt(
            "Die Person kann nicht selbst handeln, und es ist keine gesetzliche Vertretung "
            "erfasst. Bitte tragen Sie Eltern oder Vormundschaft ein.",
            "§ 11 Abs. 1 SGB X",
        )
    return Schritt(
        "Die Person kann nicht selbst handeln, und es ist keine Betreuung erfasst, deren "
        "Aufgabenkreis die Vertretung gegenüber Behörden umfasst. Bitte tragen Sie die Betreuung "
        "ein oder ersuchen Sie das Gericht, eine Vertretung zu bestellen.",
        "§ 15 Abs. 1 Nr. 4 SGB X",
    )


def _alter_schritt(alter: int, gueltig: Sequence[Vertretung], unfaehig: bool) -> Schritt:
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
        if unfaehig:
            return Schritt(f"Die Person ist {alter} Jahre alt.", "§ 36 Abs. 1 S. 1 SGB I")
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
            neu = stichtag >= _BETREUUNGSRECHT_2023
            schritte.append(
                Schritt(
                    "Eine Vormundschaft oder Pflegschaft vertritt.",
                    "§ 1789 Abs. 2 BGB, § 1813 Abs. 1 BGB"
                    if neu
                    else "§ 1793 Abs. 1 BGB a.F., § 1915 Abs. 1 BGB a.F.",
                )
            )
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
