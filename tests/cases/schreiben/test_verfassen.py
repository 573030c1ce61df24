"""A kind of letter is data, template and one registration: the rest is the same for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template.loader import get_template
from django.urls import reverse

from cases.models import Entwurf, Schreiben
from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibanlass, Schreibenart
from cases.registry.schritt import Hindernis
from cases.schreiben.satz.brief import render_html
from cases.schreiben.services import schreiben as service
from cases.schreiben.services.schreiben import UNGESEHEN, VERALTET, write_schreiben
from cases.states.tafel import SchrittUnzulaessig
from tests import fabriken, uhr
from tests.cases.schreiben.proben import make_daten

pytestmark = pytest.mark.django_db


def _daten(anlass: Schreibanlass):
    """Data without a head: the usual one is added."""
    daten = make_daten(name=anlass.case.leistungsberechtigte_person.nachname)
    del daten["kopf"]
    return daten


@pytest.fixture
def art(monkeypatch):
    """A kind that anybody who writes may choose."""
    row = Schreibenart(
        "frei", "Mitteilung", "probe/schreiben.html", _daten, frei=True, hilfe="Kurz."
    )
    monkeypatch.setitem(registry.schreibenarten, "frei", row)
    return row


@pytest.fixture
def seite(client, case, fallmanager):
    client.force_login(fallmanager)

    def call(name, *args, **daten):
        url = reverse(name, args=[case.pk, *args])
        return client.post(url, daten, follow=True) if daten else client.get(url)

    return call


def registered():
    """The kinds of the product, without those that tests have added."""
    return [
        art
        for art in registry.schreibenarten.values()
        if not art.template.startswith("probe/") and not art.schluessel.startswith("probe_")
    ]


def test_every_kind_has_its_data_and_its_template():
    arten = registered()
    assert len(arten) >= 14
    assert [a.schluessel for a in arten if a.daten is None] == []
    assert [a.schluessel for a in arten if get_template(a.template) is None] == []
    assert [a.schluessel for a in arten if a.frei and not a.hilfe] == []
    assert len([a for a in arten if a.frei]) >= 3


def test_page_offers_what_this_person_may_write_and_what_the_case_has(client, case, seite, art):
    def offered():
        return [a.titel for a, _ in seite("schreiben_neu").context["arten"]]

    vordruck = "Einwilligung in die Weitergabe von Angaben"
    hinweis = "Information zum Datenschutz"
    mit = offered()
    assert {"Antragsformular", "Eingangsbestätigung", vordruck, hinweis, "Mitteilung"} <= set(mit)
    case.antraege.all().delete()
    assert set(mit) - set(offered()) == {
        "Antragsformular",
        "Aufforderung zur Mitwirkung",
        "Bitte um Stellungnahme",
        "Bitte um einen Befundbericht",
        "Eingangsbestätigung",
    }
    client.force_login(fabriken.make_leitung())
    assert "Auskunft über Zugriffe auf Ihre Akte" in offered()


def test_what_is_previewed_is_what_is_frozen(case, seite, art):
    page = seite("schreiben_verfassen", "frei")
    assert page.context["schritte"][1].hindernisse == (Hindernis(UNGESEHEN),)
    assert page.context["kopf"]["anschrift"][0] == "Erika Łuczyńska"
    pdf = seite("schreiben_vorschau", "frei")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == f'inline; filename="{case.aktenzeichen}-frei.pdf"'
    assert not Schreiben.objects.exists()
    assert seite("schreiben_verfassen", "frei").context["schritte"][1].hindernisse == ()
    answer = seite("schreiben_verfassen", "frei", vorgang="")
    brief = Schreiben.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("versand_neu", args=[case.pk, brief.pk])
    anlass = Schreibanlass(case, uhr.HEUTE, case.caseworker)
    gezeigt, _ = service.preview_schreiben(art, anlass)
    fest = render_html(art="frei", titel=brief.titel, daten=brief.daten, entwurf=True)
    assert (gezeigt.html, brief.titel, brief.gegenstand) == (fest, "Mitteilung", f"case:{case.pk}")
    assert brief.empfaenger == brief.daten["kopf"]["anschrift"]


def test_without_a_preview_nothing_is_frozen(seite, art):
    answer = seite("schreiben_verfassen", "frei", vorgang="")
    assert UNGESEHEN in answer.content.decode()
    assert not Schreiben.objects.exists()


def test_a_fact_that_changed_after_the_preview_is_shown_again(case, seite, art):
    seite("schreiben_vorschau", "frei")
    person = case.leistungsberechtigte_person
    person.nachname = "Nowak"
    person.save()
    assert VERALTET in seite("schreiben_verfassen", "frei").content.decode()
    assert VERALTET in seite("schreiben_verfassen", "frei", vorgang="").content.decode()
    assert not Schreiben.objects.exists()
    seite("schreiben_vorschau", "frei")
    seite("schreiben_verfassen", "frei", vorgang="")
    assert Schreiben.objects.get().daten["name"] == "Nowak"


def test_a_preview_of_yesterday_holds_while_it_says_the_same(case, fallmanager, art):
    heute = uhr.HEUTE
    _, gestern = service.preview_schreiben(
        art, Schreibanlass(case, heute - timedelta(days=1), fallmanager)
    )
    anlass = Schreibanlass(case, heute, fallmanager)
    brief = write_schreiben(art="frei", anlass=anlass, gesehen=gestern)
    assert brief.datum == heute


def test_conditions_close_the_step_and_are_asked_again(case, seite, fallmanager, monkeypatch, art):
    grund = Hindernis("Heute nicht.", "§ 1 BGB")
    zu = Schreibenart(
        "zu", "Zu", "probe/schreiben.html", _daten, pruefungen=lambda a: [None, grund], frei=True
    )
    monkeypatch.setitem(registry.schreibenarten, "zu", zu)
    seite("schreiben_vorschau", "zu")
    assert seite("schreiben_verfassen", "zu").context["schritte"][1].hindernisse == (grund,)
    assert "Heute nicht." in seite("schreiben_verfassen", "zu", vorgang="").content.decode()
    with pytest.raises(SchrittUnzulaessig, match="Heute nicht") as error:
        write_schreiben(art="zu", anlass=Schreibanlass(case, uhr.HEUTE, fallmanager))
    assert (error.value.norm, Schreiben.objects.count()) == ("§ 1 BGB", 0)


def test_only_the_roles_of_a_kind_may_freeze_it(case, art):
    anlass = Schreibanlass(case, date(2026, 11, 20), fabriken.make_user("r", "Revision"))
    with pytest.raises(SchrittUnzulaessig, match="nur Fallmanagement und Sachgebietsleitung"):
        write_schreiben(art="frei", anlass=anlass)


def test_nobody_to_write_to_is_said_on_the_page(case, seite, art):
    case.leistungsberechtigte_person.anschriften.all().delete()
    page = seite("schreiben_verfassen", "frei")
    assert "keine Anschrift erfasst" in page.content.decode()
    assert seite("schreiben_vorschau", "frei").status_code == 302


@pytest.mark.parametrize("schluessel", ["gibtsnicht", "bescheid", "leseauskunft", "probe"])
def test_what_is_not_free_has_no_page(seite, schluessel):
    for name in ("schreiben_verfassen", "schreiben_vorschau"):
        assert seite(name, schluessel).status_code == 404


def test_letter_of_a_step_tells_when_facts_have_changed_since_its_preview(client, fallmanager):
    from tests.cases.antrag.zustaendigkeit.bausteine import make_offen
    from tests.cases.antrag.zustaendigkeit.test_schreiben import ganz

    heute = uhr.HEUTE
    case = make_offen(fallmanager, heute)
    ganz(case, fallmanager, heute)
    client.force_login(fallmanager)
    teile = [case.pk, "weiterleitung_person", case.antraege.get().weiterleitung.pk]
    entwurf = reverse("zustaendigkeit_schreiben_entwurf", args=teile)
    fest = reverse("zustaendigkeit_schreiben", args=teile)
    client.get(entwurf)
    case.leistungsberechtigte_person.anschriften.update(strasse="Neuer Weg 1")
    assert VERALTET in client.post(fest, follow=True).content.decode()
    client.get(entwurf)
    client.post(fest)
    assert Schreiben.objects.get().empfaenger[1] == "Neuer Weg 1"
    # Once frozen the same address shows the letter itself.
    assert client.get(entwurf).content == service.pdf_of(Schreiben.objects.get())
    fremd = reverse("zustaendigkeit_schreiben_entwurf", args=[case.pk, "bescheid", teile[2]])
    assert client.get(fremd).status_code == 404


def test_form_of_a_letter_is_previewed_from_its_draft(client, case, fallmanager):
    client.force_login(fallmanager)
    url = reverse("einwilligung_vordruck", args=[case.pk])
    form = {
        "name": "Praxis Dr. Hübner",
        "anschrift": "Weg 4",
        "teile": "gesamtplan",
        "zweck": "Rat",
    }
    assert client.get(f"{url}?vorschau")["Location"] == url
    leer = client.post(url, {**form, "zweck": "", "vorschau": "1"})
    assert (leer.status_code, Entwurf.objects.count()) == (422, 0)
    answer = client.post(url, {**form, "vorschau": "1"})
    assert answer["Location"] == f"{url}?vorschau"
    assert "Praxis Dr. Hübner" in client.get(url).content.decode()
    assert client.get(f"{url}?vorschau").content.startswith(b"%PDF-")
    assert not Schreiben.objects.exists()
    anders = client.post(url, {**form, "zweck": "Etwas anderes"})
    assert (anders.status_code, VERALTET in anders.content.decode()) == (422, True)
    client.post(url, form)
    assert Schreiben.objects.get().daten["zweck"] == ["Rat"]
    assert not Entwurf.objects.exists()


def test_looking_at_the_answer_about_accesses_does_not_make_it_out_of_date(client, case):
    client.force_login(fabriken.make_leitung())
    url = reverse("leseauskunft_neu", args=[case.pk])
    form = {"von": "2026-01-01", "bis": uhr.HEUTE.isoformat(), "umfang": "funktionen"}
    client.post(url, {**form, "vorschau": "1"})
    assert client.get(f"{url}?vorschau").content.startswith(b"%PDF-")
    assert VERALTET in client.post(url, {**form, "von": "2026-02-01"}).content.decode()
    assert client.post(url, form).status_code == 302
    assert Schreiben.objects.get().daten["geoeffnet"] >= 3
