"""When a series of letters may be made, released and sent."""

from __future__ import annotations

from cases.guards import konten_der_person
from cases.models import Serie, User
from cases.registry.schritt import Hindernis


def serie_durch_zweite_person(serie: Serie, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: a fault would stand in hundreds of letters; a second person looks."""
    if serie.angelegt_von_id not in konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben diese Serie selbst angelegt. Freigeben kann sie eine zweite Person, die alle "
        "Fälle darin sieht.",
        "Vier-Augen-Grundsatz",
    )


def stichprobe_angesehen(offen: int, alle: int) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who releases has opened the letters that were drawn."""
    if not offen:
        return None
    return Hindernis(
        f"Von {alle} Schreiben der Stichprobe haben Sie {offen} noch nicht angesehen.",
        "Vier-Augen-Grundsatz",
    )


def serie_ohne_fremde_faelle(fremde: int) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: nobody sends what concerns cases that are closed to him."""
    if not fremde:
        return None
    return Hindernis(
        f"{fremde} Schreiben {'betrifft einen Fall' if fremde == 1 else 'betreffen Fälle'}, die "
        "Sie nicht sehen. Wer die Serie angelegt hat, nimmt sie heraus, oder jemand gibt frei, "
        "der alle sieht.",
        "§ 35 Abs. 1 SGB I",
    )


def brief_betrifft_sichtbaren_fall(sichtbar: bool) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a letter is written and sent by those to whom its case is open."""
    if sichtbar:
        return None
    return Hindernis(
        "Der Fall oder das, was in dem Schreiben steht, ist nicht zugänglich: Er wurde übergeben, "
        "ist besonders geschützt, oder die Aufgabe lässt es nicht sehen.",
        "§ 35 Abs. 1 SGB I",
    )


def serie_im_umfang(anzahl: int, hoechstens: int) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: a letter is for one person, so a series is chosen person by person."""
    if 1 <= anzahl <= hoechstens:
        return None
    return Hindernis(f"Bitte wählen Sie mindestens ein und höchstens {hoechstens} Schreiben aus.")


def serie_hat_schreiben(gesetzt: int) -> Hindernis | None:
    """§ 37 Abs. 1 SGB X: sent is what could be set, so there must be some."""
    if gesetzt:
        return None
    return Hindernis("In dieser Serie ist kein Schreiben, das versandt werden kann.")


def serie_hat_briefe_zum_druck(wartend: int) -> Hindernis | None:
    """§ 37 Abs. 2 SGB X: printed is what leaves on paper and lies in no batch yet."""
    if wartend:
        return None
    return Hindernis("Kein Brief dieser Serie wartet mehr auf den Druck.")
