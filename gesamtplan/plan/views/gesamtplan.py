"""The tab „Gesamtplan“: versions, contents, comparison and the printed plan."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.frist.services.frist import land
from cases.queries.einsicht import einsicht_of
from cases.states.inhalt import Inhalt
from cases.states.rolle import Rolle
from cases.views.formular import run_form
from cases.views.rahmen import case_context
from gesamtplan.bedarf.queries import latest_abgeschlossene
from gesamtplan.models.pflichtinhalt import inhaltszeilen
from gesamtplan.models.stand import werte_of_inhalte
from gesamtplan.models.zielhinweis import budgetfolge, zielhinweise
from gesamtplan.plan.forms.gesamtplan import AnlassForm, InhalteForm
from gesamtplan.plan.queries.gesamtplan import (
    by_leistungstraeger,
    newest_of,
    surplus_inhalte,
    usual_anlaesse,
    verlauf_of,
    version_list,
    version_of,
    versions_of,
)
from gesamtplan.plan.queries.kosten import summe_of
from gesamtplan.plan.queries.textstellen import offered_texts
from gesamtplan.plan.queries.vergleich import compare_versions
from gesamtplan.plan.schritte import BEGINN, PLANSCHRITTE, Beginnlage, Planlage, plan_schritte
from gesamtplan.plan.services import gesamtplan as services
from gesamtplan.states import GESAMTPLAN, Planzustand, Zielstatus
from gesamtplan.teilhabeplan.queries import braucht_teilhabeplan
from recht.fehler import RechtFehler
from recht.fristen import compute_frist
from recht.fristkennung import Regel

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Gesamtplan

ZIELFARBEN = {
    Zielstatus.OFFEN: "info",
    Zielstatus.TEILWEISE: "warning",
    Zielstatus.ERREICHT: "success",
    Zielstatus.NICHT_ERREICHT: "danger",
    Zielstatus.ENTFALLEN: "neutral",
}


# Second buttons of goals and Leistungen: on to the next part without the page of the plan.
WEITER = [
    ("leistung", "Speichern und Leistung hinzufügen"),
    ("ziel", "Speichern und weiteres Ziel"),
]
# The last part of a plan is mostly a Leistung; after it everything is shown once more.
WEITER_NACH_LEISTUNG = [*WEITER, ("vorlegen", "Speichern und zur Vorlage")]


def next_part(request: CaseRequest, plan: Gesamtplan, ziel: int) -> str:
    """Return where a second button leads: a further Leistung or goal, or on to the supervisor."""
    args = [plan.case_id, plan.version]
    match request.POST.get("weiter"):
        case "leistung":
            return f"{reverse('leistung_neu', args=args)}?ziel={ziel}"
        case "ziel":
            return reverse("teilhabeziel_neu", args=args)
        case "vorlegen":
            return reverse("gesamtplan_vorlegen", args=args)
    return ""


def plan_or_404(request: CaseRequest, version: int) -> Gesamtplan:
    """Return one version of the case of the request with its parts."""
    plan = version_of(request.case, version)
    if plan is None:
        raise Http404
    return plan


def draft_or_none(request: CaseRequest, version: int) -> Gesamtplan | None:
    """Return a version that may be written on, None (with a message) when it may not any more."""
    plan = plan_or_404(request, version)
    if plan.state == Planzustand.ENTWURF:
        return plan
    stand = plan.get_state_display()
    messages.info(request, f"{plan} ist „{stand}“ und wird nicht mehr bearbeitet.")
    return None


def plan_url(plan: Gesamtplan, anker: str = "") -> str:
    """Return the page of a version."""
    url = reverse("gesamtplan_version", args=[plan.case_id, plan.version])
    return f"{url}#{anker}" if anker else url


def gesamtplan(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the newest version, or how the first one comes about."""
    plan = newest_of(request.case)
    if plan is not None:
        return _version_page(request, plan)
    schritt = BEGINN.schritt(_beginn(request), "anlegen")
    context = case_context(request, "Gesamtplan", "gesamtplan", schritt=schritt)
    return render(request, "gesamtplan/plan/gesamtplan/leer.html", context)


def _beginn(request: CaseRequest) -> Beginnlage:
    case = request.case
    return Beginnlage(
        request.user,
        timezone.localdate(),
        case,
        latest_abgeschlossene(case),
        versions_of(case).first(),
    )


def gesamtplan_version(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Show one version."""
    return _version_page(request, plan_or_404(request, version))


def _version_page(request: CaseRequest, plan: Gesamtplan) -> HttpResponse:
    versionen = version_list(request.case)
    heute, wo = timezone.localdate(), land()
    neuere = None if versionen[0].pk == plan.pk else versionen[0]
    zeilen = inhaltszeilen(plan)
    darf_schreiben = access.may(request.user, GESAMTPLAN, "bearbeiten", plan.state)
    return render(
        request,
        "gesamtplan/plan/gesamtplan/seite.html",
        case_context(
            request,
            "Gesamtplan",
            "gesamtplan",
            plan=plan,
            hat_teilhabeplan=braucht_teilhabeplan(plan),
            versionen=versionen,
            farben=GESAMTPLAN.farben,
            farbe=GESAMTPLAN.farben[plan.state],
            neueste=versionen[0].pk == plan.pk,
            schritte=plan_schritte(Planlage(request.user, heute, plan, wo, neuere)),
            darf_schreiben=darf_schreiben,
            zeilen=zeilen,
            erfuellt=sum(zeile.erfuellt for zeile in zeilen if zeile.verlangt),
            verlangt=sum(zeile.verlangt for zeile in zeilen),
            frei=[zeile for zeile in zeilen if zeile.stand == "frei"],
            weitere=surplus_inhalte(plan),
            ziele=[
                (
                    z,
                    ZIELFARBEN[Zielstatus(z.status)],
                    zielhinweise(z) if darf_schreiben else [],
                    budgetfolge(z, plan.leistungen.all()),
                )
                for z in plan.teilhabeziele.all()
            ],
            gruppen=by_leistungstraeger(plan.leistungen.all()),
            begruendung=review_reasons(plan, wo),
            verlauf=verlauf_of(plan),
            uebergaben=plan.uebergaben.all() if plan.schreiben_id else (),
            auszuege=(
                plan.mehrausfertigungen.select_related("einwilligung") if plan.schreiben_id else ()
            ),
            anmerkungen=plan.anmerkungen.all(),
            darf_festschreiben=access.may_write(request.user),
            ist_leitung=request.user.has_rolle(Rolle.LEITUNG),
        ),
    )


def review_reasons(plan: Gesamtplan, wo: str) -> list[dict[str, Any]]:
    """Return the account of the day of review for „Warum dieses Datum?“."""
    own = plan.ueberpruefung_am
    if own is None:
        return []
    try:
        latest = compute_frist(Regel.UEBERPRUEFUNG_GESAMTPLAN, plan.datum, wo)
        shown = latest
        if own != latest.ende:
            shown = compute_frist(Regel.UEBERPRUEFUNG_GESAMTPLAN, plan.datum, wo, geltend_bis=own)
    except RechtFehler:
        return []
    return [asdict(step) for step in shown.schritte]


def gesamtplan_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Create the first version."""
    case, heute = request.case, timezone.localdate()
    schritt = BEGINN.schritt(_beginn(request), "anlegen")
    if schritt is None or schritt.hindernisse:
        for hindernis in schritt.hindernisse if schritt else ():
            messages.info(request, f"{hindernis.text} ({hindernis.norm})")
        return redirect("gesamtplan", fall)

    def act(form: AnlassForm) -> str:
        plan = services.create_gesamtplan(
            case=case,
            anlass=form.cleaned_data["anlass"],
            anlaesse=form.cleaned_data["anlaesse"],
            datum=form.cleaned_data["datum"],
            by=request.user,
            tag=heute,
        )
        return reverse("gesamtplan_inhalte", args=[fall, plan.version])

    return run_form(
        request,
        AnlassForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Gesamtplan anlegen",
            zurueck=reverse("gesamtplan", args=[fall]),
            einleitung="Der Plan beruht auf der abgeschlossenen Bedarfsermittlung. Nach dem "
            "Anlegen tragen Sie Inhalte, Ziele und Leistungen ein.",
        ),
        act=act,
        done="Der Gesamtplan ist als Entwurf angelegt.",
        form_kwargs={"absenden": "Gesamtplan anlegen"},
        initial={"anlass": "Erstantrag", "datum": heute, "anlaesse": usual_anlaesse(heute)},
    )


def _newer(plan: Gesamtplan) -> Gesamtplan | None:
    return plan.case.gesamtplaene.filter(version__gt=plan.version).first()


def gesamtplan_fortschreiben(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Create the next version from a released one."""
    plan, heute = plan_or_404(request, version), timezone.localdate()
    if plan.state != Planzustand.FREIGEGEBEN:
        messages.info(request, "Fortgeschrieben wird eine freigegebene Fassung.")
        return redirect("gesamtplan_version", fall, version)

    def act(form: AnlassForm) -> str:
        neu = services.continue_gesamtplan(
            gesamtplan=plan,
            anlass=form.cleaned_data["anlass"],
            anlaesse=form.cleaned_data["anlaesse"],
            datum=form.cleaned_data["datum"],
            by=request.user,
            tag=heute,
        )
        return plan_url(neu)

    return run_form(
        request,
        AnlassForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Gesamtplan fortschreiben",
            zurueck=plan_url(plan),
            einleitung=f"Version {plan.version} bleibt unverändert. Die neue Fassung übernimmt "
            "ihre Inhalte, Ziele und Leistungen; was Sie ändern, zeigt der Vergleich.",
        ),
        act=act,
        zu=lambda: PLANSCHRITTE.weigerung(
            Planlage(request.user, heute, plan, land(), _newer(plan)), "fortschreiben"
        ),
        done="Die Fortschreibung ist als Entwurf angelegt.",
        form_kwargs={"absenden": "Fortschreibung anlegen"},
        initial={"datum": heute, "anlaesse": usual_anlaesse(heute)},
    )


def gesamtplan_inhalte(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Write dates and contents of a draft on one page."""
    plan = draft_or_none(request, version)
    if plan is None:
        return redirect("gesamtplan_version", fall, version)
    zeilen = inhaltszeilen(plan)

    def act(form: InhalteForm) -> str:
        services.update_planinhalte(
            gesamtplan=plan,
            texte=form.texte(),
            anlass=form.cleaned_data["anlass"],
            anlaesse=form.cleaned_data["anlaesse"],
            datum=form.cleaned_data["datum"],
            ueberpruefung_am=form.cleaned_data["ueberpruefung_am"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        if request.POST.get("weiter") == "ziel":
            return reverse("teilhabeziel_neu", args=[fall, version])
        return plan_url(plan, "inhalte")

    return run_form(
        request,
        InhalteForm,
        template="gesamtplan/plan/gesamtplan/inhalte.html",
        context=case_context(
            request,
            "Inhalte bearbeiten",
            "gesamtplan",
            zurueck=plan_url(plan),
            plan=plan,
            weitere_knoepfe=[("ziel", "Speichern und Ziel hinzufügen")],
        ),
        act=act,
        zu=lambda: PLANSCHRITTE.weigerung(
            Planlage(request.user, timezone.localdate(), plan, land=""), "bearbeiten"
        ),
        done="Die Inhalte sind gespeichert.",
        form_kwargs={
            "zeilen": zeilen,
            "weitere": [(i.schluessel, titel) for i, titel in surplus_inhalte(plan)],
            "angebote": offered_texts(plan),
        },
        gespeichert=werte_of_inhalte(plan),
        zuletzt=plan.bearbeitet_von.get_full_name(),
    )


def gesamtplan_vergleich(request: CaseRequest, fall: int, version: int) -> HttpResponse:
    """Show what a version changes against an earlier one: `?mit=1`, else the one before."""
    neu = plan_or_404(request, version)
    alt = _earlier(request, neu)
    betraege = einsicht_of(request.user, request.case).sees(Inhalt.BETRAEGE)
    vergleich = compare_versions(alt=alt, neu=neu, betraege=betraege)
    return render(
        request,
        "gesamtplan/plan/gesamtplan/vergleich.html",
        case_context(
            request,
            "Was hat sich geändert?",
            "gesamtplan",
            vergleich=vergleich,
            aeltere=[v for v in version_list(request.case) if v.version < neu.version],
            kosten=_kostenpaar(alt, neu) if betraege else None,
            zurueck=plan_url(neu),
        ),
    )


def _earlier(request: CaseRequest, neu: Gesamtplan) -> Gesamtplan:
    """Return the version that a comparison asks for; one that is not earlier does not exist."""
    mit = request.GET.get("mit", "")
    nummer = int(mit) if mit.isascii() and mit.isdigit() and len(mit) < 5 else 0
    if not mit:
        nummer = neu.version - 1
    alt = version_of(request.case, nummer) if 0 < nummer < neu.version else None
    if alt is None:
        raise Http404
    return alt


def _kostenpaar(alt: Gesamtplan, neu: Gesamtplan) -> tuple[Decimal | None, Decimal | None]:
    alte, neue = (summe_of(plan.leistungen.all(), plan.datum) for plan in (alt, neu))
    return alte, neue
