"""Legal preconditions of sending a letter."""

from __future__ import annotations

from datetime import date

from cases.models import (
    FOERMLICH,
    Aushang,
    LeistungsberechtigtePerson,
    Schreiben,
    User,
    Versand,
    Versandweg,
)
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle


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


def email_vermerkt_das_programm(versand: Versand) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: the day of an e-mail is the day on which the program has sent it."""
    if versand.weg != Versandweg.ELEKTRONISCH:
        return None
    return Hindernis("Die E-Mail wird vom Programm gesendet und selbst vermerkt.")


def versand_nicht_im_stapel(versand: Versand) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: what lies in a batch for the printer may be on its way already."""
    if not versand.druckstapel_liste.exists():
        return None
    return Hindernis("Das Schreiben liegt in einem Druckstapel. Verwerfen Sie zuerst den Stapel.")


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


def schreiben_nicht_ersetzt(schreiben: Schreiben) -> Hindernis | None:
    """§ 39 Abs. 1 S. 2 SGB X: a decision has the content that is made known, so only one leaves."""
    art = registry.schreibenarten.get(schreiben.art)
    return art.maengel(schreiben) if art is not None and art.maengel is not None else None


def schreiben_versandfaehig(
    schreiben: Schreiben, am: date, ausland: bool, weg: str
) -> Hindernis | None:
    """§ 66 Abs. 2 SGG: a letter leaves with the Belehrung of its day, else a year would run."""
    art = registry.schreibenarten.get(schreiben.art)
    if art is None:
        return None
    mangel = art.belehrung(schreiben, am, ausland, weg in FOERMLICH) if art.belehrung else None
    if mangel is not None:
        return Hindernis(f"{mangel.text} Geben Sie ihn zur neuen Freigabe zurück.", mangel.norm)
    return art.verspaetung(schreiben, am) if art.verspaetung else None


def oeffentliche_zustellung_ordnet_die_leitung_an(by: User) -> Hindernis | None:
    """§ 10 Abs. 1 VwZG: who may sign for the authority orders it."""
    if by.has_rolle(Rolle.LEITUNG):
        return None
    return Hindernis(
        "Die öffentliche Zustellung ordnet die Sachgebietsleitung an.", "§ 10 Abs. 1 VwZG"
    )


def oeffentliche_zustellung_begruendet(grund: str) -> Hindernis | None:
    """§ 10 Abs. 1 VwZG: only where the whereabouts are unknown and nobody else can be served."""
    if grund.strip():
        return None
    return Hindernis(
        "Bitte halten Sie fest, wie nach der Anschrift gesucht wurde und dass niemand da ist, an "
        "den zugestellt werden kann.",
        "§ 10 Abs. 1 VwZG",
    )


def zugang_moeglich(versand: Versand, am: date | None, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 2 S. 3 SGB X: what is found about the receipt lies between posting and today."""
    if am is None or versand.aufgabe_am is None or versand.aufgabe_am <= am <= stichtag:
        return None
    return Hindernis(
        f"Der {am:%d.%m.%Y} muss zwischen der Aufgabe ({versand.aufgabe_am:%d.%m.%Y}) und heute "
        "liegen.",
        "§ 37 Abs. 2 S. 3 SGB X",
    )


def zugang_war_ungewiss(versand: Versand) -> Hindernis | None:
    """§ 37 Abs. 1 SGB X: what was handed over in person has been received."""
    if versand.weg != Versandweg.UEBERGABE:
        return None
    return Hindernis(
        "Das Schreiben wurde persönlich übergeben; zugegangen ist es damit.", "§ 37 Abs. 1 SGB X"
    )


def aushang_stelle_genannt(stelle: str) -> Hindernis | None:
    """§ 10 Abs. 2 S. 5 VwZG: the file says when and how the notice was published."""
    if stelle.strip():
        return None
    return Hindernis(
        "Bitte sagen Sie, wo die Benachrichtigung ausgehängt ist. Es ist die Stelle, die Ihre "
        "Behörde dafür allgemein bestimmt hat.",
        "§ 10 Abs. 2 S. 5 VwZG",
    )


def aushang_haengt(versand: Versand) -> Hindernis | None:
    """§ 10 Abs. 2 S. 5 VwZG: taken down is a notice that hangs."""
    if versand.weg == Versandweg.OEFFENTLICH:
        aushang = Aushang.objects.filter(versand=versand).first()
        if aushang is not None and aushang.bis is None:
            return None
    return Hindernis("Hier hängt keine Benachrichtigung (mehr) aus.")


def aushang_lange_genug(versand: Versand, am: date, stichtag: date) -> Hindernis | None:
    """§ 10 VwZG: two weeks pass from the day of the notice, then it may come down."""
    if am > stichtag:
        return Hindernis(
            f"Der Tag der Abnahme ({am:%d.%m.%Y}) liegt in der Zukunft.", "§ 10 Abs. 2 S. 5 VwZG"
        )
    if versand.bekanntgabe is None or am >= versand.bekanntgabe:
        return None
    return Hindernis(
        f"Die Benachrichtigung hängt bis zum {versand.bekanntgabe:%d.%m.%Y}. Ist sie früher "
        "abgenommen worden, vermerken Sie, dass das Schreiben nicht zugegangen ist, und hängen Sie "
        "sie neu aus.",
        "§ 10 VwZG",
    )
