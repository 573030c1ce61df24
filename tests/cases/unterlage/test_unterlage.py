"""Documents: filed, corrected, locked, searched, scanned."""

from __future__ import annotations

import socket
import threading
from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from cases.dateien.annahme import accept
from cases.dateien.clamav import NichtErreichbar, Urteil, scan
from cases.dateien.grenzen import Ablehnung, Grenzen
from cases.models import Lesezugriff, Unterlage, Unterlagendatei, Wiedervorlage
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.unterlage.queries.unterlage import (
    aenderungen_of,
    arbeitszeilen,
    search_in,
    split_excerpt,
)
from cases.unterlage.services import unterlage as services
from cases.unterlage.services.unterlagensuche import search_unterlagen
from tests.cases.unterlage import proben
from tests.cases.unterlage.bausteine import (
    HEUTE,
    JETZT,
    make_angaben,
    make_annahme,
    make_unterlage,
)
from tests.fabriken import make_fall, make_fallmanager, make_team, make_user

pytestmark = pytest.mark.django_db


class Scanner:
    """A clamd that speaks INSTREAM on a real socket and says what it is told."""

    def __init__(self, antwort: bytes) -> None:
        self.antwort, self.erhalten = antwort, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.ziel = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        verbindung, _ = self.server.accept()
        with verbindung, verbindung.makefile("rb") as strom:
            assert strom.read(10) == b"zINSTREAM\0"
            while laenge := int.from_bytes(strom.read(4), "big"):
                self.erhalten += strom.read(laenge)
            verbindung.sendall(self.antwort)

    def stop(self) -> None:
        self.thread.join(5)
        self.server.close()


@pytest.fixture
def clamd():
    laufend = []

    def start(antwort: bytes) -> Scanner:
        laufend.append(Scanner(antwort))
        return laufend[-1]

    yield start
    for scanner in laufend:
        scanner.stop()


def test_clean_answer_and_all_bytes_arrive(clamd):
    scanner = clamd(b"stream: OK\0")
    assert scan(b"x" * 200_000, scanner.ziel) == Urteil()
    scanner.stop()
    assert len(scanner.erhalten) == 200_000


def test_found_malware_is_named(clamd):
    assert scan(b"x", clamd(b"stream: Win.Test-1 FOUND\0").ziel) == Urteil("Win.Test-1")


@pytest.mark.parametrize("antwort", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_no_verdict_is_not_clean(clamd, antwort):
    with pytest.raises(NichtErreichbar, match="keine verwertbare Antwort"):
        scan(b"x", clamd(antwort).ziel)


def test_upload_with_malware_is_refused_before_storing(clamd):
    ziel = clamd(b"stream: Eicar FOUND\0").ziel
    with pytest.raises(Ablehnung, match=r"Schadsoftware \(Eicar\)"):
        accept(b"harmlos", "a.txt", grenzen=Grenzen(), clamd=ziel)


def test_upload_without_scanner_counts_as_unchecked():
    assert accept(b"harmlos", "a.txt", grenzen=Grenzen(), clamd="127.0.0.1:9").geprueft is False


def test_pending_document_is_locked_when_malware_is_found(clamd, fallmanager):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Text")
    ziel = clamd(b"stream: Wurm FOUND\0").ziel
    assert services.scan_pending(clamd=ziel, now=JETZT) == 1
    row.refresh_from_db()
    assert (row.pruefstand, row.befund, row.geprueft_am) == ("befallen", "Wurm", JETZT)
    with pytest.raises(SchrittUnzulaessig, match="Schadsoftware"):
        services.content_of(row)
    assert [z.gruppe for z in arbeitszeilen(fallmanager, HEUTE)] == ["Gesperrte Unterlagen"]


def test_pending_document_waits_while_the_scanner_is_down(fallmanager):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Text")
    assert services.scan_pending(clamd="127.0.0.1:9", now=JETZT) == 0
    row.refresh_from_db()
    assert row.pruefstand == "ungeprueft"


def test_unchecked_document_stays_closed_where_a_scanner_is_named(fallmanager, settings, clamd):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Text")
    settings.CLAMD = "127.0.0.1:9"
    with pytest.raises(SchrittUnzulaessig, match="noch nicht auf Schadsoftware geprüft"):
        services.content_of(row)
    settings.CLAMD = clamd(b"stream: OK\0").ziel
    assert services.scan_pending(clamd=settings.CLAMD, now=JETZT) == 1
    row.refresh_from_db()
    assert services.content_of(row) == b"Text"


def test_bytes_are_stored_encrypted_and_read_back(fallmanager):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Diagnose F20")
    roh = bytes(Unterlagendatei.objects.get(pk=row.pk).inhalt)
    assert b"Diagnose" not in roh
    assert services.content_of(row) == b"Diagnose F20"


def test_file_of_another_row_is_not_handed_out(fallmanager):
    case = make_fall(fallmanager)
    eine, andere = make_unterlage(case, fallmanager, "a"), make_unterlage(case, fallmanager, "b")
    with pgtrigger.ignore("cases.Unterlagendatei:nur_anfuegen"):
        inhalt = Unterlagendatei.objects.get(pk=andere.pk).inhalt
        Unterlagendatei.objects.filter(pk=eine.pk).update(inhalt=inhalt)
    with pytest.raises(SchrittUnzulaessig, match="nicht unverändert lesen"):
        services.content_of(eine)


def test_same_file_twice_is_recognised_in_one_case_only(fallmanager):
    case, anderer = make_fall(fallmanager), make_fall(fallmanager)
    make_unterlage(case, fallmanager, "gleich")
    with pytest.raises(SchrittUnzulaessig, match="liegt schon in dieser Akte: „Gutachten“ vom"):
        make_unterlage(case, fallmanager, "gleich")
    assert make_unterlage(anderer, fallmanager, "gleich").case == anderer


def test_several_files_are_numbered(fallmanager):
    rows = services.file_unterlagen(
        case=make_fall(fallmanager),
        dateien=[make_annahme("a", name="a.txt"), make_annahme("b", name="b.txt")],
        angaben=make_angaben(titel="Bericht"),
        by=fallmanager,
        zeitpunkt=JETZT,
    )
    assert [r.titel for r in rows] == ["Bericht (1 von 2)", "Bericht (2 von 2)"]


def test_without_title_the_name_of_the_file_counts(fallmanager):
    row = make_unterlage(make_fall(fallmanager), fallmanager, titel="", name="Ausweis 2026.txt")
    assert row.titel == "Ausweis 2026"


def test_expiry_sets_a_wiedervorlage_when_asked(fallmanager):
    case = make_fall(fallmanager)
    make_unterlage(case, fallmanager, art="ausweis", gueltig_bis=date(2027, 3, 1), vorlauf_tage=28)
    [row] = Wiedervorlage.objects.filter(case=case)
    assert (row.am, row.user) == (date(2027, 2, 1), fallmanager)
    assert row.anlass == "Ausweis (z. B. Schwerbehindertenausweis) gilt bis 01.03.2027"


def test_expiry_without_asking_sets_none(fallmanager):
    case = make_fall(fallmanager)
    make_unterlage(case, fallmanager, gueltig_bis=HEUTE + timedelta(days=90))
    assert Wiedervorlage.objects.filter(case=case).count() == 0


def test_correction_is_kept_with_its_earlier_words(fallmanager):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Text", titel="Befunt")
    angaben = make_angaben(titel="Befund", art="befund")
    services.correct_unterlage(unterlage=row, angaben=angaben, by=fallmanager, zeitpunkt=JETZT)
    row.refresh_from_db()
    [aenderung] = aenderungen_of(row, ("art", "titel", "datum"))
    assert aenderung.felder == [
        ("Art", "Gutachten", "ärztlicher Befund"),
        ("Titel", "Befunt", "Befund"),
    ]
    gefunden = search_in(type(row.case).objects.all(), "Befund", Q())
    assert [t.unterlage for t in gefunden.treffer] == [row]


def test_mistake_locks_and_hides_but_loses_nothing(fallmanager):
    case = make_fall(fallmanager)
    row = make_unterlage(case, fallmanager, "Fremde Diagnose")
    services.mark_irrtuemlich(unterlage=row, grund="andere Person", by=fallmanager, zeitpunkt=JETZT)
    row.refresh_from_db()
    with pytest.raises(SchrittUnzulaessig, match="irrtümlich"):
        services.content_of(row)
    assert search_in(type(case).objects.all(), "Diagnose", Q()).treffer == []
    assert make_unterlage(case, fallmanager, "Fremde Diagnose").pk != row.pk
    with pytest.raises(SchrittUnzulaessig, match="erneut abgelegt"):
        services.take_back_irrtum(unterlage=row, by=fallmanager, zeitpunkt=JETZT)


def test_only_its_author_or_the_supervisor_takes_a_mistake_back(fallmanager, leitung):
    row = make_unterlage(make_fall(fallmanager), fallmanager, "Text")
    services.mark_irrtuemlich(unterlage=row, grund="Irrtum", by=fallmanager, zeitpunkt=JETZT)
    with pytest.raises(SchrittUnzulaessig, match="oder die Sachgebietsleitung"):
        services.take_back_irrtum(unterlage=row, by=make_fallmanager("dritte"), zeitpunkt=JETZT)
    services.take_back_irrtum(unterlage=row, by=leitung, zeitpunkt=JETZT)
    row.refresh_from_db()
    assert services.content_of(row) == b"Text"


def test_reader_files_nothing(fallmanager):
    revision = make_user("revision", Rolle.REVISION)
    with pytest.raises(SchrittUnzulaessig, match="wer Fälle bearbeitet"):
        make_unterlage(make_fall(fallmanager), revision, "Text")


@pytest.mark.parametrize("aenderung", ["DELETE FROM {}", "UPDATE {} SET sha256 = 'x'"])
def test_database_refuses_to_delete_and_to_exchange(fallmanager, aenderung):
    make_unterlage(make_fall(fallmanager), fallmanager, "Text")
    with (
        pytest.raises(DatabaseError, match=r"Cannot (delete|update) rows|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(aenderung.format("cases_unterlage"))
    assert Unterlage.objects.count() == 1


def test_search_finds_inflected_words_and_marks_them(fallmanager):
    case = make_fall(fallmanager)
    row = make_unterlage(case, fallmanager, "Das Mobilitätstraining hilft beim <b>Wohnen</b>.")
    [treffer] = search_in(type(case).objects.all(), "wohnen Mobilitätstrainings", Q()).treffer
    assert treffer.unterlage == row
    assert [t for t, fund in treffer.auszug if fund] == ["Mobilitätstraining", "Wohnen"]


def test_search_counts_what_has_no_text(fallmanager):
    case = make_fall(fallmanager)
    services.file_unterlagen(
        case=case,
        dateien=[accept(proben.make_image("PNG"), "a.png", grenzen=Grenzen())],
        angaben=make_angaben(titel="Schwerbehindertenausweis"),
        by=fallmanager,
        zeitpunkt=JETZT,
    )
    ergebnis = search_in(type(case).objects.all(), "Ausweis", Q())
    assert (ergebnis.treffer, ergebnis.ohne_text) == ([], 1)


def test_search_of_filler_words_says_so(fallmanager):
    make_fall(fallmanager)
    assert search_in(Unterlage.case.get_queryset(), "und der", Q()).nur_fuellwoerter is True


def test_search_stays_within_visible_cases_and_is_logged(fallmanager):
    case = make_fall(fallmanager)
    row = make_unterlage(case, fallmanager, "Rollstuhl")
    fremd = make_fallmanager("fremd", make_team("Team Süd"))
    assert search_unterlagen(by=fremd, text="Rollstuhl", tag=HEUTE).treffer == []
    [treffer] = search_unterlagen(by=fallmanager, text="Rollstuhl", tag=HEUTE).treffer
    assert treffer.unterlage == row
    assert list(Lesezugriff.objects.values_list("user", "case", "route")) == [
        (fallmanager.pk, case.pk, "unterlagen_suche")
    ]


def test_excerpt_is_cut_into_plain_and_found_parts():
    assert split_excerpt("ein \ue000Wort\ue001 hier") == [
        ("ein ", False),
        ("Wort", True),
        (" hier", False),
    ]


def test_files_of_one_case_have_a_limit_together(fallmanager, settings):
    """The last byte that fits is taken, the next one is not, of whatever document."""
    settings.FALL_MB = 1
    case, andere = make_fall(fallmanager), make_fall(fallmanager)
    make_unterlage(case, fallmanager, text="x" * 600_000, name="eins.txt")
    irrig = make_unterlage(case, fallmanager, text="y" * 399_999, name="zwei.txt")
    Unterlage.objects.filter(pk=irrig.pk).update(
        irrtuemlich_am=JETZT, irrtuemlich_von=fallmanager, irrtuemlich_grund="Probe"
    )
    make_unterlage(case, fallmanager, text="z", name="drei.txt")
    with pytest.raises(SchrittUnzulaessig, match="fasst 1 MB an Dateien"):
        make_unterlage(case, fallmanager, text="a", name="vier.txt")
    make_unterlage(andere, fallmanager, text="a", name="vier.txt")
