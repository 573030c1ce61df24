"""Access in the demonstration: waiting rights, emergency access, an alert, reads by several."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cases import access
from cases.fall.services.notfallzugriff import open_notfallzugriff, review_notfallzugriff
from cases.models import Auffaelligkeit, Case, Team, User
from cases.states.rolle import Rolle
from cases.states.zugang import Kontovorgang
from cases.zugang.services.konto import (
    Kontoangaben,
    change_konto,
    create_konto,
    decide_aenderung,
)
from vorfuehrung.behoerde import DOMAENE, mark_account


def load_zugang(
    *, faelle: QuerySet[Case], password: str, heute: date, users: dict[str, User]
) -> None:
    """Fill the pages about access; everything goes through the services."""
    jetzt = datetime.combine(heute, time(7, 30), tzinfo=timezone.get_default_timezone())
    _konten(password, jetzt, users)
    _notfaelle(faelle, jetzt, users)
    _lesen(faelle, heute, users)
    Auffaelligkeit.objects.create(
        user=users["kollegin"], zeit=jetzt - timedelta(days=2), anzahl=41, grenze=40
    )


def _konten(password: str, jetzt: datetime, users: dict[str, User]) -> None:
    """A new colleague whose first rights wait for the second Berechtigungsverwaltung."""
    by = users["berechtigung"]
    neu = create_konto(
        username="neu",
        angaben=Kontoangaben(
            first_name="Tarek",
            last_name="Haddad",
            email=f"neu@{DOMAENE}",
            funktion="Fallmanager",
            telefon="07999 100-222",
            zimmer="2.22",
            zeichen="THA",
        ),
        by=by,
        zeitpunkt=jetzt,
    )
    decide_aenderung(
        aenderung=neu.kontoaenderungen.get(art=Kontovorgang.PASSWORT),
        schritt="bestaetigen",
        startpasswort=password,
        by=users["berechtigung2"],
        zeitpunkt=jetzt,
    )
    mark_account(neu)
    grund = "Dienstantritt zum Monatsersten, Verfügung der Amtsleitung"
    change_konto(
        konto=neu,
        art=Kontovorgang.ROLLE_ERTEILEN,
        rolle=Rolle.FALLMANAGEMENT,
        begruendung=grund,
        by=by,
        zeitpunkt=jetzt,
    )
    change_konto(
        konto=neu,
        art=Kontovorgang.TEAM,
        team=Team.objects.get(name="Team Süd"),
        begruendung=grund,
        by=by,
        zeitpunkt=jetzt,
    )


def _notfaelle(faelle: QuerySet[Case], jetzt: datetime, users: dict[str, User]) -> None:
    """One reviewed emergency access and one that waits for the supervisor."""
    by = users["kollegin"]
    sichtbar = [access.visible_to(by, (jetzt - timedelta(days=n)).date()) for n in (6, 1)]
    gewaehlt = list(
        faelle.filter(caseworker=users["fallmanager"], geschuetzt=False)
        .exclude(state="beendet")
        .exclude(pk__in=sichtbar[0].values("pk"))
        .exclude(pk__in=sichtbar[1].values("pk"))
        .order_by("-id")[:2]
    )
    gruende = (
        (6, "Anruf der Klinik am Abend, Entlassung am nächsten Morgen ohne Assistenz"),
        (1, "Assistenzdienst fällt kurzfristig aus, Vertretung nicht erreichbar"),
    )
    rows = []
    for fall, (tage, grund) in zip(gewaehlt, gruende, strict=True):
        beginn = jetzt - timedelta(days=tage)
        row = open_notfallzugriff(
            aktenzeichen=fall.aktenzeichen, grund=grund, by=by, zeitpunkt=beginn
        )
        access.open_case(by, fall.pk, "fall", beginn.date(), beginn + timedelta(minutes=1))
        rows.append(row)
    review_notfallzugriff(
        notfall=rows[0],
        ergebnis="berechtigt",
        bemerkung="Rücksprache mit der Klinik liegt vor. Die Vertretung war nicht erreichbar.",
        by=users["leitung"],
        zeitpunkt=jetzt - timedelta(days=3),
    )


def _lesen(faelle: QuerySet[Case], heute: date, users: dict[str, User]) -> None:
    """Some reads of a few cases by those who work on them."""
    for fall in faelle.filter(caseworker=users["fallmanager"]).order_by("id")[:6]:
        for name, route in (
            ("fallmanager", "fall"),
            ("fallmanager", "gesamtplan"),
            ("leitung", "fall"),
            ("revision", "fall_schreiben"),
        ):
            access.open_case(users[name], fall.pk, route, heute)
