"""What the Kasse pays in a month: amounts and payees, nothing about the person's need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.models.zahlung import Zahlanordnung
from budget.teilnahme.queries import list_erstattungen
from budget.zahlung.forms import AnweisungRuecknahmeForm, MonatForm, monatsname, read_wuensche
from budget.zahlung.queries import (
    Monatsliste,
    Posten,
    Rest,
    Zahlung,
    anweisung_or_none,
    cases_of,
    list_zahlungen,
    month_of,
    orders_of,
    rueckforderungen_of,
)
from budget.zahlung.services import record_anweisungen, withdraw_anweisung
from cases.models import Case
from cases.registry.aufruf import show_cases
from cases.states.inhalt import Inhalt, Stufe, stufe_of
from cases.states.rolle import Rolle
from cases.states.zugang import Zugriffsgrund
from cases.views.formular import run_form, run_step, still_there
from recht.geld import format_euro

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

PAGE_ROWS = 50


def auszahlungen(request: CaseRequest) -> HttpResponse:
    """List what is due in the chosen month; only the Kasse sees whole accounts."""
    heute = timezone.localdate()
    gefragt = request.GET if "monat" in request.GET else {"monat": f"{heute:%Y-%m}"}
    form = MonatForm(gefragt, stichtag=heute)
    monat = form.gewaehlt
    zahlungen = list_zahlungen(request.user, heute)
    angewiesen = orders_of(request.user, heute)
    rueck = rueckforderungen_of(request.user, heute, zahlungen, angewiesen)
    liste = month_of(zahlungen, monat, heute, angewiesen, rueck)
    seite = Paginator(liste.posten, PAGE_ROWS).get_page(request.GET.get("seite"))
    erstattungen = list_erstattungen(request.user, heute, monat)
    hier = [row.teilnahme.case_id for row in erstattungen]
    faelle = cases_of([*_shown(list(seite), liste), *hier])
    show_cases(request, faelle)
    sicht = stufe_of(request.user.rollen, Zugriffsgrund.ZAHLUNG, Inhalt.KONTO)
    return render(
        request,
        "budget/zahlung/liste.html",
        {
            "titel": "Auszahlungen",
            "form": form,
            "monatsname": monatsname(monat),
            "heute": heute,
            "seiten_zusatz": f"monat={monat:%Y-%m}",
            "monat": monat,
            "liste": liste,
            "weist_an": request.user.has_rolle(Rolle.KASSE),
            "seite": seite,
            "zeilen": [_zeile(posten, faelle[posten.fall], heute) for posten in seite],
            "vorher": [_zeile(posten, faelle[posten.fall], heute) for posten in liste.vorher],
            "entfallen": [_entfallen(r, faelle) for r in liste.entfallen if r.zahltag > heute],
            "gezahlt": [_entfallen(r, faelle) for r in liste.entfallen if r.zahltag <= heute],
            "ueberzahlt": [(faelle[u.fall], u, monatsname(u.monat)) for u in liste.ueberzahlt],
            "beendet": [(faelle[z.fall], z.plan) for z in liste.beendet],
            "ruhend": [(faelle[z.fall], z.plan) for z in liste.ruhend],
            "kuenftig": [(faelle[z.fall], z.plan) for z in liste.kuenftig],
            "erstattungen": erstattungen,
            "voll": sicht == Stufe.VOLL,
        },
    )


def auszahlungen_anweisen(request: CaseRequest) -> HttpResponse:
    """Order the ticked months; POST only."""
    monat = request.POST.get("monat", "")
    zurueck = f"{reverse('auszahlungen')}?{urlencode({'monat': monat})}"

    def act() -> str:
        wuensche = read_wuensche(request.POST.getlist("posten"))
        record_anweisungen(wuensche=wuensche, by=request.user, tag=timezone.localdate())
        return zurueck

    return run_step(request, act=act, back=zurueck, done="Die Auszahlungen sind angewiesen.")


def vorlaeufige_anweisung_zuruecknehmen(request: CaseRequest, anweisung: int) -> HttpResponse:
    """Take one order before any grant back with its reason."""
    return _take_back(request, anweisung_or_none(anweisung, vorlaeufig=True))


def anweisung_zuruecknehmen(request: CaseRequest, anweisung: int) -> HttpResponse:
    """Take one order back with its reason."""
    return _take_back(request, anweisung_or_none(anweisung))


def _take_back(request: CaseRequest, row: Zahlanordnung | None) -> HttpResponse:
    heute = timezone.localdate()
    if row is None and request.method != "POST":
        raise Http404
    if row is not None:
        show_cases(request, [row.case.pk])
    zurueck = reverse("auszahlungen")
    if row is not None:
        zurueck = f"{zurueck}?{urlencode({'monat': f'{row.faellig:%Y-%m}'})}"

    def act(form: AnweisungRuecknahmeForm) -> str:
        withdraw_anweisung(
            anweisung=still_there(row),
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=heute,
            nicht_gezahlt=form.cleaned_data.get("nicht_gezahlt", False),
        )
        return zurueck

    return run_form(
        request,
        AnweisungRuecknahmeForm,
        template="base_formular.html",
        context={
            "titel": "Anweisung zurücknehmen",
            "zurueck": zurueck,
            "einleitung": _einleitung(row) if row else "",
        },
        act=act,
        done="Die Anweisung ist zurückgenommen.",
        form_kwargs={
            "label": "Warum wird sie zurückgenommen?",
            "hilfe": "Der Monat ist danach wieder offen. Der Grund bleibt in der Akte.",
            "knopf": "Anweisung zurücknehmen",
            "zahltag_erreicht": row is not None and row.zahltag <= heute,
        },
    )


def _entfallen(rest: Rest, faelle: dict[int, Case]) -> tuple[Case, Rest, str]:
    return faelle[rest.anweisung.fall], rest, monatsname(rest.anweisung.monat)


def _einleitung(row: Zahlanordnung) -> str:
    return (
        f"{row.case.aktenzeichen}: {format_euro(row.betrag)} für {monatsname(row.monat)}, "
        f"angewiesen am {row.angewiesen_am:%d.%m.%Y}."
    )


def _shown(posten: Sequence[Posten], liste: Monatsliste) -> list[int]:
    zahlungen: list[Zahlung] = [*liste.beendet, *liste.kuenftig, *liste.ruhend]
    return [
        *(p.fall for p in posten),
        *(p.fall for p in liste.vorher),
        *(r.anweisung.fall for r in liste.entfallen),
        *(u.fall for u in liste.ueberzahlt),
        *(z.fall for z in zahlungen),
    ]


def _zeile(posten: Posten, case: Case, heute: date) -> dict[str, Any]:
    """Return one row: of several accounts the one that holds on the day of payment.

    What was due before is paid now, to the account of now; what is ordered went to the one of then.
    """
    rate = posten.rate
    gezahlt = heute if posten.anweisung is None else posten.anweisung.angewiesen_am
    konto = case.leistungsberechtigte_person.bankverbindung_am(max(rate.faellig, gezahlt))
    letzte = _is_last(posten.ende, rate.monat)
    return {
        "case": case,
        "name": case.leistungsberechtigte_person.voller_name,
        "iban": konto.iban if konto else "",
        "kontoinhaber": konto.kontoinhaber if konto else "",
        "konto_geaendert_am": konto.geaendert_am if konto else None,
        "posten": posten,
        "rate": rate,
        "monat": monatsname(rate.monat),
        "abzug": posten.abzug,
        "letzte": letzte,
        "ende": posten.ende,
    }


def _is_last(ende: date | None, monat: date) -> bool:
    return ende is not None and (ende.year, ende.month) == (monat.year, monat.month)
