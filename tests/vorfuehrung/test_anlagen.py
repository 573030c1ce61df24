"""A Bescheid goes out with the Anlagen that it names, and with no others."""

from __future__ import annotations

from io import BytesIO

import pgtrigger
import pikepdf
import pytest

from cases.models import Druckstapel, Schreiben, User
from cases.schreiben.queries.umfang import umfang_of
from cases.schreiben.satz.fehler import SchreibenFehler
from cases.schreiben.services.schreiben import anlagen_of, pdfs_of
from vorfuehrung.behoerde import create_behoerde, create_users
from vorfuehrung.geschichte import Geschichte, tell
from vorfuehrung.musterfall import STAND_B
from vorfuehrung.vorlage import Stand

pytestmark = pytest.mark.django_db


@pytest.fixture
def geschichte(db) -> Geschichte:
    create_behoerde()
    create_users("Teilhabe-Probe-2026")
    return tell(
        STAND_B,
        fallmanager=User.objects.get(username="fallmanager"),
        leitung=User.objects.get(username="leitung"),
        bis=Stand.LAEUFT,
    )


def test_print_batch_holds_the_bescheid_and_its_anlagen(geschichte):
    bescheid = Schreiben.objects.get(art="bescheid")
    assert [a.art for a in anlagen_of(bescheid)] == ["zielvereinbarung", "gesamtplan"]
    stapel = Druckstapel.objects.get()
    umfang = umfang_of([bescheid])[bescheid.pk]
    pages = [len(pikepdf.open(BytesIO(pdf)).pages) for pdf in pdfs_of(bescheid)]
    assert [seiten for _, seiten in umfang.teile] == pages
    assert stapel.seiten == umfang.druckseiten == sum(n + n % 2 for n in pages)
    assert umfang.seiten > bescheid.pdf_seiten


def test_an_anlage_that_was_exchanged_is_not_sent(geschichte):
    plan = Schreiben.objects.get(art="gesamtplan")
    with pgtrigger.ignore("cases.Schreiben:nur_anfuegen"):
        Schreiben.objects.filter(pk=plan.pk).update(pdf_sha256="0" * 64)
    with pytest.raises(SchreibenFehler, match="fehlt oder wurde verändert"):
        pdfs_of(Schreiben.objects.get(art="bescheid"))
