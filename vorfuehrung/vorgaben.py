"""What the authority of the demonstration has set for itself: texts, instruments, transitions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cases.models import User
from cases.textbaustein.services import (
    Bausteinangaben,
    create_textbaustein,
    release_textbaustein,
)
from gesamtplan.instrument.services import (
    Instrumentangaben,
    create_instrument,
    release_instrument,
)
from gesamtplan.lebensuebergang.services import note_due_transitions
from recht.instrumente import Vorlage, vorlagen

_BEGINN = date(2020, 1, 1)
# Place, title, words and norm of each text.
_TEXTE = (
    (
        "gesamtplan.aktivitaeten",
        "Eigener Beitrag",
        "[[Name]] nimmt die vereinbarten Termine wahr und sagt früh, wenn etwas nicht gelingt.",
        "§ 121 Abs. 4 Nr. 2 SGB IX",
    ),
    (
        "gesamtplan.wunsch_wahlrecht",
        "Pauschale Geldleistung besprochen",
        "Über Leistungen als pauschale Geldleistung wurde gesprochen. [[Name]] möchte sie nicht in "
        "Anspruch nehmen.",
        "§ 121 Abs. 4 Nr. 4 SGB IX",
    ),
    (
        "gesamtplan.barmittel",
        "Gespräch zu Barmitteln",
        "Am [[Gespräch]] wurde besprochen, welcher Anteil des Regelsatzes als Barmittel bleibt.",
        "§ 121 Abs. 4 Nr. 6 SGB IX",
    ),
    (
        "gesamtplan.verfahren_wirkungskontrolle",
        "Wirkungskontrolle",
        "Ermittelt wurde der Bedarf mit [[Instrument]]. Ob die Ziele erreicht werden, wird bis zum "
        "[[Überprüfung]] gemeinsam überprüft.",
        "§ 121 Abs. 4 Nr. 1 SGB IX",
    ),
)


def tell_vorgaben(*, users: Mapping[str, User], heute: date) -> None:
    """Let the Fachadministration write and the supervisor release; one draft still waits."""
    schreibt, entscheidet = users["admin"], users["leitung"]
    for stelle, titel, text, norm in _TEXTE:
        row = create_textbaustein(
            stelle=stelle,
            angaben=Bausteinangaben(titel, text, _BEGINN, norm),
            by=schreibt,
            tag=heute,
        )
        if titel != "Wirkungskontrolle":
            release_textbaustein(textbaustein=row, by=entscheidet, tag=heute)
    hinweis = create_textbaustein(
        stelle="hinweis.Bescheid.freigeben",
        angaben=Bausteinangaben(
            "Vor der Freigabe",
            "Bescheide über 2.000 € im Monat bespricht die Leitung mit der Kasse.",
            _BEGINN,
            link="https://intranet.musterland.example/arbeitshilfe-budget",
        ),
        by=schreibt,
        tag=heute,
    )
    release_textbaustein(textbaustein=hinweis, by=entscheidet, tag=heute)
    allgemein, bei_bw = vorlagen()[:2]
    fassung = create_instrument(angaben=_angaben(allgemein), by=schreibt, tag=heute)
    release_instrument(fassung=fassung, by=entscheidet, tag=heute)
    create_instrument(angaben=_angaben(bei_bw), by=schreibt, tag=heute)
    note_due_transitions(tag=heute)


def _angaben(vorlage: Vorlage) -> Instrumentangaben:
    return Instrumentangaben(
        bezeichnung=vorlage.bezeichnung,
        fassung=vorlage.fassung,
        land=vorlage.land,
        gueltig_ab=_BEGINN,
        gueltig_bis=None,
        vollstaendig=vorlage.vollstaendig,
        quelle=vorlage.quelle,
        aufbau=vorlage.text,
    )
