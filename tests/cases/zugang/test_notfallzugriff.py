"""Emergency access: reason, sixty minutes, reading only, notices, review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from cases.access import visible_to
from cases.fall.services.notfallzugriff import (
    open_notfallzugriff,
    review_due,
    review_notfallzugriff,
)
from cases.models import (
    Auftrag,
    Case,
    Lesezugriff,
    Notfallzugriff,
    Zugangsmeldung,
    Zugriffsverweigerung,
)
from cases.person.queries.suche import search_cases
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.zugang.conftest import JETZT
from tests.fabriken import make_fall, make_leitung, make_team, make_user

pytestmark = pytest.mark.django_db
GRUND = "Klinik ruft an, Entlassung steht heute an"


def eroeffne(case, by, zeitpunkt=JETZT, grund=GRUND):
    return open_notfallzugriff(
        aktenzeichen=case.aktenzeichen, grund=grund, by=by, zeitpunkt=zeitpunkt
    )


@pytest.mark.parametrize(("sekunden", "status"), [(0, 200), (3599, 200), (3600, 404), (3601, 404)])
def test_access_ends_after_sixty_minutes_to_the_second(client, case, fremd, uhr, sekunden, status):
    eroeffne(case, fremd)
    uhr.move_to(JETZT + timedelta(seconds=sekunden))
    client.force_login(fremd)
    assert client.get(reverse("fall", args=[case.pk])).status_code == status


def test_page_opens_the_case_and_says_how_long(client, case, fremd, leitung, uhr):
    client.force_login(fremd)
    form = {"aktenzeichen": case.aktenzeichen.lower(), "grund": GRUND}
    response = client.post(reverse("notfallzugriff"), form, follow=True)
    assert response.redirect_chain == [(reverse("fall", args=[case.pk]), 302)]
    assert "Der Zugriff endet um 11:00 Uhr, noch 60 Minuten." in response.text
    assert "im Notfallzugriff nur lesen" in response.text
    assert reverse("wiedervorlage_neu", args=[case.pk]) not in response.text


def test_nothing_but_reading_is_possible(client, case, fremd, uhr):
    eroeffne(case, fremd)
    client.force_login(fremd)
    url = reverse("zustaendigkeit", args=[case.pk])
    answers = [client.get(url), client.post(url, {"begruendung": "wohnt hier"})]
    assert [a.status_code for a in answers] == [403, 403]
    assert "können nur lesen" in answers[1].text
    case.refresh_from_db()
    assert case.state == "antrag_eingegangen"
    assert Lesezugriff.objects.count() == 0
    assert Zugriffsverweigerung.objects.count() == 2


def test_case_stays_out_of_lists_and_search(case, fremd, uhr):
    eroeffne(case, fremd)
    tag = JETZT.date()
    assert visible_to(fremd, tag).count() == 0
    assert list(search_cases(fremd, case.aktenzeichen, tag)) == []


def test_read_stands_in_the_log_with_its_own_ground(client, case, fremd, uhr):
    notfall = eroeffne(case, fremd)
    client.force_login(fremd)
    client.get(reverse("fall", args=[case.pk]))
    read = Lesezugriff.objects.get()
    assert (read.grund, read.notfall, read.als) == ("notfall", notfall, "Fallmanagement")


def test_supervisors_and_datenschutz_are_told_without_sozialdaten(
    case, fremd, leitung, datenschutz
):
    notfall = eroeffne(case, fremd)
    told = list(Zugangsmeldung.objects.order_by("user__username").values_list("user__username"))
    assert told == [("datenschutz",), ("fallmanager",), ("leitung",)]
    assert Auftrag.objects.filter(art="zugangsmeldung").count() == 3
    text = Zugangsmeldung.objects.first().text
    person = case.leistungsberechtigte_person
    assert [w for w in (person.nachname, case.aktenzeichen, GRUND) if w in text] == []
    assert "27.11.2026" in text
    assert notfall.pruefen_bis == date(2026, 11, 27)


def test_responsible_person_of_a_protected_case_is_told_too(case, fremd, leitung):
    Case.objects.filter(pk=case.pk).update(geschuetzt=True)
    eroeffne(case, fremd)
    told = set(Zugangsmeldung.objects.values_list("user__username", flat=True))
    assert told == {"leitung", "fallmanager"}


@pytest.mark.parametrize(
    ("tag", "bis"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 12, 23), date(2026, 12, 31)),
        (date(2026, 3, 31), date(2026, 4, 9)),
    ],
)
def test_review_is_due_on_the_fifth_working_day(behoerde, tag, bis):
    assert review_due(tag) == bis


@pytest.mark.parametrize("grund", ["", "x" * 19, "a" + " " * 30 + "b"])
def test_notfall_begruendet(case, fremd, grund):
    with pytest.raises(SchrittUnzulaessig, match="mindestens 20 Zeichen"):
        eroeffne(case, fremd, grund=grund)
    assert eroeffne(case, fremd, grund="x" * 20).pk


def test_notfall_nicht_zu_oft(fallmanager, fremd):
    for _ in range(3):
        eroeffne(make_fall(fallmanager), fremd)
    fourth = make_fall(fallmanager)
    with pytest.raises(SchrittUnzulaessig, match="heute bereits 3"):
        eroeffne(fourth, fremd)
    assert eroeffne(fourth, fremd, zeitpunkt=JETZT + timedelta(days=1)).pk


def test_notfall_nicht_geraten(client, case, fremd, uhr):
    client.force_login(fremd)
    for n in range(11):
        form = {"aktenzeichen": f"EH-1999-{n}", "grund": GRUND}
        assert client.post(reverse("notfallzugriff"), form).status_code == 422
    assert Zugriffsverweigerung.objects.filter(route="notfallzugriff").count() == 11
    form = {"aktenzeichen": case.aktenzeichen, "grund": GRUND}
    response = client.post(reverse("notfallzugriff"), form)
    assert "Zu viele unbekannte Aktenzeichen" in response.text
    assert Notfallzugriff.objects.count() == 0


def test_visible_case_needs_no_emergency(case, fallmanager):
    with pytest.raises(SchrittUnzulaessig, match="auch ohne Notfallzugriff"):
        eroeffne(case, fallmanager)


@pytest.mark.parametrize("rolle", [Rolle.KASSE, Rolle.REVISION, Rolle.BERECHTIGUNG])
def test_only_those_who_work_on_cases_may_open_one(case, rolle):
    with pytest.raises(SchrittUnzulaessig, match="wer Fälle bearbeitet"):
        eroeffne(case, make_user("x", rolle))


def test_supervisor_reviews_once(client, case, fremd, leitung, datenschutz, uhr):
    notfall = eroeffne(case, fremd)
    client.force_login(leitung)
    url = reverse("notfall_pruefen", args=[notfall.pk])
    assert GRUND in client.get(url).text
    form = {"ergebnis": "nicht_berechtigt", "bemerkung": "Die Vertretung war im Haus."}
    assert client.post(url, form).status_code == 302
    notfall.refresh_from_db()
    assert (notfall.ergebnis, notfall.geprueft_von) == ("nicht_berechtigt", leitung)
    with pytest.raises(SchrittUnzulaessig, match="bereits geprüft"):
        review_notfallzugriff(
            notfall=notfall, ergebnis="berechtigt", bemerkung="", by=leitung, zeitpunkt=JETZT
        )
    assert Zugangsmeldung.objects.filter(user=datenschutz).count() == 2


def test_notfall_durch_andere_geprueft(case, fremd, leitung, datenschutz):
    boss = make_leitung("chefin", make_team("Team Süd"))
    notfall = eroeffne(case, fremd)
    for user in (fremd, boss, datenschutz):
        with pytest.raises(SchrittUnzulaessig, match=r"eine andere Person|Leitung dieses Teams"):
            review_notfallzugriff(
                notfall=notfall, ergebnis="berechtigt", bemerkung="", by=user, zeitpunkt=JETZT
            )


def test_datenschutz_reviews_where_no_other_supervisor_leads_the_team(case, datenschutz):
    boss = make_leitung("chefin", make_team("Team Süd"))
    notfall = eroeffne(case, boss)
    row = review_notfallzugriff(
        notfall=notfall, ergebnis="berechtigt", bemerkung="gut", by=datenschutz, zeitpunkt=JETZT
    )
    assert row.geprueft_von == datenschutz


def test_foreign_supervisor_does_not_see_the_review_page(client, case, fremd):
    notfall = eroeffne(case, fremd)
    client.force_login(make_leitung("chefin", make_team("Team Süd")))
    assert client.get(reverse("notfall_pruefen", args=[notfall.pk])).status_code == 404


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM cases_notfallzugriff",
        "UPDATE cases_notfallzugriff SET ende = ende + interval '1 day'",
        "UPDATE cases_notfallzugriff SET pruefen_bis = pruefen_bis + 30",
        "TRUNCATE cases_notfallzugriff CASCADE",
        "DELETE FROM cases_zugangsmeldung",
    ],
)
def test_neither_access_nor_notice_can_be_removed(case, fremd, leitung, sql):
    eroeffne(case, fremd)
    # Else the row just written, not the rule, is what stops TRUNCATE.
    connection.check_constraints()
    with (
        pytest.raises(
            DatabaseError, match=r"Cannot .*(delete|update)|wird nicht geleert|permission denied"
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert (Notfallzugriff.objects.count(), Zugangsmeldung.objects.count()) == (1, 2)


def test_database_refuses_a_review_by_the_reader(case, fremd):
    notfall = eroeffne(case, fremd)
    with pytest.raises(IntegrityError, match="zweite_person"), transaction.atomic():
        Notfallzugriff.objects.filter(pk=notfall.pk).update(
            ergebnis="berechtigt", geprueft_von=fremd, geprueft_am=JETZT
        )


def test_reason_is_stored_encrypted(case, fremd):
    eroeffne(case, fremd)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grund FROM cases_notfallzugriff")
        assert "Klinik" not in cursor.fetchone()[0]


def test_open_review_lies_on_the_desk_of_the_supervisor(client, case, fremd, leitung, uhr):
    notfall = eroeffne(case, fremd)
    client.force_login(leitung)
    assert reverse("notfall_pruefen", args=[notfall.pk]) in client.get("/").text
