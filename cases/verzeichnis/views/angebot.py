"""Parts of an entry: contacts, services and their prices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.http import HttpResponse

from cases.forms.stand import StandForm
from cases.models import Angebot, Ansprechperson, Gattung, Leistungserbringer, Preis
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.verzeichnis.forms import AngebotForm, AnsprechpersonForm, PreisForm
from cases.verzeichnis.queries.verzeichnis import ansprechpersonen_of, get_angebot
from cases.verzeichnis.services import verzeichnis as service
from cases.verzeichnis.views.eintrag import eintrag_context, eintrag_or_404, eintrag_url
from cases.views.formular import run_form
from cases.views.geloescht import Geloescht

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def ansprechperson_neu(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Add a contact."""
    return _ansprechperson(request, gattung, eintrag, None)


def ansprechperson(
    request: CaseRequest, gattung: str, eintrag: int, ansprechperson: int
) -> HttpResponse:
    """Change or end a contact."""
    row = ansprechpersonen_of(eintrag_or_404(gattung, eintrag)).filter(pk=ansprechperson).first()
    if row is None:
        raise Geloescht("Diese Ansprechperson", AnsprechpersonForm)
    return _ansprechperson(request, gattung, eintrag, row)


def _ansprechperson(
    request: CaseRequest, gattung: str, eintrag: int, row: Ansprechperson | None
) -> HttpResponse:
    eltern = eintrag_or_404(gattung, eintrag)

    def act(form: AnsprechpersonForm) -> str:
        service.save_ansprechperson(
            eintrag=eltern,
            werte=form.eingaben,
            by=request.user,
            ansprechperson=row,
            gesehen=form.stand_jetzt,
        )
        return eintrag_url(eltern)

    titel = "Ansprechperson bearbeiten" if row else "Neue Ansprechperson"
    return run_form(
        request,
        AnsprechpersonForm,
        template="base_formular.html",
        context=eintrag_context(eltern, titel, einleitung=str(eltern)),
        act=act,
        done="Die Ansprechperson ist gespeichert.",
        gespeichert=_gespeichert(AnsprechpersonForm, row),
        zuletzt=partial(last_editor, row),
    )


def angebot_neu(request: CaseRequest, eintrag: int) -> HttpResponse:
    """Add a service."""
    return _angebot(request, _erbringer_or_404(eintrag), None)


def angebot(request: CaseRequest, eintrag: int, angebot: int) -> HttpResponse:
    """Change or end a service."""
    eltern = _erbringer_or_404(eintrag)
    return _angebot(request, eltern, _angebot_or_404(eltern, angebot))


def _angebot(request: CaseRequest, eltern: Leistungserbringer, row: Angebot | None) -> HttpResponse:
    def act(form: AngebotForm) -> str:
        service.save_angebot(
            leistungserbringer=eltern,
            werte=form.eingaben,
            by=request.user,
            angebot=row,
            gesehen=form.stand_jetzt,
        )
        return eintrag_url(eltern)

    return run_form(
        request,
        AngebotForm,
        template="base_formular.html",
        context=eintrag_context(
            eltern, "Angebot bearbeiten" if row else "Neues Angebot", einleitung=str(eltern)
        ),
        act=act,
        done="Das Angebot ist gespeichert.",
        gespeichert=_gespeichert(AngebotForm, row),
        zuletzt=partial(last_editor, row),
    )


def preis_neu(request: CaseRequest, eintrag: int, angebot: int) -> HttpResponse:
    """Enter a price from a day on."""
    eltern = _erbringer_or_404(eintrag)
    zeile = _angebot_or_404(eltern, angebot)

    def act(form: PreisForm) -> str:
        service.create_preis(angebot=zeile, werte=form.eingaben, by=request.user)
        return eintrag_url(eltern)

    return run_form(
        request,
        PreisForm,
        template="base_formular.html",
        context=eintrag_context(
            eltern,
            "Neuer Preis",
            einleitung=f"{zeile}. Ein laufender Preis derselben Einheit endet am Tag davor und "
            "bleibt stehen.",
        ),
        act=act,
        done="Der Preis ist gespeichert.",
    )


def preis(request: CaseRequest, eintrag: int, angebot: int, preis: int) -> HttpResponse:
    """Put a price right."""
    eltern = _erbringer_or_404(eintrag)
    zeile = _angebot_or_404(eltern, angebot)
    row: Preis | None = next((p for p in zeile.preise.all() if p.pk == preis), None)
    if row is None:
        raise Geloescht("Diesen Preis", PreisForm)
    gefunden = row

    def act(form: PreisForm) -> str:
        service.update_preis(
            preis=gefunden, werte=form.eingaben, by=request.user, gesehen=form.stand_jetzt
        )
        return eintrag_url(eltern)

    return run_form(
        request,
        PreisForm,
        template="base_formular.html",
        context=eintrag_context(
            eltern,
            "Preis berichtigen",
            einleitung=f"{zeile}. Nur für Schreibfehler: Ein neu vereinbarter Preis wird als neuer "
            "Preis eingetragen.",
        ),
        act=act,
        done="Der Preis ist berichtigt.",
        gespeichert=_gespeichert(PreisForm, row),
        zuletzt=partial(last_editor, row),
    )


def _erbringer_or_404(pk: int) -> Leistungserbringer:
    row = eintrag_or_404(Gattung.LEISTUNGSERBRINGER, pk)
    assert isinstance(row, Leistungserbringer)  # noqa: S101 - the table decides the type
    return row


def _angebot_or_404(eltern: Leistungserbringer, pk: int) -> Angebot:
    row = get_angebot(eltern, pk) if pk < 2**63 else None
    if row is None:
        raise Geloescht("Dieses Angebot", AngebotForm)
    return row


def _gespeichert(form_class: type[StandForm], row: Model | None) -> dict[str, Any] | None:
    """Return what a form that changes a row covers; None for a form that adds one."""
    if row is None:
        return None
    return werte_of(row, [n for n in form_class.base_fields if n not in StandForm.base_fields])
