"""The Zielvereinbarung: its page, its texts, its signatures, its PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from budget.bemessung.queries import gesamtbudget_of
from budget.models import Zielvereinbarung
from budget.states import BUDGET, ZIELVEREINBARUNG, Vereinbarungszustand
from budget.verfahren.forms import GrundForm
from budget.verfahren.views import budget_or_404
from budget.zielvereinbarung import services
from budget.zielvereinbarung.forms import (
    SachleistungForm,
    UnterschriftenForm,
    ZielvereinbarungForm,
)
from budget.zielvereinbarung.queries import (
    compare_vereinbarungen,
    earlier_versions,
    leistungen_mit_arbeitsvertrag,
    zielvereinbarung_of,
)
from budget.zielvereinbarung.schreiben import (
    ART,
    NEBENABREDEN,
    inhalte_am,
    texte_of,
    werte_of_entwurf,
    wortlaut_of,
)
from budget.zielvereinbarung.schritte import VEREINBARUNGSSCHRITTE, WEGSCHRITTE, lage_of
from cases.models import Unterlage, Unterlagenart
from cases.queries.stand import last_editor
from cases.schreiben.views.vorschau import seen_about
from cases.unterlage.queries.unterlage import usable_unterlagen
from cases.unterlage.services.unterlage import Unterlagenangaben, file_unterlagen
from cases.views.formular import misplaced, run_form, run_step
from cases.views.geloescht import Geloescht
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Hindernis


def _or_404(request: CaseRequest) -> Zielvereinbarung:
    row = zielvereinbarung_of(budget_or_404(request))
    if row is None:
        raise Geloescht("Diese Zielvereinbarung", ZielvereinbarungForm)
    return row


def _ziel(fall: int) -> str:
    return reverse("zielvereinbarung", args=[fall])


def zielvereinbarung(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the agreement in use, the earlier versions and the next steps."""
    row = _or_404(request)
    budget = row.persoenliches_budget
    texte = texte_of(row)
    lage = lage_of(budget, request.user, timezone.localdate())
    return render(
        request,
        "budget/zielvereinbarung/seite.html",
        case_context(
            request,
            "Zielvereinbarung",
            "budget",
            budget=budget,
            zielvereinbarung=row,
            farbe=ZIELVEREINBARUNG.farben[Vereinbarungszustand(row.state)],
            inhalte=[(i, texte.get(i.schluessel)) for i in inhalte_am(budget.beginn)],
            summen=gesamtbudget_of(budget),
            fruehere=earlier_versions(row),
            schritte=VEREINBARUNGSSCHRITTE.schritte(lage),
        ),
    )


def zielvereinbarung_vergleich(request: CaseRequest, fall: int) -> HttpResponse:
    """Show what the agreement in use says otherwise than an earlier one: `?mit=` its number."""
    row = _or_404(request)
    fruehere = earlier_versions(row)
    mit = request.GET.get("mit", "")
    alt = (
        next((z for z in fruehere if str(z.pk) == mit), None) if mit else next(iter(fruehere), None)
    )
    if alt is None:
        raise Http404
    return render(
        request,
        "budget/zielvereinbarung/vergleich.html",
        case_context(
            request,
            "Was hat sich geändert?",
            "budget",
            vergleich=compare_vereinbarungen(
                wortlaut_of(alt), wortlaut_of(row), inhalte_am(row.persoenliches_budget.beginn)
            ),
            fruehere=fruehere,
            budget=row.persoenliches_budget,
            zurueck=_ziel(fall),
        ),
    )


def zielvereinbarung_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Draft the next version and open its form."""
    budget = budget_or_404(request)

    def act() -> str:
        services.draft_zielvereinbarung(budget=budget, by=request.user, tag=timezone.localdate())
        return reverse("zielvereinbarung_bearbeiten", args=[fall])

    return run_step(
        request,
        act=act,
        back=reverse("budget", args=[fall]),
        done="Der Entwurf ist mit Textvorschlägen vorbelegt. Bitte prüfen und ergänzen Sie ihn.",
    )


def _weigerung(request: CaseRequest, row: Zielvereinbarung, schritt: str) -> tuple[Hindernis, ...]:
    lage = lage_of(row.persoenliches_budget, request.user, timezone.localdate())
    return VEREINBARUNGSSCHRITTE.weigerung(lage, schritt)


def zielvereinbarung_bearbeiten(request: CaseRequest, fall: int) -> HttpResponse:
    """Edit the texts of the draft."""
    row = _or_404(request)
    inhalte = inhalte_am(row.persoenliches_budget.beginn)

    def act(form: ZielvereinbarungForm) -> str:
        services.update_zielvereinbarung(
            zielvereinbarung=row,
            texte=form.texte,
            gesehen=form.stand_jetzt,
            gespraech_monate=form.cleaned_data["gespraech_monate"],
            nebenabreden=services.Nebenabreden(
                **{name: form.cleaned_data[name] for name in NEBENABREDEN}
            ),
            by=request.user,
            tag=timezone.localdate(),
        )
        if request.POST.get("weiter") == "ausfertigen":
            services.issue_zielvereinbarung(
                zielvereinbarung=row, by=request.user, tag=timezone.localdate(), gesehen=None
            )
        return _ziel(fall)

    return run_form(
        request,
        ZielvereinbarungForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Zielvereinbarung bearbeiten",
            "budget",
            zurueck=_ziel(fall),
            einleitung="Beträge, Leistungsträger und Nachweise je Teilbudget stehen als Tabelle "
            "im Druck und werden aus dem Budget übernommen.",
            weitere_knoepfe=[("ausfertigen", "Speichern und zur Unterschrift ausfertigen")],
        ),
        act=act,
        zu=lambda: _weigerung(request, row, "bearbeiten"),
        done="Die Zielvereinbarung ist gespeichert.",
        form_kwargs={
            "inhalte": inhalte,
            "texte": texte_of(row),
            "vertraege": leistungen_mit_arbeitsvertrag(row.persoenliches_budget),
            "beginn": row.gueltig_ab,
        },
        gespeichert=werte_of_entwurf(row),
        zuletzt=lambda: last_editor(row, *row.vereinbarungsinhalte.all()),
    )


def zielvereinbarung_ausfertigen(request: CaseRequest, fall: int) -> HttpResponse:
    """Print the agreement for signature."""
    row = _or_404(request)

    def act() -> str:
        services.issue_zielvereinbarung(
            zielvereinbarung=row,
            by=request.user,
            tag=timezone.localdate(),
            gesehen=seen_about(request, ART, row),
        )
        return _ziel(fall)

    return run_step(
        request,
        act=act,
        back=_ziel(fall),
        done="Die Zielvereinbarung liegt zur Unterschrift bereit.",
    )


def zielvereinbarung_unterschriften(request: CaseRequest, fall: int) -> HttpResponse:
    """Record both signatures."""
    row, heute = _or_404(request), timezone.localdate()
    seite = reverse("zielvereinbarung", args=[fall])
    if back := misplaced(request, ZIELVEREINBARUNG, "unterzeichnen", row.state, seite):
        return back

    def act(form: UnterschriftenForm) -> str:
        data = form.cleaned_data
        services.record_unterschriften(
            zielvereinbarung=row,
            person_am=data["person_am"],
            person_durch=form.namen,
            selbst=form.selbst,
            vertretungen=form.vertretungen,
            ruecklauf=data["ruecklauf"],
            traeger_am=data["traeger_am"],
            traeger_von=request.user,
            vorbehalt=data["vorbehalt"],
            unterlage=data["unterlage"] or _file_scan(request, form),
            by=request.user,
            tag=heute,
        )
        weiter = "bescheid_neu" if request.POST.get("weiter") == "bescheid" else "budget"
        return reverse(weiter, args=[fall])

    return run_form(
        request,
        UnterschriftenForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Unterschriften vermerken",
            "budget",
            zurueck=_ziel(fall),
            weitere_knoepfe=[("bescheid", "Vermerken und Bescheid entwerfen")],
        ),
        act=act,
        zu=lambda: _weigerung(request, row, "unterzeichnen"),
        done="Die Zielvereinbarung ist geschlossen. Jetzt kann der Bescheid entworfen werden.",
        form_kwargs={
            "ausgefertigt_am": row.ausgefertigt_am or heute,
            "heute": heute,
            "unterlagen": usable_unterlagen(request.case, Unterlagenart.ZIELVEREINBARUNG),
            "person": request.case.leistungsberechtigte_person,
        },
        # The office signs while it writes this down; when the person did, only she knows.
        initial={"traeger_am": heute},
    )


def _file_scan(request: CaseRequest, form: UnterschriftenForm) -> Unterlage | None:
    """File the uploaded paper in the transaction that records the signatures."""
    if not form.cleaned_data["datei"]:
        return None
    [unterlage] = file_unterlagen(
        case=request.case,
        dateien=form.cleaned_data["datei"],
        angaben=Unterlagenangaben(
            art=Unterlagenart.ZIELVEREINBARUNG,
            titel="Zielvereinbarung, unterschrieben",
            datum=max(form.cleaned_data["person_am"], form.cleaned_data["traeger_am"]),
            eingegangen_am=timezone.localdate(),
        ),
        by=request.user,
        zeitpunkt=timezone.now(),
    )
    return unterlage


def zielvereinbarung_neu_verhandeln(request: CaseRequest, fall: int) -> HttpResponse:
    """Throw the unsigned agreement away."""
    row = _or_404(request)

    def act(form: GrundForm) -> str:
        services.renegotiate(
            zielvereinbarung=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return reverse("budget", args=[fall])

    return run_form(
        request,
        GrundForm,
        template="budget/formular.html",
        context=case_context(request, "Neu verhandeln", "budget", zurueck=_ziel(fall)),
        act=act,
        zu=lambda: _weigerung(request, row, "verwerfen"),
        done="Die Teilbudgets können wieder geändert werden.",
        form_kwargs={
            "label": "Warum ist die Zielvereinbarung nicht zustande gekommen?",
            "hilfe": "Zum Beispiel: Die Person wünscht mehr Stunden Assistenz.",
            "knopf": "Neu verhandeln",
        },
    )


def budget_ohne_vereinbarung(request: CaseRequest, fall: int) -> HttpResponse:
    """Go on without Zielvereinbarung."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])

    def act() -> str:
        services.waive_zielvereinbarung(budget=row, by=request.user, tag=timezone.localdate())
        return ziel

    return run_step(request, act=act, back=ziel)


def budget_sachleistung(request: CaseRequest, fall: int) -> HttpResponse:
    """Leave the budget for the Sachleistung; where the person does not want that, refuse next."""
    row, ziel = budget_or_404(request), reverse("budget", args=[fall])
    if back := misplaced(request, BUDGET, "sachleistung", row.state, ziel):
        return back

    def act(form: SachleistungForm) -> str:
        services.end_with_sachleistung(
            budget=row,
            auf_wunsch=form.auf_wunsch,
            grund=form.cleaned_data["grund"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return ziel

    return run_form(
        request,
        SachleistungForm,
        template="budget/formular.html",
        context=case_context(
            request,
            "Sachleistung statt Budget",
            "budget",
            zurueck=ziel,
            einleitung="Das Persönliche Budget kommt nicht zustande; der Anspruch auf die "
            "notwendigen Leistungen bleibt. Auf die Form besteht ein Anspruch: Dass die "
            "Sachleistung zweckmäßiger scheint, trägt allein keine Ablehnung.",
        ),
        act=act,
        zu=lambda: WEGSCHRITTE.weigerung(
            lage_of(row, request.user, timezone.localdate()), "sachleistung"
        ),
        done="Festgehalten. Was jetzt zu tun ist, steht unter „Nächste Schritte“.",
    )
