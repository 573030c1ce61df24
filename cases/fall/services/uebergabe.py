"""Handover of one or many cases: at once, by sets, told to all, undone within a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from cases.fall.guards.uebergabe import (
    darf_uebergeben,
    fall_kann_zurueck,
    kann_uebernehmen,
    uebergabe_binnen_eines_tages,
    uebergabe_gibt_sich_niemand_selbst,
)
from cases.fall.queries.uebergabe import distribute, movable_cases, split
from cases.guards import refuse
from cases.models import (
    Case,
    Ereignis,
    Meldungsart,
    Uebergabe,
    Uebergabemeldung,
    Uebergabezeile,
    User,
    Wiedervorlage,
)
from cases.services.ereignis import gegenstand_of
from cases.services.sperre import lock_cases
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig

_JE_SCHUB = 1000


@transaction.atomic
def hand_over(
    *,
    case_ids: Sequence[int],
    an: Sequence[User],
    grund: str,
    by: User,
    zeitpunkt: datetime,
    geschuetzte: bool = False,
) -> Uebergabe:
    """Hand cases to one or several new owners, evenly, and tell everybody concerned.

    Each case goes to the team of its new owner; open Wiedervorlagen of the old owner move along.
    Cases that cannot go stay (see `fall_kann_wechseln`). The number of statements does not grow
    with the number of cases.

    Raises SchrittUnzulaessig without the right, without a new owner who can take cases, when `by`
    would keep what is seen for some days only, or when no case can go.
    """
    refuse(darf_uebergeben(by))
    if not an:
        raise SchrittUnzulaessig("Bitte wählen Sie, wer die Fälle übernimmt.")
    for user in an:
        refuse(kann_uebernehmen(user))
    cases = _lock(case_ids, by, _tag(zeitpunkt))
    refuse(uebergabe_gibt_sich_niemand_selbst(cases, an, by))
    gehen, bleiben = split(cases, an, geschuetzte)
    if not gehen:
        grund_text = bleiben[0][1] if len(bleiben) == 1 else "Keiner der Fälle kann wechseln."
        raise SchrittUnzulaessig(grund_text if bleiben else "Die Auswahl enthält keinen Fall.")
    uebergabe = Uebergabe.objects.create(grund=grund, zeit=zeitpunkt, durch=by, anzahl=len(gehen))
    zeilen = _write_zeilen(uebergabe, distribute(gehen, an))
    neu = Uebergabezeile.objects.filter(uebergabe=uebergabe, case=OuterRef("pk"))
    Case.objects.filter(uebergabezeilen__uebergabe=uebergabe).update(
        caseworker_id=Subquery(neu.values("an_user")[:1]),
        team_id=Subquery(neu.values("an_team")[:1]),
    )
    _move_reminders(uebergabe, zeilen, "an_user")
    _record(uebergabe, zeilen, by, _tag(zeitpunkt), _uebergeben)
    _tell(uebergabe, zeilen, by)
    return uebergabe


@transaction.atomic
def undo_uebergabe(*, uebergabe: Uebergabe, by: User, zeitpunkt: datetime) -> Uebergabe:
    """Take a handover back within 24 hours; cases that changed hands again stay, with the reason.

    Open Wiedervorlagen that moved along go back, too. Raises SchrittUnzulaessig when no case can
    go back.
    """
    row = Uebergabe.objects.select_for_update().get(pk=uebergabe.pk)
    refuse(darf_uebergeben(by))
    refuse(uebergabe_binnen_eines_tages(row, zeitpunkt))
    if by.pk != row.durch_id and not _leads_any(by, row):
        raise SchrittUnzulaessig(
            "Rückgängig macht eine Übergabe, wer sie veranlasst hat oder eines der Teams leitet.",
            "§ 35 Abs. 1 S. 2 SGB I",
        )
    zurueck = _split_zurueck(row)
    if not zurueck:
        raise SchrittUnzulaessig("Keiner der Fälle kann zurück: Alle sind inzwischen woanders.")
    alt = Uebergabezeile.objects.filter(uebergabe=row, case=OuterRef("pk"))
    Case.objects.filter(uebergabezeilen__uebergabe=row, uebergabezeilen__zurueck=True).update(
        caseworker_id=Subquery(alt.values("von_user")[:1]),
        team_id=Subquery(alt.values("von_team")[:1]),
    )
    _move_reminders(row, zurueck, "von_user")
    row.zurueck_zeit, row.zurueck_durch = zeitpunkt, by
    row.save(update_fields=["zurueck_zeit", "zurueck_durch"])
    _record(row, zurueck, by, _tag(zeitpunkt), _zurueckgegeben)
    _tell_undone(row, zurueck, by)
    return row


@transaction.atomic
def note_uebergabe(*, uebergabe: Uebergabe, by: User, tag: date) -> int:
    """Take note of a handover; its rows leave the desk. Twice changes nothing."""
    return Uebergabemeldung.objects.filter(
        uebergabe=uebergabe, user=by, gelesen_am__isnull=True
    ).update(gelesen_am=tag)


def _tag(zeitpunkt: datetime) -> date:
    return timezone.localtime(zeitpunkt).date()


def _lock(case_ids: Sequence[int], by: User, stichtag: date) -> list[Case]:
    """Lock the cases in the order of their ids; a case of a foreign team ends the step."""
    erlaubt = movable_cases(by, stichtag).order_by().filter(pk__in=case_ids).values("pk")
    cases = list(
        Case.objects.select_for_update(no_key=True, of=("self",))
        .select_related("leistungsberechtigte_person", "caseworker", "team")
        .filter(pk__in=erlaubt)
        .order_by("pk")
    )
    if len(cases) != len(set(case_ids)):
        raise SchrittUnzulaessig(
            "Mindestens ein Fall gehört nicht mehr zu Ihren Teams. Bitte prüfen Sie die Vorschau.",
            "§ 35 Abs. 1 S. 2 SGB I",
        )
    return cases


def _write_zeilen(uebergabe: Uebergabe, paare: list[tuple[Case, User]]) -> list[Uebergabezeile]:
    mit: dict[int, list[int]] = {}
    offen = Wiedervorlage.objects.filter(
        case__in=[case.pk for case, _ in paare],
        erledigt_am__isnull=True,
        user=F("case__caseworker"),
    )
    for pk, case_id in offen.order_by("pk").values_list("pk", "case"):
        mit.setdefault(case_id, []).append(pk)
    return Uebergabezeile.objects.bulk_create(
        [
            Uebergabezeile(
                uebergabe=uebergabe,
                case=case,
                von_user=case.caseworker,
                von_team=case.team,
                an_user=ziel,
                an_team=ziel.team,
                wiedervorlagen=mit.get(case.pk, []),
            )
            for case, ziel in paare
        ]
    )


def _move_reminders(uebergabe: Uebergabe, zeilen: list[Uebergabezeile], ziel: str) -> None:
    """Give open Wiedervorlagen of these rows to the owner named by `ziel`."""
    ids = [pk for zeile in zeilen for pk in zeile.wiedervorlagen]
    if not ids:
        return
    von = "von_user" if ziel == "an_user" else "an_user"
    zeile = Uebergabezeile.objects.filter(uebergabe=uebergabe, case=OuterRef("case"))
    Wiedervorlage.objects.filter(
        pk__in=ids, erledigt_am__isnull=True, user=Subquery(zeile.values(von)[:1])
    ).update(user_id=Subquery(zeile.values(ziel)[:1]))


def _split_zurueck(uebergabe: Uebergabe) -> list[Uebergabezeile]:
    """Lock the cases, mark what goes back, write down why the rest stays."""
    ids = list(uebergabe.zeilen.order_by("case_id").values_list("case_id", flat=True))
    lock_cases(ids)
    weitergegeben = set(
        Uebergabezeile.objects.filter(
            case__in=ids, uebergabe__gt=uebergabe.pk, zurueck=False
        ).values_list("case", flat=True)
    )
    zurueck: list[Uebergabezeile] = []
    bleiben: list[Uebergabezeile] = []
    for zeile in _mit_personen(uebergabe.zeilen.all()):
        hindernis = fall_kann_zurueck(zeile, weitergegeben)
        zeile.zurueck = hindernis is None
        zeile.bleibt_weil = hindernis.text if hindernis else ""
        (bleiben if hindernis else zurueck).append(zeile)
    Uebergabezeile.objects.filter(pk__in=[z.pk for z in zurueck]).update(zurueck=True)
    Uebergabezeile.objects.bulk_update(bleiben, ["bleibt_weil"], batch_size=_JE_SCHUB)
    return zurueck


def _mit_personen(rows: QuerySet[Uebergabezeile]) -> QuerySet[Uebergabezeile]:
    return rows.select_related("case", "von_user", "an_user", "von_team", "an_team")


def _uebergeben(zeile: Uebergabezeile, grund: str) -> str:
    wechsel = f" ({zeile.von_team} an {zeile.an_team})" if zeile.von_team != zeile.an_team else ""
    return (
        f"Fall übergeben von {zeile.von_user.get_full_name()} an "
        f"{zeile.an_user.get_full_name()}{wechsel}: {grund}"
    )


def _zurueckgegeben(zeile: Uebergabezeile, grund: str) -> str:
    return (
        f"Übergabe rückgängig gemacht: zurück von {zeile.an_user.get_full_name()} an "
        f"{zeile.von_user.get_full_name()}"
    )


def _record(
    uebergabe: Uebergabe,
    zeilen: list[Uebergabezeile],
    by: User,
    tag: date,
    satz: Callable[[Uebergabezeile, str], str],
) -> None:
    """Write one line of the Chronik per case."""
    Ereignis.objects.bulk_create(
        [
            Ereignis(
                case_id=zeile.case_id,
                user=by,
                am=tag,
                art="uebergabe",
                text=satz(zeile, uebergabe.grund)[:500],
                gegenstand=gegenstand_of(uebergabe),
            )
            for zeile in zeilen
        ]
    )


def _tell(uebergabe: Uebergabe, zeilen: list[Uebergabezeile], by: User) -> None:
    """Tell the old and the new owners and the supervisors of both teams."""
    zahlen: Counter[tuple[int, str]] = Counter()
    for zeile in zeilen:
        zahlen[zeile.von_user_id, Meldungsart.ABGEGEBEN] += 1
        zahlen[zeile.an_user_id, Meldungsart.UEBERNOMMEN] += 1
    for leitung, anzahl in _supervisors(zeilen).items():
        zahlen[leitung, Meldungsart.LEITUNG] += anzahl
    _write_meldungen(uebergabe, zahlen, by)


def _tell_undone(uebergabe: Uebergabe, zeilen: list[Uebergabezeile], by: User) -> None:
    zahlen: Counter[tuple[int, str]] = Counter()
    for zeile in zeilen:
        zahlen[zeile.von_user_id, Meldungsart.ZURUECK] += 1
        zahlen[zeile.an_user_id, Meldungsart.ZURUECK] += 1
    for leitung, anzahl in _supervisors(zeilen).items():
        zahlen[leitung, Meldungsart.ZURUECK] = max(zahlen[leitung, Meldungsart.ZURUECK], anzahl)
    _write_meldungen(uebergabe, zahlen, by)


def _supervisors(zeilen: Iterable[Uebergabezeile]) -> dict[int, int]:
    """Return the supervisors of the teams touched, with the number of cases of their teams."""
    teams: Counter[int] = Counter()
    rows = list(zeilen)
    for zeile in rows:
        teams.update({zeile.von_team_id, zeile.an_team_id})
    leitungen: dict[int, set[int]] = {}
    verbindung = User.geleitete_teams.through.objects.filter(
        team__in=list(teams), user__groups__name=Rolle.LEITUNG
    )
    for user_id, team_id in verbindung.values_list("user_id", "team_id"):
        leitungen.setdefault(user_id, set()).add(team_id)
    return {
        user_id: sum(1 for z in rows if {z.von_team_id, z.an_team_id} & geleitet)
        for user_id, geleitet in leitungen.items()
    }


def _write_meldungen(uebergabe: Uebergabe, zahlen: Counter[tuple[int, str]], by: User) -> None:
    Uebergabemeldung.objects.bulk_create(
        [
            Uebergabemeldung(uebergabe=uebergabe, user_id=user_id, art=art, anzahl=anzahl)
            for (user_id, art), anzahl in sorted(zahlen.items())
            if user_id != by.pk and anzahl
        ]
    )


def _leads_any(by: User, uebergabe: Uebergabe) -> bool:
    led = by.geleitete_teams.order_by().values("pk")
    return uebergabe.zeilen.filter(von_team__in=led).exists()
