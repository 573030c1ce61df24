"""The page about the Zuständigkeit: short way, guided check, result, decisions, letters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.antrag.forms.zustaendigkeit import PruefungForm, ZustaendigkeitForm
from cases.antrag.queries import zustaendigkeit as lesen
from cases.antrag.schreiben.zustaendigkeit import gruppennamen, vorbereitet_of
from cases.antrag.services import zustaendigkeit as service
from cases.antrag.views.zustaendigkeitsschritte import (
    antrag_of_request,
    page_of,
    zustaendigkeitsschritte,
)
from cases.models import Antrag, Vorlaeufigkeit, Vorlaeufigkeitsgrund
from cases.states.fall import Fallzustand
from cases.states.zustaendigkeit import Pruefungszustand
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from recht.rechtsstand import Rechtsstand, rechtsstand_am
from recht.zustaendigkeit import Ergebnis, Vorschlag
from recht.zustaendigkeitsfragen import absehbare_fragen, fragen, traeger_fuer

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

VORSCHLAEGE = {
    Vorschlag.OFFEN: "Es fehlen noch Antworten",
    Vorschlag.LEISTENDER_TRAEGER: "Wir sind leistender Träger",
    Vorschlag.WEITERLEITEN: "Den Antrag weiterleiten",
    Vorschlag.ABGABE: "An den örtlich zuständigen Träger abgeben",
    Vorschlag.TEILWEISE: "Einen Teil weiterleiten, über den Rest entscheiden",
    Vorschlag.TURBOKLAERUNG: "Im Einvernehmen weiterleiten (Turboklärung)",
    Vorschlag.VORLAEUFIG: "Vorläufig leisten",
    Vorschlag.KLAEREN: "Den gewöhnlichen Aufenthalt klären",
}
# The norms that say who has to render; the others are about days and kinds of carrier.
_TRAGENDE = ("§ 98", "§ 14 Abs. 2", "§ 14 Abs. 3")
_KURZ = (Vorschlag.LEISTENDER_TRAEGER, Vorschlag.OFFEN)


def zustaendigkeit(request: CaseRequest, fall: int) -> HttpResponse:
    """Show how it stands; while it is open the finding is one field and one button away."""
    heute = timezone.localdate()
    if not request.case.antraege.exists():
        return render(
            request,
            "cases/antrag/zustaendigkeit/seite.html",
            case_context(request, "Zuständigkeit", "zustaendigkeit", antrag=None),
        )
    antrag = antrag_of_request(request)
    context = _overview(request, antrag, heute)
    offen = lesen.is_open(antrag) and access.may_write(request.user)
    if request.method != "POST" and not offen:
        return render(request, "cases/antrag/zustaendigkeit/seite.html", context)

    def act(form: ZustaendigkeitForm) -> str:
        service.settle_zustaendigkeit(
            antrag=antrag,
            begruendung=form.cleaned_data["begruendung"],
            by=request.user,
            tag=heute,
        )
        return reverse("fall", args=[fall])

    return run_form(
        request,
        ZustaendigkeitForm,
        template="cases/antrag/zustaendigkeit/seite.html",
        context=context,
        act=act,
        done="Die Zuständigkeit ist festgestellt.",
        initial={"begruendung": _begruendung(context["ergebnis"])},
    )


def _begruendung(ergebnis: Ergebnis | None) -> str:
    """Return the reason that the guided check gives, for the clerk to keep or to change."""
    if ergebnis is None or ergebnis.vorschlag != Vorschlag.LEISTENDER_TRAEGER:
        return ""
    gruende = [s for s in ergebnis.schritte if s.norm.startswith(_TRAGENDE)]
    return " ".join(f"{s.text} ({s.norm})" for s in gruende)[:400]


def _vorlaeufig_norm(antrag: Antrag, vorlaeufigkeit: Vorlaeufigkeit | None) -> str:
    """Return on what the provisional Leistung rests, under the law of the application."""
    eilfall = vorlaeufigkeit is not None and vorlaeufigkeit.grund == Vorlaeufigkeitsgrund.EILFALL
    if rechtsstand_am(antrag.eingang) is not Rechtsstand.B:
        return "§ 98 Abs. 2 S. 3 SGB XII"
    return "§ 120 Abs. 4 SGB IX" if eilfall else "§ 98 Abs. 2 S. 1 SGB IX"


def _overview(request: CaseRequest, antrag: Antrag, heute: date) -> dict[str, Any]:
    pruefung = lesen.pruefung_of(antrag)
    ergebnis = None
    if pruefung is not None:
        _, ergebnis = lesen.assess(antrag, lesen.angaben_of(antrag, pruefung), heute)
    entscheidungen = lesen.entscheidungen_of(antrag)
    vorlaeufigkeit = lesen.vorlaeufigkeit_of(antrag)
    beteiligungen = lesen.beteiligungen_of(antrag)
    beginn = lesen.fristbeginn(antrag)
    schritte = zustaendigkeitsschritte(
        antrag, request.user, heute, ergebnis, {e.art for e in entscheidungen}, vorlaeufigkeit
    )
    return case_context(
        request,
        "Zuständigkeit",
        "zustaendigkeit",
        antrag=antrag,
        pruefung=pruefung,
        pruefung_offen=pruefung is None or pruefung.state == Pruefungszustand.IN_ARBEIT,
        ergebnis=ergebnis,
        vorschlag=VORSCHLAEGE[ergebnis.vorschlag] if ergebnis else "",
        kurz=ergebnis is None or ergebnis.vorschlag in _KURZ,
        schritte=schritte,
        andere_antraege=[a for a in lesen.antraege_of_case(request.case) if a.pk != antrag.pk],
        fristen=lesen.decision_fristen(antrag, beteiligungen),
        weiterleiten_bis=lesen.forward_until(antrag),
        versaeumt=lesen.missed_pruefung(antrag, heute),
        entscheidungen=entscheidungen,
        teile=[(t, gruppennamen(t.gruppen, beginn)) for t in lesen.teile_of(antrag)],
        beteiligungen=[(b, gruppennamen(b.gruppen, beginn)) for b in beteiligungen],
        vorlaeufigkeit=vorlaeufigkeit,
        vorlaeufig_norm=_vorlaeufig_norm(antrag, vorlaeufigkeit),
        briefe=vorbereitet_of(antrag),
    )


def pruefung(request: CaseRequest, fall: int) -> HttpResponse:
    """Ask the questions that matter; every answer is kept, the proposal grows beside them."""
    antrag, heute = _antrag(request), timezone.localdate()
    zurueck = page_of(antrag)
    row = lesen.pruefung_of(antrag)
    if request.method != "POST" and not lesen.is_open(antrag):
        return redirect(zurueck)
    angaben, ergebnis = lesen.assess(antrag, lesen.angaben_of(antrag, row), heute)
    gefragt = absehbare_fragen(angaben, lesen.fristbeginn(antrag), lesen.land())

    def act(form: PruefungForm) -> str:
        service.save_antworten(
            antrag=antrag,
            angaben=form.angaben(),
            notiz=form.cleaned_data["notiz"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=heute,
        )
        # The next questions follow from the answers; with none left the result is next.
        neu, danach = lesen.assess(antrag, form.angaben(), heute)
        dann = fragen(neu, lesen.fristbeginn(antrag), lesen.land())
        weiter = danach.fehlend or not set(dann) <= set(gefragt)
        return page_of(antrag, "zustaendigkeit_pruefung") if weiter else zurueck

    return run_form(
        request,
        PruefungForm,
        template="cases/antrag/zustaendigkeit/pruefung.html",
        context=case_context(
            request,
            "Geführte Prüfung der Zuständigkeit",
            zurueck=zurueck,
            antrag=antrag,
            ergebnis=ergebnis,
            vorschlag=VORSCHLAEGE[ergebnis.vorschlag],
            traeger=_traegertafel(angaben.gruppen, antrag),
        ),
        act=act,
        done="Die Antworten sind gespeichert.",
        form_kwargs={"fragen": gefragt},
        gespeichert=lesen.werte_of_pruefung(antrag, row, heute),
        zuletzt=row.bearbeitet_von.get_full_name() if row else "",
    )


def _traegertafel(gruppen: tuple[str, ...], antrag: Antrag) -> list[tuple[str, list[str]]]:
    beginn = lesen.fristbeginn(antrag)
    namen = gruppennamen(list(gruppen), beginn)
    return [
        (name, [t.bezeichnung for t in traeger_fuer(gruppe, beginn)])
        for name, gruppe in zip(namen, gruppen, strict=True)
    ]


def _antrag(request: CaseRequest) -> Antrag:
    if request.case.state == Fallzustand.ANFRAGE:
        raise Http404
    return antrag_of_request(request)
