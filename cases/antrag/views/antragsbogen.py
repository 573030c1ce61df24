"""The tab „Antrag“ and its pages: what was applied for, the sections of the form, the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.antrag.queries import antrag as queries
from cases.antrag.schreiben.antragsformular import ART, TITEL, leeres_formular_daten
from cases.antrag.services.antragsbogen import finish_abschnitt
from cases.antrag.views.anfrage import antrag_of_request
from cases.frist.services.frist import calculate_frist, land
from cases.models import Antrag
from cases.schreiben.satz.brief import render_brief
from cases.schreiben.views.schreiben import pdf_answer
from cases.services.ereignis import gegenstand_of
from cases.states.fall import Fallzustand
from cases.states.frist import Fristzustand
from cases.views.formular import run_step
from cases.views.rahmen import case_context
from recht.fehler import RechtFehler
from recht.fristkennung import Regel
from recht.rechtsstand import Rechtsstand, rechtsstand_am

if TYPE_CHECKING:
    from cases.models import Frist
    from cases.registry.aufruf import CaseRequest


@dataclass(frozen=True)
class Antragszeile:
    """One application as the tab shows it."""

    antrag: Antrag
    fristen: list[Frist]
    beginn: Any
    abschnitte: list[dict[str, Any]]
    erledigt: int
    zustaendigkeit_offen: bool
    kenntnis_zaehlt: bool


def fall_antrag(request: CaseRequest, fall: int) -> HttpResponse:
    """Show Anfrage, counsellings and all applications of the case."""
    case = request.case
    fristen = queries.fristen_of_antrag(case)
    ort = land()
    return render(
        request,
        "cases/antrag/fall.html",
        case_context(
            request,
            "Antrag",
            "fall_antrag",
            zeilen=[
                _row(request, row, fristen.get(gegenstand_of(row), []), ort)
                for row in queries.antraege_of(case)
            ],
            beratungen=list(queries.beratungen_of(case)),
            ist_anfrage=case.state == Fallzustand.ANFRAGE,
            ist_vorbei=case.state in (Fallzustand.BEENDET, Fallzustand.WEITERGELEITET),
        ),
    )


def _row(request: CaseRequest, antrag: Antrag, fristen: list[Frist], ort: str) -> Antragszeile:
    try:
        beginn: Any = calculate_frist(Regel.FRUEHESTER_BEGINN, antrag.leistungstag, ort)
    except RechtFehler:
        beginn = None
    offen = any(
        f.regel == Regel.ZUSTAENDIGKEITSPRUEFUNG and f.state == Fristzustand.OFFEN for f in fristen
    )
    vorher = (Fallzustand.ANTRAG_EINGEGANGEN, Fallzustand.WEITERGELEITET, Fallzustand.BEENDET)
    abschnitte = abschnitte_of(antrag)
    return Antragszeile(
        antrag=antrag,
        fristen=fristen,
        beginn=beginn,
        abschnitte=abschnitte,
        erledigt=sum(a["erledigt"] for a in abschnitte),
        kenntnis_zaehlt=rechtsstand_am(antrag.antragstag) is not Rechtsstand.B,
        zustaendigkeit_offen=offen
        and request.case.state not in vorher
        and access.may_write(request.user),
    )


def abschnitte_of(antrag: Antrag, jetzt: int = 0) -> list[dict[str, Any]]:
    """Return the sections as steps with their progress; no query."""
    erledigt = queries.bogen_of(antrag).erledigt
    return [
        {
            "nummer": queries.platz_of(nummer),
            "titel": titel,
            "url": reverse("antrag_abschnitt", args=[antrag.case_id, antrag.pk, nummer]),
            "erledigt": nummer in erledigt,
            "jetzt": nummer == jetzt,
        }
        for nummer, titel in queries.ABSCHNITTE
    ]


def antrag_abschnitt_erledigt(
    request: CaseRequest, fall: int, antrag: int, nummer: int
) -> HttpResponse:
    """Go on from a section that has no fields of its own to save."""
    row = antrag_of_request(request, antrag)
    if nummer not in dict(queries.ABSCHNITTE):
        raise Http404

    def act() -> str:
        finish_abschnitt(antrag=row, nummer=nummer, by=request.user)
        return next_url(row, nummer)

    back = reverse("antrag_abschnitt", args=[fall, antrag, nummer])
    return run_step(request, act=act, back=back)


def next_url(antrag: Antrag, nummer: int) -> str:
    """Return the next section, after the last one the tab."""
    if folgt := queries.section_after(nummer):
        return reverse("antrag_abschnitt", args=[antrag.case_id, antrag.pk, folgt])
    return reverse("fall_antrag", args=[antrag.case_id])


def antrag_formular_leer(request: CaseRequest) -> HttpResponse:
    """Return the empty form under the law of today."""
    daten = leeres_formular_daten(datum=timezone.localdate())
    brief = render_brief(art=ART, titel=TITEL, daten=daten)
    return pdf_answer(brief.pdf, "Antragsformular")
