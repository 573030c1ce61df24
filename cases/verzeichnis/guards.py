"""Who may do what in the directory, and when two entries may become one."""

from __future__ import annotations

from datetime import date

from cases.models import Angebot, Preis, Stelle, User, Verzeichniseintrag
from cases.models.leistungstraeger import Leistungstraeger
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle
from recht.rechtsstand import Rechtsstand, rechtsstand_am

PFLEGEROLLEN = (Rolle.FACHADMINISTRATION, Rolle.LEITUNG)
ANLEGEROLLEN = (*PFLEGEROLLEN, Rolle.FALLMANAGEMENT)
LESEROLLEN = (*ANLEGEROLLEN, Rolle.FACHDIENST, Rolle.REVISION, Rolle.KASSE)


def darf_anlegen(user: User) -> Hindernis | None:
    """§ 20 SGB X: whoever finds out the facts of a case may note a new body for it."""
    if user.has_rolle(*ANLEGEROLLEN):
        return None
    return Hindernis(
        "Neue Einträge legen Fallmanagement, Sachgebietsleitung und Fachadministration an."
    )


def darf_aendern(eintrag: Verzeichniseintrag, user: User) -> Hindernis | None:
    """§ 35 SGB I: letters go where the directory says; two roles answer for what it says.

    Whoever has added an entry may put it right until it has been checked.
    """
    if user.has_rolle(*PFLEGEROLLEN):
        return None
    eigener = eintrag.angelegt_von_id == user.pk
    if user.has_rolle(*ANLEGEROLLEN) and eigener and not eintrag.geprueft:
        return None
    return Hindernis(
        "Geprüfte Einträge ändern, beenden und führen nur Fachadministration und "
        "Sachgebietsleitung zusammen."
    )


def darf_pflegen(user: User) -> Hindernis | None:
    """§ 35 SGB I: checking, merging and deleting is left to the two roles that answer for it."""
    if user.has_rolle(*PFLEGEROLLEN):
        return None
    return Hindernis("Das ist der Fachadministration und der Sachgebietsleitung vorbehalten.")


def eintrag_nicht_zusammengefuehrt(eintrag: Verzeichniseintrag) -> Hindernis | None:
    """§ 84 Abs. 1 SGB X: what has gone into another entry is corrected there."""
    if eintrag.zusammengefuehrt_in_id is None:
        return None
    return Hindernis("Dieser Eintrag ist mit einem anderen zusammengeführt. Ändern Sie jenen.")


def gleiche_art(bleibt: Verzeichniseintrag, geht: Verzeichniseintrag) -> Hindernis | None:
    """§ 6 Abs. 1 SGB IX: the kind of a carrier decides what it may grant; it never changes here."""
    if type(bleibt) is not type(geht):
        return Hindernis("Nur Einträge desselben Verzeichnisses lassen sich zusammenführen.")
    if (
        isinstance(bleibt, Leistungstraeger)
        and isinstance(geht, Leistungstraeger)
        and (bleibt.art != geht.art or bleibt.eigener != geht.eigener)
    ):
        return Hindernis(
            "Die Einträge sind verschiedene Arten von Leistungsträgern; sie bleiben getrennt.",
            "§ 6 Abs. 1 SGB IX",
        )
    if isinstance(bleibt, Stelle) and isinstance(geht, Stelle) and bleibt.art != geht.art:
        return Hindernis("Die Einträge sind verschiedene Arten von Stellen; sie bleiben getrennt.")
    return None


def preis_nach_der_vereinbarung(preis: Preis, angebot: Angebot) -> Hindernis | None:
    """§ 123 Abs. 1 S. 1 SGB IX: a price holds while its Angebot exists."""
    if angebot.gueltig_bis is not None and preis.gueltig_ab > angebot.gueltig_bis:
        return Hindernis(
            f"Das Angebot endet am {angebot.gueltig_bis:%d.%m.%Y}; der Preis beginnt danach.",
            "§ 123 Abs. 1 S. 1 SGB IX",
        )
    return None


def norm_der_verguetung(stichtag: date) -> str:
    """Return the norm on which a price of this day rests."""
    if rechtsstand_am(stichtag) is Rechtsstand.B:
        return "§ 125 SGB IX"
    return "§ 75 Abs. 3 SGB XII"
