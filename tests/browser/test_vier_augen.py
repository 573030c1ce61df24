"""Whoever gains does not decide alone, told in the browser: account, absence, protection, payee."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Abwesenheit, Bankverbindung, Case, Personenschutz, User
from cases.states.rolle import Rolle
from tests import uhr
from tests.fabriken import make_fall, make_fallmanager, make_leitung, make_person, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leute(behoerde):
    return {
        "fallmanager": make_fallmanager(),
        "kollegin": make_fallmanager("kollegin"),
        "leitung": make_leitung(),
        "datenschutz": make_user("datenschutz", Rolle.DATENSCHUTZ),
        "erste": make_user("erste", Rolle.BERECHTIGUNG),
        "zweite": make_user("zweite", Rolle.BERECHTIGUNG),
    }


def zeigt(seite, text: str) -> None:
    assert text in seite.text(), seite.text()


def sieht_gut_aus(seite) -> None:
    seite.ohne_barrieren()
    seite.passt_in(320)


def test_nobody_takes_an_account_over_alone(neue_seite, leute):
    vorher = User.objects.get(username="zweite").password
    angriff = neue_seite()
    angriff.anmelden("erste")
    for vorgang, knopf in (
        ("startpasswort", "Startpasswort setzen"),
        ("zweiter-faktor", "Zweiten Faktor zurücksetzen"),
    ):
        angriff.offen(f"/konten/{leute['zweite'].pk}/aendern/{vorgang}/")
        sieht_gut_aus(angriff)
        angriff.page.fill("[name=begruendung]", "angeblich verloren")
        angriff.klick(knopf)
        zeigt(angriff, "wartet auf die Bestätigung durch eine zweite Person")
    angriff.offen(f"/konten/{leute['zweite'].pk}/angaben/")
    angriff.page.fill("[name=email]", "angreifer@example.org")
    angriff.klick("Speichern")
    assert User.objects.get(username="zweite").email == "zweite@landkreis-musterau.example"
    assert User.objects.get(username="zweite").password == vorher
    opfer = neue_seite()
    opfer.anmelden("zweite")
    opfer.offen("/anmeldungen/")
    zeigt(opfer, "ein neues Startpasswort zu setzen")
    zeigt(opfer, "Ihre E-Mail-Adresse zu ändern")
    sieht_gut_aus(opfer)
    wache = neue_seite()
    wache.anmelden("datenschutz")
    wache.offen("/datenschutz/anmeldungen/")
    zeigt(wache, "angemeldet")
    sieht_gut_aus(wache)


def test_absence_for_others_waits_for_the_person(neue_seite, leute):
    make_fall(leute["fallmanager"])
    leitung, person = neue_seite(), neue_seite()
    leitung.anmelden("leitung")
    leitung.offen("/abwesenheiten/neu/")
    leitung.page.select_option("select[name=user]", str(leute["fallmanager"].pk))
    leitung.page.fill("input[name=bis]", "31.12.2099")
    leitung.page.select_option("select[name=vertretung]", str(leute["kollegin"].pk))
    leitung.klick("Abwesenheit eintragen")
    zeigt(leitung, "wartet auf eine zweite Person")
    sieht_gut_aus(leitung)
    person.anmelden("fallmanager")
    person.offen("/abwesenheiten/")
    sieht_gut_aus(person)
    person.klick("Bestätigen")
    zeigt(person, "Die Abwesenheit ist bestätigt.")
    assert Abwesenheit.objects.get().wirksam


def test_protection_closes_at_once_and_opens_by_two(neue_seite, leute):
    case = make_fall(leute["fallmanager"])
    person, leitung = neue_seite(), neue_seite()
    person.anmelden("fallmanager")
    person.offen(reverse("schutz", args=[case.pk]))
    sieht_gut_aus(person)
    person.klick("Person schützen")
    person.page.select_option("select[name=grund]", "gefahr")
    person.page.fill("[name=begruendung]", "Bedrohung, Schutzanordnung liegt vor")
    sieht_gut_aus(person)
    person.klick("Person schützen")
    zeigt(person, "Die Person ist geschützt.")
    zeigt(person, "Sie haben diesen Schutz selbst gesetzt.")
    sieht_gut_aus(person)
    assert Case.objects.get(pk=case.pk).geschuetzt
    kollegin = neue_seite()
    kollegin.anmelden("kollegin")
    assert kollegin.offen(f"/faelle/{case.pk}/") == 404
    leitung.anmelden("leitung")
    leitung.offen(reverse("schutz", args=[case.pk]))
    leitung.klick("Schutz bestätigen")
    zeigt(leitung, "Der Schutz ist bestätigt.")
    leitung.klick("Aufhebung beantragen")
    leitung.page.fill("[name=text]", "Täter ist verzogen")
    leitung.klick("Aufhebung beantragen")
    zeigt(leitung, "Sie haben die Aufhebung selbst beantragt.")
    person.offen(reverse("schutz", args=[case.pk]))
    person.klick("Schutz aufheben")
    zeigt(person, "Der Schutz ist aufgehoben.")
    assert Personenschutz.objects.get().aufgehoben_von == leute["fallmanager"]
    assert kollegin.offen(f"/faelle/{case.pk}/") == 200


def test_account_of_somebody_else_waits_for_the_leitung(neue_seite, leute):
    case = make_fall(leute["fallmanager"], person=make_person("Muster"))
    person, leitung = neue_seite(), neue_seite()
    person.anmelden("fallmanager")
    person.offen(reverse("angabe_neu", args=[case.pk, "bankverbindungen"]))
    person.page.fill("[name=iban]", "DE02 1203 0000 0000 2020 51")
    person.page.fill("[name=kontoinhaber]", "Petra Muster")
    person.page.fill("[name=gueltig_ab]", f"{uhr.HEUTE:%d.%m.%Y}")
    person.klick("Speichern")
    zeigt(person, "wartet auf eine zweite Person, wird nicht bezahlt")
    sieht_gut_aus(person)
    konto = Bankverbindung.objects.get(wartet=True)
    leitung.anmelden("leitung")
    leitung.offen(reverse("angabe", args=[case.pk, "bankverbindungen", konto.pk]))
    sieht_gut_aus(leitung)
    leitung.klick("Konto bestätigen")
    zeigt(leitung, "Das Konto ist bestätigt.")
    konto.refresh_from_db()
    assert (konto.wartet, konto.bestaetigt_von) == (False, leute["leitung"])
