"""Above the limit of one signature a third person signs with, and only then it is released."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from budget.bescheid.services import bescheid as bescheide
from budget.models import Bescheid
from cases.models import EigenerWert
from cases.states.tafel import SchrittUnzulaessig
from tests.budget import fabriken
from tests.fabriken import make_leitung

pytestmark = pytest.mark.django_db


@pytest.fixture
def ueber_grenze():
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B), fabriken.B)
    andere = make_leitung("andere", akte.case.team)
    EigenerWert.objects.create(
        schluessel="zeichnungsgrenze",
        zahl=Decimal("2000.00"),
        gueltig_ab=date(2026, 1, 1),
        begruendung="Dienstanweisung",
        state="freigegeben",
        vorgeschlagen_von=akte.leitung,
        vorgeschlagen_am=date(2026, 1, 1),
        freigegeben_von=andere,
        freigegeben_am=date(2026, 1, 1),
    )
    return akte, andere


def test_above_the_limit_two_sign(ueber_grenze, monkeypatch):
    akte, andere = ueber_grenze
    row, tag = akte.bescheid, akte.tage.bescheid
    with pytest.raises(SchrittUnzulaessig, match="über der Grenze von"):
        bescheide.release_bescheid(bescheid=row, by=akte.leitung, tag=tag)
    row = bescheide.confirm_bescheid(bescheid=row, by=andere, tag=tag)
    with pytest.raises(SchrittUnzulaessig, match="schon mitgezeichnet"):
        bescheide.release_bescheid(bescheid=row, by=andere, tag=tag)
    with pytest.raises(SchrittUnzulaessig, match="Mitzeichnung ist hier nicht nötig"):
        bescheide.confirm_bescheid(bescheid=row, by=akte.leitung, tag=tag)
    row = bescheide.release_bescheid(bescheid=row, by=akte.leitung, tag=tag)
    assert (row.mitgezeichnet_von, row.freigegeben_von) == (andere, akte.leitung)


def test_a_signature_ends_with_the_submission(ueber_grenze):
    akte, andere = ueber_grenze
    tag = akte.tage.bescheid
    row = bescheide.confirm_bescheid(bescheid=akte.bescheid, by=andere, tag=tag)
    row = bescheide.return_bescheid(bescheid=row, grund="x", by=akte.leitung, tag=tag)
    assert (row.mitgezeichnet_von, row.mitgezeichnet_am) == (None, None)


def test_who_wrote_it_does_not_sign_with(ueber_grenze):
    akte, _ = ueber_grenze
    with pytest.raises(SchrittUnzulaessig, match="„Mitzeichnen“ ist der Rolle"):
        bescheide.confirm_bescheid(
            bescheid=akte.bescheid, by=akte.fallmanager, tag=akte.tage.bescheid
        )
    with pytest.raises(IntegrityError, match="mitzeichnung_durch_dritte"), transaction.atomic():
        Bescheid.objects.filter(pk=akte.bescheid.pk).update(
            mitgezeichnet_von=akte.fallmanager, mitgezeichnet_am=akte.tage.bescheid
        )


def test_without_a_limit_nobody_signs_with():
    akte = fabriken.insert_vorgelegt(fabriken.make_akte(fabriken.B), fabriken.B)
    with pytest.raises(SchrittUnzulaessig, match="Mitzeichnung ist hier nicht nötig"):
        bescheide.confirm_bescheid(bescheid=akte.bescheid, by=akte.leitung, tag=akte.tage.bescheid)
