"""Preconditions of an instrument: readable, the nine Lebensbereiche, four eyes."""

from __future__ import annotations

from datetime import date

from cases.guards import konten_der_person
from cases.models import User
from cases.registry.schritt import Hindernis
from gesamtplan.models import Instrumentfassung, Lebensbereich
from gesamtplan.states.instrument import Instrumentzustand
from recht.fehler import EingabeUngueltig
from recht.instrumente import read_aufbau
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am


def _norm(tag: date) -> str:
    return norm_am(tag, "§ 58 SGB XII", "§ 118 Abs. 1 SGB IX", ue="§ 142 Abs. 1 SGB XII")


def aufbau_lesbar(aufbau: str) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: the need is found by an instrument, so its questions are read."""
    try:
        read_aufbau(aufbau)
    except EingabeUngueltig as fehler:
        return Hindernis(str(fehler))
    return None


def neun_lebensbereiche_abgedeckt(fassung: Instrumentfassung) -> Hindernis | None:
    """§ 118 Abs. 1 S. 3 SGB IX: the whole instrument serves each of the nine Lebensbereiche.

    Only one that the authority calls complete is held to that; before 2018 the law names none.
    """
    if not fassung.vollstaendig or rechtsstand_am(fassung.gueltig_ab) == Rechtsstand.A:
        return None
    fehlend = fassung.read().nicht_abgedeckt
    if not fehlend:
        return None
    namen = ", ".join(str(Lebensbereich(code).label) for code in fehlend)
    return Hindernis(
        f"Zu diesen Lebensbereichen gehört kein Abschnitt: {namen}. Ordnen Sie sie zu, oder "
        "kennzeichnen Sie das Instrument als unvollständig.",
        _norm(fassung.gueltig_ab),
    )


def fassung_durch_zweite_person(fassung: Instrumentfassung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 118 SGB IX: who has written on it does not release it."""
    geschrieben = {stand.bearbeitet_von_id for stand in fassung.events.all()}
    geschrieben |= {fassung.erstellt_von_id, fassung.bearbeitet_von_id}
    if not geschrieben & konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben diese Fassung selbst geschrieben. Über sie entscheidet eine zweite Person der "
        "Fachadministration oder der Sachgebietsleitung.",
        "Vier-Augen-Grundsatz",
    )


def bezeichnung_einmal(bezeichnung: str, schluessel: str, tag: date) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: a survey names its instrument; two of one name would be one too many."""
    rows = Instrumentfassung.objects.filter(bezeichnung__iexact=bezeichnung.strip())
    andere = rows.exclude(schluessel=schluessel).exclude(state=Instrumentzustand.VERWORFEN)
    if not andere.exists():
        return None
    return Hindernis(
        f"Ein Instrument „{bezeichnung.strip()}“ gibt es schon. Schreiben Sie seine Fassung fort, "
        "oder wählen Sie eine andere Bezeichnung.",
        _norm(tag),
    )


def fassung_einmal(schluessel: str, fassung: str, tag: date) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: a survey names its version; two of one name would be one too many."""
    rows = Instrumentfassung.objects.filter(schluessel=schluessel, fassung=fassung)
    if not rows.exclude(state=Instrumentzustand.VERWORFEN).exists():
        return None
    return Hindernis(f"Die Fassung „{fassung}“ dieses Instruments gibt es schon.", _norm(tag))


def fassung_allein_ab_tag(fassung: Instrumentfassung) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: from one day on one version of an instrument holds."""
    rows = Instrumentfassung.objects.filter(
        schluessel=fassung.schluessel,
        gueltig_ab=fassung.gueltig_ab,
        state=Instrumentzustand.FREIGEGEBEN,
    )
    if not rows.exists():
        return None
    return Hindernis(
        f"Ab dem {fassung.gueltig_ab:%d.%m.%Y} gilt schon eine andere Fassung.",
        _norm(fassung.gueltig_ab),
    )


def ende_noch_nicht_eingetragen(fassung: Instrumentfassung) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: an instrument ends once; surveys that were begun finish in it."""
    if fassung.ende_am is None:
        return None
    return Hindernis(
        f"Ein Ende zum {fassung.ende_am:%d.%m.%Y} ist schon eingetragen.", _norm(fassung.ende_am)
    )


def ende_wartet(fassung: Instrumentfassung) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 118 SGB IX: confirmed is an end that somebody has written down."""
    if fassung.ende_wartet:
        return None
    return Hindernis("Es wartet kein Ende auf Bestätigung.", "Vier-Augen-Grundsatz")


def ende_durch_zweite_person(fassung: Instrumentfassung, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 118 SGB IX: who has written the end down does not confirm it."""
    if fassung.ende_von_id not in konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben das Ende selbst eingetragen. Bestätigen muss es eine zweite Person der "
        "Fachadministration oder der Sachgebietsleitung.",
        "Vier-Augen-Grundsatz",
    )


def ende_nicht_vorbei(
    letzter: date | None, fassung: Instrumentfassung, tag: date
) -> Hindernis | None:
    """§ 118 Abs. 1 SGB IX: what was begun with an instrument stays in it; its end lies ahead."""
    if letzter is None or letzter >= max(tag, fassung.gueltig_ab):
        return None
    frueh = max(tag, fassung.gueltig_ab)
    return Hindernis(
        f"Der letzte Tag liegt frühestens am {frueh:%d.%m.%Y}. Begonnene Bedarfsermittlungen "
        "enden in ihrer Fassung.",
        _norm(tag),
    )
