"""Letters on paper: one PDF for the printer, one day of posting for all."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from cases.models import Anschrift, Case, Druckstapel, Frist, Lesezugriff, Versand
from cases.registry.beitrag import registry
from cases.schreiben.export import merge_pdfs
from cases.schreiben.queries.umfang import dateiname, umfang_of
from cases.schreiben.services.druckstapel import (
    create_druckstapel,
    discard_druckstapel,
    post_druckstapel,
    read_druckstapel,
)
from cases.schreiben.services.versand import cancel_versand, record_aufgabe, send
from cases.states.tafel import SchrittUnzulaessig
from tests.cases.schreiben.versand.proben import (
    BRIEFTAG,
    OHNE_RECHTSBEHELF,
    make_pdf,
    make_schreiben,
    make_worded_pdf,
)
from tests.fabriken import make_fall, make_fallmanager, make_team

pytestmark = pytest.mark.django_db

MORGEN = BRIEFTAG + timedelta(days=1)


def waiting(by, *seiten: int) -> list[int]:
    """Return ids of letters with so many pages that wait in the Postausgang."""
    return [
        send(
            schreiben=make_schreiben(make_fall(by), by, seiten=n), weg="post", by=by, tag=BRIEFTAG
        ).pk
        for n in seiten
    ]


def make_stapel(by, *seiten: int) -> Druckstapel:
    return create_druckstapel(versand_ids=waiting(by, *seiten), by=by, tag=BRIEFTAG)


def test_batch_has_all_pages_of_its_letters(fallmanager):
    stapel = make_stapel(fallmanager, 1, 4, 3)
    with pikepdf.open(BytesIO(stapel.pdf)) as pdf:
        assert len(pdf.pages) == stapel.seiten == 2 + 4 + 4
    assert stapel.versand_liste.count() == 3


def front_sides(pdf: bytes, teile: list[list[str]]) -> list[int]:
    """Return the places (from 0) on which the first page of each part stands in the batch."""
    with pypdfium2.PdfDocument(pdf) as datei:
        worte = [seite.get_textpage().get_text_range().strip() for seite in datei]
    assert [wort for wort in worte if wort] == [wort for teil in teile for wort in teil]
    return [worte.index(teil[0]) for teil in teile]


@pytest.mark.parametrize(
    "umfang", [(1,), (1, 1), (1, 2), (2, 1), (3, 3, 3), (2, 2, 2), (5, 1, 4, 1)]
)
def test_every_part_of_a_batch_begins_on_a_front_side(umfang):
    teile = [[f"Teil {n} Seite {s}" for s in range(seiten)] for n, seiten in enumerate(umfang)]
    pdf, seiten = merge_pdfs([make_worded_pdf(teil) for teil in teile])
    assert [stelle % 2 for stelle in front_sides(pdf, teile)] == [0] * len(umfang)
    assert seiten % 2 == 0
    assert seiten == sum(n + n % 2 for n in umfang)


def test_blank_back_has_the_size_of_its_sheet():
    with pikepdf.new() as quer:
        quer.add_blank_page(page_size=(842, 595))
        out = BytesIO()
        quer.save(out)
    pdf, _ = merge_pdfs([out.getvalue()])
    with pikepdf.open(BytesIO(pdf)) as datei:
        assert [[float(w) for w in s.mediabox[2:]] for s in datei.pages] == [[842, 595]] * 2


def test_batch_of_an_earlier_version_is_not_printed(fallmanager):
    stapel = make_stapel(fallmanager, 1, 1)
    Druckstapel.objects.filter(pk=stapel.pk).update(seiten=2)
    stapel.refresh_from_db()
    with pytest.raises(SchrittUnzulaessig, match="auf der Rückseite des vorigen"):
        read_druckstapel(druckstapel=stapel, by=fallmanager, route="x", tag=BRIEFTAG)
    post_druckstapel(druckstapel=stapel, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    stapel.refresh_from_db()
    assert read_druckstapel(druckstapel=stapel, by=fallmanager, route="x", tag=BRIEFTAG)


def test_extent_counts_the_anlagen(fallmanager):
    case = make_fall(fallmanager)
    plan = make_schreiben(case, fallmanager, art=OHNE_RECHTSBEHELF, seiten=3)
    brief = make_schreiben(
        case,
        fallmanager,
        seiten=5,
        daten={
            "anlagen": [
                {"schreiben": plan.nummer, "sha256": plan.pdf_sha256},
                {"titel": "Merkblatt"},
            ]
        },
    )
    umfang = umfang_of([brief, plan])
    assert (umfang[brief.pk].seiten, umfang[plan.pk].seiten) == (8, 3)
    assert (umfang[brief.pk].druckseiten, umfang[brief.pk].blaetter) == (10, 5)
    assert umfang[brief.pk].anlagen == ((plan.titel, 3),)
    versand = send(schreiben=brief, weg="post", by=fallmanager, tag=BRIEFTAG)
    stapel = create_druckstapel(versand_ids=[versand.pk], by=fallmanager, tag=BRIEFTAG)
    assert stapel.seiten == umfang[brief.pk].druckseiten


def test_file_names_say_what_is_in_them_but_not_about_whom(fallmanager):
    case = make_fall(fallmanager)
    plan = make_schreiben(case, fallmanager, art="gesamtplan")
    brief = make_schreiben(case, fallmanager)
    assert dateiname(brief) == "Bescheid_2026-11-20.pdf"
    assert dateiname(plan, anlage=2) == "Anlage-2_Gesamtplan_2026-11-20.pdf"
    for art in registry.schreibenarten:
        name = dateiname(make_schreiben(case, fallmanager, art=art))
        assert re.fullmatch(r"[A-Z][A-Za-z0-9-]+_2026-11-20\.pdf", name), art


def test_same_letters_give_the_same_bytes():
    briefe = [make_pdf(2), make_pdf(3)]
    assert merge_pdfs(briefe) == merge_pdfs(iter(briefe))


def test_posting_a_batch_starts_the_frist_of_every_letter(fallmanager, leitung):
    stapel = make_stapel(fallmanager, 1, 1, 1)
    post_druckstapel(druckstapel=stapel, aufgabe_am=BRIEFTAG, by=leitung, tag=MORGEN)
    rows = Versand.objects.values_list("state", "aufgabe_am", "bekanntgabe", "vermerkt_von")
    assert set(rows) == {("aufgegeben", BRIEFTAG, date(2026, 11, 24), leitung.pk)}
    assert Frist.objects.filter(regel="F51", ende=date(2026, 12, 24)).count() == 3
    stapel.refresh_from_db()
    assert (stapel.aufgabe_am, stapel.aufgegeben_von) == (BRIEFTAG, leitung)


def test_posting_a_batch_twice_is_refused(fallmanager):
    stapel = make_stapel(fallmanager, 1)
    post_druckstapel(druckstapel=stapel, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(SchrittUnzulaessig, match=r"bereits am 20\.11\.2026"):
        post_druckstapel(druckstapel=stapel, aufgabe_am=MORGEN, by=fallmanager, tag=MORGEN)
    with pytest.raises(SchrittUnzulaessig, match=r"bereits am 20\.11\.2026"):
        discard_druckstapel(druckstapel=stapel, by=fallmanager, tag=MORGEN)


def test_one_wrong_day_leaves_the_whole_batch_unposted(fallmanager):
    stapel = make_stapel(fallmanager, 1, 1)
    with pytest.raises(SchrittUnzulaessig, match="liegt in der Zukunft"):
        post_druckstapel(druckstapel=stapel, aufgabe_am=MORGEN, by=fallmanager, tag=BRIEFTAG)
    stapel.refresh_from_db()
    assert stapel.aufgabe_am is None
    assert set(Versand.objects.values_list("state", flat=True)) == {"vorgesehen"}


def test_letter_is_in_one_batch_only_and_free_again_when_that_is_dropped(fallmanager):
    ids = waiting(fallmanager, 1, 1)
    stapel = create_druckstapel(versand_ids=ids[:1], by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(SchrittUnzulaessig, match="nicht mehr im Postausgang"):
        create_druckstapel(versand_ids=ids, by=fallmanager, tag=BRIEFTAG)
    discard_druckstapel(druckstapel=stapel, by=fallmanager, tag=BRIEFTAG)
    neu = create_druckstapel(versand_ids=ids, by=fallmanager, tag=BRIEFTAG)
    assert neu.versand_liste.count() == 2


def test_letter_in_a_batch_cannot_be_taken_back(fallmanager):
    stapel = make_stapel(fallmanager, 1)
    with pytest.raises(SchrittUnzulaessig, match="Verwerfen Sie zuerst den Stapel"):
        cancel_versand(versand=stapel.versand_liste.get(), by=fallmanager, tag=BRIEFTAG)


def test_letter_posted_alone_keeps_its_day(fallmanager):
    stapel = make_stapel(fallmanager, 1, 1)
    allein = stapel.versand_liste.order_by("pk")[0]
    record_aufgabe(versand=allein, aufgabe_am=BRIEFTAG, by=fallmanager, tag=BRIEFTAG)
    post_druckstapel(druckstapel=stapel, aufgabe_am=MORGEN, by=fallmanager, tag=MORGEN)
    tage = Versand.objects.order_by("pk").values_list("aufgabe_am", flat=True)
    assert list(tage) == [BRIEFTAG, MORGEN]


@pytest.mark.parametrize(
    ("ids", "satz"), [([], "mindestens ein und"), ([999_999], "nicht mehr im Postausgang")]
)
def test_batch_of_nothing_is_refused(fallmanager, ids, satz):
    with pytest.raises(SchrittUnzulaessig, match=satz):
        create_druckstapel(versand_ids=ids, by=fallmanager, tag=BRIEFTAG)
    assert not Druckstapel.objects.exists()


def test_foreign_letters_cannot_be_put_into_a_batch(fallmanager):
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    with pytest.raises(SchrittUnzulaessig, match="nicht mehr im Postausgang"):
        create_druckstapel(versand_ids=waiting(fallmanager, 1), by=fremd, tag=BRIEFTAG)


def test_batch_with_a_protected_case_is_closed_to_colleagues(fallmanager):
    stapel = make_stapel(fallmanager, 1, 1)
    Case.objects.filter(pk=stapel.versand_liste.first().schreiben.case_id).update(geschuetzt=True)
    with pytest.raises(SchrittUnzulaessig, match="aus fremden Fällen"):
        post_druckstapel(
            druckstapel=stapel, aufgabe_am=BRIEFTAG, by=make_fallmanager("zweite"), tag=BRIEFTAG
        )


def test_changed_address_stops_the_batch(fallmanager):
    ids = waiting(fallmanager, 1)
    alt = Anschrift.objects.get()
    alt.gueltig_bis = BRIEFTAG
    alt.save()
    alt.leistungsberechtigte_person.anschriften.create(
        strasse="Neue Gasse 3", plz="70999", ort="Musterau", gueltig_ab=MORGEN
    )
    with pytest.raises(SchrittUnzulaessig, match="Die Anschrift hat sich seit dem Schreiben"):
        create_druckstapel(versand_ids=ids, by=fallmanager, tag=MORGEN)


def test_damaged_letter_stops_the_batch(fallmanager):
    schreiben = make_schreiben(make_fall(fallmanager), fallmanager, pdf_sha256="f" * 64)
    versand = send(schreiben=schreiben, weg="post", by=fallmanager, tag=BRIEFTAG)
    with pytest.raises(SchrittUnzulaessig, match="wurde verändert"):
        create_druckstapel(versand_ids=[versand.pk], by=fallmanager, tag=BRIEFTAG)


def test_download_logs_the_read_of_every_case_once(fallmanager):
    stapel = make_stapel(fallmanager, 1, 1)
    faelle = set(stapel.versand_liste.values_list("schreiben__case_id", flat=True))
    pdf = read_druckstapel(
        druckstapel=stapel, by=fallmanager, route="druckstapel_pdf", tag=BRIEFTAG
    )
    rows = Lesezugriff.objects.values_list("case_id", "user", "route", "als")
    assert pdf == bytes(stapel.pdf)
    assert set(rows) == {(f, fallmanager.pk, "druckstapel_pdf", "Fallmanagement") for f in faelle}


def test_damaged_batch_is_not_handed_out(fallmanager):
    stapel = make_stapel(fallmanager, 1)
    Druckstapel.objects.update(pdf=b"%PDF-1.7 anderes")
    stapel.refresh_from_db()
    with pytest.raises(SchrittUnzulaessig, match="beschädigt"):
        read_druckstapel(druckstapel=stapel, by=fallmanager, route="x", tag=BRIEFTAG)
    assert not Lesezugriff.objects.exists()
