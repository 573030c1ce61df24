"""Legal preconditions of a conference: one function each, citation first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from cases.registry.schritt import Hindernis
from gesamtplan.models import Konferenz, Konferenzteilnahme
from gesamtplan.states.konferenz import (
    Ablehnungsgrund,
    Konferenzart,
    Konferenzstand,
    Teilnahmerolle,
)
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am

# Whom the law lets take part only with the consent of the person.
MIT_ZUSTIMMUNG: Mapping[Rechtsstand, Mapping[str, str]] = {
    Rechtsstand.A: {
        Teilnahmerolle.VERTRAUENSPERSON: "§ 58 SGB XII",
        Teilnahmerolle.PFLEGEKASSE: "§ 58 SGB XII",
        Teilnahmerolle.HILFE_ZUR_PFLEGE: "§ 58 SGB XII",
        Teilnahmerolle.LEBENSUNTERHALT: "§ 58 SGB XII",
        Teilnahmerolle.BETREUUNGSBEHOERDE: "§ 58 SGB XII",
        Teilnahmerolle.JUGENDAMT: "§ 58 SGB XII",
        Teilnahmerolle.LEISTUNGSERBRINGER: "§ 58 SGB XII",
    },
    Rechtsstand.UE: {
        Teilnahmerolle.VERTRAUENSPERSON: "§ 141 SGB XII",
        Teilnahmerolle.PFLEGEKASSE: "§ 141 SGB XII",
        Teilnahmerolle.HILFE_ZUR_PFLEGE: "§ 141 SGB XII",
        Teilnahmerolle.LEBENSUNTERHALT: "§ 141 SGB XII",
        Teilnahmerolle.BETREUUNGSBEHOERDE: "§ 141 SGB XII",
        Teilnahmerolle.JUGENDAMT: "§ 141 SGB XII",
        Teilnahmerolle.LEISTUNGSERBRINGER: "§ 20 Abs. 3 SGB IX",
    },
    Rechtsstand.B: {
        Teilnahmerolle.VERTRAUENSPERSON: "§ 117 Abs. 2 SGB IX",
        Teilnahmerolle.PFLEGEKASSE: "§ 117 Abs. 3 SGB IX",
        Teilnahmerolle.HILFE_ZUR_PFLEGE: "§ 117 Abs. 3 SGB IX",
        Teilnahmerolle.LEBENSUNTERHALT: "§ 117 Abs. 4 SGB IX",
        Teilnahmerolle.BETREUUNGSBEHOERDE: "§ 117 Abs. 5 SGB IX",
        Teilnahmerolle.JUGENDAMT: "§ 117 Abs. 6 SGB IX",
        Teilnahmerolle.LEISTUNGSERBRINGER: "§ 20 Abs. 3 SGB IX",
    },
}


def zustimmungsnorm(rolle: str, tag: date) -> str | None:
    """Return the norm that asks for the consent of the person, none for a role without it."""
    return MIT_ZUSTIMMUNG[rechtsstand_am(tag)].get(rolle)


def konferenznorm_of(row: Konferenz) -> str:
    """Return the norm of a conference under the law of the day of its proposal."""
    neu = rechtsstand_am(row.vorgeschlagen_am) != Rechtsstand.A
    if row.art == Konferenzart.BUDGET:
        return norm_am(row.vorgeschlagen_am, "§ 3 Abs. 3 BudgetV", "§ 29 Abs. 3 S. 1 SGB IX")
    if neu and row.art == Konferenzart.TEILHABEPLAN:
        return "§ 20 Abs. 1 SGB IX"
    return norm_am(row.vorgeschlagen_am, "§ 58 SGB XII", "§ 119 SGB IX", ue="§ 143 SGB XII")


def art_gibt_es(art: str, tag: date) -> Hindernis | None:
    """§ 119 SGB IX: until 2017 there is the Gesamtplangespräch, since then the conferences.

    A talk of the carriers about a Persönliches Budget there is under each law.
    """
    if art == Konferenzart.BUDGET:
        return None
    alt = rechtsstand_am(tag) == Rechtsstand.A
    if alt == (art == Konferenzart.GESPRAECH):
        return None
    gibt = "ein Gesamtplangespräch" if alt else "eine Gesamtplan- oder Teilhabeplankonferenz"
    return Hindernis(
        f"Nach dem Recht am {tag:%d.%m.%Y} gibt es {gibt}.",
        norm_am(tag, "§ 58 SGB XII", "§ 119 SGB IX", ue="§ 143 SGB XII"),
    )


def tage_der_konferenz(
    row: Konferenz, zustimmung_am: date | None, termin: date | None, tag: date
) -> Hindernis | None:
    """§ 119 Abs. 1 SGB IX: first it is proposed, then the person consents, then it is held."""
    norm, vorschlag = konferenznorm_of(row), row.vorgeschlagen_am
    if termin is not None and termin < vorschlag:
        return Hindernis(
            f"Der Tag der Konferenz liegt vor ihrem Vorschlag am {vorschlag:%d.%m.%Y}.",
            norm,
            "#id_termin",
        )
    return zustimmung_zur_zeit(row, zustimmung_am, termin, tag)


def zustimmung_zur_zeit(
    row: Konferenz, zustimmung_am: date | None, termin: date | None, tag: date
) -> Hindernis | None:
    """§ 119 Abs. 1 SGB IX: a consent is there before the conference; none is given ahead."""
    if zustimmung_am is None or zustimmung_am <= min(tag, termin or tag):
        return None
    wann = "in der Zukunft" if zustimmung_am > tag else f"nach der Konferenz am {termin:%d.%m.%Y}"
    return Hindernis(
        f"Die Zustimmung vom {zustimmung_am:%d.%m.%Y} liegt {wann}; sie geht der Konferenz voraus.",
        konferenznorm_of(row),
        "#id_zustimmung_am",
    )


def einladung_vor_der_konferenz(row: Konferenz, tag: date) -> Hindernis | None:
    """§ 119 Abs. 1 SGB IX: who is to take part is invited before the conference."""
    if row.termin is None or tag <= row.termin:
        return None
    return Hindernis(
        f"Die Konferenz war am {row.termin:%d.%m.%Y}; eingeladen wird vorher.",
        konferenznorm_of(row),
        _url(row, "konferenz_bearbeiten", "id_termin"),
    )


def person_stimmt_zu(row: Konferenz, tag: date) -> Hindernis | None:
    """§ 119 Abs. 1 SGB IX: a conference is held only with the consent of the person."""
    if row.zustimmung_am is not None and row.zustimmung_am <= tag:
        return None
    return Hindernis(
        "Die Zustimmung der Person zur Konferenz ist nicht festgehalten.",
        konferenznorm_of(row),
        _url(row, "konferenz_bearbeiten", "id_zustimmung_am"),
    )


def zustimmung_zu_beteiligten(row: Konferenz) -> Hindernis | None:
    """§ 117 Abs. 2 to 6 SGB IX: others take part only where the person consents to them."""
    return next((h for t in row.teilnahmen.all() if (h := zustimmung_zu(t)) is not None), None)


def zustimmung_zu(teilnahme: Konferenzteilnahme) -> Hindernis | None:
    """§ 117 Abs. 2 to 6 SGB IX: who takes part by consent gets nothing without it."""
    row = teilnahme.konferenz
    norm = zustimmungsnorm(teilnahme.rolle, row.vorgeschlagen_am)
    if norm is None or teilnahme.zustimmung_am is not None:
        return None
    return Hindernis(
        f"Für {teilnahme.name} ({teilnahme.get_rolle_display()}) fehlt die Zustimmung der Person.",
        norm_am(row.vorgeschlagen_am, "§ 58 Abs. 2 SGB XII", norm),
        _url(row, "konferenz_anzeigen", "teilnehmende"),
    )


def niederschrift_liegt_vor(row: Konferenz) -> Hindernis | None:
    """§ 119 Abs. 1 SGB IX: the record is written when the conference is closed."""
    if row.state == Konferenzstand.DURCHGEFUEHRT:
        return None
    return Hindernis(
        "Die Niederschrift gibt es, wenn die Konferenz abgeschlossen ist.", konferenznorm_of(row)
    )


def termin_steht(row: Konferenz) -> Hindernis | None:
    """§ 119 Abs. 1 SGB IX: the person takes part, so day and place are known to all before."""
    if row.termin is not None and row.ort.strip():
        return None
    return Hindernis(
        "Es fehlen Tag oder Ort der Konferenz.",
        konferenznorm_of(row),
        _url(row, "konferenz_bearbeiten", "id_termin"),
    )


def ablehnung_zulaessig(row: Konferenz, grund: str) -> Hindernis | None:
    """§ 119 Abs. 4 SGB IX: for parents it is held if they consent; else two reasons are lawful."""
    if grund not in Ablehnungsgrund.values:
        return Hindernis("Bitte wählen Sie einen der gesetzlichen Gründe.", konferenznorm_of(row))
    if not row.elternfall or grund == Ablehnungsgrund.OHNE_ZUSTIMMUNG:
        return None
    return Hindernis(
        "Geht es um die Versorgung eigener Kinder, findet die Konferenz statt, wenn die Eltern "
        "zustimmen. Abgelehnt werden kann sie nur ohne Zustimmung.",
        norm_am(row.vorgeschlagen_am, "§ 58 SGB XII", "§ 119 Abs. 4 SGB IX", ue="§ 143 SGB XII"),
    )


def konferenz_war(row: Konferenz, tag: date) -> Hindernis | None:
    """§ 119 Abs. 2 SGB IX: results are those of a conference that was held."""
    if row.termin is not None and row.termin <= tag:
        return None
    wann = f"am {row.termin:%d.%m.%Y}" if row.termin else "noch ohne Termin"
    return Hindernis(f"Die Konferenz ist {wann}.", konferenznorm_of(row))


def niederschrift_vollstaendig(row: Konferenz) -> Hindernis | None:
    """§ 119 Abs. 2 SGB IX: who was there and what came of it is written down."""
    if not row.ergebnis.strip():
        return Hindernis(
            "Die Ergebnisse der Konferenz fehlen.",
            konferenznorm_of(row),
            _url(row, "konferenz_bearbeiten", "id_ergebnis"),
        )
    if row.art == Konferenzart.BUDGET and not row.zahlungsweise.strip():
        return Hindernis(
            "Es fehlt, wie und wann die Träger zahlen (Zahlungsmodalitäten).",
            konferenznorm_of(row),
            _url(row, "konferenz_bearbeiten", "id_zahlungsweise"),
        )
    if any(t.anwesend is None for t in row.teilnahmen.all()):
        return Hindernis(
            "Es fehlt, wer anwesend war.",
            konferenznorm_of(row),
            _url(row, "konferenz_anzeigen", "teilnehmende"),
        )
    return None


def _url(row: Konferenz, name: str, anker: str = "") -> str:
    return reverse(name, args=[row.case_id, row.pk]) + (f"#{anker}" if anker else "")
