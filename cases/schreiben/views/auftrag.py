"""The page of outbox rows: ids and states, no content; and the decision about an unclear one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.models import Auftrag
from cases.queries.schlangen import unsettled_orders, why_outdated
from cases.registry.auftragsart import Auftragsart
from cases.registry.beitrag import registry
from cases.schreiben.forms.auftrag import BELASSEN, ZIEL, KlaerungForm
from cases.schreiben.queries.postausgang import ZEILEN, auftraege_for_list, count_by_state
from cases.services import auftrag as service
from cases.states.auftrag import AUFTRAGFARBEN, Auftragzustand
from cases.states.rolle import Rolle
from cases.views.formular import run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def auftraege(request: CaseRequest) -> HttpResponse:
    """Show what needs a person first, then what is under way, then what is done."""
    zeilen = auftraege_for_list(request.user, timezone.localdate())
    anzahl = count_by_state()
    return render(
        request,
        "cases/schreiben/auftrag/liste.html",
        {
            "titel": "Aufträge",
            "zeilen": [
                (zeile, AUFTRAGFARBEN[Auftragzustand(zeile.auftrag.state)]) for zeile in zeilen
            ],
            "zahlen": [
                (zustand.label, AUFTRAGFARBEN[zustand], anzahl.get(zustand.value, 0))
                for zustand in Auftragzustand
            ],
            "gekuerzt": len(zeilen) == ZEILEN,
            "entscheidet": request.user.has_rolle(Rolle.FACHADMINISTRATION),
        },
    )


def auftrag_klaeren(request: CaseRequest, auftrag: int) -> HttpResponse:
    """Decide about an uncertain or failed order of the house: was sent, send again, leave."""
    row = unsettled_orders().filter(pk=auftrag).first()
    art = registry.auftragsarten.get(row.art) if row else None
    if row is None or art is None or art.seite:
        # Decided already, or it belongs to a case, where those decide who see it.
        raise Http404
    schluessel = row.schluessel

    def act(form: KlaerungForm) -> str:
        wahl = form.cleaned_data["wahl"]
        grund = f"Dabei belassen von {request.user.get_full_name()}." if wahl == BELASSEN else ""
        service.decide(
            schluessel=schluessel,
            state=ZIEL[wahl],
            now=timezone.now(),
            by=request.user,
            grund=grund,
        )
        return reverse("betrieb")

    return run_form(
        request,
        KlaerungForm,
        template="base_formular.html",
        context={
            "titel": f"Auftrag {row.pk} klären",
            "einleitung": _einleitung(row, art),
            "zurueck": reverse("betrieb"),
            "brotkrumen": [("Betrieb", reverse("betrieb")), (f"Auftrag {row.pk}", None)],
        },
        act=act,
        done="Die Entscheidung ist vermerkt.",
        form_kwargs={
            "ungewiss": row.state == Auftragzustand.UNGEWISS,
            "ueberholt": why_outdated(row, timezone.localdate()),
        },
    )


def _einleitung(row: Auftrag, art: Auftragsart) -> str:
    """Say what it is about, to whom, and what is known; asking the recipient tells the rest."""
    an = art.an([row.gegenstand_id]).get(row.gegenstand_id, "") if art.an else ""
    wann = timezone.localtime(row.erstellt).strftime("%d.%m.%Y um %H:%M Uhr")
    satz = f"{art.titel} an {an or 'unbekannt'}, veranlasst am {wann}. {row.fehler}"
    if row.state == Auftragzustand.UNGEWISS:
        return (
            f"{satz} Bitte fragen Sie nach, ob die Nachricht angekommen ist. Fallwerk wiederholt "
            "sie nicht von selbst."
        )
    return f"{satz} Gesendet ist nichts."
