"""To whom a letter goes on a day, and what must hold before it leaves.

The rule itself is `recht.adressat`; here it meets the rows of the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.models import Anrede, LeistungsberechtigtePerson, Schreiben, Vertretungsverhaeltnis
from cases.registry.schritt import Hindernis
from recht.adressat import PERSON, adressat_am
from recht.rechenweg import Schritt

_SELBST = "leistungsberechtigte Person"


@dataclass(frozen=True)
class Zustellung:
    """Addressee, copies and reasons; `vertretung` is None when the person gets the letter.

    `zeilen` is empty when no address is recorded for the day, `name` when nobody can be addressed.
    """

    name: str
    zeilen: tuple[str, ...]
    anrede: str
    vertretung: Vertretungsverhaeltnis | None
    abdrucke: tuple[str, ...]
    schritte: tuple[Schritt, ...]

    @property
    def an_die_person(self) -> bool:
        """Tell whether the person is the addressee."""
        return bool(self.name) and self.vertretung is None


def zustellung_am(person: LeistungsberechtigtePerson, stichtag: date) -> Zustellung:
    """Return to whom letters for the person go on the day; two queries, none when prefetched."""
    rows = {str(row.pk): row for row in person.vertretungen.all()}
    ergebnis = adressat_am(
        person.geburtsdatum,
        [row.als_vertretung() for row in rows.values()],
        stichtag,
        geschaeftsunfaehig_seit=person.geschaeftsunfaehig_seit,
        geburt_spaetestens=person.geburt_spaetestens,
        verstorben_am=person.verstorben_am,
    )
    names = {key: row.voller_name for key, row in rows.items()} | {PERSON: person.voller_name}
    abdrucke = tuple(names[key] for key in ergebnis.abdrucke)
    wohnt = person.postanschrift_am(stichtag)
    wohnzeilen = tuple(wohnt.zeilen()) if wohnt else ()
    if ergebnis.adressat in ("", PERSON):
        name = person.voller_name if ergebnis.adressat else ""
        zeilen = (person.briefname, *wohnzeilen) if name and wohnzeilen else ()
        return Zustellung(name, zeilen, person.briefanrede, None, abdrucke, ergebnis.schritte)
    row = rows[ergebnis.adressat]
    zeilen = tuple(row.briefzeilen())
    if not row.hat_anschrift:
        zeilen = (*zeilen, *wohnzeilen) if wohnzeilen else ()
    return Zustellung(row.voller_name, zeilen, _anrede(row), row, abdrucke, ergebnis.schritte)


def vertreter_am(
    person: LeistungsberechtigtePerson, stichtag: date
) -> tuple[Vertretungsverhaeltnis, ...]:
    """Return who signs for the person on the day: the addressee, and those who act jointly.

    Empty when she acts herself; where it cannot be told who acts, nobody signs for her.
    """
    zustellung = zustellung_am(person, stichtag)
    erste = zustellung.vertretung
    if erste is None:
        return ()
    gemeinsam = [
        row
        for row in person.vertretungen.all()
        if erste.gemeinschaftlich
        and row.gemeinschaftlich
        and row.art == erste.art
        and row.pk != erste.pk
        and row.gilt_am(stichtag)
    ]
    return (erste, *gemeinsam)


def unterschriften_am(
    person: LeistungsberechtigtePerson, stichtag: date, ohne_vertretung: str
) -> list[dict[str, str]]:
    """Return the lines on which is signed for the person: her own, and one for each Vertretung."""
    vertreter = vertreter_am(person, stichtag)
    rolle = _SELBST if vertreter else ohne_vertretung
    eigene = {"name": person.voller_name, "rolle": rolle}
    return [
        eigene,
        *(
            {"name": row.voller_name, "rolle": f"Vertretung ({row.get_art_display()})"}
            for row in vertreter
        ),
    ]


def _anrede(row: Vertretungsverhaeltnis) -> str:
    if row.anrede == Anrede.FRAU:
        return f"Sehr geehrte Frau {row.nachname}"
    if row.anrede == Anrede.HERR:
        return f"Sehr geehrter Herr {row.nachname}"
    if not row.nachname:
        return "Sehr geehrte Damen und Herren"
    return f"Guten Tag {row.voller_name}"


def adressat_vorhanden(zustellung: Zustellung, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 S. 1 SGB X: a letter needs somebody who can take it, and where they live."""
    if not zustellung.name:
        letzter = zustellung.schritte[-1]
        return Hindernis(letzter.text, letzter.norm)
    if zustellung.zeilen:
        return None
    ort = "bei der Person" if zustellung.an_die_person else "bei der Person oder ihrer Vertretung"
    return Hindernis(
        f"Für den {stichtag:%d.%m.%Y} ist keine Anschrift erfasst. "
        f"Bitte tragen Sie {ort} eine gültige Anschrift ein.",
        "§ 37 Abs. 1 S. 1 SGB X",
    )


def anschrift_unveraendert(schreiben: Schreiben, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 S. 1 SGB X: the letter goes to who is its addressee now, where they live now.

    Looks only at letters to the person or her Vertretung, not at those to somebody else.
    """
    person = schreiben.case.leistungsberechtigte_person
    damals = zustellung_am(person, schreiben.datum)
    heute = zustellung_am(person, stichtag)
    gedruckt = tuple(schreiben.empfaenger)
    wohnt = person.postanschrift_am(schreiben.datum)
    an_person = wohnt is not None and gedruckt[1:] == tuple(wohnt.zeilen())
    if not an_person and gedruckt != damals.zeilen:
        return None
    if an_person and heute.an_die_person:
        if gedruckt[1:] == heute.zeilen[1:]:
            return None
    elif gedruckt == heute.zeilen:
        return None
    gewechselt = an_person != heute.an_die_person or damals.name != heute.name
    was = "Wer das Schreiben bekommt, hat sich" if gewechselt else "Die Anschrift hat sich"
    return Hindernis(
        f"{was} seit dem Schreiben {schreiben.nummer} geändert. "
        "Bitte erstellen Sie das Schreiben mit der neuen Anschrift.",
        "§ 37 Abs. 1 S. 1 SGB X",
    )


def adressat_unveraendert(schreiben: Schreiben, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 S. 1 SGB X: made known to is who is the addressee on the day, not who was before.

    Looks only at letters to the person or her Vertretung, not at those to somebody else.
    """
    person = schreiben.case.leistungsberechtigte_person
    damals = addressee_of(schreiben)
    heute = zustellung_am(person, stichtag).name
    if damals in ("", heute):
        return None
    return Hindernis(
        f"Das Schreiben ist an {damals} gerichtet; am {stichtag:%d.%m.%Y} gehen Schreiben an "
        f"{heute or 'eine Vertretung, die noch nicht feststeht'}. Bitte erstellen Sie es neu.",
        "§ 37 Abs. 1 S. 1 SGB X",
    )


def addressee_of(schreiben: Schreiben) -> str:
    """Return to whom a letter to the person or her Vertretung is addressed, empty for another."""
    person = schreiben.case.leistungsberechtigte_person
    damals = zustellung_am(person, schreiben.datum)
    gedruckt = tuple(schreiben.empfaenger)
    if gedruckt and gedruckt[0] in (person.voller_name, person.briefname):
        return person.voller_name
    return damals.name if gedruckt == damals.zeilen else ""


def copies_of(schreiben: Schreiben, stichtag: date) -> tuple[str, ...]:
    """Return to whom an Abdruck of the letter can be handed: the person and who acts with her."""
    adressat = addressee_of(schreiben)
    if not adressat:
        return ()
    person = schreiben.case.leistungsberechtigte_person
    tage = (zustellung_am(person, schreiben.datum), zustellung_am(person, stichtag))
    namen = [person.voller_name, *(n for z in tage for n in (z.name, *z.abdrucke))]
    return tuple(name for name in dict.fromkeys(namen) if name and name != adressat)


def empfaenger_lebt(schreiben: Schreiben, stichtag: date) -> Hindernis | None:
    """§ 37 Abs. 1 S. 1 SGB X: nothing is handed over to somebody who has died."""
    person = schreiben.case.leistungsberechtigte_person
    if not person.verstorben(stichtag) or schreiben.empfaenger[:1] != [person.briefname]:
        return None
    return Hindernis(
        f"Die Person ist am {person.verstorben_am:%d.%m.%Y} verstorben. Bitte erstellen Sie das "
        "Schreiben neu; es geht dann an Erben oder Bevollmächtigte.",
        "§ 37 Abs. 1 S. 1 SGB X",
    )


def email_an_den_adressaten(person: LeistungsberechtigtePerson, stichtag: date) -> Hindernis | None:
    """§ 13 Abs. 3 S. 1 SGB X: the e-mail of the person is not the way to her Vertretung."""
    if zustellung_am(person, stichtag).an_die_person:
        return None
    return Hindernis(
        "Schreiben gehen an die Vertretung der Person. Die E-Mail-Adresse der Person ist dafür "
        "nicht der richtige Weg; bitte versenden Sie das Schreiben als Brief.",
        "§ 13 Abs. 3 S. 1 SGB X",
    )
