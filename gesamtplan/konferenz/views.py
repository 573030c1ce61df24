"""Pages of a conference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.views.formular import misplaced, run_form, run_step, still_there
from cases.views.rahmen import case_context
from gesamtplan.konferenz import services
from gesamtplan.konferenz.forms import AblehnungForm, KonferenzForm, TeilnahmeForm, VorschlagForm
from gesamtplan.konferenz.queries import konferenz_of, konferenzen_of
from gesamtplan.konferenz.schreiben import einladungskalender
from gesamtplan.konferenz.schritte import BEGINN, KONFERENZSCHRITTE, Beginnlage, Konferenzlage
from gesamtplan.models.stand import werte_of_konferenz
from gesamtplan.states.konferenz import KONFERENZ, Konferenzart, Konferenzstand
from recht.rechtsstand import Rechtsstand, rechtsstand_am

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Konferenz

_TAB = "gesamtplan"


def konferenzen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the conferences of the case."""
    lage = Beginnlage(request.user, timezone.localdate(), request.case)
    return render(
        request,
        "gesamtplan/konferenz/liste.html",
        case_context(
            request,
            "Konferenzen",
            _TAB,
            alle=list(konferenzen_of(request.case)),
            schritte=BEGINN.schritte(lage),
            zurueck=reverse("gesamtplan", args=[fall]),
        ),
    )


def konferenz_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Note a proposal."""
    heute = timezone.localdate()

    def act(form: VorschlagForm) -> str:
        row = services.create_konferenz(
            case=request.case,
            art=form.cleaned_data["art"],
            vorgeschlagen_von=form.cleaned_data["vorgeschlagen_von"],
            vorgeschlagen_am=form.cleaned_data["vorgeschlagen_am"],
            elternfall=form.cleaned_data["elternfall"],
            by=request.user,
            tag=heute,
        )
        return _url(row)

    alt = rechtsstand_am(heute) == Rechtsstand.A
    wahl = request.GET.get("art", "")
    return run_form(
        request,
        VorschlagForm,
        template="base_formular.html",
        context=case_context(
            request, "Konferenz vorschlagen", _TAB, zurueck=reverse("konferenzen", args=[fall])
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(Beginnlage(request.user, heute, request.case), "vorschlagen"),
        done="Der Vorschlag ist festgehalten.",
        form_kwargs={"heute": heute},
        initial={
            "art": wahl
            if wahl in Konferenzart.values
            else (Konferenzart.GESPRAECH if alt else Konferenzart.GESAMTPLAN),
            "vorgeschlagen_von": request.case.leistungsberechtigte_person.voller_name,
            "vorgeschlagen_am": heute,
        },
    )


def konferenz_anzeigen(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Show one conference."""
    row = _own(request, konferenz)
    lage = Konferenzlage(request.user, timezone.localdate(), row)
    return render(
        request,
        "gesamtplan/konferenz/seite.html",
        case_context(
            request,
            "Konferenz",
            _TAB,
            row=row,
            farbe=KONFERENZ.farben[row.state],
            schritte=KONFERENZSCHRITTE.schritte(lage),
            offen=row.state in (Konferenzstand.VORGESCHLAGEN, Konferenzstand.ANBERAUMT),
            zurueck=reverse("konferenzen", args=[fall]),
        ),
    )


def konferenz_bearbeiten(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Write day, agenda and minutes."""
    row = _own(request, konferenz)
    if back := misplaced(request, KONFERENZ, "bearbeiten", row.state, _url(row)):
        return back

    def act(form: KonferenzForm) -> str:
        services.update_konferenz(
            konferenz=row,
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
            **form.eingaben,
        )
        return _url(row)

    return run_form(
        request,
        KonferenzForm,
        template="base_formular.html",
        context=case_context(request, "Konferenz bearbeiten", _TAB, zurueck=_url(row)),
        act=act,
        done="Die Konferenz ist gespeichert.",
        gespeichert=werte_of_konferenz(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def konferenzteilnahme_neu(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Add somebody who takes part."""
    row = _own(request, konferenz)
    if back := misplaced(request, KONFERENZ, "einladen", row.state, _url(row)):
        return back

    def act(form: TeilnahmeForm) -> str:
        services.add_teilnahme(
            konferenz=row,
            name=form.cleaned_data["name"],
            rolle=form.cleaned_data["rolle"],
            anschrift=form.cleaned_data["anschrift"],
            zustimmung_am=form.cleaned_data["zustimmung_am"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _url(row, "teilnehmende")

    return run_form(
        request,
        TeilnahmeForm,
        template="base_formular.html",
        context=case_context(request, "Teilnehmende aufnehmen", _TAB, zurueck=_url(row)),
        act=act,
        done="Die Teilnahme ist festgehalten.",
        form_kwargs={
            "anberaumt": row.state == Konferenzstand.ANBERAUMT,
            "tag": row.vorgeschlagen_am,
        },
    )


def konferenzteilnahme_anwesend(
    request: CaseRequest, fall: int, konferenz: int, teilnahme: int
) -> HttpResponse:
    """Note whether somebody came."""
    row = _own(request, konferenz)

    def act() -> str:
        found = next((t for t in row.teilnahmen.all() if t.pk == teilnahme), None)
        services.mark_anwesend(
            teilnahme=still_there(found),
            anwesend=request.POST.get("anwesend") == "ja",
            by=request.user,
            tag=timezone.localdate(),
        )
        return _url(row, "teilnehmende")

    return run_step(request, act=act, back=_url(row, "teilnehmende"))


def konferenz_anberaumen(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Call the conference."""
    row = _own(request, konferenz)

    def act() -> str:
        services.begin_konferenz(konferenz=row, by=request.user, tag=timezone.localdate())
        return _url(row)

    done = "Die Konferenz ist anberaumt. Bitte setzen Sie jetzt die Einladungen."
    return run_step(request, act=act, back=_url(row), done=done)


def konferenz_ablehnen(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Refuse a proposal."""
    row = _own(request, konferenz)
    if back := misplaced(request, KONFERENZ, "ablehnen", row.state, _url(row)):
        return back

    def act(form: AblehnungForm) -> str:
        services.reject_konferenz(
            konferenz=row,
            grund=form.cleaned_data["grund"],
            text=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _url(row)

    return run_form(
        request,
        AblehnungForm,
        template="base_formular.html",
        context=case_context(request, "Konferenz ablehnen", _TAB, zurueck=_url(row)),
        act=act,
        done="Die Ablehnung ist festgehalten. Bitte unterrichten Sie die Person.",
    )


def konferenz_abschliessen(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Close the minutes."""
    row = _own(request, konferenz)

    def act() -> str:
        services.complete_konferenz(konferenz=row, by=request.user, tag=timezone.localdate())
        return _url(row)

    return run_step(request, act=act, back=_url(row), done="Die Niederschrift ist abgeschlossen.")


def konferenz_kalender(request: CaseRequest, fall: int, konferenz: int) -> HttpResponse:
    """Give the day as a file for a calendar; it names nobody."""
    row = _own(request, konferenz)
    if row.termin is None:
        return redirect(_url(row))
    antwort = HttpResponse(
        einladungskalender(row, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    antwort["Content-Disposition"] = 'attachment; filename="Konferenz.ics"'
    return antwort


def _url(row: Konferenz, anker: str = "") -> str:
    url = reverse("konferenz_anzeigen", args=[row.case_id, row.pk])
    return f"{url}#{anker}" if anker else url


def _own(request: CaseRequest, konferenz: int) -> Konferenz:
    row = konferenz_of(request.case, konferenz)
    if row is None:
        raise Http404
    return row
