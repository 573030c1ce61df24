"""Doubles in the directory: proposed, compared field by field, merged, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.guards import refuse
from cases.models import Gattung
from cases.verzeichnis import guards as regeln
from cases.verzeichnis.forms import RueckgaengigForm, ZusammenfuehrungForm, feldname
from cases.verzeichnis.queries.doppel import MAX_PAARE, candidates_for, moegliche_doppel
from cases.verzeichnis.queries.verweise import count_verwendung
from cases.verzeichnis.queries.verzeichnis import gattung_of, get_zusammenfuehrung, namen_of
from cases.verzeichnis.services import zusammenfuehrung as service
from cases.verzeichnis.services.verzeichnis import exclude_doppel
from cases.verzeichnis.views.eintrag import eintrag_context, eintrag_or_404, eintrag_url
from cases.views.formular import run_form, run_step

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def doppel(request: CaseRequest) -> HttpResponse:
    """List the pairs that look like one."""
    paare = [paar for gattung in Gattung.values for paar in moegliche_doppel(gattung)]
    context = {
        "titel": "Mögliche Doppelte",
        "brotkrumen": [("Verzeichnis", reverse("verzeichnis")), ("Mögliche Doppelte", None)],
        "zu_viele": len(paare) >= MAX_PAARE,
        "paare": [
            {
                "paar": paar,
                "gattung": Gattung(paar.gattung).label,
                "erster_url": eintrag_url(paar.erster),
                "zweiter_url": eintrag_url(paar.zweiter),
                "url": reverse(
                    "verzeichnis_zusammenfuehren",
                    args=[paar.gattung, paar.erster.pk, paar.zweiter.pk],
                ),
                "verschieden_url": reverse(
                    "verzeichnis_verschieden",
                    args=[paar.gattung, paar.erster.pk, paar.zweiter.pk],
                ),
            }
            for paar in paare
        ],
    }
    return render(request, "cases/verzeichnis/doppel.html", context)


def kandidaten(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Show which entries the one may be merged with."""
    row = eintrag_or_404(gattung, eintrag)
    zeilen = [
        (
            anderer,
            eintrag_url(anderer),
            reverse("verzeichnis_zusammenfuehren", args=[gattung, row.pk, anderer.pk]),
        )
        for anderer in candidates_for(row)
    ]
    context = eintrag_context(row, "Womit zusammenführen?", zeilen=zeilen)
    return render(request, "cases/verzeichnis/kandidaten.html", context)


def zusammenfuehren(request: CaseRequest, gattung: str, eintrag: int, anderer: int) -> HttpResponse:
    """Compare two entries and make them one."""
    if eintrag == anderer:
        raise Http404
    eins, zwei = eintrag_or_404(gattung, eintrag), eintrag_or_404(gattung, anderer)
    heute = timezone.localdate()

    def act(form: ZusammenfuehrungForm) -> str:
        bleibt, geht = form.paar
        service.merge_eintrag(
            bleibt=bleibt, geht=geht, werte=form.werte, by=request.user, tag=heute
        )
        return eintrag_url(bleibt)

    hindernis = next(
        filter(
            None,
            (
                regeln.gleiche_art(eins, zwei),
                regeln.eintrag_nicht_zusammengefuehrt(eins),
                regeln.eintrag_nicht_zusammengefuehrt(zwei),
            ),
        ),
        None,
    )
    if hindernis is not None and request.method != "POST":
        messages.error(request, hindernis.text)
    return run_form(
        request,
        ZusammenfuehrungForm,
        template="cases/verzeichnis/zusammenfuehren.html",
        context=eintrag_context(
            eins,
            "Einträge zusammenführen",
            gattung=gattung,
            verwendung=[(row, count_verwendung(row, request.user, heute)) for row in (eins, zwei)],
        ),
        act=act,
        done="Die Einträge sind zusammengeführt. Das lässt sich auf dieser Seite rückgängig "
        "machen.",
        form_kwargs={"eins": eins, "zwei": zwei},
    )


def verschieden(request: CaseRequest, gattung: str, eintrag: int, anderer: int) -> HttpResponse:
    """Note that two entries are not the same."""
    if eintrag == anderer:
        raise Http404
    eins, zwei = eintrag_or_404(gattung, eintrag), eintrag_or_404(gattung, anderer)
    liste = reverse("verzeichnis_doppel")

    def act() -> str:
        exclude_doppel(eins=eins, zwei=zwei, by=request.user, tag=timezone.localdate())
        return liste

    return run_step(
        request, act=act, back=liste, done="Die beiden Einträge werden nicht mehr vorgeschlagen."
    )


def zusammenfuehrung(request: CaseRequest, zusammenfuehrung: int) -> HttpResponse:
    """Show one merge and undo it."""
    merge = get_zusammenfuehrung(zusammenfuehrung) if zusammenfuehrung < 2**63 else None
    if merge is None:
        raise Http404
    bleibt = eintrag_or_404(merge.gattung, merge.bleibt)
    namen = namen_of(gattung_of(bleibt), {merge.bleibt, merge.geht})
    offen = merge.zurueck_am is None

    def act(form: RueckgaengigForm) -> str:
        refuse(regeln.darf_pflegen(request.user))
        service.undo_zusammenfuehrung(
            zusammenfuehrung=merge, by=request.user, tag=timezone.localdate()
        )
        return reverse("zusammenfuehrung", args=[merge.pk])

    return run_form(
        request,
        RueckgaengigForm,
        template="cases/verzeichnis/zusammenfuehrung.html",
        context=eintrag_context(
            bleibt,
            "Zusammenführung",
            merge=merge,
            offen=offen,
            name_bleibt=namen.get(merge.bleibt, ""),
            name_geht=namen.get(merge.geht, ""),
            geht_url=reverse("verzeichnis_eintrag", args=[merge.gattung, merge.geht]),
            bleibt_url=eintrag_url(bleibt),
            felder=[
                (feldname(bleibt, name), w["vorher"], w["nachher"])
                for name, w in merge.felder.items()
            ],
            ausnahmen=service.preview_undo(merge) if offen else service.outcome_of(merge),
        ),
        act=act,
        done="Die Zusammenführung ist rückgängig gemacht.",
    )
