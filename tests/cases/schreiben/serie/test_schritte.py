"""Every state and step of a series: what the button says is what the service does."""

from __future__ import annotations

import pytest

from cases.models import Serie
from cases.schreiben.guards import serie as guards
from cases.schreiben.schritte import SERIENSCHRITTE, Serienlage
from cases.schreiben.services import serie as service
from cases.states.rolle import Rolle
from cases.states.serie import Serienzustand
from tests import uhr
from tests.cases.schreiben.serie.proben import make_serie, open_sample, work
from tests.fabriken import make_leitung, make_user
from tests.schrittprobe import agree, force

pytestmark = pytest.mark.django_db


def _remove(row, user):
    briefe = row.briefe.values_list("pk", flat=True)
    return service.remove_briefe(serie=row, briefe=list(briefe), by=user, tag=uhr.HEUTE)


STEPS = {
    "freigeben": lambda s, u: service.release_serie(serie=s, by=u, now=uhr.JETZT),
    "herausnehmen": _remove,
    "neu_setzen": lambda s, u: service.reopen_serie(serie=s, by=u, tag=uhr.HEUTE),
    "verwerfen": lambda s, u: service.discard_serie(serie=s, by=u, tag=uhr.HEUTE),
    "drucken": lambda s, u: service.prepare_druckstapel(serie=s, by=u, tag=uhr.HEUTE),
}


def test_steps_of_a_series_agree(fallmanager):
    serie = work(make_serie(fallmanager))
    leitung = make_leitung("zweite")
    open_sample(serie, leitung)
    users = [fallmanager, leitung, make_user("revision", Rolle.REVISION)]
    gesagt = {}
    for state in Serienzustand:
        nach = state in (Serienzustand.VERSAND, Serienzustand.VERSANDT)
        wer = {"freigegeben_von": leitung, "freigegeben_am": uhr.JETZT} if nach else {}
        force(serie, state, **wer)
        jetzt = Serie.objects.get(pk=serie.pk)
        for schritt, take in STEPS.items():
            for user in users:
                gesagt[state.value, schritt, user.username] = agree(
                    SERIENSCHRITTE,
                    Serienlage(user, uhr.HEUTE, jetzt),
                    schritt,
                    lambda s=jetzt, u=user, t=take: t(s, u),
                )
    assert gesagt["gesetzt", "freigeben", "zweite"] == ""
    assert "selbst angelegt" in gesagt["gesetzt", "freigeben", "fallmanager"]
    assert gesagt["gesetzt", "herausnehmen", "fallmanager"] == ""
    assert {wert for (_, _, wer), wert in gesagt.items() if wer == "revision"} == {None}


def test_serie_durch_zweite_person(fallmanager):
    serie = make_serie(fallmanager)
    assert guards.serie_durch_zweite_person(serie, make_leitung("zweite")) is None
    assert "zweite Person" in guards.serie_durch_zweite_person(serie, fallmanager).text


def test_stichprobe_angesehen():
    assert guards.stichprobe_angesehen(0, 3) is None
    assert "Von 3 Schreiben" in guards.stichprobe_angesehen(2, 3).text


def test_serie_ohne_fremde_faelle():
    assert guards.serie_ohne_fremde_faelle(0) is None
    assert "2 Schreiben betreffen Fälle" in guards.serie_ohne_fremde_faelle(2).text


def test_brief_betrifft_sichtbaren_fall():
    assert guards.brief_betrifft_sichtbaren_fall(True) is None
    assert "nicht zugänglich" in guards.brief_betrifft_sichtbaren_fall(False).text


def test_serie_im_umfang():
    assert guards.serie_im_umfang(500, 500) is None
    assert "mindestens ein" in guards.serie_im_umfang(0, 500).text
    assert "höchstens 500" in guards.serie_im_umfang(501, 500).text


def test_serie_hat_schreiben():
    assert guards.serie_hat_schreiben(1) is None
    assert "kein Schreiben" in guards.serie_hat_schreiben(0).text


def test_serie_hat_briefe_zum_druck():
    assert guards.serie_hat_briefe_zum_druck(1) is None
    assert "wartet mehr" in guards.serie_hat_briefe_zum_druck(0).text
