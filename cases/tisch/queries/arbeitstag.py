"""What waits on the desk today, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as When_
from django.db.models import (
    CharField,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber, TruncDate

from cases import access
from cases.fall.queries.fallliste import Filter, filtered_cases
from cases.frist.queries import stufe_of, tage_in_worten
from cases.models import (
    Case,
    Entwurf,
    Frist,
    Fristaenderung,
    User,
    Wiedervorlage,
    Zuweisung,
)
from cases.queries.kurzzeile import Kurzquelle, columns, rows_of
from cases.registry.beitrag import registry
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile, Kurzzeile
from cases.reihe import keys_of
from cases.states.fall import FALL, Fallzustand
from cases.states.frist import LAUFENDE, Fristwirkung, Fristzustand
from cases.states.rolle import Rolle
from cases.zugang.queries.abwesenheit import vertretene_users
from recht.fristkatalog import katalog, regeln_mit

# The desk shows this many rows of a kind; the page says so and links to the rest.
DESK_ROWS = 25
# How far „Was kommt“ looks ahead, and how long a recomputed Frist is pointed out.
KOMMEND_TAGE = 7
NEU_BERECHNET_TAGE = 14

UEBERFAELLIG, FAELLIG, KOMMEND, GEAENDERT, WARTEN = (
    "ueberfaellig",
    "faellig",
    "kommend",
    "geaendert",
    "warten",
)


def _persons(user: User, stichtag: date) -> Q:
    """The cases of the user and of those for whom the user stands in, as a condition."""
    wer = Q(caseworker=user)
    if not access.stands_in(user, stichtag):
        return wer
    wer |= Q(caseworker__in_reihe=keys_of(vertretene_users(user, stichtag)))
    # Beside the conditions of access an OR would be lost among them.
    return Q(pk__in_reihe=keys_of(Case.objects.filter(wer)))


def own_cases(user: User, stichtag: date) -> QuerySet[Case]:
    """Return the cases on this user's desk: own, deputised and assigned ones."""
    zugewiesen = Zuweisung.objects.filter(
        Q(bis__isnull=True) | Q(bis__gte=stichtag), user=user, von__lte=stichtag
    )
    return access.visible_to(user, stichtag).filter(
        _persons(user, stichtag) | Q(pk__in_reihe=keys_of(zugewiesen, "case"))
    )


def fristen_of(user: User, stichtag: date, *, kommend: int = KOMMEND_TAGE) -> QuerySet[Frist]:
    """Return what this user should look at today, with its `gruppe`, the most urgent first.

    Fallmanagement sees those of the own, the deputised and the assigned cases; Sachgebietsleitung
    also the overdue ones of the led teams. A Frist in which others have to act is waited for from
    its Wiedervorlage on. `ende_bisher` is set where a recomputation has moved the end lately.
    """
    neu = _recomputed(stichtag).filter(frist=OuterRef("pk")).order_by("-id")
    handlung = Q(wirkung=Fristwirkung.HANDLUNG)
    bald = Q(wiedervorlage__lte=stichtag) | Q(ende__lte=stichtag + timedelta(days=kommend))
    fremd = (Q(wirkung=Fristwirkung.ABLAUF) | Q(regel__in=regeln_mit("fremd"))) & Q(
        ende__gte=stichtag
    )
    gruppe = When_(
        When(fremd & bald & Q(ende_bisher__isnull=True), then=Value(WARTEN)),
        When(handlung & Q(ende__lt=stichtag), then=Value(UEBERFAELLIG)),
        When(handlung & Q(ende=stichtag), then=Value(FAELLIG)),
        When(handlung & bald, then=Value(KOMMEND)),
        When(ende_bisher__isnull=False, then=Value(GEAENDERT)),
        default=Value(""),
        output_field=CharField(),
    )
    rang = When_(
        *(When(gruppe=name, then=Value(n)) for n, name in enumerate((UEBERFAELLIG, FAELLIG))),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        Frist.objects.filter(_candidates(user, stichtag, bald))
        .annotate(ende_bisher=Subquery(neu.values("ende_alt")[:1], output_field=DateField()))
        .annotate(gruppe=gruppe)
        .exclude(gruppe="")
        .select_related("case__leistungsberechtigte_person", "case__caseworker")
        .annotate(dringend=rang)
        .order_by("dringend", "ende", "id")
    )


def _candidates(user: User, stichtag: date, bald: Q) -> Q:
    """Return which Fristen may have a group: those of the own cases, overdue ones of led teams.

    Each half finds its rows by the cases, whatever the statistics say; one OR over both would
    make the database read all Fristen.
    """
    neu = Q(pk__in_reihe=keys_of(_recomputed(stichtag), "frist"))
    offen = Frist.objects.filter(state=Fristzustand.OFFEN)
    eigene = offen.filter(bald | neu, case__in_reihe=keys_of(own_cases(user, stichtag)))
    found = Q(pk__in_reihe=keys_of(eigene))
    if user.has_rolle(Rolle.LEITUNG):
        geleitet = Case.objects.filter(team__in_reihe=access.led_teams(user))
        ueberfaellig = offen.filter(
            case__in_reihe=keys_of(geleitet), ende__lt=stichtag, wirkung=Fristwirkung.HANDLUNG
        )
        found |= Q(pk__in_reihe=keys_of(ueberfaellig))
    return found


def _recomputed(stichtag: date) -> QuerySet[Fristaenderung]:
    return Fristaenderung.objects.filter(
        fristneuberechnung__isnull=False, am__gte=stichtag - timedelta(days=NEU_BERECHNET_TAGE)
    )


def fristen_for_desk(user: User, stichtag: date, wahl: Filter | None = None) -> list[Frist]:
    """Return at most DESK_ROWS + 1 rows of each group in one query."""
    if wahl is None:
        return access.ask(_fristen_for_desk, user, stichtag)
    return list(_fristen_for_desk(user, stichtag, _chosen(user, stichtag, wahl)))


def _chosen(user: User, stichtag: date, wahl: Filter) -> Q:
    """Return the rows of the cases that the list of cases would show with this filter."""
    return Q(case__in_reihe=keys_of(filtered_cases(user, stichtag, wahl)))


def _fristen_for_desk(user: User, stichtag: date, nur: Q | None = None) -> QuerySet[Frist]:
    nummer = Window(RowNumber(), partition_by=[F("gruppe")], order_by=["ende", "id"])
    rows = fristen_of(user, stichtag).filter(nur or Q())
    return rows.annotate(nummer=nummer).filter(nummer__lte=DESK_ROWS + 1)


def wiedervorlagen_of(user: User, stichtag: date, *, kommend: int = 0) -> QuerySet[Wiedervorlage]:
    """Return reminders that are due, own ones and those of people the user stands in for."""
    vertreten = vertretene_users(user, stichtag)
    rows = Wiedervorlage.objects.filter(
        Q(user=user) | Q(user__in_reihe=keys_of(vertreten)),
        erledigt_am__isnull=True,
        am__lte=stichtag + timedelta(days=kommend),
    )
    sichtbar = access.visible_to(user, stichtag).filter(pk__in_reihe=keys_of(rows, "case"))
    return (
        rows.filter(case__in_reihe=keys_of(sichtbar))
        .select_related("case__leistungsberechtigte_person", "user")
        .order_by("am", "id")
    )


def idle_cases_of(user: User, stichtag: date) -> QuerySet[Case]:
    """Return cases where nobody has looked at the Zuständigkeit, or that nothing brings back.

    The latter have no running Frist of the authority and no open Wiedervorlage, so they would be
    forgotten.
    """
    eigene = keys_of(Case.objects.filter(_persons(user, stichtag)))
    frist = Frist.objects.filter(case__in_reihe=eigene, state__in=LAUFENDE)
    wiedervorlage = Wiedervorlage.objects.filter(case__in_reihe=eigene, erledigt_am__isnull=True)
    neu = Q(state=Fallzustand.ANTRAG_EINGEGANGEN)
    # Looked up for the own cases only: NOT EXISTS beside an OR may read all Fristen there are.
    vergessen = ~Q(pk__in_reihe=keys_of(frist, "case"))
    vergessen &= ~Q(pk__in_reihe=keys_of(wiedervorlage, "case"))
    return (
        access.visible_to(user, stichtag)
        .filter(neu | vergessen, _persons(user, stichtag))
        .exclude(state__in=[Fallzustand.BEENDET, Fallzustand.WEITERGELEITET])
        .select_related("leistungsberechtigte_person")
        .order_by("eroeffnet_am", "id")
    )


def _begun(user: User, stichtag: date) -> QuerySet[Any, Any]:
    rows = Entwurf.objects.filter(user=user).exclude(titel="").order_by("-zeit")
    return columns(
        rows,
        fall="case_id",
        aktenzeichen="case__aktenzeichen",
        person="case__leistungsberechtigte_person",
        seit=TruncDate("zeit"),
        text="titel",
        marke="pfad",
    )


def _begun_row(row: Kurzzeile, user: User, stichtag: date) -> Arbeitszeile:
    return Arbeitszeile(
        gruppe="Begonnene Formulare",
        titel=f"{row.text} weiterschreiben",
        fall=row.aktenzeichen or "ohne Fall",
        name=row.name,
        url=row.marke,
        seit=row.seit,
        zustand="nicht gespeichert",
        farbe="neutral",
        art="entwurf",
    )


ENTWUERFE = Kurzquelle(_begun, _begun_row)


@dataclass(frozen=True)
class Tischzeile:
    """One row of a dated section: a Frist or a Wiedervorlage."""

    tag: date
    anzeige: str
    titel: str
    case: Case
    url: str
    wort: str
    farbe: str
    frist: Frist | None = None
    wiedervorlage: Wiedervorlage | None = None
    fuer: str = ""


@dataclass
class Abschnitt:
    """One section of the desk; `mehr` says that not all of its rows are shown."""

    schluessel: str
    titel: str
    zeilen: list[Tischzeile] = field(default_factory=list)
    mehr: bool = False


_TITEL = {
    UEBERFAELLIG: "Überfällig",
    FAELLIG: "Heute",
    KOMMEND: "Was kommt",
    GEAENDERT: "Neu berechnete Fristen",
    WARTEN: "Fristen anderer",
}


def abschnitte_of(user: User, stichtag: date, wahl: Filter | None = None) -> list[Abschnitt]:
    """Return the dated sections of the desk that have rows; two queries.

    With `wahl` only those of the cases that fit it.
    """
    found = {name: Abschnitt(name, titel) for name, titel in _TITEL.items()}
    for frist in fristen_for_desk(user, stichtag, wahl):
        found[frist.gruppe].zeilen.append(_frist_row(frist, user, stichtag))  # type: ignore[attr-defined]  # annotated by the query
    for row in _reminders(user, stichtag, wahl):
        name = UEBERFAELLIG if row.am < stichtag else FAELLIG if row.am == stichtag else KOMMEND
        found[name].zeilen.append(_wiedervorlage_row(row, user, stichtag))
    for abschnitt in found.values():
        abschnitt.zeilen.sort(key=lambda zeile: zeile.tag)
        abschnitt.mehr = len(abschnitt.zeilen) > DESK_ROWS
        del abschnitt.zeilen[DESK_ROWS:]
    return [abschnitt for abschnitt in found.values() if abschnitt.zeilen]


def _reminders(user: User, stichtag: date, wahl: Filter | None) -> list[Wiedervorlage]:
    if wahl is None:
        return access.ask(_wiedervorlagen_for_desk, user, stichtag)
    return list(_wiedervorlagen_for_desk(user, stichtag, _chosen(user, stichtag, wahl)))


def _wiedervorlagen_for_desk(
    user: User, stichtag: date, nur: Q | None = None
) -> QuerySet[Wiedervorlage]:
    rows = wiedervorlagen_of(user, stichtag, kommend=KOMMEND_TAGE).filter(nur or Q())
    return rows[: DESK_ROWS + 1]


def _frist_row(frist: Frist, user: User, stichtag: date) -> Tischzeile:
    wort, farbe = stufe_of(frist, stichtag)
    if bisher := getattr(frist, "ende_bisher", None):
        wort = f"{wort}, bisher {bisher:%d.%m.%Y}"
    case = frist.case
    seite = katalog()[frist.regel].seite or "fall"
    if case.state != Fallzustand.ANTRAG_EINGEGANGEN or not access.may_write(user):
        seite = "fall"
    url = adresse(seite, case.pk)
    art, _, kennung = frist.gegenstand.partition(":")
    if seite != "fall" and art == "antrag":
        # A case may have several Anträge; the page is about the one whose Frist this is.
        url += f"?antrag={kennung}"
    return Tischzeile(
        tag=frist.ende,
        anzeige=frist.anzeige,
        titel=frist.bezeichnung,
        case=case,
        url=url,
        wort=wort,
        farbe=farbe,
        frist=frist,
        fuer="" if case.caseworker_id == user.pk else case.caseworker.get_full_name(),
    )


def _wiedervorlage_row(row: Wiedervorlage, user: User, stichtag: date) -> Tischzeile:
    tage = (stichtag - row.am).days
    wort, farbe = (
        ("Wiedervorlage", "info") if tage <= 0 else (f"seit {tage_in_worten(tage)}", "warning")
    )
    return Tischzeile(
        tag=row.am,
        anzeige=f"{row.am:%d.%m.%Y}",
        titel=row.anlass,
        case=row.case,
        url=adresse("fall", row.case_id),
        wort=wort,
        farbe=farbe,
        wiedervorlage=row,
        fuer="" if row.user_id == user.pk else row.user.get_full_name(),
    )


def _idle_for_desk(user: User, stichtag: date, nur: Q | None = None) -> QuerySet[Case]:
    return idle_cases_of(user, stichtag).filter(nur or Q())[:DESK_ROWS]


def case_rows(user: User, stichtag: date, wahl: Filter | None = None) -> list[Arbeitszeile]:
    """Return new cases and cases without a next step as rows; one query."""
    rows = []
    if wahl is None:
        cases = access.ask(_idle_for_desk, user, stichtag)
    else:
        nur = Q(pk__in_reihe=keys_of(filtered_cases(user, stichtag, wahl)))
        cases = list(_idle_for_desk(user, stichtag, nur))
    for case in cases:
        neu = case.state == Fallzustand.ANTRAG_EINGEGANGEN
        seite = "zustaendigkeit" if neu else "wiedervorlage_neu"
        rows.append(
            Arbeitszeile(
                gruppe="Neue Fälle" if neu else "Fälle ohne nächsten Schritt",
                titel="Zuständigkeit feststellen" if neu else "Ohne Termin: Wiedervorlage setzen",
                fall=case.aktenzeichen,
                name=case.leistungsberechtigte_person.voller_name,
                url=adresse(seite, case.pk),
                seit=case.eroeffnet_am,
                zustand=case.get_state_display(),
                farbe=FALL.farben[case.state],
            )
        )
    return sorted(rows, key=lambda row: row.gruppe, reverse=True)


def arbeitszeilen_of(user: User, stichtag: date, wahl: Filter | None = None) -> list[Arbeitszeile]:
    """Return the rows that the upper floors report, each group together.

    With `wahl` only those of the cases that fit it; what belongs to no case is left out then.
    """
    groups: dict[str, list[Arbeitszeile]] = {}
    for row in rows_of(registry.kurzquellen, user, stichtag):
        groups.setdefault(row.gruppe, []).append(row)
    for source in registry.arbeitszeilen:
        for row in source(user, stichtag):
            groups.setdefault(row.gruppe, []).append(row)
    alle = [row for rows in groups.values() for row in rows]
    if wahl is None:
        return alle
    genannt = filtered_cases(user, stichtag, wahl).filter(
        aktenzeichen__in={row.fall for row in alle}
    )
    passend = set(genannt.values_list("aktenzeichen", flat=True))
    return [row for row in alle if row.fall in passend]
