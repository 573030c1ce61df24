"""Who may sign for a person on a day, herself or by others, and why not.

Somebody who represents signs only within what law, court or Vollmacht have given: a Betreuung
within its Aufgabenkreis (§§ 1815, 1823 BGB), parents and Vormundschaft until majority, a Vollmacht
within its scope (§ 13 Abs. 1 S. 2 SGB X). Whoever represents only together signs together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from recht.adressat import (
    HANDLUNGSFAEHIG_AB,
    VOLLJAEHRIG_AB,
    Vertretung,
    Vertretungsart,
    alter_am,
)
from recht.eingabe import check_tag
from recht.rechenweg import Schritt

_BETREUUNGSRECHT_2023 = date(2023, 1, 1)
_NIE = {
    Vertretungsart.BEISTAND: "Ein Beistand begleitet die Person, vertritt sie aber nicht.",
    Vertretungsart.VERTRAUENSPERSON: "Eine Vertrauensperson vertritt die Person nicht.",
    Vertretungsart.VERFAHRENSBEISTAND: "Ein Verfahrensbeistand vertritt nur vor Gericht.",
    Vertretungsart.ERBE: "Erben vertreten die Person nicht.",
}
_BIS_VOLLJAEHRIG = (Vertretungsart.ELTERN, Vertretungsart.VORMUND)


def check_zeichnung(
    geburtsdatum: date,
    vertretungen: Iterable[Vertretung],
    stichtag: date,
    *,
    selbst: bool,
    zeichnende: Collection[str],
    geschaeftsunfaehig_seit: date | None = None,
    geburt_spaetestens: date | None = None,
) -> Schritt | None:
    """Return why the signature on the day does not bind the person, None when it does.

    ``selbst`` says that she has signed herself, ``zeichnende`` are the keys of those who have
    signed for her, ``vertretungen`` all that are known of. Where she can act herself and has
    signed, it does not matter who has signed beside her. ``geburt_spaetestens`` is the last day of
    birth that is possible where the day is not known.
    """
    tag = check_tag(stichtag, "Tag")
    alle = list(vertretungen)
    alter = alter_am(min(geburt_spaetestens or geburtsdatum, tag), tag)
    unfaehig = geschaeftsunfaehig_seit is not None and geschaeftsunfaehig_seit <= tag
    eigene = _own(alle, tag, alter, unfaehig)
    if selbst and eigene is None:
        return None
    dabei = [v for v in alle if v.schluessel in zeichnende]
    if not dabei:
        return eigene if selbst else _nobody()
    gruende = [_one(v, tag, alter) for v in dabei]
    berechtigt = [v for v, grund in zip(dabei, gruende, strict=True) if grund is None]
    if not berechtigt:
        return next(grund for grund in gruende if grund is not None)
    return _together(alle, berechtigt, tag)


def _nobody() -> Schritt:
    return Schritt("Es ist nicht angegeben, wer für die Person unterzeichnet hat.", "§ 11 SGB X")


def _own(alle: Sequence[Vertretung], tag: date, alter: int, unfaehig: bool) -> Schritt | None:
    """Return why her own signature alone does not suffice."""
    if alter < HANDLUNGSFAEHIG_AB:
        return Schritt(
            f"Die Person war am Tag der Unterschrift {alter} Jahre alt; für sie zeichnet die "
            "gesetzliche Vertretung.",
            "§ 36 Abs. 1 S. 1 SGB I",
        )
    if unfaehig:
        return Schritt(
            "Für den Tag der Unterschrift ist Geschäftsunfähigkeit festgestellt; es zeichnet die "
            "Vertretung.",
            "§ 104 Nr. 2 BGB",
        )
    gueltig = [v for v in alle if v.gilt_am(tag)]
    if alter < VOLLJAEHRIG_AB and any(v.handlungsfaehigkeit_eingeschraenkt for v in gueltig):
        return Schritt(
            "Die gesetzliche Vertretung hat die Handlungsfähigkeit der Person schriftlich "
            "eingeschränkt; sie zeichnet selbst.",
            "§ 36 Abs. 2 S. 1 SGB I",
        )
    if any(
        v.art is Vertretungsart.BETREUUNG and v.passt and v.einwilligungsvorbehalt for v in gueltig
    ):
        neu = tag >= _BETREUUNGSRECHT_2023
        return Schritt(
            "Für die Betreuung ist ein Einwilligungsvorbehalt angeordnet; ohne sie bindet die "
            "Unterschrift der Person nicht.",
            "§ 1825 BGB" if neu else "§ 1903 BGB a.F.",
        )
    return None


def _one(v: Vertretung, tag: date, alter: int) -> Schritt | None:
    """Return why somebody does not represent on the day."""
    neu = tag >= _BETREUUNGSRECHT_2023
    if v.art in _NIE:
        return Schritt(_NIE[v.art], "§ 13 SGB X")
    if not v.gilt_am(tag):
        return Schritt("Die Vertretung galt am Tag der Unterschrift nicht.", _norm(v.art, tag))
    if v.art in _BIS_VOLLJAEHRIG and alter >= VOLLJAEHRIG_AB:
        return Schritt(
            "Elterliche Sorge und Vormundschaft enden mit der Volljährigkeit.", "§ 2 BGB"
        )
    if v.passt:
        return None
    if v.art is Vertretungsart.BETREUUNG:
        return Schritt(
            "Der Aufgabenkreis der Betreuung umfasste am Tag der Unterschrift die Vertretung "
            "gegenüber Behörden nicht.",
            "§ 1815 Abs. 1 BGB, § 1823 BGB" if neu else "§ 1896 Abs. 2 BGB a.F.",
        )
    return Schritt(
        "Die Vertretung umfasste am Tag der Unterschrift dieses Verfahren nicht.",
        _norm(v.art, tag),
    )


def _together(alle: Sequence[Vertretung], dabei: Sequence[Vertretung], tag: date) -> Schritt | None:
    """Return that somebody is missing who represents only together with those who have signed."""
    allein = [v for v in dabei if not v.gemeinschaftlich]
    if allein:
        return None
    art = dabei[0].art
    noetig = {v.schluessel for v in alle if v.art is art and v.gemeinschaftlich and v.gilt_am(tag)}
    if noetig <= {v.schluessel for v in dabei}:
        return None
    neu = tag >= _BETREUUNGSRECHT_2023
    norm = "§ 1817 Abs. 2 BGB" if neu and art is Vertretungsart.BETREUUNG else _norm(art, tag)
    return Schritt("Die Vertretung gilt nur gemeinsam: Es fehlt eine Unterschrift.", norm)


def _norm(art: Vertretungsart, tag: date) -> str:
    """Return from where somebody has the right to act for the person."""
    neu = tag >= _BETREUUNGSRECHT_2023
    return {
        Vertretungsart.BETREUUNG: "§ 1823 BGB" if neu else "§ 1902 BGB a.F.",
        Vertretungsart.ELTERN: "§ 1629 Abs. 1 BGB",
        Vertretungsart.VORMUND: "§ 1789 Abs. 2 BGB" if neu else "§ 1793 Abs. 1 BGB a.F.",
    }.get(art, "§ 13 Abs. 1 S. 2 SGB X")
