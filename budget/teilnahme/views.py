"""Pages of our part in the budget of another carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.models import Teilnahme, Traegerforderung
from budget.states.teilnahme import (
    FORDERUNG,
    TEILNAHME,
    VERSPAETET,
    Forderungszustand,
    Teilnahmezustand,
)
from budget.teilnahme import guards, services
from budget.teilnahme.forms import (
    AblehnungForm,
    AnerkennungForm,
    AnforderungForm,
    ForderungForm,
    KontoForm,
    StellungnahmeForm,
)
from budget.teilnahme.queries import (
    erstattung_or_none,
    forderung_or_none,
    frist_of_teilnahme,
    hoechstens_for,
    teilnahme_or_none,
    teilnahmen_of,
    werte_of_teilnahme,
)
from budget.teilnahme.schritte import (
    BEGINN,
    FORDERUNGSSCHRITTE,
    TEILNAHMESCHRITTE,
    Forderungslage,
    Teilnahmebeginn,
    Teilnahmelage,
)
from cases import access
from cases.antrag.queries.zustaendigkeit import other_rehatraeger
from cases.forms.begruendung import BegruendungForm
from cases.registry.aufruf import show_cases
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context
from recht.geld import format_euro

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_TAB, _FORM = "budget", "budget/formular.html"


def _seite(fall: int) -> str:
    return reverse("teilnahmen", args=[fall])


def teilnahmen(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what other carriers ask, what we have said, and what they ask back."""
    heute = timezone.localdate()
    return render(
        request,
        "budget/teilnahme/seite.html",
        case_context(
            request,
            "Teilnahme am Budget eines anderen Trägers",
            _TAB,
            zeilen=[_zeile(request, row) for row in teilnahmen_of(request.case)],
            schritte=BEGINN.schritte(Teilnahmebeginn(request.user, heute, request.case)),
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def _zeile(request: CaseRequest, row: Teilnahme) -> tuple[Any, ...]:
    heute = timezone.localdate()
    row.case = request.case
    fehlt = (guards.vier_themen_beantwortet(row), guards.teilbudget_bemessen(row))
    forderungen = []
    for eine in row.forderungen.all():
        eine.teilnahme = row
        schritte = FORDERUNGSSCHRITTE.schritte(Forderungslage(request.user, heute, eine))
        forderungen.append((eine, FORDERUNG.farben[eine.state], schritte))
    return (
        row,
        TEILNAHME.farben[row.state],
        TEILNAHMESCHRITTE.schritte(Teilnahmelage(request.user, heute, row)),
        frist_of_teilnahme(row),
        row.state == Teilnahmezustand.ANGEFRAGT and access.may_write(request.user),
        [hindernis for hindernis in fehlt if hindernis is not None],
        forderungen,
    )


def teilnahme_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Take in the request of another carrier."""
    heute = timezone.localdate()

    def act(form: AnforderungForm) -> str:
        services.record_anforderung(case=request.case, by=request.user, tag=heute, **form.eingaben)
        return _seite(fall)

    return run_form(
        request,
        AnforderungForm,
        template=_FORM,
        context=case_context(
            request,
            "Anforderung eines anderen Trägers aufnehmen",
            _TAB,
            zurueck=_seite(fall),
            einleitung="Ein anderer Träger leistet und entscheidet; wir sagen ihm, was wir in "
            "unserem Bereich feststellen. Unsere Frist von zwei Wochen beginnt damit.",
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            Teilnahmebeginn(request.user, heute, request.case), "teilnehmen"
        ),
        done="Die Anforderung ist aufgenommen; die Frist läuft.",
        initial={"eingegangen_am": heute},
        form_kwargs={"traeger": other_rehatraeger(heute), "heute": heute},
    )


def _or_404(request: CaseRequest, teilnahme: int) -> Teilnahme:
    row = teilnahme_or_none(request.case, teilnahme)
    if row is None:
        raise Http404
    return row


def teilnahme_bearbeiten(request: CaseRequest, fall: int, teilnahme: int) -> HttpResponse:
    """Write the four topics and our part."""
    row = _or_404(request, teilnahme)
    if back := misplaced(request, TEILNAHME, "bearbeiten", row.state, _seite(fall)):
        return back

    def act(form: StellungnahmeForm) -> str:
        services.update_teilnahme(
            row=row,
            angaben=form.eingaben,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
        )
        return _seite(fall)

    return run_form(
        request,
        StellungnahmeForm,
        template=_FORM,
        context=case_context(
            request,
            "Stellungnahme und Teilbudget",
            _TAB,
            zurueck=_seite(fall),
            einleitung=f"{row.traeger.name} fragt: {row.frage}",
        ),
        act=act,
        done="Die Stellungnahme ist gespeichert.",
        gespeichert=werte_of_teilnahme(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def teilnahme_abschliessen(request: CaseRequest, fall: int, teilnahme: int) -> HttpResponse:
    """Close our part; POST only."""
    row = _or_404(request, teilnahme)

    def act() -> str:
        services.finish_teilnahme(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(request, act=act, back=_seite(fall), done="Die Teilnahme ist abgeschlossen.")


def teilnahme_verwerfen(request: CaseRequest, fall: int, teilnahme: int) -> HttpResponse:
    """Throw a request away that was taken in by mistake; POST only."""
    row = _or_404(request, teilnahme)

    def act() -> str:
        services.discard_teilnahme(row=row, by=request.user, tag=timezone.localdate())
        return _seite(fall)

    return run_step(request, act=act, back=_seite(fall), done="Die Anforderung ist verworfen.")


def forderung_neu(request: CaseRequest, fall: int, teilnahme: int) -> HttpResponse:
    """Take in what the leistende Träger asks back."""
    row, heute = _or_404(request, teilnahme), timezone.localdate()
    if back := misplaced(request, TEILNAHME, "fordern", row.state, _seite(fall)):
        return back

    def act(form: ForderungForm) -> str:
        services.record_forderung(row=row, by=request.user, tag=heute, **form.eingaben)
        return _seite(fall)

    return run_form(
        request,
        ForderungForm,
        template=_FORM,
        context=case_context(
            request, f"Forderung von {row.traeger.name}", _TAB, zurueck=_seite(fall)
        ),
        act=act,
        done="Die Forderung ist aufgenommen. Über sie entscheidet die Sachgebietsleitung.",
        initial={"eingegangen_am": heute},
        form_kwargs={"teilnahme": row, "heute": heute},
    )


def _forderung_or_404(request: CaseRequest, forderung: int) -> Traegerforderung:
    row = forderung_or_none(request.case, forderung)
    if row is None:
        raise Http404
    row.teilnahme.case = request.case
    return row


def forderung_anerkennen(request: CaseRequest, fall: int, forderung: int) -> HttpResponse:
    """Acknowledge a claim, up to what our findings carry."""
    row = _forderung_or_404(request, forderung)
    if back := misplaced(request, FORDERUNG, "anerkennen", row.state, _seite(fall)):
        return back
    hoechstens = hoechstens_for(row)

    def act(form: AnerkennungForm) -> str:
        services.accept_forderung(
            forderung=row, by=request.user, tag=timezone.localdate(), **form.eingaben
        )
        return _seite(fall)

    grenze = (
        "Unsere Feststellungen kamen nicht rechtzeitig: Es gilt das Recht, auf dem die Bewilligung "
        f"beruht ({VERSPAETET.am(row.teilnahme.angefordert_am)})."
        if hoechstens is None
        else f"Nach unseren Feststellungen sind es höchstens {format_euro(hoechstens)}."
    )
    return run_form(
        request,
        AnerkennungForm,
        template=_FORM,
        context=case_context(
            request,
            "Erstattung anerkennen",
            _TAB,
            zurueck=_seite(fall),
            einleitung=f"Gefordert sind {format_euro(row.aufwand)} für die Zeit vom "
            f"{row.von:%d.%m.%Y} bis {row.bis:%d.%m.%Y}. {grenze}",
        ),
        act=act,
        zu=lambda: FORDERUNGSSCHRITTE.weigerung(
            Forderungslage(request.user, timezone.localdate(), row), "anerkennen"
        ),
        done="Die Erstattung ist anerkannt.",
        initial={"anerkannt": row.aufwand if hoechstens is None else min(row.aufwand, hoechstens)},
        form_kwargs={
            "aufwand": row.aufwand,
            "hoechstens": hoechstens,
            "angefordert": row.teilnahme.angefordert_am,
        },
    )


def forderung_ablehnen(request: CaseRequest, fall: int, forderung: int) -> HttpResponse:
    """Refuse a claim with its reason."""
    row = _forderung_or_404(request, forderung)
    if back := misplaced(request, FORDERUNG, "ablehnen", row.state, _seite(fall)):
        return back

    def act(form: AblehnungForm) -> str:
        services.reject_forderung(
            forderung=row, by=request.user, tag=timezone.localdate(), **form.eingaben
        )
        return _seite(fall)

    return run_form(
        request,
        AblehnungForm,
        template=_FORM,
        context=case_context(request, "Erstattung ablehnen", _TAB, zurueck=_seite(fall)),
        act=act,
        zu=lambda: FORDERUNGSSCHRITTE.weigerung(
            Forderungslage(request.user, timezone.localdate(), row), "ablehnen"
        ),
        done="Die Erstattung ist abgelehnt.",
    )


def forderung_konto(request: CaseRequest, fall: int, forderung: int) -> HttpResponse:
    """Note the account of the carrier where it is missing or another one."""
    row = _forderung_or_404(request, forderung)
    anerkannt = row.state == Forderungszustand.ANERKANNT
    schritt = "konto_aendern" if anerkannt else "konto_eintragen"
    if back := misplaced(request, FORDERUNG, schritt, row.state, _seite(fall)):
        return back
    einleitung = f"{row}: {row.teilnahme.traeger.name}"
    if anerkannt:
        einleitung += ". Die Forderung ist danach wieder offen; eine zweite Person entscheidet neu."

    def act(form: KontoForm) -> str:
        services.record_konto(
            forderung=row, by=request.user, tag=timezone.localdate(), **form.eingaben
        )
        return _seite(fall)

    return run_form(
        request,
        KontoForm,
        template=_FORM,
        context=case_context(
            request,
            str(FORDERUNG.uebergang(schritt).titel),
            _TAB,
            zurueck=_seite(fall),
            einleitung=einleitung,
        ),
        act=act,
        zu=lambda: FORDERUNGSSCHRITTE.weigerung(
            Forderungslage(request.user, timezone.localdate(), row), schritt
        ),
        done="Das Konto ist eingetragen.",
        initial={"iban": row.iban, "kassenzeichen": row.kassenzeichen},
    )


def _kasse_or_404(request: CaseRequest, forderung: int) -> Traegerforderung:
    row = erstattung_or_none(forderung)
    if row is None:
        raise Http404
    show_cases(request, [row.teilnahme.case_id])
    return row


def forderung_zahlen(request: CaseRequest, forderung: int) -> HttpResponse:
    """Order one refund; POST only."""
    row = _kasse_or_404(request, forderung)
    zurueck = reverse("auszahlungen")

    def act() -> str:
        services.record_erstattungszahlung(forderung=row, by=request.user, tag=timezone.localdate())
        return zurueck

    return run_step(request, act=act, back=zurueck, done="Die Erstattung ist angewiesen.")


def forderung_zahlung_zuruecknehmen(request: CaseRequest, forderung: int) -> HttpResponse:
    """Take the order of one refund back with its reason."""
    row = _kasse_or_404(request, forderung)
    zurueck = reverse("auszahlungen")

    def act(form: BegruendungForm) -> str:
        services.withdraw_erstattungszahlung(
            forderung=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return zurueck

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context={
            "titel": "Anweisung zurücknehmen",
            "zurueck": zurueck,
            "einleitung": f"{row.teilnahme.case.aktenzeichen}: {format_euro(row.summe)} an "
            f"{row.teilnahme.traeger.name}. Nehmen Sie sie nur zurück, wenn das Geld nicht "
            "ausgezahlt oder zurückgekommen ist.",
        },
        act=act,
        zu=lambda: FORDERUNGSSCHRITTE.weigerung(
            Forderungslage(request.user, timezone.localdate(), row), "zahlung_zuruecknehmen"
        ),
        done="Die Anweisung ist zurückgenommen.",
        form_kwargs={
            "label": "Warum wird sie zurückgenommen?",
            "absenden": "Anweisung zurücknehmen",
        },
    )
