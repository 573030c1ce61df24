"""The page „Person“ of a case and the form for what does not change from day to day."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.models import Behinderungsart, LeistungsberechtigtePerson
from cases.models.stand import werte_of
from cases.person.forms.person import STAATEN, PersonForm
from cases.person.guards.adressat import adressat_vorhanden, zustellung_am
from cases.person.queries.personenangabe import named_vertretungen, with_angaben
from cases.person.services.person import update_person
from cases.person.views.angabezeile import Angabengruppe, Sicht, fill_gruppe, masked, sicht_of
from cases.person.views.personenangabe import ANGABEARTEN
from cases.queries.stand import last_editor
from cases.states.inhalt import Inhalt, Stufe
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from recht.adressat import alter_am

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_FELDER = (
    "anrede",
    "titel",
    "vorname",
    "nachname",
    "rufname",
    "geburtsname",
    "geburtsdatum",
    "geburt_genau",
    "geburtsort",
    "familienstand",
    "staatsangehoerigkeit",
    "aufenthalt",
    "aufenthalt_bis",
    "telefon",
    "email",
    "email_zugang_seit",
    "barrierefreies_format",
    "sprache",
    "verstaendigung",
    "behinderungsart",
    "weitere_behinderungsarten",
    "rentenversicherungsnummer",
    "rentenversicherungsnummer_unbekannt",
    "soziale_entschaedigung",
    "geschaeftsunfaehig_seit",
    "geschaeftsunfaehig_quelle",
)
# The kinds of facts in the two columns of the page, in the order in which they are read.
_HAUPT = (
    "vertretungen",
    "bezugspersonen",
    "schwerbehinderungen",
    "pflegeeinstufungen",
    "hilfebedarfseinstufungen",
    "wohnsituationen",
)
_INHALT = {
    "vertretungen": Inhalt.VERTRETUNG,
    "bezugspersonen": Inhalt.VERTRETUNG,
    "schwerbehinderungen": Inhalt.GESUNDHEIT,
    "pflegeeinstufungen": Inhalt.GESUNDHEIT,
    "hilfebedarfseinstufungen": Inhalt.GESUNDHEIT,
    "wohnsituationen": Inhalt.GESUNDHEIT,
    "bankverbindungen": Inhalt.KONTO,
}
_SEITE = (
    "anschriften",
    "auskunftssperren",
    "bankverbindungen",
    "krankenversicherungen",
    "statistikangaben",
)


def person_seite(request: CaseRequest, fall: int) -> HttpResponse:
    """Show everything known about the person, and who gets her letters and why."""
    human, heute = with_angaben(request.case.leistungsberechtigte_person), timezone.localdate()
    sicht = sicht_of(request)
    zustellung = zustellung_am(human, heute)
    return render(
        request,
        "cases/person/seite.html",
        case_context(
            request,
            "Person",
            "fall_person",
            person=human,
            alter=alter_am(human.geburtsdatum, human.verstorben_am or heute),
            staat=dict(STAATEN).get(human.staatsangehoerigkeit, ""),
            behinderungsarten=[
                Behinderungsart(art).label for art in human.weitere_behinderungsarten
            ],
            rentennummer=masked(human.rentenversicherungsnummer, sicht),
            zustellung=zustellung,
            genannt=named_vertretungen(human, heute),
            hindernis=adressat_vorhanden(zustellung, heute),
            sicht=sicht,
            haupt=[_gruppe(human, name, heute, sicht) for name in _shown(_HAUPT, sicht)],
            seite=[_gruppe(human, name, heute, sicht) for name in _shown(_SEITE, sicht)],
            haushalt=_haushalt(human, heute),
        ),
    )


def _shown(namen: tuple[str, ...], sicht: Sicht) -> list[str]:
    """Return the kinds of facts that the user sees at all."""
    return [n for n in namen if sicht.einsicht.stufe(_INHALT.get(n, Inhalt.PERSON)) > Stufe.KEINE]


def _haushalt(human: LeistungsberechtigtePerson, heute: date) -> str:
    weitere = sum(b.im_haushalt and b.gilt_am(heute) for b in human.bezugspersonen.all())
    return f"Im Haushalt leben {weitere + 1} Menschen." if weitere else ""


def _gruppe(
    human: LeistungsberechtigtePerson, name: str, heute: date, sicht: Sicht
) -> Angabengruppe:
    art = ANGABEARTEN[name]
    gruppe = Angabengruppe(name, art.titel, art.modell.zweck, art.modell.norm, art.leer, art.neu)
    return fill_gruppe(gruppe, getattr(human, name).all(), heute, sicht)


def person(request: CaseRequest, fall: int) -> HttpResponse:
    """Change facts about the person."""
    human = request.case.leistungsberechtigte_person
    seite = reverse("fall_person", args=[fall])

    def act(form: PersonForm) -> str:
        update_person(
            case=request.case,
            werte={name: form.cleaned_data[name] for name in _FELDER},
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return seite

    return run_form(
        request,
        PersonForm,
        template="base_formular.html",
        context=case_context(request, "Angaben zur Person", zurueck=seite),
        act=act,
        done="Die Angaben sind gespeichert.",
        form_kwargs={"stichtag": timezone.localdate()},
        gespeichert=werte_of(human, _FELDER),
        zuletzt=partial(last_editor, human),
    )
