"""The register of consents of a case: entries, withdrawals, the form to sign, copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.einwilligung import queries as lesen
from cases.einwilligung import schreiben as briefe
from cases.einwilligung import services as service
from cases.einwilligung.forms import AbdruckForm, EinwilligungForm, VordruckForm, WiderrufForm
from cases.models import Einwilligung
from cases.person.guards.adressat import vertreter_am, zustellung_am
from cases.queries.datenschutzhinweis import ART, fassung_of, hinweise_of
from cases.schreiben.views.verfassen import run_brief
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from recht.einwilligungstext import einwilligungstext

if TYPE_CHECKING:
    from datetime import date

    from cases.registry.aufruf import CaseRequest
    from cases.registry.schreibenart import Schreibanlass


def einwilligungen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show who consented to what, what holds today and what was withdrawn."""
    heute = timezone.localdate()
    rows = list(lesen.einwilligungen_of(request.case))
    return render(
        request,
        "cases/einwilligung/liste.html",
        case_context(
            request,
            "Einwilligungen",
            "einwilligungen",
            einwilligungen=[(row, *_stand(row, heute)) for row in rows],
            hinweise=einwilligungstext(heute).hinweise,
            informiert=[(row, fassung_of(row)) for row in hinweise_of(fall)],
            hinweis_art=ART,
        ),
    )


def _stand(row: Einwilligung, heute: date) -> tuple[str, str]:
    """Return state and colour of a consent on the day."""
    widerruf = getattr(row, "widerruf", None)
    if widerruf is not None and widerruf.erklaert_am <= heute:
        return "widerrufen", "danger"
    if row.gueltig_bis is not None and row.gueltig_bis < heute:
        return "abgelaufen", "neutral"
    if row.gueltig_ab > heute:
        return "gilt noch nicht", "info"
    return "wirksam", "success"


def _angabe(daten: dict[str, Any]) -> service.Empfaengerangabe:
    zeilen = tuple(z.strip() for z in daten["anschrift"].splitlines() if z.strip())
    return service.Empfaengerangabe(daten["empfaenger"], daten["name"], zeilen)


def _declared_by(request: CaseRequest, heute: date) -> dict[str, str]:
    """Return who declares: the Vertretung that is known, where the person does not act herself."""
    person = request.case.leistungsberechtigte_person
    vertreter = vertreter_am(person, heute)
    handelt = not vertreter or person.voller_name in zustellung_am(person, heute).abdrucke
    return {
        "erklaert_durch": "person" if handelt else "vertretung",
        "vertreten_durch": "" if handelt else ", ".join(row.voller_name for row in vertreter),
    }


def einwilligung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Enter a declared consent."""
    heute = timezone.localdate()
    ziel = reverse("einwilligungen", args=[fall])

    def act(form: EinwilligungForm) -> str:
        d = form.cleaned_data
        service.record_einwilligung(
            case=request.case,
            empfaenger=_angabe(d),
            gueltig_ab=d["gueltig_ab"] or d["erteilt_am"],
            by=request.user,
            tag=heute,
            **{
                name: d[name]
                for name in (
                    "teile",
                    "zweck",
                    "form",
                    "erteilt_am",
                    "gueltig_bis",
                    "erklaert_durch",
                    "vertreten_durch",
                    "unterlage",
                )
            },
        )
        return ziel

    return run_form(
        request,
        EinwilligungForm,
        template="cases/einwilligung/formular.html",
        context=case_context(
            request,
            "Einwilligung eintragen",
            zurueck=ziel,
            einleitung="Eingetragen wird, was erklärt wurde. Der Eintrag bleibt für immer stehen; "
            "ein Widerruf ist ein eigener Eintrag.",
            hinweise=einwilligungstext(heute).hinweise,
        ),
        act=act,
        done="Die Einwilligung ist eingetragen.",
        form_kwargs={
            "auswahl": lesen.empfaenger_auswahl(heute),
            "unterlagen": lesen.scans_of(request.case),
            "stichtag": heute,
        },
        initial={"erteilt_am": heute, "form": "schriftlich", **_declared_by(request, heute)},
    )


def einwilligung_vordruck(request: CaseRequest, fall: int) -> HttpResponse:
    """Print the form that the person signs."""
    heute = timezone.localdate()

    def anlass_of(form: VordruckForm) -> tuple[str, Schreibanlass]:
        d = form.cleaned_data
        return briefe.VORDRUCK, service.prepare_vordruck(
            case=request.case,
            empfaenger=_angabe(d),
            teile=d["teile"],
            zweck=d["zweck"],
            gueltig_bis=d["gueltig_bis"],
            by=request.user,
            tag=heute,
        )

    return run_brief(
        request,
        VordruckForm,
        anlass_of=anlass_of,
        titel="Vordruck einer Einwilligung",
        zurueck=reverse("einwilligungen", args=[fall]),
        template="cases/einwilligung/formular.html",
        done="Der Vordruck ist erstellt. Bitte wählen Sie, wie er das Haus verlässt.",
        form_kwargs={"auswahl": lesen.empfaenger_auswahl(heute)},
        einleitung="Der Vordruck enthält die vorgeschriebenen Hinweise und Felder zum "
        "Unterschreiben. Eine Einwilligung ist er erst, wenn er unterschrieben zurück ist.",
        hinweise=einwilligungstext(heute).hinweise,
    )


def einwilligung_widerruf(request: CaseRequest, fall: int, einwilligung: int) -> HttpResponse:
    """Enter a withdrawal; letters that wait are stopped."""
    row = _einwilligung(request, einwilligung)
    heute = timezone.localdate()
    ziel = reverse("einwilligungen", args=[fall])

    def act(form: WiderrufForm) -> str:
        d = form.cleaned_data
        service.withdraw_einwilligung(
            einwilligung=row,
            erklaert_am=d["erklaert_am"],
            erklaert_durch=d["erklaert_durch"],
            vertreten_durch=d["vertreten_durch"],
            weg=d["weg"],
            by=request.user,
            tag=heute,
        )
        return ziel

    return run_form(
        request,
        WiderrufForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Einwilligung widerrufen",
            zurueck=ziel,
            einleitung=f"{row}. Der Widerruf wirkt sofort: Schreiben, die darauf beruhen und noch "
            "nicht aus dem Haus sind, werden angehalten (Art. 7 Abs. 3 DSGVO).",
        ),
        act=act,
        done="Der Widerruf ist eingetragen.",
        form_kwargs={"stichtag": heute},
        initial={"erklaert_am": heute, "erklaert_durch": "person"},
    )


def einwilligung_abdruck(request: CaseRequest, fall: int, einwilligung: int) -> HttpResponse:
    """Hand a copy of a frozen letter to whom the consent names."""
    row = _einwilligung(request, einwilligung)
    heute = timezone.localdate()

    def anlass_of(form: AbdruckForm) -> tuple[str, Schreibanlass]:
        abdruck = form.cleaned_data["abdruck"]
        return service.abdruck_art_of(abdruck), service.prepare_abdruck(
            einwilligung=row, abdruck=abdruck, by=request.user, tag=heute
        )

    return run_brief(
        request,
        AbdruckForm,
        anlass_of=anlass_of,
        titel="Abdruck weitergeben",
        zurueck=reverse("einwilligungen", args=[fall]),
        done="Der Abdruck ist erstellt. Bitte wählen Sie, wie er das Haus verlässt.",
        form_kwargs={"schreiben": lesen.abdruckbar(request.case, row)},
        einleitung=f"An {row.empfaenger_name}, auf Grund der Einwilligung vom "
        f"{row.erteilt_am:%d.%m.%Y}: {', '.join(row.teile_text)}. Geprüft wird sie noch "
        "einmal, wenn das Schreiben das Haus verlässt (§ 67b Abs. 1 SGB X).",
    )


def _einwilligung(request: CaseRequest, einwilligung_id: int) -> Einwilligung:
    row = lesen.einwilligungen_of(request.case).filter(pk=einwilligung_id).first()
    if row is None:
        raise Http404
    row.case = request.case
    return row
