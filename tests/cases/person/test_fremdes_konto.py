"""A payee that is not the person needs a second person; every change of account is seen."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Bankverbindung, Case, User
from cases.person.guards.bankverbindung import gehoert_der_person
from cases.person.services.bestaetigung import confirm_bankverbindung
from cases.person.services.person import update_person
from cases.person.services.personenangabe import add_angabe, change_angabe
from cases.states.tafel import SchrittUnzulaessig
from tests.fabriken import HEUTE, make_fall, make_fallmanager, make_leitung, make_person
from tests.fabriken import IBAN as ALT

pytestmark = pytest.mark.django_db
NEU, DRITT = "DE02120300000000202051", "DE02500105170137075030"


@pytest.fixture
def case(fallmanager) -> Case:
    return make_fall(fallmanager, person=make_person("Muster"))


def add(case: Case, inhaber: str, iban: str = NEU, by: User | None = None) -> Bankverbindung:
    konto = add_angabe(
        case=case,
        modell=Bankverbindung,
        werte={"iban": iban, "kontoinhaber": inhaber},
        gueltig_ab=HEUTE,
        by=by or case.caseworker,
        tag=HEUTE,
    )
    assert isinstance(konto, Bankverbindung)
    return konto


def change(konto: Bankverbindung, case: Case, **neu: object) -> None:
    werte = {"iban": konto.iban, "kontoinhaber": konto.kontoinhaber}
    zeit = {"gueltig_ab": konto.gueltig_ab, "gueltig_bis": konto.gueltig_bis}
    change_angabe(
        case=case,
        angabe=konto,
        werte={name: neu.get(name, wert) for name, wert in werte.items()},
        by=case.caseworker,
        tag=HEUTE,
        **{name: neu.get(name, wert) for name, wert in zeit.items()},
    )


def iban(case: Case, tag: date = HEUTE) -> str:
    person = type(case.leistungsberechtigte_person).objects.get(
        pk=case.leistungsberechtigte_person_id
    )
    return str(person.iban_am(tag))


@pytest.mark.parametrize(
    ("inhaber", "eigenes"),
    [
        ("Emil Muster", True),
        ("MUSTER, EMIL", True),
        ("Herr Dr. Emil Muster", True),
        ("Muster", False),
        ("Emil", False),
        ("Emil Muster und Petra Muster", False),
        ("Petra Muster", False),
        ("Betreuungsverein Musterau e. V.", False),
        ("", False),
    ],
)
def test_whose_account_it_is(db, inhaber, eigenes):
    assert gehoert_der_person(inhaber, make_person("Muster")) is eigenes


def test_umlauts_and_second_names_are_the_same_person(db):
    person = make_person("Müller-Çelik", vorname="Jörg Ömer")
    assert gehoert_der_person("JOERG MUELLER CELIK", person)
    assert gehoert_der_person("Ömer Müller-Celik", person)


def test_account_of_somebody_else_pays_nothing_before_a_second_person(case, leitung):
    konto = add(case, "Petra Muster")
    assert (konto.wartet, iban(case)) == (True, ALT)
    confirm_bankverbindung(case=case, konto=konto, by=leitung, tag=HEUTE)
    assert iban(case) == NEU
    assert iban(case, HEUTE - timedelta(days=1)) == ALT


def test_own_account_holds_at_once_and_says_since_when(case):
    konto = add(case, "Emil Muster")
    assert (konto.wartet, iban(case), konto.geaendert_am) == (False, NEU, HEUTE)


def test_first_account_is_no_change(fallmanager):
    case = make_fall(fallmanager, person=make_person("Muster", iban=""))
    assert add(case, "Emil Muster").geaendert_am is None


def namesake(user: User, of: User) -> User:
    User.objects.filter(pk=user.pk).update(first_name=of.first_name, last_name=of.last_name)
    return User.objects.get(pk=user.pk)


def test_who_entered_or_is_paid_does_not_confirm(case, leitung):
    eigenes = add(case, "Petra Muster", by=leitung)
    fremd = make_fallmanager("fremd")
    for by, satz in (
        (leitung, "selbst eingetragen"),
        (namesake(make_leitung("zweitkonto"), leitung), "selbst eingetragen"),
        (fremd, "Sachgebietsleitung"),
    ):
        with pytest.raises(SchrittUnzulaessig, match=satz):
            confirm_bankverbindung(case=case, konto=eigenes, by=by, tag=HEUTE)
    auf_sie = add(case, leitung.get_full_name(), DRITT)
    with pytest.raises(SchrittUnzulaessig, match="in Ihrem Namen"):
        confirm_bankverbindung(case=case, konto=auf_sie, by=leitung, tag=HEUTE)
    assert iban(case) == ALT


def test_no_correction_leads_past_the_second_person(case, leitung):
    alt = case.leistungsberechtigte_person.bankverbindungen.get()
    for neu in ({"kontoinhaber": "Petra Muster"}, {"kontoinhaber": "Petra Muster", "iban": NEU}):
        with pytest.raises(SchrittUnzulaessig, match="neue Bankverbindung"):
            change(alt, case, **neu)
    fremd = add(case, "Petra Muster")
    confirm_bankverbindung(case=case, konto=fremd, by=leitung, tag=HEUTE)
    fremd.refresh_from_db()
    for neu in ({"iban": DRITT}, {"kontoinhaber": "Emil Muster"}, {"gueltig_ab": date(1999, 1, 1)}):
        with pytest.raises(SchrittUnzulaessig, match="neue Bankverbindung"):
            change(fremd, case, **neu)
    change(fremd, case, gueltig_bis=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="neue Bankverbindung"):
        change(fremd, case, gueltig_bis=None)
    assert (iban(case), iban(case, HEUTE + timedelta(days=1))) == (NEU, "")


def test_waiting_account_is_not_turned_into_one_that_holds(case):
    konto = add(case, "Petra Muster")
    with pytest.raises(SchrittUnzulaessig, match="neue Bankverbindung"):
        change(konto, case, kontoinhaber="Emil Muster")
    with pytest.raises(IntegrityError, match="bankverbindung_vier_augen"), transaction.atomic():
        Bankverbindung.objects.filter(pk=konto.pk).update(
            wartet=False, bestaetigt_von=case.caseworker, bestaetigt_am=HEUTE
        )


def test_corrected_account_is_a_changed_one(case):
    alt = case.leistungsberechtigte_person.bankverbindungen.get()
    change(alt, case, iban=NEU)
    alt.refresh_from_db()
    assert (alt.geaendert_am, alt.bearbeitet_von) == (HEUTE, case.caseworker)


def test_in_an_ended_case_one_person_alone_changes_no_account(case, leitung):
    Case.objects.filter(pk=case.pk).update(
        state="beendet", beendet_am=HEUTE, beendet_art="sonstiges"
    )
    case.refresh_from_db()
    alt = case.leistungsberechtigte_person.bankverbindungen.get()
    for inhaber in ("Petra Muster", "Emil Muster"):
        konto = add(case, inhaber)
        assert (konto.wartet, iban(case)) == (True, ALT)
    with pytest.raises(SchrittUnzulaessig, match="Fall ist beendet"):
        change(alt, case, iban=NEU)


def test_pages_say_it_and_confirm_it(client, case, leitung):
    konto = add(case, "Petra Muster")
    person = reverse("fall_person", args=[case.pk])
    seite = reverse("angabe", args=[case.pk, "bankverbindungen", konto.pk])
    knopf = reverse("konto_bestaetigen", args=[case.pk, konto.pk])
    client.force_login(case.caseworker)
    assert "wartet auf eine zweite Person" in client.get(person).text
    assert client.post(knopf).status_code == 403
    client.force_login(leitung)
    assert "Konto bestätigen" in client.get(seite).text
    text = client.post(knopf, follow=True).text
    assert "Das Konto ist bestätigt" in text
    assert "Konto geändert am" in text


@pytest.mark.parametrize("weg", ["angabe_neu", "angabe", "angabe_loeschen", "konto_bestaetigen"])
def test_account_asks_for_a_fresh_confirmation(client, case, leitung, weg):
    konto = add(case, "Petra Muster")
    client.force_login(leitung)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    args = {
        "angabe_neu": [case.pk, "bankverbindungen"],
        "konto_bestaetigen": [case.pk, konto.pk],
    }.get(weg, [case.pk, "bankverbindungen", konto.pk])
    antwort = client.post(reverse(weg, args=args), {"iban": NEU, "text": "falsch"})
    assert antwort["Location"].startswith(reverse("account_reauthenticate"))
    assert Bankverbindung.objects.filter(pk=konto.pk, wartet=True).exists()


def rename(case: Case, vorname: str, nachname: str, by: User) -> None:
    """Rename the person as a request would: the history notes who sent it."""
    with pghistory.context(user=by.pk):
        update_person(case=case, werte={"vorname": vorname, "nachname": nachname}, by=by, tag=HEUTE)
    case.refresh_from_db()


def test_who_renames_the_person_does_not_make_an_account_hers(case, leitung):
    """Rename, enter the account of somebody else under that name, rename back."""
    by = case.caseworker
    rename(case, "Tina", "Täterin", by)
    zweitkonto = namesake(make_fallmanager("zweitkonto"), by)
    for wer, nummer in ((by, NEU), (zweitkonto, DRITT)):
        assert add(case, "Tina Täterin", nummer, by=wer).wartet
    alt = case.leistungsberechtigte_person.bankverbindungen.get(wartet=False)
    with pytest.raises(SchrittUnzulaessig, match="neue Bankverbindung"):
        change(alt, case, kontoinhaber="Tina Täterin", iban=NEU)
    rename(case, "Emil", "Muster", by)
    assert iban(case) == ALT


def test_new_name_by_somebody_else_or_the_name_before_is_hers(case, leitung):
    rename(case, "Emil", "Neumann", leitung)
    assert not add(case, "Emil Neumann").wartet
    rename(case, "Emil", "Altmann", case.caseworker)
    assert add(case, "Emil Altmann", DRITT).wartet
