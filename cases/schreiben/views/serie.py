"""Series of letters: make one from a list, look at it, release it, print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.models import Serie, Serienbrief
from cases.registry.aufruf import show_cases
from cases.registry.beitrag import registry
from cases.registry.serienart import Serienart
from cases.schreiben.forms.serie import ListenwahlForm, SerienForm
from cases.schreiben.queries.serie import (
    HOECHSTENS,
    SEITENZEILEN,
    briefe_of,
    sample_of,
    titel_of,
    visible_serien,
)
from cases.schreiben.schritte import SERIENSCHRITTE, Serienlage
from cases.schreiben.services import serie as service
from cases.schreiben.tasks import go_on
from cases.schreiben.views.schreiben import pdf_answer
from cases.states.serie import (
    ARBEITEND,
    BRIEFFARBEN,
    SERIE,
    Serienbriefstand,
    Serienweg,
    Serienzustand,
)
from cases.states.tafel import SchrittUnzulaessig
from cases.views.formular import run_form, run_step, sentence_of
from recht.fehler import RechtFehler

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_ARTEN = {
    "alle": "Alle Schreiben",
    "stichprobe": "Stichprobe",
    "fehler": "Nicht möglich",
}


def serien(request: CaseRequest) -> HttpResponse:
    """List the series that concern cases of this user, and what can be written in one."""
    rows = visible_serien(request.user, timezone.localdate())
    seite = Paginator(rows, SEITENZEILEN).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/schreiben/serie/liste.html",
        {
            "titel": "Serienbriefe",
            "seite": seite,
            "zeilen": [(row, SERIE.farben[row.state], titel_of(row.art)) for row in seite],
            "arten": list(registry.serienarten.values()),
        },
    )


def serie_neu(request: CaseRequest, art: str) -> HttpResponse:
    """Choose a list, then whom of it, and say in which words; a worker sets the letters."""
    kind = registry.serienarten.get(art)
    if kind is None or kind.wahl is None or kind.angaben is None:
        raise Http404
    heute = timezone.localdate()
    wahl: ListenwahlForm = kind.wahl(request.GET or None)
    posten = []
    if wahl.is_valid():
        posten = kind.posten(request.user, heute, wahl.cleaned_data, HOECHSTENS + 1)
    context = _context(kind, wahl) | {
        "gesucht": wahl.is_bound and wahl.is_valid(),
        "zu_viele": len(posten) > HOECHSTENS,
        "hoechstens": HOECHSTENS,
        "formular_adresse": request.get_full_path(),
    }
    if not 1 <= len(posten) <= HOECHSTENS:
        return render(request, "cases/schreiben/serie/neu.html", context)
    show_cases(request, [eine.fall for eine in posten])

    def act(form: SerienForm) -> str:
        row = service.create_serie(
            art=art,
            titel=f"{kind.titel}{wahl.worte()}",
            posten=form.gewaehlt(),
            angaben=form.angaben(),
            weg=form.cleaned_data["weg"],
            by=request.user,
            now=timezone.now(),
        )
        go_on(row.pk)
        return reverse("serie", args=[row.pk])

    return run_form(
        request,
        kind.angaben,
        template="cases/schreiben/serie/neu.html",
        context=context,
        act=act,
        form_kwargs={"posten": posten, "stichtag": heute},
        initial={
            "posten": [eine.schluessel for eine in posten],
            "weg": Serienweg.BRIEF,
        },
    )


def _context(kind: Serienart, wahl: ListenwahlForm) -> dict[str, Any]:
    liste = reverse("serien")
    return {
        "titel": kind.titel,
        "einleitung": kind.hilfe,
        "wahl": wahl,
        "zurueck": liste,
        "brotkrumen": [("Serienbriefe", liste), (kind.titel, None)],
    }


def serie(request: CaseRequest, serie: int) -> HttpResponse:
    """Show a series: how far it is, what could not be set, the sample, the next step."""
    row, heute = _get_or_404(request, serie), timezone.localdate()
    lage = Serienlage(request.user, heute, row)
    briefe = briefe_of(row, request.user, heute)
    auswahl = {
        "alle": briefe,
        "stichprobe": briefe.filter(pk__in=sample_of(row).order_by().values("pk")),
        "fehler": briefe.filter(state=Serienbriefstand.FEHLER),
    }
    anzahlen = {name: rows.count() for name, rows in auswahl.items()}
    art = request.GET.get("zeilen", "")
    art = art if anzahlen.get(art) else "alle"
    seite = Paginator(auswahl[art], SEITENZEILEN).get_page(request.GET.get("seite"))
    show_cases(request, [brief.case_id for brief in seite])
    adresse = reverse("serie", args=[row.pk])
    context = {
        "titel": row.titel,
        "brotkrumen": [("Serienbriefe", reverse("serien")), (str(row), None)],
        "serie": row,
        "farbe": SERIE.farben[row.state],
        "arbeitet": row.state in ARBEITEND,
        "zahlen": lage.zahlen,
        "getan": lage.zahlen["alle"] - _remaining(lage),
        "schritte": SERIENSCHRITTE.schritte(
            lage, "freigeben", "drucken", "neu_setzen", "verwerfen"
        ),
        "waehlbar": bool(SERIENSCHRITTE.schritte(lage, "herausnehmen")),
        "reiter": [
            {
                "titel": titel,
                "url": f"{adresse}?zeilen={name}",
                "aktiv": name == art,
                "anzahl": anzahlen[name],
            }
            for name, titel in _ARTEN.items()
            if anzahlen[name] or name == "alle"
        ],
        "seite": seite,
        "seiten_zusatz": f"zeilen={art}",
        "zeilen": [(brief, BRIEFFARBEN[Serienbriefstand(brief.state)]) for brief in seite],
    }
    return render(request, "cases/schreiben/serie/seite.html", context)


def _remaining(lage: Serienlage) -> int:
    """Return how many letters a running step has not reached yet."""
    stand = {
        Serienzustand.SATZ: Serienbriefstand.OFFEN,
        Serienzustand.VERSAND: Serienbriefstand.GESETZT,
    }.get(Serienzustand(lage.serie.state))
    return lage.zahlen[stand] if stand else 0


def serie_brief(request: CaseRequest, serie: int, brief: int) -> HttpResponse:
    """Show one letter as it would leave; the button of the sample notes who has looked at it."""
    row = _brief_or_404(request, serie, brief)
    try:
        pdf = service.read_serienbrief(
            brief=row,
            by=request.user,
            route="serie_brief",
            now=timezone.now(),
            vermerken=request.method == "POST",
        )
    except (SchrittUnzulaessig, RechtFehler) as error:
        messages.error(request, sentence_of(error))
        return redirect("serie", serie)
    return pdf_answer(pdf, f"{row.case.aktenzeichen}-Serie-{serie}")


def freigeben(request: CaseRequest, serie: int) -> HttpResponse:
    """Release: every letter that could be set is frozen and put on its way."""
    row = _get_or_404(request, serie)
    back = reverse("serie", args=[row.pk])

    def act() -> str:
        service.release_serie(serie=row, by=request.user, now=timezone.now())
        go_on(row.pk)
        return back

    return run_step(request, act=act, back=back)


def neu_setzen(request: CaseRequest, serie: int) -> HttpResponse:
    """Set all letters anew."""
    row = _get_or_404(request, serie)
    back = reverse("serie", args=[row.pk])

    def act() -> str:
        service.reopen_serie(serie=row, by=request.user, tag=timezone.localdate())
        go_on(row.pk)
        return back

    return run_step(request, act=act, back=back)


def herausnehmen(request: CaseRequest, serie: int) -> HttpResponse:
    """Take the ticked letters out."""
    row = _get_or_404(request, serie)
    back = reverse("serie", args=[row.pk])
    gewaehlt = set(request.POST.getlist("brief"))

    def act() -> str:
        heute = timezone.localdate()
        eigene = briefe_of(row, request.user, heute).values_list("pk", flat=True)
        briefe = {pk for pk in eigene if str(pk) in gewaehlt}
        service.remove_briefe(serie=row, briefe=briefe, by=request.user, tag=heute)
        return back

    return run_step(request, act=act, back=back, done="Die Schreiben sind herausgenommen.")


def verwerfen(request: CaseRequest, serie: int) -> HttpResponse:
    """Drop a series of which nothing has left."""
    row = _get_or_404(request, serie)

    def act() -> str:
        service.discard_serie(serie=row, by=request.user, tag=timezone.localdate())
        return reverse("serien")

    return run_step(
        request,
        act=act,
        back=reverse("serie", args=[row.pk]),
        done="Die Serie ist verworfen. In den Akten steht davon nichts.",
    )


def drucken(request: CaseRequest, serie: int) -> HttpResponse:
    """Put the letters on paper into a Druckstapel."""
    row = _get_or_404(request, serie)

    def act() -> str:
        stapel = service.prepare_druckstapel(serie=row, by=request.user, tag=timezone.localdate())
        return reverse("druckstapel", args=[stapel.pk])

    return run_step(
        request,
        act=act,
        back=reverse("serie", args=[row.pk]),
        done="Der Druckstapel ist erstellt.",
    )


def _get_or_404(request: CaseRequest, pk: int) -> Serie:
    rows = visible_serien(request.user, timezone.localdate())
    row = rows.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row


def _brief_or_404(request: CaseRequest, serie: int, brief: int) -> Serienbrief:
    row = _get_or_404(request, serie)
    rows = briefe_of(row, request.user, timezone.localdate())
    found = rows.filter(pk=brief).first() if brief < 2**63 else None
    if found is None:
        raise Http404
    found.serie = row
    return found
