"""Protection of a person: who may set it, and who opens it again."""

from __future__ import annotations

from datetime import date

from cases.guards import konten_der_person
from cases.models import LeistungsberechtigtePerson, Personenschutz, User
from cases.registry.schritt import Hindernis
from cases.states.rolle import Rolle
from cases.states.schutz import SCHUETZEND, Schutzzustand

_NORM = "§ 35 Abs. 1 SGB I"
_VIER_AUGEN = "Vier-Augen-Grundsatz"


def noch_kein_schutz(person: LeistungsberechtigtePerson) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: one protection at a time; what it rests on is read in one place."""
    if not person.schutz.filter(state__in=SCHUETZEND).exists():
        return None
    return Hindernis("Die Person ist schon geschützt.", _NORM)


def schutz_beginnt_heute(gueltig_ab: date, stichtag: date) -> Hindernis | None:
    """§ 35 Abs. 1 SGB I: protection closes at once; a later day would leave a gap."""
    if gueltig_ab <= stichtag:
        return None
    return Hindernis("Der Schutz gilt sofort; der erste Tag liegt nicht in der Zukunft.", _NORM)


def schutz_durch_zweite_person(schutz: Personenschutz, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz: who set the protection or asked to lift it does not decide on it."""
    wer, was = schutz.gesetzt_von, "diesen Schutz selbst gesetzt"
    if schutz.state == Schutzzustand.AUFHEBUNG:
        wer, was = schutz.aufhebung_von, "die Aufhebung selbst beantragt"
    if wer is not None and wer.pk in konten_der_person(by):
        return Hindernis(f"Sie haben {was}. Entscheiden muss eine andere Person.", _VIER_AUGEN)
    if by.has_rolle(Rolle.LEITUNG) or (wer is not None and wer.has_rolle(Rolle.LEITUNG)):
        return None
    return Hindernis("Eine der beiden Personen muss eine Leitung sein.", _VIER_AUGEN)
