"""Steps between Anfrage and application: counselling, application, translation, end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.antrag.forms.antrag import (
    AnfrageangabenForm,
    AntragsangabenForm,
    KenntnisForm,
    UebersetzungForm,
)
from cases.antrag.forms.begehren import BegehrenForm
from cases.antrag.forms.zustaendigkeit import ZustaendigkeitForm
from cases.antrag.queries.antrag import antrag_of
from cases.antrag.schritte import ANTRAGSSCHRITTE
from cases.antrag.services import anfrage as services
from cases.antrag.services.antrag import (
    KENNTNIS,
    confirm_zustaendigkeit,
    record_kenntnis,
    record_uebersetzung,
)
from cases.antrag.services.begehren import BEGEHREN, correct_begehren
from cases.antrag.views.antrag import antragsangaben
from cases.fall.schritte import Falllage
from cases.forms.begruendung import BegruendungForm
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.states.fall import FALL, Fallzustand
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.models import Antrag
    from cases.registry.aufruf import CaseRequest

_OHNE_ANTRAG = (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET)


def antrag_of_request(request: CaseRequest, antrag: int) -> Antrag:
    """Return an application of the open case; any other is not there."""
    row = antrag_of(request.case, antrag)
    if row is None:
        raise Http404
    return row


def antrag_weiterer(request: CaseRequest, fall: int) -> HttpResponse:
    """Take in an application in this case: the first of an Anfrage, or a further one."""
    case, ziel = request.case, reverse("fall_antrag", args=[fall])
    if request.method != "POST" and case.state in _OHNE_ANTRAG:
        messages.error(request, f"Der Fall ist „{case.get_state_display()}“.")
        return redirect(ziel)
    erster = case.state == Fallzustand.ANFRAGE

    def act(form: AntragsangabenForm) -> str:
        services.submit_antrag(
            case=case,
            by=request.user,
            tag=timezone.localdate(),
            **antragsangaben(form.cleaned_data),
        )
        return ziel

    return run_form(
        request,
        AntragsangabenForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Antrag aufnehmen" if erster else "Weiteren Antrag aufnehmen",
            zurueck=ziel,
            einleitung="Der Antrag hat einen eigenen Eingang; von diesem Tag an laufen die Fristen."
            if erster
            else "Der weitere Antrag gehört zu diesem Fall und hat eigene Fristen.",
        ),
        act=act,
        zu=lambda: ANTRAGSSCHRITTE.weigerung(
            Falllage(request.user, timezone.localdate(), case), "antrag_stellen"
        ),
        done="Der Antrag ist aufgenommen.",
        form_kwargs={"stichtag": timezone.localdate()},
        initial={"eingang": timezone.localdate()},
    )


def beratung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Note a counselling."""
    ziel = reverse("fall_antrag", args=[fall])

    def act(form: AnfrageangabenForm) -> str:
        services.record_beratung(
            case=request.case,
            am=form.cleaned_data["am"],
            inhalt=form.cleaned_data["inhalt"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        AnfrageangabenForm,
        template="base_formular.html",
        context=case_context(request, "Beratung vermerken", zurueck=ziel),
        act=act,
        done="Die Beratung ist vermerkt.",
        form_kwargs={"stichtag": timezone.localdate()},
        initial={"am": timezone.localdate()},
    )


def beratung_abschliessen(request: CaseRequest, fall: int) -> HttpResponse:
    """End an Anfrage without an application."""
    case, ziel = request.case, reverse("fall_antrag", args=[fall])
    if back := misplaced(request, FALL, "beratung_abschliessen", case.state, ziel):
        return back

    def act(form: BegruendungForm) -> str:
        services.end_beratung(
            case=case,
            ergebnis=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Beratung abschließen",
            zurueck=ziel,
            einleitung="Der Fall endet mit „Auskunft erteilt“. Ein späterer Antrag ist ein neuer "
            "Fall dieser Person.",
        ),
        act=act,
        zu=lambda: ANTRAGSSCHRITTE.weigerung(
            Falllage(request.user, timezone.localdate(), case), "beratung_abschliessen"
        ),
        done="Die Beratung ist abgeschlossen: Auskunft erteilt.",
        form_kwargs={"label": "Ergebnis der Beratung", "absenden": "Beratung abschließen"},
    )


def antrag_uebersetzung(request: CaseRequest, fall: int, antrag: int) -> HttpResponse:
    """Note since when the translation is there."""
    row, ziel = antrag_of_request(request, antrag), reverse("fall_antrag", args=[fall])

    def act(form: UebersetzungForm) -> str:
        record_uebersetzung(
            antrag=row, am=form.cleaned_data["am"], by=request.user, tag=timezone.localdate()
        )
        return ziel

    return run_form(
        request,
        UebersetzungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Übersetzung vermerken",
            zurueck=ziel,
            einleitung="Die Fristen der Behörde beginnen mit dem Tag, an dem die Übersetzung "
            "vorliegt (§ 19 Abs. 3 SGB X). Für den Anspruch zählt der Eingang des Antrags, wenn "
            "die Übersetzung rechtzeitig nachkommt (§ 19 Abs. 4 SGB X).",
        ),
        act=act,
        done="Die Übersetzung ist vermerkt. Die Fristen laufen.",
        form_kwargs={"stichtag": timezone.localdate()},
        initial={"am": timezone.localdate()},
    )


def antrag_kenntnis(request: CaseRequest, fall: int, antrag: int) -> HttpResponse:
    """Note since when the need was known before the Antrag."""
    row, ziel = antrag_of_request(request, antrag), reverse("fall_antrag", args=[fall])

    def act(form: KenntnisForm) -> str:
        record_kenntnis(
            antrag=row,
            am=form.cleaned_data["kenntnis_am"],
            durch=form.cleaned_data["kenntnis_durch"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        KenntnisForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Kenntnis vom Bedarf festhalten",
            zurueck=ziel,
            einleitung="Bis Ende 2019 setzt die Hilfe ein, sobald der Bedarf bekannt ist (§ 18 "
            "Abs. 1 SGB XII). Liegt die Kenntnis vor dem Antrag, kann die Leistung an diesem Tag "
            "beginnen.",
        ),
        act=act,
        done="Die Kenntnis ist festgehalten. Der früheste Beginn ist neu berechnet.",
        form_kwargs={"stichtag": timezone.localdate()},
        gespeichert=werte_of(row, KENNTNIS),
        zuletzt=partial(last_editor, row),
    )


def antrag_begehren(request: CaseRequest, fall: int, antrag: int) -> HttpResponse:
    """Put right what is applied for."""
    row, ziel = antrag_of_request(request, antrag), reverse("fall_antrag", args=[fall])

    def act(form: BegehrenForm) -> str:
        correct_begehren(
            antrag=row,
            begehren=form.cleaned_data["begehren"],
            grund=form.cleaned_data["grund"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        BegehrenForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Wortlaut des Antrags berichtigen",
            zurueck=ziel,
            einleitung="Ein Antrag soll klar sagen, was gewünscht ist (§ 16 Abs. 3 SGB I). Der "
            "bisherige Wortlaut bleibt in den Änderungen lesbar; Eingang und Fristen ändern sich "
            "nicht.",
        ),
        act=act,
        done="Der Wortlaut ist berichtigt.",
        gespeichert=werte_of(row, BEGEHREN),
        zuletzt=partial(last_editor, row),
    )


def antrag_zustaendigkeit(request: CaseRequest, fall: int, antrag: int) -> HttpResponse:
    """Record the Zuständigkeit for a further application in a running case."""
    row, ziel = antrag_of_request(request, antrag), reverse("fall_antrag", args=[fall])

    def act(form: ZustaendigkeitForm) -> str:
        confirm_zustaendigkeit(
            antrag=row,
            begruendung=form.cleaned_data["begruendung"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        ZustaendigkeitForm,
        template="base_formular.html",
        context=case_context(request, "Zuständigkeit für diesen Antrag", zurueck=ziel),
        act=act,
        done="Die Zuständigkeit für diesen Antrag ist festgestellt.",
    )
