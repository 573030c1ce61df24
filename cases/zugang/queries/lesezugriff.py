"""Who read a case: the log in words, for pages and for the answer letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import BigIntegerField, CharField, Q, QuerySet, Value
from django.utils import timezone

from cases.models import Case, Lesezugriff, Listenabruf, Notfallzugriff, User
from cases.states.zugang import Abrufart, Zugriffsgrund

# Names of routes by their beginnings, the longest first; what is not listed is "Seite der Akte".
_WORTE: tuple[tuple[str, str], ...] = (
    ("fall_chronik", "Chronik"),
    ("fall_fristen", "Fristen"),
    ("fall_schreiben", "Liste der Schreiben"),
    ("fall_unterlage", "Unterlagen"),
    ("fall_person", "Angaben zur Person"),
    ("fall_antrag", "Antrag"),
    ("fall_lesezugriffe", "Liste der Zugriffe"),
    ("leseauskunft", "Auskunft über Zugriffe"),
    ("datenschutz_lesezugriffe", "Liste der Zugriffe"),
    ("druckstapel", "Schreiben zum Druck"),
    ("schreiben", "Schreiben"),
    ("versand", "Versand eines Schreibens"),
    ("unterlage", "Unterlagen"),
    ("vermerk", "Vermerke"),
    ("bedarf", "Bedarfsermittlung"),
    ("gesamtplan", "Gesamtplan"),
    ("teilhabeziel", "Teilhabeziele"),
    ("leistung", "Leistungen"),
    ("teilbudget", "Teilbudget"),
    ("budget", "Persönliches Budget"),
    ("zielvereinbarung", "Zielvereinbarung"),
    ("bescheid", "Bescheid"),
    ("person", "Angaben zur Person"),
    ("anschrift", "Anschrift"),
    ("bankverbindung", "Bankverbindung"),
    ("konto_bestaetigen", "Bankverbindung"),
    ("schutz", "Schutz der Person"),
    ("vertretung", "Vertretung der Person"),
    ("antrag", "Antrag"),
    ("pruefkatalog", "Prüfkatalog"),
    ("zustaendigkeit", "Zuständigkeit"),
    ("weiterleit", "Weiterleitung"),
    ("einwilligung", "Einwilligungen"),
    ("wiedervorlage", "Wiedervorlagen"),
    ("frist", "Fristen"),
    ("uebergabe", "Übergabe des Falls"),
    ("ueberpruefung", "Überprüfung"),
    ("verlaufsbericht", "Überprüfung"),
    ("uebermittlung", "Mitteilungen an andere Stellen"),
    ("aenderungsblatt", "Gesamtplan"),
    ("anmerkung", "Gesamtplan"),
    ("konferenz", "Konferenz"),
    ("aussage", "Bedarfsermittlung"),
    ("mehrausfertigung", "Gesamtplan"),
    ("gesamtplaene", "Liste der Gesamtpläne"),
    ("fortfuehren", "Überprüfung"),
    ("beenden", "Ende des Falls"),
    ("faelle", "Liste der Fälle"),
    ("suche", "Suche"),
    ("start", "Mein Tag"),
    ("kalender", "Kalender"),
    ("team", "Mein Team"),
    ("postausgang", "Postausgang"),
    ("serie", "Serienbriefe"),
    ("auszahlungen", "Auszahlungen"),
    ("notfall", "Notfallzugriffe"),
    ("importstapel", "Bestandsübernahme"),
    ("datenschutz", "Datenschutz"),
    ("fall", "Übersicht der Akte"),
)
_RANG = sorted(_WORTE, key=lambda row: -len(row[0]))


def seite_in_worten(route: str) -> str:
    """Return which part of the case a page shows, in words."""
    return next((wort for anfang, wort in _RANG if route.startswith(anfang)), "Seite der Akte")


GEOEFFNET = "geoeffnet"


@dataclass(frozen=True)
class Zugriffszeile:
    """One line of the log: the case was opened, or a list, a search or a file showed it.

    `art` is GEOEFFNET or an Abrufart; ground and emergency access stand with an opened case only.
    """

    zeit: datetime
    user: User
    route: str
    als: str
    art: str
    grund: str
    notfall: Notfallzugriff | None

    @property
    def geoeffnet(self) -> bool:
        """Whether the reader was in the case, and did not only see it in a list."""
        return self.art == GEOEFFNET

    @property
    def anlass(self) -> str:
        """Return why, in words: the ground of an opened case, or where it was shown."""
        return str(Zugriffsgrund(self.grund).label if self.geoeffnet else Abrufart(self.art).label)


def lesezugriffe(
    case: Case, *, von: date | None = None, bis: date | None = None, person: int | None = None
) -> QuerySet[Any, Any]:
    """Return the log of a case, the latest first, to be cut into pages and read by `zeilen_of`."""
    wahl = Q()
    if von:
        wahl &= Q(zeit__gte=_beginn(von))
    if bis:
        wahl &= Q(zeit__lt=_beginn(bis + timedelta(days=1)))
    if person:
        wahl &= Q(user=person)
    ohne = Value(None, BigIntegerField())
    geoeffnet = Lesezugriff.objects.filter(wahl, case=case).order_by()
    gezeigt = Listenabruf.objects.filter(wahl, faelle__contains=[case.pk]).order_by()
    spalten = ("zeit", "pk", "user_id", "route", "als")
    return (
        geoeffnet.values_list(*spalten, Value(GEOEFFNET, CharField()), "grund", "notfall_id")
        .union(gezeigt.values_list(*spalten, "art", Value("", CharField()), ohne), all=True)
        .order_by("-zeit", "-pk")
    )


def zeilen_of(rows: Iterable[tuple[Any, ...]]) -> list[Zugriffszeile]:
    """Return lines of the log with reader and emergency access; two queries."""
    rows = list(rows)
    leute = User.objects.in_bulk({row[2] for row in rows})
    notfaelle = Notfallzugriff.objects.in_bulk({row[7] for row in rows if row[7]})
    return [
        Zugriffszeile(zeit, leute[user], route, als, art, grund, notfaelle.get(notfall))
        for zeit, _, user, route, als, art, grund, notfall in rows
    ]


def _beginn(tag: date) -> datetime:
    return datetime.combine(tag, time.min, tzinfo=timezone.get_default_timezone())


def leser(case: Case) -> QuerySet[User]:
    """Return everybody who has read the case or was shown it, by name."""
    wer = Lesezugriff.objects.filter(case=case).order_by().values("user")
    gezeigt = Listenabruf.objects.filter(faelle__contains=[case.pk]).order_by().values("user")
    return User.objects.filter(Q(pk__in=wer) | Q(pk__in=gezeigt)).order_by(
        "last_name", "first_name"
    )


def case_by_aktenzeichen(aktenzeichen: str) -> Case | None:
    """Return the case of an Aktenzeichen for the control of its read log."""
    return Case.objects.filter(aktenzeichen__iexact=aktenzeichen.strip()).first()


def case_by_id(case_id: int) -> Case | None:
    """Return a case for the control of its read log, without the person."""
    return Case.objects.filter(pk=case_id).first()


def auskunft(rows: Iterable[Zugriffszeile], *, mit_namen: bool) -> list[dict[str, Any]]:
    """Return what the person is told: per day, function and ground, the parts and the number.

    Reads of one day by the same function on the same ground are one line: the person learns when
    and what for, and a letter over years stays readable. `art` tells an opened file from one that
    a list, a search or a file to take away has shown.
    """

    def kopf(row: Zugriffszeile) -> tuple[date, str, str, str, str]:
        tag = timezone.localtime(row.zeit, timezone.get_default_timezone()).date()
        name = row.user.get_full_name() if mit_namen else ""
        return (
            tag,
            row.user.funktion or row.als or "Beschäftigte der Behörde",
            name,
            row.art,
            row.anlass,
        )

    zeilen = []
    for (tag, funktion, name, art, anlass), gruppe in groupby(sorted(rows, key=kopf), key=kopf):
        gelesen = list(gruppe)
        zeilen.append(
            {
                "tag": tag.isoformat(),
                "funktion": funktion,
                "name": name,
                "art": art,
                "anlass": anlass,
                "bereiche": sorted({seite_in_worten(row.route) for row in gelesen}),
                "anzahl": len(gelesen),
            }
        )
    return zeilen
