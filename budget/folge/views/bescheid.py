"""Further decisions of a case: list, draft, Anhörung, submission, release, and what followed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from budget.bescheid.queries import im_ausland
from budget.folge.forms.bescheid import AeusserungForm, FolgebescheidForm, bereich_of
from budget.folge.guards.bescheid import gegenstand_vorhanden
from budget.folge.guards.geltung import kein_widerruf_wegen_verwendung
from budget.folge.queries import (
    anfechtbare_of,
    expected_bekanntgabe,
    folgebescheid_of,
    folgebescheide_of,
    gezahlt_fuer,
    newest_hinweis,
    norm_of,
    ohne_wirkung,
    uebliche_anhoerungsfrist,
    widersprueche_of,
    zeile_of,
)
from budget.folge.queries.gegenstand import Gegenstaende, gegenstaende_of
from budget.folge.schritte import FOLGESCHRITTE, Folgelage, schritte_of
from budget.folge.services import bescheid as services
from budget.models import Folgebescheid
from budget.states.folge import FOLGEARTEN, FOLGEBESCHEID, Folgeart, Folgezeile
from budget.states.widerspruch import WIDERSPRUCH
from budget.verfahren.forms import GrundForm
from cases import access
from cases.models.stand import werte_of
from cases.registry.schritt import Schritt
from cases.schreiben.views.vorschau import dispatch_url, seen_about
from cases.textbaustein.queries import angebote_for
from cases.views.formular import misplaced, run_form, run_step
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.models import Case
    from cases.registry.aufruf import CaseRequest


def folgebescheid_or_404(request: CaseRequest, kennung: int) -> Folgebescheid:
    """Return one decision of the case; one of another case is none."""
    row = folgebescheid_of(request.case, kennung)
    if row is None:
        raise Http404
    row.case = request.case
    return row


def _seite(row: Folgebescheid) -> str:
    return reverse("folgebescheid", args=[row.case_id, row.pk])


def folgebescheide(request: CaseRequest, fall: int) -> HttpResponse:
    """Show all further decisions and Widersprüche of the case, and what can be begun."""
    bescheide, widersprueche = folgebescheide_of(request.case), widersprueche_of(request.case)
    return render(
        request,
        "budget/folge/liste.html",
        case_context(
            request,
            "Weitere Bescheide und Widersprüche",
            "budget",
            zeilen=[(row, FOLGEBESCHEID.farben[row.state]) for row in bescheide],
            widersprueche=[(row, WIDERSPRUCH.farben[row.state]) for row in widersprueche],
            arten=_beginnbare(request) if access.may_write(request.user) else [],
            anfechtbar=access.may_write(request.user) and bool(anfechtbare_of(request.case)),
            zurueck=reverse("budget", args=[fall]),
        ),
    )


def _beginnbare(request: CaseRequest) -> list[Schritt]:
    """Return a button per kind; what cannot be begun is closed with its reason."""
    buttons, gegenstaende = [], Gegenstaende(request.case)
    for art, zeile in FOLGEARTEN.items():
        if zeile.mit_nachfolger:
            continue
        grund = gegenstand_vorhanden(zeile, gegenstaende.of(zeile))
        url = reverse(
            _beginn(zeile), args=[request.case.pk, *(() if zeile.eigene_seite else [art])]
        )
        buttons.append(Schritt(zeile.titel, url, "get", (grund,) if grund else ()))
    # Looked for, and not there: the reason stands where the button would be.
    nie = kein_widerruf_wegen_verwendung(timezone.localdate())
    return [*buttons, Schritt("Widerruf wegen der Verwendung", "", "get", (nie,))]


def _beginn(zeile: Folgezeile) -> str:
    """Return the page on which a decision of this kind begins: that of the fact it rests on."""
    if zeile.ruht:
        return "unterbrechungen"
    return "beitrag" if zeile.berechnet else "folge_neu"


def _zeile_or_404(art: str) -> Folgezeile:
    zeile = FOLGEARTEN.get(art)
    if zeile is None:
        raise Http404
    return zeile


def folge_neu(request: CaseRequest, fall: int, art: str) -> HttpResponse:
    """Draft a decision of one kind."""
    zeile, heute = _zeile_or_404(art), timezone.localdate()
    gegenstaende = gegenstaende_of(request.case, zeile)
    if grund := gegenstand_vorhanden(zeile, gegenstaende):
        messages.error(request, f"{grund.text} ({grund.norm})")
        return redirect("folgebescheide", fall)
    if zeile.eigene_seite:
        return redirect(_beginn(zeile), fall)

    def act(form: FolgebescheidForm) -> str:
        row = services.draft_folgebescheid(
            case=request.case,
            art=art,
            gegenstand=form.gegenstand,
            by=request.user,
            tag=heute,
            angaben=form.angaben,
        )
        return _seite(row)

    return run_form(
        request,
        FolgebescheidForm,
        template="budget/formular.html",
        context=case_context(
            request,
            zeile.titel,
            "budget",
            zurueck=reverse("folgebescheide", args=[fall]),
            einleitung=f"Rechtsgrundlage: {zeile.norm_am(heute)}. Anschrift, Daten der Bewilligung "
            "und Rechtsbehelfsbelehrung übernimmt das Schreiben aus dem Fall.",
        ),
        act=act,
        done="Der Entwurf ist gespeichert.",
        initial=_vorgaben(zeile, request.case, heute),
        form_kwargs={
            "zeile": zeile,
            "gegenstaende": gegenstaende,
            "bekannt": expected_bekanntgabe(heute),
            "angebote": angebote_for(request.case, bereich_of(zeile), heute),
            "heute": heute,
        },
    )


def _vorgaben(zeile: Folgezeile, case: Case, heute: date) -> dict[str, Any]:
    """Return what can be proposed without guessing: the hint that was sent, time, where to."""
    vorgaben: dict[str, Any] = {"ausland": im_ausland(case, heute)}
    if zeile.art == Folgeart.VERSAGUNG and (hinweis := newest_hinweis(case)):
        vorgaben["hinweis_vom"], vorgaben["hinweis_bis"] = hinweis
    if zeile.anhoerung:
        tage = uebliche_anhoerungsfrist(heute)
        vorgaben["anhoerung_bis"] = expected_bekanntgabe(heute) + timedelta(days=tage)
    return vorgaben


def folgebescheid(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Show one decision with its content, its Anhörung, its dispatch and the next steps."""
    row = folgebescheid_or_404(request, bescheid)
    lage = Folgelage(request.user, timezone.localdate(), row)
    versand = list(row.schreiben.versand_liste.all()) if row.schreiben else []
    return render(
        request,
        "budget/folge/seite.html",
        _context(
            request,
            row,
            row.get_art_display(),
            schritte=schritte_of(lage),
            versand_liste=versand,
            ruht=row.wirksam_am is not None and ohne_wirkung(row),
        ),
    )


def _context(request: CaseRequest, row: Folgebescheid, titel: str, **extra: Any) -> dict[str, Any]:
    zeile = zeile_of(row)
    return case_context(
        request,
        titel,
        "budget",
        bescheid=row,
        zeile=zeile,
        gegenstand=services.bezug_of(row),
        norm=norm_of(row),
        gezahlt=gezahlt_fuer(row) if zeile.geld else None,
        abwaegung="Untypischer Fall" if zeile.soll else "",
        fall_des_gesetzes=dict(zeile.faelle).get(row.fall_des_gesetzes, ""),
        farbe=FOLGEBESCHEID.farben[row.state],
        briefart=services.art_of(row),
        zurueck=reverse("folgebescheide", args=[row.case_id]),
        **extra,
    )


def folge_bearbeiten(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Change the draft."""
    row, heute = folgebescheid_or_404(request, bescheid), timezone.localdate()
    if back := misplaced(request, FOLGEBESCHEID, "bearbeiten", row.state, _seite(row)):
        return back

    def act(form: FolgebescheidForm) -> str:
        services.update_folgebescheid(
            row=row,
            by=request.user,
            tag=timezone.localdate(),
            angaben=form.angaben,
            gesehen=form.stand_jetzt,
        )
        return _seite(row)

    return run_form(
        request,
        FolgebescheidForm,
        template="budget/formular.html",
        context=case_context(
            request,
            f"{row.get_art_display()} bearbeiten",
            "budget",
            zurueck=_seite(row),
            rueckgabe=row.rueckgabe_grund,
        ),
        act=act,
        done="Der Entwurf ist gespeichert.",
        gespeichert=werte_of(row, services.ANGABEN),
        form_kwargs={
            "zeile": zeile_of(row),
            "angehoert": row.anhoerung_schreiben_id is not None,
            "bekannt": expected_bekanntgabe(heute),
            "angebote": angebote_for(request.case, bereich_of(zeile_of(row)), heute),
            "heute": heute,
        },
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def folge_anhoerung(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Freeze the letter of the Anhörung, then lead to its dispatch."""
    row = folgebescheid_or_404(request, bescheid)

    def act() -> str:
        schreiben = services.issue_anhoerung(row=row, by=request.user, tag=timezone.localdate())
        return dispatch_url(schreiben)

    return run_step(
        request,
        act=act,
        back=_seite(row),
        done="Die Anhörung ist festgeschrieben. Bitte wählen Sie, wie sie das Haus verlässt.",
    )


def folge_aeusserung(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Note what the person has answered."""
    row, heute = folgebescheid_or_404(request, bescheid), timezone.localdate()

    def act(form: AeusserungForm) -> str:
        services.record_aeusserung(
            row=row,
            am=form.cleaned_data["am"],
            text=form.cleaned_data["text"],
            by=request.user,
            tag=heute,
        )
        return _seite(row)

    return run_form(
        request,
        AeusserungForm,
        template="budget/formular.html",
        context=case_context(request, "Äußerung vermerken", "budget", zurueck=_seite(row)),
        act=act,
        zu=lambda: FOLGESCHRITTE.weigerung(
            Folgelage(request.user, heute, row), "aeusserung_vermerken"
        ),
        done="Die Äußerung ist vermerkt.",
        form_kwargs={"heute": heute},
        initial={"am": heute},
    )


def folge_vorlegen(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Hand the draft to the Sachgebietsleitung."""
    row = folgebescheid_or_404(request, bescheid)

    def act() -> str:
        services.submit_folgebescheid(row=row, by=request.user, tag=timezone.localdate())
        return _seite(row)

    return run_step(
        request,
        act=act,
        back=_seite(row),
        done="Der Bescheid liegt der Sachgebietsleitung zur Freigabe vor.",
    )


def folge_zurueckziehen(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Take the submission back."""
    row = folgebescheid_or_404(request, bescheid)

    def act() -> str:
        services.withdraw_folgebescheid(row=row, by=request.user, tag=timezone.localdate())
        return _seite(row)

    return run_step(request, act=act, back=_seite(row), done="Die Vorlage ist zurückgezogen.")


def folge_verwerfen(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Throw a draft away that nobody outside knows of."""
    row = folgebescheid_or_404(request, bescheid)

    def act() -> str:
        services.discard_folgebescheid(row=row, by=request.user, tag=timezone.localdate())
        return reverse("folgebescheide", args=[fall])

    return run_step(request, act=act, back=_seite(row), done="Der Entwurf ist verworfen.")


def folge_zurueckgeben(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Give the decision back to its author."""
    row = folgebescheid_or_404(request, bescheid)

    def act(form: GrundForm) -> str:
        services.return_folgebescheid(
            row=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _seite(row)

    return run_form(
        request,
        GrundForm,
        template="budget/formular.html",
        context=case_context(request, "Bescheid zurückgeben", "budget", zurueck=_seite(row)),
        act=act,
        zu=lambda: FOLGESCHRITTE.weigerung(
            Folgelage(request.user, timezone.localdate(), row), "zurueckgeben"
        ),
        done="Der Bescheid ist zurückgegeben.",
        form_kwargs={
            "label": "Was ist zu ändern?",
            "hilfe": "Der Text erscheint beim Fallmanagement über dem Entwurf.",
            "knopf": "Zurückgeben",
        },
    )


def folge_freigabe(request: CaseRequest, fall: int, bescheid: int) -> HttpResponse:
    """Show the content and the gates with their norms; release when all of them are open."""
    row, heute = folgebescheid_or_404(request, bescheid), timezone.localdate()

    def act() -> str:
        services.release_folgebescheid(
            row=row,
            by=request.user,
            tag=heute,
            gesehen=seen_about(request, services.art_of(row), row) or "",
        )
        return _seite(row)

    if request.method == "POST":
        return run_step(
            request,
            act=act,
            back=reverse("folge_freigabe", args=[fall, bescheid]),
            done="Der Bescheid ist freigegeben. Veranlassen Sie jetzt den Versand.",
        )
    if back := misplaced(request, FOLGEBESCHEID, "freigeben", row.state, _seite(row)):
        return back
    lage = Folgelage(request.user, heute, row)
    tore = FOLGESCHRITTE.tore(lage, "freigeben")
    return render(
        request,
        "budget/folge/freigabe.html",
        _context(
            request,
            row,
            "Bescheid freigeben",
            tore=tore,
            offen=[tor for tor in tore if not tor.offen],
            schritte=FOLGESCHRITTE.schritte(lage, "freigeben", "zurueckgeben"),
        ),
    )
