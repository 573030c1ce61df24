"""Where money goes: an account of somebody else needs a second person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.guards import konten_der_person
from cases.models import Bankverbindung, Case, LeistungsberechtigtePerson, User
from cases.registry.schritt import Hindernis
from cases.states.fall import Fallzustand

# The names that each person has had, by her id.
Namensverlauf = dict[int, list[dict[str, Any]]]
_NORM = "§ 47 SGB I"
_VIER_AUGEN = "Vier-Augen-Grundsatz"
_TITEL = {"herr", "frau", "dr", "prof", "med", "dipl", "ing"}


def _words(name: str) -> set[str]:
    """Return the words of a name as banks write them: without accents, titles, capitals."""
    text = name.casefold()
    for zeichen, ersatz in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(zeichen, ersatz)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(zeichen for zeichen in text if not unicodedata.combining(zeichen))
    return set(re.findall(r"[a-z]+", text)) - _TITEL


def gehoert_der_person(kontoinhaber: str, person: LeistungsberechtigtePerson) -> bool:
    """Tell whether an account is kept in the name of the person, and of nobody else."""
    genannt, vornamen = _words(kontoinhaber), _words(person.vorname)
    nachname = _words(person.nachname)
    if not (nachname and nachname <= genannt):
        return False
    rest = genannt - nachname
    return bool(rest) and rest <= vornamen


def name_von_anderen(
    kontoinhaber: str,
    person: LeistungsberechtigtePerson,
    by: User,
    namen: Namensverlauf | None = None,
) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who renames the person does not make an account hers with that.

    Asked is the name that stood there before this person has changed it; with the name under which
    somebody was entered nobody is renamed. `namen` is what `names_of` has read for many at once.
    """
    konten = konten_der_person(by)
    for name in (names_of([person]) if namen is None else namen).get(person.pk, ()):
        if name["pgh_label"] == "insert" or _writer(name) not in konten:
            stand = LeistungsberechtigtePerson(vorname=name["vorname"], nachname=name["nachname"])
            if gehoert_der_person(kontoinhaber, stand):
                return None
            break
    else:
        return None
    return Hindernis(
        "Sie haben den Namen der Person geändert. Ein Konto auf diesen Namen bestätigt eine zweite "
        "Person.",
        _VIER_AUGEN,
    )


def names_of(personen: Iterable[LeistungsberechtigtePerson]) -> Namensverlauf:
    """Return the names of each person, the latest first, each with the change that brought it.

    One query for all of them.
    """
    felder = ("pgh_obj_id", "vorname", "nachname", "pgh_label", "pgh_context__metadata")
    verlauf: Any = LeistungsberechtigtePerson.pgh_event_model  # type: ignore[attr-defined]  # set by pghistory
    rows = verlauf.objects.filter(pgh_obj_id__in=[person.pk for person in personen])
    found: Namensverlauf = {}
    for row in rows.order_by("pgh_id").values(*felder):
        bisher = found.setdefault(row["pgh_obj_id"], [])
        if not bisher or (row["vorname"], row["nachname"]) != (
            bisher[0]["vorname"],
            bisher[0]["nachname"],
        ):
            bisher.insert(0, row)
    return found


def _writer(name: dict[str, Any]) -> int | None:
    """Return who sent the change that brought a name."""
    return (name["pgh_context__metadata"] or {}).get("user")


def konto_nicht_im_beendeten_fall(case: Case) -> Hindernis | None:
    """§ 47 SGB I: in an ended case nothing is paid any more, so no account is changed there."""
    if case.state != Fallzustand.BEENDET:
        return None
    return Hindernis(
        "Der Fall ist beendet. Ein Konto ändern Sie, nachdem der Fall wieder aufgenommen ist.",
        _NORM,
    )


def fremdes_konto_nur_neu(
    alt: Bankverbindung,
    kontoinhaber: str,
    iban: str,
    gueltig_ab: date,
    gueltig_bis: date | None,
    by: User,
) -> Hindernis | None:
    """Vier-Augen-Grundsatz: an account of somebody else is entered anew, so a second person looks.

    What was confirmed may only end earlier; what waits is taken out and entered anew.
    """
    person = alt.leistungsberechtigte_person
    fremd = not gehoert_der_person(kontoinhaber, person) or bool(
        name_von_anderen(kontoinhaber, person, by)
    )
    war_fremd = alt.wartet or not gehoert_der_person(alt.kontoinhaber, person)
    if not (fremd or war_fremd):
        return None
    gleich = (kontoinhaber, iban, gueltig_ab) == (alt.kontoinhaber, alt.iban, alt.gueltig_ab)
    if gleich and (gueltig_bis or date.max) <= (alt.gueltig_bis or date.max):
        return None
    return Hindernis(
        "Ein Konto, das nicht der Person gehört, tragen Sie als neue Bankverbindung ein: Es "
        "braucht eine zweite Person. Hier können Sie es nur früher enden lassen.",
        _VIER_AUGEN,
    )


def konto_durch_andere_bestaetigt(konto: Bankverbindung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who entered the account, or is paid on it, does not confirm it."""
    konten = konten_der_person(by)
    schreiber = konto.events.filter(bearbeitet_von__in=konten)
    if konto.bearbeitet_von_id in konten or schreiber.exists():
        return Hindernis(
            "Sie haben dieses Konto selbst eingetragen. Bestätigen muss es eine zweite Person.",
            _VIER_AUGEN,
        )
    if _words(by.get_full_name()) and _words(by.get_full_name()) <= _words(konto.kontoinhaber):
        return Hindernis(
            "Das Konto ist in Ihrem Namen geführt. Bestätigen muss es eine andere Person.",
            _VIER_AUGEN,
        )
    return None
