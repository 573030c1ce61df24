"""The tab „Bedarf“: Bedarfsermittlungen of a case, written along the nine Lebensbereiche."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.forms.begruendung import BestaetigungForm
from cases.models.person import angabe_am
from cases.views.formular import misplaced, run_form
from cases.views.rahmen import case_context
from gesamtplan.bedarf import services
from gesamtplan.bedarf.forms import AussageForm, BedarfForm, BedarfNeuForm, BogenForm, MengenForm
from gesamtplan.bedarf.queries import (
    bedarfsermittlung_of,
    bedarfsermittlungen_of,
    bereiche_of,
    boegen_of,
    filled_bedarfe,
    findings_of,
    latest_abgeschlossene,
    open_ermittlung,
    open_lebensbereiche,
    suggested_instrument,
)
from gesamtplan.bedarf.schritte import BEDARFSSCHRITTE, BEGINN, Bedarfslage, Beginnlage
from gesamtplan.instrument.queries import instrumente_on
from gesamtplan.models import Lebensbereich
from gesamtplan.models.stand import (
    werte_of_bedarfsermittlung,
    werte_of_bedarfsmengen,
    werte_of_bogen,
)
from gesamtplan.states import BEDARFSERMITTLUNG, Ermittlungszustand, Redestimme
from recht.rechtsstand import Rechtsstand, rechtsstand_am

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from gesamtplan.models import Bedarfsermittlung


def bedarf(request: CaseRequest, fall: int) -> HttpResponse:
    """Show the newest Bedarfsermittlung and the list of all."""
    alle = list(bedarfsermittlungen_of(request.case))
    return _page(request, alle[0] if alle else None, alle)


def bedarf_anzeigen(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Show one Bedarfsermittlung of the case."""
    alle = list(bedarfsermittlungen_of(request.case))
    row = next((r for r in alle if r.pk == ermittlung), None)
    if row is None:
        raise Http404
    return _page(request, row, alle)


def _page(
    request: CaseRequest, row: Bedarfsermittlung | None, alle: list[Bedarfsermittlung]
) -> HttpResponse:
    heute = timezone.localdate()
    offen = next((r for r in alle if r.state == Ermittlungszustand.ENTWURF), None)
    beginn = BEGINN.schritte(Beginnlage(request.user, heute, request.case, offen))
    return render(
        request,
        "gesamtplan/bedarf/seite.html",
        case_context(
            request,
            "Bedarf",
            "bedarf",
            ermittlung=row,
            farbe=BEDARFSERMITTLUNG.farben[row.state] if row else "",
            bereiche=bereiche_of(row) if row else [],
            boegen=boegen_of(row) if row else [],
            offene=open_lebensbereiche(row) if row else [],
            darf_eintragen=row is not None
            and access.may(request.user, BEDARFSERMITTLUNG, "bearbeiten", row.state),
            einstufung=_einstufung(request, row),
            alle=alle,
            farben=BEDARFSERMITTLUNG.farben,
            schritte=(
                BEDARFSSCHRITTE.schritte(Bedarfslage(request.user, heute, request.case, row))
                if row
                else []
            ),
            darf_beginnen=bool(beginn),
        ),
    )


def _einstufung(request: CaseRequest, row: Bedarfsermittlung | None) -> Any:
    """Return the Hilfebedarfsgruppe of the day, which the Fachdienst has found; None after 2017."""
    if row is None or rechtsstand_am(row.datum) != Rechtsstand.A:
        return None
    person = request.case.leistungsberechtigte_person
    return angabe_am(person.hilfebedarfseinstufungen.all(), row.datum)


# The second buttons of the form: what closes it asks for no further page; a first plan is next.
_ABSCHLIESSEN = [("abschliessen", "Speichern und abschließen")]
_PLANEN = [("planen", "Abschließen und Gesamtplan anlegen")]


def _further_buttons(request: CaseRequest) -> list[tuple[str, str]]:
    """Return the buttons that settle the need as well, for whoever may settle it."""
    if not access.may_write(request.user):
        return []
    return _ABSCHLIESSEN if request.case.gesamtplaene.exists() else [*_ABSCHLIESSEN, *_PLANEN]


def bedarf_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Begin a Bedarfsermittlung and write down what the talk has shown."""
    case = request.case
    fassungen = instrumente_on(timezone.localdate())

    def act(form: BedarfNeuForm) -> str:
        row = services.start_bedarfsermittlung(
            case=case,
            datum=form.cleaned_data["datum"],
            instrument=form.cleaned_data["instrument"],
            beteiligte=form.cleaned_data["beteiligte"],
            grund=form.cleaned_data.get("grund", ""),
            instrumentfassung=next(
                (
                    f
                    for f in fassungen
                    if str(f.pk) == form.cleaned_data.get("instrumentfassung", "")
                ),
                None,
            ),
            by=request.user,
            tag=timezone.localdate(),
        )
        return _write(request, row, form, gesehen=None)

    person = case.leistungsberechtigte_person.voller_name
    letzte = latest_abgeschlossene(case)
    return run_form(
        request,
        BedarfNeuForm,
        template="gesamtplan/bedarf/formular.html",
        context=case_context(
            request,
            "Bedarf ermitteln",
            "bedarf",
            zurueck=reverse("bedarf", args=[fall]),
            weitere_knoepfe=_further_buttons(request),
        ),
        act=act,
        zu=lambda: BEGINN.weigerung(
            Beginnlage(request.user, timezone.localdate(), case, open_ermittlung(case)), "ermitteln"
        ),
        form_kwargs={"wiederholt": letzte is not None, "fassungen": fassungen},
        done="Die Angaben zum Bedarf sind gespeichert.",
        initial={
            **findings_of(letzte),
            "datum": timezone.localdate(),
            "instrument": suggested_instrument(timezone.localdate()),
            "beteiligte": f"{person}, leistungsberechtigte Person\n"
            f"{request.user.get_full_name()}, {request.user.funktion or 'Fallmanagement'}",
        },
    )


def _write(
    request: CaseRequest,
    row: Bedarfsermittlung,
    form: BedarfNeuForm | BedarfForm,
    *,
    gesehen: str | None,
) -> str:
    """Keep what the form says and, by its second button, close the Bedarfsermittlung."""
    wer: dict[str, Any] = {"by": request.user, "tag": timezone.localdate()}
    services.update_bedarf(
        bedarfsermittlung=row,
        befunde=form.befunde(),
        datum=form.cleaned_data["datum"],
        instrument=form.cleaned_data["instrument"],
        beteiligte=form.cleaned_data["beteiligte"],
        ergebnis=form.cleaned_data["ergebnis"],
        gesehen=gesehen,
        **wer,
    )
    weiter = request.POST.get("weiter")
    if weiter in ("abschliessen", "planen"):
        services.complete_bedarfsermittlung(bedarfsermittlung=row, **wer)
    if weiter == "planen":
        return reverse("gesamtplan_neu", args=[row.case_id])
    return reverse("bedarf_anzeigen", args=[row.case_id, row.pk])


def bedarf_bearbeiten(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Write the nine Lebensbereiche."""
    row = _own(request, ermittlung)
    if row.state != Ermittlungszustand.ENTWURF:
        return redirect("bedarf_anzeigen", fall, ermittlung)
    return run_form(
        request,
        BedarfForm,
        template="gesamtplan/bedarf/formular.html",
        context=case_context(
            request,
            "Bedarf eintragen",
            "bedarf",
            zurueck=reverse("bedarf_anzeigen", args=[fall, row.pk]),
            weitere_knoepfe=_further_buttons(request),
        ),
        act=lambda form: _write(request, row, form, gesehen=form.stand_jetzt),
        zu=lambda: BEDARFSSCHRITTE.weigerung(
            Bedarfslage(request.user, timezone.localdate(), request.case, row), "bearbeiten"
        ),
        done="Die Angaben zum Bedarf sind gespeichert.",
        gespeichert=werte_of_bedarfsermittlung(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def bedarf_abschliessen(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Close a Bedarfsermittlung after everything was shown once more."""
    row = _own(request, ermittlung)
    if row.state != Ermittlungszustand.ENTWURF:
        return redirect("bedarf_anzeigen", fall, ermittlung)
    lage = Bedarfslage(request.user, timezone.localdate(), request.case, row)

    def act(form: BestaetigungForm) -> str:
        services.complete_bedarfsermittlung(
            bedarfsermittlung=row, by=request.user, tag=timezone.localdate()
        )
        return reverse("bedarf_anzeigen", args=[fall, row.pk])

    return run_form(
        request,
        BestaetigungForm,
        template="gesamtplan/bedarf/abschliessen.html",
        context=case_context(
            request,
            "Bedarfsermittlung abschließen",
            "bedarf",
            zurueck=reverse("bedarf_anzeigen", args=[fall, row.pk]),
            ermittlung=row,
            bedarfe=filled_bedarfe(row),
            offene=open_lebensbereiche(row),
            hindernisse=BEDARFSSCHRITTE.hindernisse(lage, "abschliessen"),
        ),
        act=act,
        done="Die Bedarfsermittlung ist abgeschlossen.",
        form_kwargs={"absenden": "Bedarfsermittlung abschließen"},
    )


def aussage_neu(request: CaseRequest, fall: int, ermittlung: int) -> HttpResponse:
    """Keep what somebody has said; `?bereich=d4` chooses the Lebensbereich."""
    row = _own(request, ermittlung)
    if row.state != Ermittlungszustand.ENTWURF:
        return redirect("bedarf_anzeigen", fall, ermittlung)
    person = request.case.leistungsberechtigte_person.voller_name

    def act(form: AussageForm) -> str:
        angaben = {n: form.cleaned_data[n] for n in _AUSSAGEFELDER}
        services.add_aussage(
            bedarfsermittlung=row, by=request.user, tag=timezone.localdate(), **angaben
        )
        return _area_url(row, form.cleaned_data["lebensbereich"])

    return run_form(
        request,
        AussageForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Aussage festhalten",
            "bedarf",
            zurueck=reverse("bedarf_anzeigen", args=[fall, row.pk]),
        ),
        act=act,
        done="Die Aussage ist festgehalten.",
        initial={
            "lebensbereich": request.GET.get("bereich", ""),
            "stimme": Redestimme.PERSON,
            "urheber": person,
            "am": row.datum,
        },
    )


_AUSSAGEFELDER = ("lebensbereich", "stimme", "urheber", "am", "text", "abweichend")


def bedarfsmengen(request: CaseRequest, fall: int, ermittlung: int, bereich: int) -> HttpResponse:
    """Write how much is needed in one Lebensbereich; `bereich` is its number, 1 to 9."""
    row, code = _own(request, ermittlung), f"d{bereich}"
    if code not in Lebensbereich.values:
        raise Http404
    if row.state != Ermittlungszustand.ENTWURF:
        return redirect("bedarf_anzeigen", fall, ermittlung)

    def act(form: MengenForm) -> str:
        services.set_bedarfsmengen(
            bedarfsermittlung=row,
            lebensbereich=code,
            mengen=form.mengen(),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _area_url(row, code)

    return run_form(
        request,
        MengenForm,
        template="base_formular.html",
        context=case_context(
            request,
            f"Menge: {Lebensbereich(code).label}",
            "bedarf",
            zurueck=_area_url(row, code),
            einleitung="Bis zu drei Zeitabschnitte. Ein leerer Abschnitt entfällt.",
        ),
        act=act,
        done="Die Mengen sind gespeichert.",
        gespeichert=werte_of_bedarfsmengen(row, code),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def _area_url(row: Bedarfsermittlung, code: str) -> str:
    return reverse("bedarf_anzeigen", args=[row.case_id, row.pk]) + f"#befund-{code}"


def _own(request: CaseRequest, ermittlung: int) -> Bedarfsermittlung:
    row = bedarfsermittlung_of(request.case, ermittlung)
    if row is None:
        raise Http404
    return row


def bedarf_bogen(request: CaseRequest, fall: int, ermittlung: int, bogen: int) -> HttpResponse:
    """Write the answers of one sheet of the instrument."""
    row = bedarfsermittlung_of(request.case, ermittlung)
    boegen = row.instrumentfassung.read().boegen if row and row.instrumentfassung else ()
    gefragt = next((b for b in boegen if b.nummer == bogen), None)
    if row is None or gefragt is None:
        raise Http404
    seite = reverse("bedarf_anzeigen", args=[fall, ermittlung])
    if weg := misplaced(request, BEDARFSERMITTLUNG, "bearbeiten", row.state, seite):
        return weg

    def act(form: BogenForm) -> str:
        services.set_antworten(
            bedarfsermittlung=row,
            bogen=bogen,
            antworten=form.antworten(),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return seite

    return run_form(
        request,
        BogenForm,
        template="gesamtplan/bedarf/bogen.html",
        context=case_context(
            request, f"Bogen {gefragt.kuerzel}: {gefragt.titel}", "bedarf", zurueck=seite
        ),
        act=act,
        done="Der Bogen ist gespeichert.",
        form_kwargs={"bogen": gefragt},
        gespeichert=werte_of_bogen(row, bogen),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )
