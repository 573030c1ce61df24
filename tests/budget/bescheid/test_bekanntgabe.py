"""What a corrected Bekanntgabe does to Bescheid, budget and case; and a release that is renewed."""

from __future__ import annotations

from datetime import date

import pytest

from budget.bescheid.schreiben.rechtsbehelf import belehrung_mangel, rechtsbehelfsbelehrung
from budget.bescheid.services.bescheid import (
    draft_bescheid,
    keep_entscheidung,
    release_bescheid,
    reopen_bescheid,
    submit_bescheid,
)
from budget.bescheid.services.wirksamkeit import begin_wirkungen
from budget.folge.queries import anfechtbare_of
from budget.zahlung.queries import list_zahlungen
from cases.frist.queries import fristen_of
from cases.models import Behoerde, Frist, Schreiben, Vertretungsverhaeltnis
from cases.schreiben.services.abdruck import hand_copy
from cases.schreiben.services.bekanntgabe import correct_bekanntgabe, record_nichtzugang
from cases.schreiben.services.schreiben import pdf_of
from cases.schreiben.services.versand import record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_user, norm_of

pytestmark = pytest.mark.django_db

BEKANNT = date(2026, 4, 24)
ZURUECK = date(2026, 5, 4)
WIRKT = ("laeuft", "leistung_laeuft")
WARTET = ("vereinbart", "geplant")


@pytest.fixture
def frei() -> fabriken.Akte:
    return fabriken.tell("frei", fabriken.B)


def _post(akte, tag=None, *, ausland=False):
    tag = tag or akte.tage.bescheid
    schreiben = akte.bescheid.schreiben
    row = send(schreiben=schreiben, weg="post", by=akte.fallmanager, tag=tag, ausland=ausland)
    return record_aufgabe(versand=row, aufgabe_am=tag, by=akte.fallmanager, tag=tag)


def test_a_copy_of_the_bescheid_grants_pays_and_starts_nothing(frei):
    Vertretungsverhaeltnis.objects.create(
        leistungsberechtigte_person=frei.case.leistungsberechtigte_person,
        art="betreuung",
        nachname="Sommer",
        vorname="Beate",
        strasse="Platz 7",
        plz="70999",
        ort="Musterau",
        aufgabenkreise=["gesundheit", "behoerden"],
        gueltig_ab=frei.tage.bescheid,
    )
    vorher = _stand(frei)
    hand_copy(
        schreiben=frei.bescheid.schreiben,
        an="Beate Sommer",
        am=frei.tage.bescheid,
        by=frei.fallmanager,
        tag=frei.tage.bescheid,
    )
    begin_wirkungen(tag=ZURUECK)
    assert _stand(frei) == vorher
    assert vorher[:2] == ("freigegeben", "vereinbart")
    assert not Frist.objects.filter(case=frei.case, regel__in=("F30", "F51", "F52")).exists()
    assert anfechtbare_of(frei.case) == []
    assert list_zahlungen(make_user("kasse", "Kasse"), ZURUECK) == []


def _come_back(akte, versand, am=ZURUECK):
    return record_nichtzugang(
        versand=versand, am=am, feststellung="verzogen", by=akte.fallmanager, tag=am
    )


def _correct(akte, versand, tag=ZURUECK, **felder):
    werte = {"zugang_am": None, "ausland": False, "rbb": "richtig", "feststellung": "Rückschein"}
    return correct_bekanntgabe(versand=versand, by=akte.fallmanager, tag=tag, **(werte | felder))


def _stand(akte) -> tuple[str, str, str]:
    for row in (akte.bescheid, akte.budget, akte.case):
        row.refresh_from_db()
    return akte.bescheid.state, akte.budget.state, akte.case.state


def _fristen(akte, *regeln) -> dict[str, str]:
    rows = Frist.objects.filter(case=akte.case, regel__in=regeln).exclude(state="aufgehoben")
    return dict(rows.values_list("regel", "state"))


def test_returned_before_the_day_it_never_took_effect(frei):
    versand = _post(frei)
    _come_back(frei, versand, date(2026, 4, 23))
    begin_wirkungen(tag=BEKANNT)
    assert _stand(frei) == ("freigegeben", *WARTET)
    assert _fristen(frei, "F30", "F51", "F54") == {"F54": "offen"}


def test_returned_after_the_day_takes_every_effect_back(frei):
    versand = _post(frei)
    begin_wirkungen(tag=BEKANNT)
    assert _stand(frei) == ("versandt", *WIRKT)
    _come_back(frei, versand)
    assert _stand(frei) == ("freigegeben", *WARTET)
    assert _fristen(frei, "F30", "F31", "F51", "F54") == {"F54": "offen"}
    # A new dispatch begins anew with its own day.
    neu = _post(frei, date(2026, 5, 5))
    begin_wirkungen(tag=neu.bekanntgabe)
    assert _stand(frei) == ("versandt", *WIRKT)
    assert _fristen(frei, "F30", "F31", "F51", "F54") == dict.fromkeys(
        ("F30", "F31", "F51"), "offen"
    )


def test_returned_lets_the_decision_wait_again_where_bekanntgabe_counts(frei):
    # The own value of the authority: F04 is met with the Bekanntgabe only.
    Frist.objects.filter(case=frei.case, regel="F04").update(
        erledigt_durch="Bescheid bekannt gegeben"
    )
    versand = _post(frei)
    begin_wirkungen(tag=BEKANNT)
    _come_back(frei, versand)
    assert _fristen(frei, "F04") == {"F04": "offen"}


def test_another_sending_keeps_the_bescheid_in_effect(frei):
    versand = _post(frei)
    send(
        schreiben=frei.bescheid.schreiben,
        weg="uebergabe",
        by=frei.fallmanager,
        tag=date(2026, 4, 27),
    )
    begin_wirkungen(tag=BEKANNT)
    _come_back(frei, versand)
    assert _stand(frei) == ("versandt", *WIRKT)
    f51 = Frist.objects.exclude(state="aufgehoben").get(case=frei.case, regel="F51")
    assert f51.ausloeser_datum == date(2026, 4, 27)


def test_abroad_the_bescheid_says_three_months_and_waits_for_the_proof():
    akte = fabriken.tell("vereinbart", fabriken.B)
    tag = akte.tage.bescheid
    row = draft_bescheid(
        budget=akte.budget,
        erste_auszahlung=akte.tage.beginn,
        begruendung="x",
        ausland=True,
        by=akte.fallmanager,
        tag=tag,
    )
    submit_bescheid(bescheid=row, by=akte.fallmanager, tag=tag)
    akte.bescheid = release_bescheid(bescheid=row, by=akte.leitung, tag=tag)
    assert "innerhalb von drei Monaten" in akte.bescheid.schreiben.daten["rechtsbehelf"][0]
    with pytest.raises(SchrittUnzulaessig, match="nennt drei Monate; bei einer Sendung im Inland"):
        _post(akte)
    versand = _post(akte, ausland=True)
    begin_wirkungen(tag=ZURUECK)
    assert _stand(akte) == ("versandt", *WARTET)
    _correct(akte, versand, ausland=True, zugang_am=date(2026, 4, 30))
    assert _stand(akte) == ("versandt", *WIRKT)
    f51 = Frist.objects.get(case=akte.case, regel="F51")
    assert (f51.ausloeser_datum, f51.ende) == (date(2026, 4, 30), date(2026, 7, 30))


def test_later_receipt_reopens_what_was_bestandskraeftig(frei):
    versand = _post(frei)
    begin_wirkungen(tag=BEKANNT)
    frei.bescheid.refresh_from_db()
    frei.bescheid.state = "bestandskraeftig"
    frei.bescheid.save(update_fields=["state"])
    _correct(frei, versand, date(2026, 6, 1), zugang_am=date(2026, 5, 15))
    assert _stand(frei) == ("versandt", *WIRKT)
    assert frei.case.ereignisse.filter(text__startswith="Widerspruchsfrist läuft wieder").exists()


# ------------------------------------------------------------------ the Belehrung


@pytest.mark.parametrize(
    ("ausland", "satz"), [(False, "innerhalb eines Monats"), (True, "innerhalb von drei Monaten")]
)
def test_belehrung_names_the_frist_of_the_place(behoerde, ausland, satz):
    # § 84 Abs. 1 S. 1 and 2 SGG
    text = rechtsbehelfsbelehrung(date(2026, 4, 20), Behoerde.objects.get(), ausland=ausland)[0]
    assert satz in text


@pytest.mark.parametrize(
    ("datum", "am", "passt"),
    [
        (date(2017, 12, 29), date(2017, 12, 29), True),
        (date(2017, 12, 29), date(2018, 1, 2), False),  # R4: the electronic form is missing
        (date(2018, 1, 2), date(2024, 7, 23), True),
        (date(2024, 7, 22), date(2024, 7, 24), False),  # § 36a Abs. 2a SGB I, § 9a Abs. 5 OZG
    ],
)
def test_belehrung_is_that_of_the_day_of_dispatch(datum, am, passt):
    mangel = belehrung_mangel(Schreiben(datum=datum, daten={}), am, False, False)
    assert norm_of(mangel) == ("" if passt else "§ 66 Abs. 2 SGG")


@pytest.mark.parametrize("geschrieben", [True, False])
@pytest.mark.parametrize("gesendet", [True, False])
def test_belehrung_is_that_of_the_place(geschrieben, gesendet):
    tag = date(2026, 4, 20)
    schreiben = Schreiben(datum=tag, daten={"ausland": geschrieben})
    mangel = belehrung_mangel(schreiben, tag, gesendet, False)
    assert (mangel is None) == (geschrieben == gesendet)


@pytest.mark.parametrize("geschrieben", [True, False])
@pytest.mark.parametrize("zugestellt", [True, False])
def test_belehrung_speaks_of_the_zustellung_where_there_is_one(geschrieben, zugestellt):
    tag = date(2026, 4, 20)
    schreiben = Schreiben(datum=tag, daten={"zustellung": geschrieben})
    mangel = belehrung_mangel(schreiben, tag, False, zugestellt)
    assert (mangel is None) == (geschrieben == zugestellt)
    satz = rechtsbehelfsbelehrung(tag, Behoerde(name="Amt"), zustellung=geschrieben)[0]
    assert ("nach seiner Zustellung" in satz, "nach seiner Bekanntgabe" in satz) == (
        geschrieben,
        not geschrieben,
    )


def test_bescheid_with_the_belehrung_for_home_does_not_go_abroad(frei):
    with pytest.raises(SchrittUnzulaessig, match="drei Monate"):
        _post(frei, ausland=True)
    assert _stand(frei) == ("freigegeben", *WARTET)


# ------------------------------------------------------------------ released anew


def _reopen(akte, grund="neue Anschrift"):
    return reopen_bescheid(
        bescheid=akte.bescheid, grund=grund, by=akte.fallmanager, tag=akte.tage.bescheid
    )


def test_release_is_taken_back_and_given_anew_with_another_letter(frei):
    alt = frei.bescheid.schreiben
    row = _reopen(frei)
    assert (row.state, row.schreiben, row.freigegeben_von) == ("entwurf", None, None)
    assert row.rueckgabe_grund == "neue Anschrift"
    with pytest.raises(SchrittUnzulaessig, match="ersetzt"):
        send(schreiben=alt, weg="post", by=frei.fallmanager, tag=frei.tage.bescheid)
    submit_bescheid(bescheid=row, by=frei.fallmanager, tag=frei.tage.bescheid)
    neu = release_bescheid(bescheid=row, by=frei.leitung, tag=frei.tage.bescheid)
    assert neu.schreiben != alt
    assert pdf_of(alt)
    assert Schreiben.objects.filter(case=frei.case, art="bescheid").count() == 2
    frei.bescheid = neu
    assert _post(frei).bekanntgabe == BEKANNT


def test_a_release_taken_back_meets_no_frist(frei):
    """§ 14 Abs. 2 S. 2 SGB IX: what is not decided any more is not decided in time."""
    case, antrag = frei.case, frei.budget.antrag

    def stand(regel="F04"):
        row = fristen_of(case, antrag, regel).order_by("-id").first()
        return (row.state, row.erledigt_durch) if row else None

    vorher = stand()
    keep_entscheidung(frei.budget, frei.tage.bescheid, "Bescheid freigegeben")
    _reopen(frei)
    assert vorher is not None
    assert stand() == ("offen", "")


def test_writer_does_not_release_anew_either(frei):
    row = _reopen(frei)
    submit_bescheid(bescheid=row, by=frei.fallmanager, tag=frei.tage.bescheid)
    with pytest.raises(SchrittUnzulaessig, match="Sachgebietsleitung"):
        release_bescheid(bescheid=row, by=frei.fallmanager, tag=frei.tage.bescheid)


def test_reopening_needs_a_reason_and_a_letter_in_the_house(frei):
    with pytest.raises(SchrittUnzulaessig, match="warum neu freizugeben"):
        _reopen(frei, " ")
    send(schreiben=frei.bescheid.schreiben, weg="post", by=frei.fallmanager, tag=frei.tage.bescheid)
    with pytest.raises(SchrittUnzulaessig, match="auf dem Weg"):
        _reopen(frei)


def test_what_is_made_known_is_not_reopened(frei):
    _post(frei)
    with pytest.raises(SchrittUnzulaessig, match="nicht möglich"):
        _reopen(frei)
