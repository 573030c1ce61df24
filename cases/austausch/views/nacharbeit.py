"""After and before an import: the words of its file, the days of its reminders, what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.austausch.forms.austausch import VorlageForm, WoerterForm
from cases.austausch.queries.austausch import SEITENZEILEN, counts_of
from cases.austausch.queries.nacharbeit import open_cases, points_of, progress_of
from cases.austausch.schritte import STAPELSCHRITTE, Stapellage
from cases.austausch.services import austausch as services
from cases.austausch.tasks import go_on
from cases.austausch.views.austausch import get_or_404
from cases.models import Importstapel
from cases.queries.stand import last_editor
from cases.registry.aufruf import show_cases
from cases.views.formular import run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def woerter(request: CaseRequest, stapel: int) -> HttpResponse:
    """Say what words of the file mean, and check its faulty rows anew."""
    row = get_or_404(request, stapel)
    back = reverse("importstapel", args=[row.pk])

    def act(form: WoerterForm) -> str:
        services.set_woerter(stapel=row, woerter=form.woerter(), by=request.user)
        go_on(row.pk)
        return back

    return run_form(
        request,
        WoerterForm,
        template="base_formular.html",
        context=_context(
            row,
            "Wörter zuordnen",
            "Diese Wörter der Datei kennt Fallwerk nicht. Sagen Sie, was sie bedeuten; dann werden "
            "die fehlerhaften Zeilen neu geprüft. Die nächste Datei dieser Herkunft beginnt damit.",
        ),
        act=act,
        zu=lambda: STAPELSCHRITTE.weigerung(Stapellage(request.user, row), "zuordnen"),
        form_kwargs={"stapel": row},
    )


def vorlage(request: CaseRequest, stapel: int) -> HttpResponse:
    """Say when running cases without a day of their own come before somebody."""
    row = get_or_404(request, stapel)
    back = reverse("importstapel", args=[row.pk])

    def act(form: VorlageForm) -> str:
        services.set_vorlage(
            stapel=row,
            ab=form.cleaned_data["vorlage_ab"],
            bis=form.cleaned_data["vorlage_bis"],
            by=request.user,
            tag=timezone.localdate(),
            gesehen=form.stand_jetzt,
        )
        return back

    return run_form(
        request,
        VorlageForm,
        template="base_formular.html",
        context=_context(
            row,
            "Tage der Wiedervorlage",
            "Laufende Fälle, die in der Datei keinen Tag haben, bekommen eine Wiedervorlage an "
            "einem Werktag zwischen diesen Tagen.",
        ),
        act=act,
        zu=lambda: STAPELSCHRITTE.weigerung(Stapellage(request.user, row), "vorlegen"),
        done="Die Tage sind gespeichert.",
        gespeichert={name: getattr(row, name) for name in services.VORLAGE},
        zuletzt=partial(last_editor, row),
    )


def nacharbeit(request: CaseRequest, stapel: int) -> HttpResponse:
    """List the cases of an import in which something is left to do, with the progress."""
    row = get_or_404(request, stapel)
    seite = Paginator(open_cases(row), SEITENZEILEN).get_page(request.GET.get("seite"))
    show_cases(request, [case.pk for case in seite], anzahl=len(seite.object_list))
    return render(
        request,
        "cases/austausch/nacharbeit.html",
        {
            **_context(row, "Nacharbeit", ""),
            "stapel": row,
            "fortschritt": progress_of(row),
            "zahlen": counts_of(row),
            "seite": seite,
            "faelle": [(case, points_of(case)) for case in seite],
        },
    )


def _context(row: Importstapel, titel: str, einleitung: str) -> dict[str, object]:
    seite = reverse("importstapel", args=[row.pk])
    return {
        "titel": titel,
        "brotkrumen": [
            ("Bestandsübernahme", reverse("importstapel_liste")),
            (str(row), seite),
            (titel, None),
        ],
        "zurueck": seite,
        "einleitung": einleitung,
    }
