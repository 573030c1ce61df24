"""Another carrier takes a running grant over: we go on until it does (§ 2 Abs. 3 SGB X)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.html import strip_tags

from budget.folge.schreiben.daten import anhoerung_daten, folge_daten
from budget.folge.schritte import FOLGESCHRITTE, Folgelage
from budget.folge.services import bescheid as folgeservices
from budget.folge.services import wirkung
from budget.models import Anweisung, Traegerwechsel
from budget.models.zahlung import Zahlungswunsch
from budget.traegerwechsel import services
from budget.traegerwechsel.queries import ausschlussfrist_of, rendered_since
from budget.traegerwechsel.schreiben import mitteilung_daten
from budget.verfahren.queries.gebiet import area_on
from budget.zahlung.queries import list_zahlungen, month_of, orders_of
from budget.zahlung.services import record_anweisungen, withdraw_anweisung
from cases.frist.services.frist import keep_frist
from cases.models import User
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.satz.brief import render_html
from cases.states.tafel import SchrittUnzulaessig
from cases.tisch.queries.arbeitstag import arbeitszeilen_of
from tests.budget.folge import geschichte as folge
from tests.budget.traegerwechsel import geschichte
from tests.budget.traegerwechsel.geschichte import HEUTE, UEBERNIMMT
from tests.budget.umzug import geschichte as umzug
from tests.budget.umzug.test_umzug import gebiet
from tests.fabriken import make_traeger, make_user

pytestmark = pytest.mark.django_db
JULI, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


@pytest.fixture
def akte():
    return folge.running()


def kasse() -> User:
    return User.objects.filter(username="kasse").first() or make_user("kasse", "Kasse")


def paid(monat: date) -> list[str]:
    liste = month_of(list_zahlungen(kasse(), monat), monat, monat, orders_of(kasse(), monat))
    return [str(p.rate.betrag) for p in liste.posten]


def order(akte, monat: date) -> None:
    wunsch = Zahlungswunsch(akte.budget.pk, monat, Decimal("1793.00"))
    record_anweisungen(wuensche=[wunsch], by=kasse(), tag=monat)


def letter(art: str, daten: dict) -> str:
    html = render_html(art=art, titel="Brief", daten=daten)
    return " ".join(strip_tags(html).replace("\u00a0", " ").replace("\u2060", "").split())


def anlass(akte, row) -> Schreibanlass:
    return Schreibanlass(case=akte.case, tag=HEUTE, by=akte.fallmanager, gegenstand=row)


def test_from_the_note_to_the_case_that_is_handed_over(akte):
    row = geschichte.record(akte)
    assert (row.state, paid(JULI)) == ("vermerkt", ["1793.00"])
    row = geschichte.promise(akte, row)
    geschichte.tell(akte, row)
    bescheid = geschichte.lift(akte, row)
    assert (bescheid.erster_tag, bescheid.anspruch) == (UEBERNIMMT, "anderer")
    # Paid until the day before the new carrier goes on, nothing after that.
    assert [paid(m) for m in (JULI, AUGUST, SEPTEMBER)] == [["1793.00"], ["1793.00"], []]
    order(akte, JULI)
    order(akte, AUGUST)
    assert rendered_since(row) == Decimal("3586.00")
    # What the Kasse takes back was not rendered and is not asked for.
    withdraw_anweisung(
        anweisung=Anweisung.objects.latest("pk"),
        grund="Zurückgekommen",
        by=kasse(),
        tag=AUGUST,
        nicht_gezahlt=True,
    )
    assert rendered_since(row) == Decimal("1793.00")
    order(akte, AUGUST)
    assert rendered_since(row) == Decimal("3586.00")
    frist = ausschlussfrist_of(row)
    # Twelve months after 31.08.2026, the last day that we have paid for.
    assert (frist.ausloeser_datum, frist.state) == (date(2026, 8, 31), "offen")
    assert frist.ende == date(2027, 8, 31)
    wirkung.begin_wirkungen(tag=SEPTEMBER)
    with pytest.raises(SchrittUnzulaessig, match="Erstattung zwischen Leistungsträgern"):
        services.hand_over(row=row, by=akte.leitung, tag=SEPTEMBER)
    row = services.record_erstattungsverlangen(
        row=row, am=SEPTEMBER, betrag=Decimal("3586.00"), by=akte.fallmanager, tag=SEPTEMBER
    )
    assert ausschlussfrist_of(row).state == "gewahrt"
    (antrag,) = akte.case.antraege.all()
    keep_frist(case=akte.case, gegenstand=antrag, regel="F04", tag=SEPTEMBER, durch="entschieden")
    with pytest.raises(SchrittUnzulaessig, match="vorbehalten"):
        services.hand_over(row=row, by=akte.fallmanager, tag=SEPTEMBER)
    url = reverse("traegerwechsel", args=[akte.case.pk])
    wartet = [
        url in {zeile.url for zeile in arbeitszeilen_of(user, SEPTEMBER)}
        for user in (akte.leitung, akte.fallmanager)
    ]
    assert wartet == [True, False]
    row = services.hand_over(row=row, by=akte.leitung, tag=SEPTEMBER)
    akte.case.refresh_from_db()
    assert (row.state, akte.case.state) == ("abgegeben", "beendet")
    assert akte.case.beendet_art == "traegerwechsel"
    assert akte.case.beendet_grund == "Trägerwechsel: der neue Träger leistet ab dem 01.09.2026"
    laufzeit = akte.case.fristen.filter(state="offen", wirkung="handlung")
    assert not laufzeit.exists()
    with pytest.raises(DatabaseError, match="abgegeben_fest"), transaction.atomic():
        Traegerwechsel.objects.filter(pk=row.pk).update(ab=HEUTE)


@pytest.mark.parametrize(
    ("mehr", "text"),
    [
        ({"grund": "umzug"}, "Umzug allein ändert die Zuständigkeit nicht"),
        ({"grund": "unterbrechung"}, "keine Unterbrechung festgehalten"),
        ({"ab": date(2020, 1, 1)}, "nicht in der Zeit der Bewilligung"),
        ({"bekannt_seit": date(2026, 6, 2)}, "nicht erst in der Zukunft"),
        ({"begruendung": " "}, "woraus sich der Wechsel ergibt"),
    ],
)
def test_refusals_of_the_note(akte, mehr, text):
    with pytest.raises(SchrittUnzulaessig, match=text):
        geschichte.record(akte, **mehr)
    assert not Traegerwechsel.objects.exists()


def test_the_area_of_the_authority_tells_who_stays(akte):
    frueher = {"grund": "umzug", "ab": date(2019, 7, 1)}
    with pytest.raises(SchrittUnzulaessig, match="im eigenen Gebiet") as weigerung:
        geschichte.record(akte, **frueher)
    assert weigerung.value.norm == "§ 98 Abs. 1 S. 1 SGB XII"
    assert area_on(akte.budget, HEUTE) == "innerhalb"
    umzug.move(akte, HEUTE)
    assert area_on(akte.budget, HEUTE) == ""
    assert area_on(akte.budget, HEUTE - timedelta(days=1)) == "innerhalb"
    akte.case.leistungsberechtigte_person.anschriften.update(gemeindeschluessel="08116001")
    assert area_on(akte.budget, HEUTE) == "innerhalb"
    # The list of the authority goes before the Kreis of the old home.
    gebiet("08115 Landkreis Böblingen", date(2026, 5, 1))
    assert area_on(akte.budget, HEUTE) == "ausserhalb"


def test_more_refusals(akte):
    eigener = make_traeger("eingliederungshilfe", "Wir selbst", eigener=True)
    with pytest.raises(SchrittUnzulaessig, match="eigene Behörde"):
        geschichte.record(akte, an=eigener)
    with pytest.raises(SchrittUnzulaessig, match="vorbehalten"):
        geschichte.record(akte, by=make_user("revision", "Revision"))
    row = geschichte.record(akte)
    with pytest.raises(SchrittUnzulaessig, match="schon ein Trägerwechsel"):
        geschichte.record(akte)
    with pytest.raises(SchrittUnzulaessig, match="noch nicht zugesagt"):
        services.decide_aufhebung(row=row, by=akte.fallmanager, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Zuständig ist der andere Träger erst"):
        geschichte.promise(akte, row, uebernimmt_ab=date(2026, 6, 30))
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        geschichte.promise(akte, row, vom=date(2026, 6, 2))
    row = geschichte.promise(akte, row)
    with pytest.raises(SchrittUnzulaessig, match="Angewiesen sind"):
        services.record_erstattungsverlangen(
            row=row, am=HEUTE, betrag=Decimal("0.01"), by=akte.fallmanager, tag=HEUTE
        )
    with pytest.raises(SchrittUnzulaessig, match="Die Bewilligung gilt noch"):
        services.hand_over(row=row, by=akte.leitung, tag=HEUTE)
    with pytest.raises(SchrittUnzulaessig, match="Übernahme zugesagt"):
        services.discard_traegerwechsel(row=row, by=akte.fallmanager, tag=HEUTE)


def test_our_grant_does_not_end_before_the_other_carrier_goes_on(akte):
    row = geschichte.promise(akte, geschichte.record(akte))
    bescheid = services.decide_aufhebung(row=row, by=akte.fallmanager, tag=HEUTE)
    folgeservices.update_folgebescheid(
        row=bescheid, by=akte.fallmanager, tag=HEUTE, angaben={"wirkt_ab": date(2026, 8, 31)}
    )
    bescheid.refresh_from_db()
    tore = FOLGESCHRITTE.tore(Folgelage(akte.leitung, HEUTE, bescheid), "freigeben")
    (tor,) = [t for t in tore if t.titel.startswith("Wechselt der Träger")]
    assert "leistet ab dem 01.09.2026" in tor.hindernis.text
    assert tor.hindernis.norm == "§ 2 Abs. 3 S. 1 SGB X"


def test_another_day_of_the_promise_moves_the_frist_and_none_lifts_it(akte):
    row = geschichte.promise(akte, geschichte.record(akte))
    row = geschichte.promise(akte, row, uebernimmt_ab=date(2026, 10, 1))
    assert ausschlussfrist_of(row).ausloeser_datum == date(2026, 9, 30)
    row = geschichte.promise(akte, row, uebernimmt_ab=row.ab)
    assert ausschlussfrist_of(row).state == "aufgehoben"
    with pytest.raises(SchrittUnzulaessig, match="zu erstatten ist nichts"):
        services.record_erstattungsverlangen(
            row=row, am=HEUTE, betrag=Decimal(1), by=akte.fallmanager, tag=HEUTE
        )


def test_a_change_noted_by_mistake_goes_but_not_after_the_letter(akte):
    row = geschichte.record(akte)
    services.discard_traegerwechsel(row=row, by=akte.fallmanager, tag=HEUTE)
    assert not Traegerwechsel.objects.exists()
    row = geschichte.record(akte)
    geschichte.tell(akte, row)
    with pytest.raises(SchrittUnzulaessig, match="schon unterrichtet"):
        services.discard_traegerwechsel(row=row, by=akte.fallmanager, tag=HEUTE)


def test_what_the_new_carrier_and_the_person_read(akte):
    row = geschichte.record(akte)
    brief = letter("traegerwechsel", mitteilung_daten(anlass(akte, row)))
    for teil in ("1. Juli 2026", "1.793,00 €", "§ 104 Abs. 1 SGB X", "ab welchem Tag", "§ 69"):
        assert teil in brief, teil
    row = geschichte.promise(akte, row)
    brief = letter("traegerwechsel", mitteilung_daten(anlass(akte, row)))
    assert "Wir leisten bis zum 31. August 2026; ab dem 1. September 2026 leisten Sie" in brief
    bescheid = services.decide_aufhebung(row=row, by=akte.fallmanager, tag=HEUTE)
    daten = folge_daten(row=bescheid, datum=HEUTE, empfaenger=["Emil Muster"])
    text = letter("folgebescheid", daten)
    for teil in ("BG Nord", "gegen den Träger, den die Gründe nennen", "§ 2 Abs. 3 S. 1 SGB X"):
        assert teil in text, teil
    assert "von einem anderen Amt" in letter("folgebescheid", daten | {"einfach": True})
    daten = anhoerung_daten(row=bescheid, datum=HEUTE, empfaenger=["Emil Muster"])
    assert "gegen einen anderen Träger" in letter("anhoerung", daten)


def test_the_database_asks_for_a_second_person(akte):
    row = geschichte.promise(akte, geschichte.record(akte))
    with pytest.raises(DatabaseError, match="vier_augen"), transaction.atomic():
        Traegerwechsel.objects.filter(pk=row.pk).update(
            state="abgegeben", abgegeben_von=akte.fallmanager
        )
