"""The page of the Datenschutz: open reviews, refused attempts, unusual reading, lists taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.registry.routen import ROUTES
from cases.services.auffaelligkeit import settle_auffaelligkeit
from cases.views.formular import run_form
from cases.zugang.forms.zugang import AktenzeichenForm, AuffaelligkeitForm
from cases.zugang.queries import zugang as queries
from cases.zugang.queries.lesezugriff import case_by_aktenzeichen

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

TAGE = 30
ZEILEN = 25
_LISTEN = {
    "faelle": "Liste der Fälle",
    "suche": "Suche",
    "faelle_tabelle": "Fälle als Tabelle mitgenommen",
    "fristen_tabelle": "Fristen als Tabelle mitgenommen",
    "verzeichnis_tabelle": "Verzeichnis als Tabelle mitgenommen",
    "importstapel": "Zeilen einer Bestandsübernahme",
    "importstapel_fehler": "Fehlerliste einer Bestandsübernahme mitgenommen",
}


def datenschutz(request: CaseRequest) -> HttpResponse:
    """Show what the control of access has to look at; find the read log of one case."""
    jetzt, heute = timezone.now(), timezone.localdate()
    form = AktenzeichenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        case = case_by_aktenzeichen(form.cleaned_data["aktenzeichen"])
        if case is not None:
            return redirect("datenschutz_lesezugriffe", case.pk)
        form.add_error("aktenzeichen", "Unter diesem Aktenzeichen gibt es keinen Fall.")
    offen = queries.notfallzugriffe_for(request.user).filter(ergebnis=None)
    seit = queries.window(jetzt, TAGE)
    seite = Paginator(queries.auffaelligkeiten(), ZEILEN).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/zugang/datenschutz/seite.html",
        {
            "titel": "Datenschutz",
            "form": form,
            "tage": TAGE,
            "offene_pruefungen": [(row, row.pruefen_bis < heute) for row in offen[:ZEILEN]],
            "anzahl_offen": offen.count(),
            "anzahl_ueberfaellig": offen.filter(pruefen_bis__lt=heute).count(),
            "selbst": queries.reviewable_without_leitung(offen).count(),
            "seite": seite,
            "grenze": queries.grenze("zugang.faelle_je_stunde", heute),
            "verweigerungen": queries.verweigerungen(seit),
            "listen": [
                (row, _LISTEN.get(str(row["route"])) or _menu_text(str(row["route"])))
                for row in queries.listenabrufe(seit)
            ],
        },
        status=422 if form.errors else 200,
    )


def _menu_text(route: str) -> str:
    row = ROUTES.get(route)
    return row.menue if row and row.menue else "Liste oder Ausfuhr"


def auffaelligkeit(request: CaseRequest, auffaelligkeit: int) -> HttpResponse:
    """Record what became of an alert."""
    row = queries.auffaelligkeiten().filter(pk=auffaelligkeit).first()
    if row is None:
        raise Http404
    ziel = reverse("datenschutz")
    if row.geprueft_am and request.method != "POST":
        messages.info(request, "Diese Auffälligkeit ist bereits geprüft.")
        return redirect(ziel)

    def act(form: AuffaelligkeitForm) -> str:
        settle_auffaelligkeit(
            auffaelligkeit=row,
            bemerkung=form.cleaned_data["bemerkung"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return ziel

    return run_form(
        request,
        AuffaelligkeitForm,
        template="base_formular.html",
        context={
            "titel": "Auffälliges Lesen prüfen",
            "einleitung": f"{row.user.get_full_name()} hat innerhalb einer Stunde {row.anzahl} "
            f"verschiedene Fälle geöffnet; die Grenze liegt bei {row.grenze}.",
            "zurueck": ziel,
            "brotkrumen": [("Datenschutz", ziel), ("Auffälliges Lesen", None)],
        },
        act=act,
        done="Die Prüfung ist festgehalten.",
    )
