"""Legal preconditions of the steps of a case: one function each, citation first."""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import Behoerde, Case, Frist, LeistungsberechtigtePerson, Schreiben
from cases.registry import Hindernis
from cases.states import Fristzustand, SchrittUnzulaessig
from recht.feiertag import naechster_werktag


def refuse(hindernis: Hindernis | None) -> None:
    """Raise what a guard has found; nothing found lets the step go on."""
    if hindernis is not None:
        raise SchrittUnzulaessig(hindernis.text, hindernis.norm)


def eingang_nicht_in_der_zukunft(eingang: date, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 1 S. 1 SGB IX: the Frist runs from the receipt, which must have happened."""
    if eingang > stichtag:
        return Hindernis(
            f"Der Eingang am {eingang:%d.%m.%Y} liegt in der Zukunft.", "§ 14 Abs. 1 S. 1 SGB IX"
        )
    return None


def weiterleitung_innerhalb_der_frist(case: Case, stichtag: date) -> Hindernis | None:
    """§ 14 Abs. 2 S. 1 SGB IX: after two weeks the authority is leistender Träger itself."""
    frist = Frist.objects.filter(case=case, regel="F01", state=Fristzustand.OFFEN).first()
    if frist is None:
        return None
    # "Unverzüglich" after the check means the next working day (BSG 3.11.2011 - B 3 KR 8/11 R).
    land = Behoerde.objects.values_list("land", flat=True).get(pk=1)
    if stichtag > naechster_werktag(frist.ende + timedelta(days=1), land):
        return Hindernis(
            f"Die Frist zur Prüfung der Zuständigkeit ist am {frist.ende:%d.%m.%Y} abgelaufen. "
            "Die Behörde bleibt leistender Träger und entscheidet selbst.",
            "§ 14 Abs. 2 S. 1 SGB IX",
        )
    return None


def email_zugang_eroeffnet(
    person: LeistungsberechtigtePerson, stichtag: date, adresse: str = ""
) -> Hindernis | None:
    """§ 36a Abs. 1 SGB I: e-mail only after the person has opened this way, and to that address.

    `adresse` is the one frozen when the dispatch was ordered; a changed or withdrawn one closes
    the way again.
    """
    if not person.email or person.email_zugang_seit is None:
        return Hindernis(
            "Die leistungsberechtigte Person hat keinen Zugang für E-Mail eröffnet. "
            "Bitte versenden Sie das Schreiben als Brief.",
            "§ 36a Abs. 1 SGB I",
        )
    if person.email_zugang_seit > stichtag:
        return Hindernis(
            f"Der Zugang für E-Mail ist erst ab {person.email_zugang_seit:%d.%m.%Y} eröffnet.",
            "§ 36a Abs. 1 SGB I",
        )
    if adresse and adresse != person.email:
        return Hindernis(
            "Die E-Mail-Adresse hat sich geändert, seit der Versand veranlasst wurde.",
            "§ 36a Abs. 1 SGB I",
        )
    return None


def anschrift_unveraendert(schreiben: Schreiben, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 S. 1 SGB X: the letter goes to where its addressee lives now.

    Looks only at letters that carry the address which the person had on the day of the letter.
    """
    damals: list[str] | None = None
    heute: list[str] | None = None
    for anschrift in schreiben.case.leistungsberechtigte_person.anschriften.all():
        bis = anschrift.gueltig_bis or date.max
        if anschrift.gueltig_ab <= schreiben.datum <= bis:
            damals = anschrift.zeilen()
        if anschrift.gueltig_ab <= stichtag <= bis:
            heute = anschrift.zeilen()
    if damals is None or schreiben.empfaenger[-len(damals) :] != damals or heute == damals:
        return None
    return Hindernis(
        f"Die Anschrift hat sich seit dem Schreiben {schreiben.nummer} geändert. "
        "Bitte erstellen Sie das Schreiben mit der neuen Anschrift.",
        "§ 37 Abs. 1 S. 1 SGB X",
    )


def aufgabe_nicht_in_der_zukunft(aufgabe_am: date, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: the Bekanntgabe counts from a posting that has happened."""
    if aufgabe_am > stichtag:
        return Hindernis(
            f"Der Tag der Aufgabe ({aufgabe_am:%d.%m.%Y}) liegt in der Zukunft.",
            "§ 37 Abs. 2 SGB X",
        )
    return None


def aufgabe_nicht_vor_dem_schreiben(schreiben: Schreiben, aufgabe_am: date) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: nothing can be posted before it was written."""
    if aufgabe_am < schreiben.datum:
        return Hindernis(
            f"Das Schreiben {schreiben.nummer} trägt das Datum {schreiben.datum:%d.%m.%Y}; "
            f"es kann nicht am {aufgabe_am:%d.%m.%Y} aufgegeben worden sein.",
            "§ 37 Abs. 2 SGB X",
        )
    return None
