"""What can be done about the Zuständigkeit: the buttons with their reasons, and their forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.antrag.forms import zustaendigkeit as formulare
from cases.antrag.guards import zustaendigkeit as regeln
from cases.antrag.queries import zustaendigkeit as lesen
from cases.antrag.services import traegerbeteiligung as beteiligen
from cases.antrag.services import zustaendigkeit as service
from cases.fall.schritte import FALLSCHRITTE, Falllage
from cases.forms.basis import BasisForm
from cases.models import Antrag, Antragsweg, Entscheidungsart, User, Vorlaeufigkeit
from cases.registry.schritt import Hindernis, Schritt
from cases.states.fall import Fallzustand
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from recht.kataloge import leistungsgruppen
from recht.rechtsstand import Rechtsstand, norm_am, rechtsstand_am
from recht.zustaendigkeit import Ergebnis, Vorschlag
from recht.zustaendigkeitsfragen import eigener_traeger

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_STELLEN = 19
_HAUPT = {
    Vorschlag.WEITERLEITEN: "weiterleiten",
    Vorschlag.ABGABE: "weiterleiten",
    Vorschlag.TEILWEISE: "zustaendigkeit_teil",
    Vorschlag.TURBOKLAERUNG: "zustaendigkeit_turbo",
    Vorschlag.VORLAEUFIG: "zustaendigkeit_vorlaeufig",
}


def zustaendigkeitsschritte(
    antrag: Antrag,
    user: User,
    heute: date,
    ergebnis: Ergebnis | None,
    geschehen: Collection[str],
    vorlaeufigkeit: Vorlaeufigkeit | None,
) -> list[Schritt]:
    """Return the steps that this user may take now, each open or closed with its reason."""
    if not access.may_write(user):
        return []
    haupt = _HAUPT.get(ergebnis.vorschlag) if ergebnis else None
    angaben = ergebnis.vorlaeufig_wegen if ergebnis else ""
    steps: list[tuple[str, str, Sequence[Hindernis]]] = []
    if antrag.case.state == Fallzustand.ANTRAG_EINGEGANGEN:
        lage = Falllage(user, heute, antrag.case, antrag)
        gruende = FALLSCHRITTE.hindernisse(lage, "weiterleiten")
        steps.append(("weiterleiten", "Antrag weiterleiten", gruende))
        if Entscheidungsart.UEBERNOMMEN not in geschehen:
            steps.append(("zustaendigkeit_uebernahme", "Als zweiter Träger übernehmen", []))
        if antrag.weg == Antragsweg.WEITERGELEITET:
            steps.append(("zustaendigkeit_turbo", "Turboklärung mit drittem Träger", []))
    if regeln.verfahren_laeuft_hier(antrag) is None:
        steps.append(("zustaendigkeit_teil", "Teil des Antrags weiterleiten", []))
        steps.append(("zustaendigkeit_beteiligung", "Weiteren Träger beteiligen", []))
        if vorlaeufigkeit is None:
            steps.append(("zustaendigkeit_vorlaeufig", "Vorläufig leisten", []))
    if vorlaeufigkeit is not None and vorlaeufigkeit.geklaert_am is None:
        steps.append(("vorlaeufigkeit_klaeren", "Vorläufige Leistung klären", []))
    if haupt is None and ergebnis and ergebnis.beteiligt and not angaben:
        haupt = "zustaendigkeit_beteiligung"
    return [
        Schritt(
            titel,
            page_of(antrag, name),
            hindernisse=tuple(hindernisse),
            haupt=name == haupt,
        )
        for name, titel, hindernisse in sorted(steps, key=lambda row: row[0] != haupt)
    ]


def antrag_of_request(request: CaseRequest) -> Antrag:
    """Return the application that `?antrag=` names, else the one that the case waits for."""
    wahl = request.GET.get("antrag", "")
    kennung = int(wahl) if wahl.isdecimal() and len(wahl) < _STELLEN else None
    antrag = lesen.antrag_of_case(request.case, kennung)
    if antrag is None or (wahl and kennung is None):
        raise Http404
    return antrag


def page_of(antrag: Antrag, name: str = "zustaendigkeit") -> str:
    """Return the address of a page about this application, whatever others the case has."""
    return f"{reverse(name, args=[antrag.case_id])}?antrag={antrag.pk}"


def _form(
    request: CaseRequest,
    antrag: Antrag,
    form_class: type[BasisForm],
    titel: str,
    einleitung: str,
    act: Callable[[Any], object],
    done: str,
    **mehr: Any,
) -> HttpResponse:
    """Show the form of a step; afterwards the page about the Zuständigkeit shows the letters."""
    zurueck = page_of(antrag)

    def take(form: BasisForm) -> str:
        act(form.cleaned_data)
        return zurueck

    return run_form(
        request,
        form_class,
        template="base_formular.html",
        context=case_context(request, titel, zurueck=zurueck, einleitung=einleitung),
        act=take,
        done=done,
        **mehr,
    )


def _traeger(heute: date) -> dict[str, Any]:
    return {"traeger": lesen.other_rehatraeger(heute), "stichtag": heute}


def weiterleiten(request: CaseRequest, fall: int) -> HttpResponse:
    """Hand the whole application on to another Träger."""
    antrag, heute = antrag_of_request(request), timezone.localdate()
    _, ergebnis = lesen.assess(antrag, lesen.angaben_of(antrag, lesen.pruefung_of(antrag)), heute)
    bis = lesen.forward_until(antrag)
    wann = f"Unverzüglich heißt hier: spätestens am {bis:%d.%m.%Y}. " if bis else ""
    passt = ergebnis.vorschlag in (Vorschlag.WEITERLEITEN, Vorschlag.ABGABE)
    return _form(
        request,
        antrag,
        formulare.WeiterleitungForm,
        "Antrag weiterleiten",
        f"{wann}Die antragstellende Person ist zu unterrichten (§ 14 Abs. 1 S. 2 SGB IX); beide "
        "Schreiben liegen danach bereit.",
        lambda daten: service.forward(antrag=antrag, by=request.user, tag=heute, **_werte(daten)),
        "Der Antrag ist weitergeleitet. Die Schreiben liegen bereit.",
        zu=lambda: FALLSCHRITTE.weigerung(
            Falllage(request.user, heute, request.case, antrag), "weiterleiten"
        ),
        form_kwargs=_traeger(heute),
        initial={
            "festgestellt_am": heute,
            "grund": ergebnis.schritte[-1].text if passt else "",
        },
    )


def _werte(daten: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a form without its one-time key."""
    return {name: wert for name, wert in daten.items() if name != "vorgang"}


def uebernahme(request: CaseRequest, fall: int) -> HttpResponse:
    """Note that the application was forwarded to here."""
    antrag, heute = antrag_of_request(request), timezone.localdate()
    return _form(
        request,
        antrag,
        formulare.UebernahmeForm,
        "Als zweiter Träger übernehmen",
        f"Der Antrag ging hier am {antrag.eingang:%d.%m.%Y} ein. Eine zweite Prüfung von "
        "zwei Wochen gibt es nicht; die Frist zur Entscheidung läuft ab diesem Tag "
        f"({norm_am(antrag.eingang, '§ 14 Abs. 2 S. 3 SGB IX a.F.', '§ 14 Abs. 2 S. 4 SGB IX')}).",
        lambda daten: service.take_over(antrag=antrag, by=request.user, tag=heute, **_werte(daten)),
        "Die Übernahme ist festgehalten.",
        form_kwargs=_traeger(heute),
    )


def turbo(request: CaseRequest, fall: int) -> HttpResponse:
    """Hand on once more, with the consent of the third carrier."""
    antrag, heute = antrag_of_request(request), timezone.localdate()
    return _form(
        request,
        antrag,
        formulare.TurboklaerungForm,
        "Turboklärung",
        "Nur, wenn wir insgesamt nicht zuständig sind und der dritte Träger einverstanden ist. Die "
        "Fristen laufen weiter, die antragstellende Person wird unterrichtet "
        f"({norm_am(antrag.eingang, '§ 14 Abs. 2 S. 5 SGB IX a.F.', '§ 14 Abs. 3 SGB IX')}).",
        lambda daten: service.forward_again(
            antrag=antrag, by=request.user, tag=heute, **_werte(daten)
        ),
        "Der Antrag ist im Einvernehmen weitergeleitet. Die Schreiben liegen bereit.",
        form_kwargs=_traeger(heute),
        initial={"einvernehmen_am": heute},
    )


def teil(request: CaseRequest, fall: int) -> HttpResponse:
    """Split off what the authority cannot render."""
    antrag, heute = antrag_of_request(request), timezone.localdate()
    beginn = lesen.fristbeginn(antrag)
    eigene = eigener_traeger(beginn).verweise
    fremd = [(g, n) for g, n in _gruppen(beginn) if g not in eigene]
    return _form(
        request,
        antrag,
        formulare.TeilweiterleitungForm,
        "Teil des Antrags weiterleiten",
        "Abgetrennt wird nur, wofür wir nicht Rehabilitationsträger sein können. Über den Rest "
        "entscheiden wir als leistender Träger "
        f"({norm_am(antrag.eingang, '§ 14 Abs. 6 SGB IX a.F.', '§ 15 Abs. 1 SGB IX')}).",
        lambda daten: beteiligen.forward_part(
            antrag=antrag, by=request.user, tag=heute, **_werte(daten)
        ),
        "Der Teil ist weitergeleitet. Die Schreiben liegen bereit.",
        form_kwargs={**_traeger(heute), "gruppen": fremd},
        initial={"festgestellt_am": heute, "gruppen": [g for g, _ in fremd]},
    )


def _gruppen(beginn: date) -> list[tuple[str, str]]:
    return [(g.schluessel, g.bezeichnung) for g in leistungsgruppen(beginn)]


def beteiligung(request: CaseRequest, fall: int) -> HttpResponse:
    """Ask another carrier for its findings."""
    antrag, heute = antrag_of_request(request), timezone.localdate()
    angaben = lesen.angaben_of(antrag, lesen.pruefung_of(antrag))
    return _form(
        request,
        antrag,
        formulare.BeteiligungForm,
        "Weiteren Träger beteiligen",
        "Der Träger stellt den Bedarf nach seinem Gesetz fest. Die zwei Wochen beginnen, wenn die "
        "Aufforderung das Haus verlässt "
        f"({norm_am(antrag.eingang, '§ 3 Abs. 1 BudgetV', '§ 15 Abs. 2 SGB IX')}).",
        lambda daten: beteiligen.involve_traeger(
            antrag=antrag, by=request.user, tag=heute, **_werte(daten)
        ),
        "Der Träger ist beteiligt. Die Schreiben liegen bereit.",
        form_kwargs={**_traeger(heute), "gruppen": _gruppen(lesen.fristbeginn(antrag))},
        initial={"gruppen": list(angaben.vorrang_gruppen)},
    )


def feststellung(request: CaseRequest, fall: int, beteiligung: int) -> HttpResponse:
    """Take in what a carrier has found."""
    row = lesen.beteiligung_of_case(request.case, beteiligung)
    if row is None:
        raise Http404
    heute = timezone.localdate()
    return _form(
        request,
        row.antrag,
        formulare.FeststellungForm,
        "Feststellungen erfassen",
        f"Feststellungen von {row.traeger.name}. Später als zwei Wochen nach der "
        "Anforderung binden sie nicht mehr "
        f"({norm_am(row.antrag.eingang, '§ 3 Abs. 1 BudgetV', '§ 15 Abs. 2 S. 2 SGB IX')}).",
        lambda daten: beteiligen.record_feststellung(
            beteiligung=row, by=request.user, tag=heute, **_werte(daten)
        ),
        "Die Feststellungen sind erfasst.",
        initial={"eingegangen_am": heute},
    )


def _vorlaeufig_text(eingang: date) -> str:
    """When it is rendered provisionally, under the law of the application."""
    if rechtsstand_am(eingang) is Rechtsstand.B:
        eilfall, ungeklaert = "§ 120 Abs. 4 SGB IX", "§ 98 Abs. 2 S. 1 SGB IX"
    else:
        eilfall = ungeklaert = "§ 98 Abs. 2 S. 3 SGB XII"
    return (
        f"Im Eilfall sofort ({eilfall}). Bei ungeklärtem gewöhnlichem Aufenthalt nach vier Wochen "
        f"({ungeklaert})."
    )


def vorlaeufig(request: CaseRequest, fall: int) -> HttpResponse:
    """Render before all is clear."""
    antrag, heute = antrag_of_request(request), timezone.localdate()
    row = lesen.pruefung_of(antrag)
    _, ergebnis = lesen.assess(antrag, lesen.angaben_of(antrag, row), heute)
    return _form(
        request,
        antrag,
        formulare.VorlaeufigForm,
        "Vorläufig leisten",
        _vorlaeufig_text(antrag.eingang),
        lambda daten: service.provide_provisionally(
            antrag=antrag, by=request.user, tag=heute, **_werte(daten)
        ),
        "Die vorläufige Leistung ist festgehalten.",
        initial={"grund": ergebnis.vorlaeufig_wegen or "eilfall"},
    )


def _erstattungsnorm(eingang: date) -> str:
    """Return where the refund of a provisional Leistung stands."""
    return norm_am(
        eingang, "§ 106 Abs. 1 SGB XII", "§ 98 Abs. 2 S. 2 SGB IX", ue="§ 106 Abs. 1 SGB XII"
    )


def vorlaeufigkeit_klaeren(request: CaseRequest, fall: int) -> HttpResponse:
    """Note what the open point came to."""
    antrag = antrag_of_request(request)
    row = lesen.vorlaeufigkeit_of(antrag)
    if row is None:
        raise Http404
    heute = timezone.localdate()
    return _form(
        request,
        antrag,
        formulare.KlaerungForm,
        "Vorläufige Leistung klären",
        "Steht der zuständige Träger fest, erstattet er die Kosten "
        f"({_erstattungsnorm(antrag.eingang)}).",
        lambda daten: service.clear_vorlaeufigkeit(
            vorlaeufigkeit=row, by=request.user, tag=heute, **_werte(daten)
        ),
        "Die Klärung ist festgehalten.",
        form_kwargs={"traeger": lesen.other_rehatraeger(heute)},
    )
