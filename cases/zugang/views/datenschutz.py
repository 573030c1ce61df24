"""The page of the Datenschutz: open reviews, refused attempts, unusual reading, lists taken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.behoerde.queries.behoerde import behoerde_or_none
from cases.models.wertschluessel import wertschluessel
from cases.queries.zugangsgrenze import grenzen
from cases.registry.aufruf import show_cases
from cases.registry.routen import ROUTES
from cases.services.auffaelligkeit import settle_auffaelligkeit
from cases.views.formular import run_form
from cases.zugang.forms.zugang import AktenzeichenForm, AuffaelligkeitForm
from cases.zugang.queries import papiere as papier_queries
from cases.zugang.queries import zugang as queries
from cases.zugang.queries.lesezugriff import case_by_aktenzeichen

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

TAGE = 30
ZEILEN = 25
_LISTEN = {
    "faelle": "Liste der Fälle",
    "suche": "Suche",
    "antrag_aehnlich": "Prüfung auf ähnliche Personen",
    "faelle_tabelle": "Fälle als Tabelle mitgenommen",
    "fristen_tabelle": "Fristen als Tabelle mitgenommen",
    "verzeichnis_tabelle": "Verzeichnis als Tabelle mitgenommen",
    "importstapel": "Zeilen einer Bestandsübernahme",
    "importstapel_fehler": "Fehlerliste einer Bestandsübernahme mitgenommen",
    "start": "Mein Tag",
    "fall": "Übersicht eines Falls mit Verweis auf andere",
    "team_mitglied": "Fälle eines Teammitglieds",
    "druckstapel": "Versandliste eines Druckstapels",
    "uebergabe": "Übergabe von Fällen",
    "notfall_pruefen": "Prüfung eines Notfallzugriffs",
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
    ungeprueft = list(offen[:ZEILEN])
    show_cases(request, [row.case_id for row in ungeprueft])
    return render(
        request,
        "cases/zugang/datenschutz/seite.html",
        {
            "titel": "Datenschutz",
            "form": form,
            "tage": TAGE,
            "offene_pruefungen": [(row, row.pruefen_bis < heute) for row in ungeprueft],
            "anzahl_offen": offen.count(),
            "anzahl_ueberfaellig": offen.filter(pruefen_bis__lt=heute).count(),
            "selbst": queries.reviewable_without_leitung(offen).count(),
            "seite": seite,
            "grenzen": _grenzen(heute),
            "papiere": papier_queries.papiere(),
            "verweigerungen": queries.verweigerungen(seit),
            "listen": [
                (row, _LISTEN.get(str(row["route"])) or _menu_text(str(row["route"])))
                for row in queries.listenabrufe(seit)
            ],
        },
        status=422 if form.errors else 200,
    )


def _grenzen(heute: date) -> list[tuple[str, int, bool]]:
    """Return what stands out from which number on, and whether the authority has set it."""
    arten = wertschluessel()
    return [
        (arten[schluessel].titel, zahl, str(zahl) != arten[schluessel].vorgabe)
        for schluessel, zahl in grenzen(heute).items()
    ]


def _menu_text(route: str) -> str:
    row = ROUTES.get(route)
    return row.menue if row and row.menue else "Liste oder Ausfuhr"


def papier(request: CaseRequest, papier: str) -> HttpResponse:
    """Show one of the papers that an authority must have, made from the program as it is."""
    gezeigt = papier_queries.papier_of(papier)
    if gezeigt is None:
        raise Http404
    return render(
        request,
        "cases/zugang/datenschutz/papier.html",
        {
            "titel": gezeigt.titel,
            "papier": gezeigt,
            "behoerde": behoerde_or_none(),
            "brotkrumen": [("Datenschutz", reverse("datenschutz")), (gezeigt.titel, None)],
        },
    )


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
            "titel": "Auffälligkeit prüfen",
            "einleitung": f"{row.user.get_full_name()}, innerhalb einer Stunde {row.anzahl}: "
            f"{row.get_art_display()}. Die Grenze liegt bei {row.grenze}.",
            "zurueck": ziel,
            "brotkrumen": [("Datenschutz", ziel), ("Auffälligkeit", None)],
        },
        act=act,
        done="Die Prüfung ist festgehalten.",
    )
