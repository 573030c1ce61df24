"""One section of the application form: each is a page of its own, saved on its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.antrag.forms import antragsbogen as forms
from cases.antrag.forms import ergaenzung
from cases.antrag.queries import antrag as queries
from cases.antrag.services import antragsbogen as services
from cases.antrag.views.anfrage import antrag_of_request
from cases.antrag.views.antragsbogen import abschnitte_of, next_url
from cases.forms.basis import BasisForm
from cases.forms.stand import StandForm
from cases.models import Antrag
from cases.person.queries.personenangabe import with_angaben
from cases.queries.stand import last_editor
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context
from recht.hinweise import hinweistext

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

Teil = dict[str, Any]
_TITEL = dict(queries.ABSCHNITTE)


def antrag_abschnitt(request: CaseRequest, fall: int, antrag: int, nummer: int) -> HttpResponse:
    """Show and save one section."""
    row = antrag_of_request(request, antrag)
    if nummer not in _TITEL:
        raise Http404
    teil = _TEILE[nummer](request, row)
    extra = teil.pop("extra", {})
    ziel = teil.pop("ziel", next_url(row, nummer))
    act = teil.pop("act")

    def save(form: BasisForm) -> str:
        act(form)
        return ziel

    context = case_context(
        request,
        f"{queries.platz_of(nummer)}. {_TITEL[nummer]}",
        "fall_antrag",
        antrag=row,
        bogen=queries.bogen_of(row),
        nummer=nummer,
        abschnitte=abschnitte_of(row, nummer),
        zurueck=reverse("fall_antrag", args=[fall]),
        weiter=next_url(row, nummer),
        **extra,
    )
    return run_form(
        request,
        template=f"cases/antrag/{teil.pop('template', 'abschnitt')}.html",
        context=context,
        act=save,
        done="Der Abschnitt ist gespeichert.",
        **teil,
    )


def _saver(request: CaseRequest, antrag: Antrag, nummer: int) -> Callable[[StandForm], None]:
    def act(form: StandForm) -> None:
        services.save_abschnitt(
            antrag=antrag,
            nummer=nummer,
            titel=_TITEL[nummer],
            werte=form.eingaben,
            gesehen=form.stand_jetzt,
            **_who(request),
        )

    return act


def _who(request: CaseRequest) -> dict[str, Any]:
    return {"by": request.user, "tag": timezone.localdate()}


def _simple(nummer: int, form_class: type[StandForm], *, stichtag: bool = False) -> Any:
    def teil(request: CaseRequest, antrag: Antrag) -> Teil:
        bogen = queries.bogen_of(antrag)
        return {
            "form_class": form_class,
            "act": _saver(request, antrag, nummer),
            "gespeichert": queries.werte_of_bogen(bogen, form_class.base_fields),
            "zuletzt": partial(last_editor, bogen),
            "form_kwargs": {"stichtag": timezone.localdate()} if stichtag else {},
        }

    return teil


def _aufnahme(request: CaseRequest, antrag: Antrag) -> Teil:
    teil: Teil = _simple(1, forms.AufnahmeForm)(request, antrag)
    beratungen = list(queries.beratungen_of(request.case))
    return {**teil, "template": "abschnitt_aufnahme", "extra": {"beratungen": beratungen}}


def _person(request: CaseRequest, antrag: Antrag) -> Teil:
    person = with_angaben(request.case.leistungsberechtigte_person)
    heute = timezone.localdate()

    def act(form: BasisForm) -> None:
        services.finish_abschnitt(antrag=antrag, nummer=2, by=request.user)

    rows = {
        "anschrift": person.anschrift_am(heute),
        "konto": person.bankverbindung_am(heute),
    }
    for name in (
        "krankenversicherungen",
        "pflegeeinstufungen",
        "schwerbehinderungen",
        "hilfebedarfseinstufungen",
    ):
        alle = getattr(person, name).all()
        rows[name] = next((r for r in alle if r.gilt_am(heute)), None)
    return {
        "form_class": BasisForm,
        "act": act,
        "template": "abschnitt_person",
        "extra": {"person": person, "angaben": rows, "absenden": "Angaben sind geprüft"},
    }


def _leistungen(request: CaseRequest, antrag: Antrag) -> Teil:
    gruppen = queries.gruppen_am(antrag.eingang)

    def act(form: forms.LeistungenForm) -> None:
        services.save_beantragte_leistungen(
            antrag=antrag, zeilen=form.zeilen(), gesehen=form.stand_jetzt, **_who(request)
        )

    return {
        "form_class": forms.LeistungenForm,
        "act": act,
        "gespeichert": queries.werte_of_leistungen(antrag),
        "zuletzt": lambda: last_editor(
            queries.bogen_of(antrag), *antrag.beantragte_leistungen.all()
        ),
        "form_kwargs": {"gruppen": gruppen},
    }


def _traeger(request: CaseRequest, antrag: Antrag) -> Teil:
    rows = list(queries.traegerangaben_of(antrag))

    def act(form: StandForm) -> None:
        data = form.cleaned_data
        services.add_traegerangabe(
            antrag=antrag,
            gesehen=form.stand_jetzt,
            leistungstraeger=data["leistungstraeger"],
            ansprechpartner=data["ansprechpartner"],
            **_who(request),
        )

    return {
        "form_class": forms.TraegerangabeForm,
        "act": act,
        "ziel": request.path,
        "template": "abschnitt_traeger",
        "form_kwargs": {
            "traeger": queries.selectable_traeger(request.case),
            "genannt": {str(row.leistungstraeger_id): row.ansprechpartner for row in rows},
            "zuletzt": partial(last_editor, *rows),
        },
        "extra": {"rows": rows},
    }


def _befunde(request: CaseRequest, antrag: Antrag) -> Teil:
    def act(form: BasisForm) -> None:
        werte = {k: v for k, v in form.cleaned_data.items() if k != "vorgang"}
        services.add_vorbefund(antrag=antrag, **werte, **_who(request))

    return {
        "form_class": forms.VorbefundForm,
        "act": act,
        "ziel": request.path,
        "template": "abschnitt_befunde",
        "form_kwargs": {
            "unterlagen": queries.unterlagen_of(request.case),
            "stichtag": timezone.localdate(),
        },
        "extra": {"rows": list(queries.vorbefunde_of(antrag))},
    }


def _hinweis(request: CaseRequest, antrag: Antrag) -> Teil:
    def act(form: StandForm) -> None:
        data = form.cleaned_data
        services.record_hinweis(
            antrag=antrag,
            gesehen=form.stand_jetzt,
            am=data["hinweis_am"],
            widerspruch_am=data["widerspruch_am"],
            **_who(request),
        )

    teil: Teil = _simple(7, forms.HinweisForm, stichtag=True)(request, antrag)
    wortlaut = hinweistext(
        "uebermittlung", queries.bogen_of(antrag).hinweis_am or timezone.localdate()
    )
    return {
        **teil,
        "act": act,
        "template": "abschnitt_hinweis",
        "extra": {"wortlaut": wortlaut},
    }


def _unterschrift(request: CaseRequest, antrag: Antrag) -> Teil:
    teil: Teil = _simple(8, forms.UnterschriftForm)(request, antrag)
    kwargs = {
        "unterlagen": queries.unterlagen_of(request.case),
        "stichtag": timezone.localdate(),
    }
    return {**teil, "form_kwargs": kwargs}


def _bestaetigung(request: CaseRequest, antrag: Antrag) -> Teil:
    def act(form: StandForm) -> None:
        services.confirm_aufnahme(
            antrag=antrag,
            am=form.cleaned_data["bestaetigt_am"],
            ort=form.cleaned_data["bestaetigt_ort"],
            gesehen=form.stand_jetzt,
            **_who(request),
        )

    teil: Teil = _simple(9, forms.BestaetigungForm, stichtag=True)(request, antrag)
    return {**teil, "act": act}


def _ergebnis(request: CaseRequest, antrag: Antrag) -> Teil:
    def act(form: StandForm) -> None:
        data = form.eingaben
        am, anlass = data.pop("wiedervorlage_am"), data.pop("wiedervorlage_anlass")
        services.save_ergebnis(
            antrag=antrag,
            werte=data,
            wiedervorlage_am=am,
            anlass=anlass,
            gesehen=form.stand_jetzt,
            **_who(request),
        )

    teil: Teil = _simple(10, forms.ErgebnisForm, stichtag=True)(request, antrag)
    return {**teil, "act": act, "template": "abschnitt_ergebnis"}


_TEILE: dict[int, Callable[[CaseRequest, Antrag], Teil]] = {
    1: _aufnahme,
    2: _person,
    3: _leistungen,
    4: _traeger,
    5: _befunde,
    6: _simple(6, forms.WuenscheForm),
    7: _hinweis,
    8: _unterschrift,
    9: _bestaetigung,
    10: _ergebnis,
    11: _simple(11, ergaenzung.AnlassForm),
    12: _simple(12, ergaenzung.EinsatzForm),
    13: _simple(13, ergaenzung.ErklaerungenForm, stichtag=True),
}


def traegerangabe_streichen(
    request: CaseRequest, fall: int, antrag: int, traegerangabe: int
) -> HttpResponse:
    """Take back a Leistungsträger that was named."""
    row = antrag_of_request(request, antrag)
    angabe = queries.traegerangaben_of(row).filter(pk=traegerangabe).first()
    if angabe is None:
        raise Http404
    ziel = reverse("antrag_abschnitt", args=[fall, antrag, 4])

    def act() -> str:
        services.remove_traegerangabe(traegerangabe=angabe, **_who(request))
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Angabe ist gestrichen.")


def vorbefund_streichen(
    request: CaseRequest, fall: int, antrag: int, vorbefund: int
) -> HttpResponse:
    """Strike out an earlier Bescheid or Befund."""
    row = antrag_of_request(request, antrag)
    befund = queries.vorbefunde_of(row).filter(pk=vorbefund).first()
    if befund is None:
        raise Http404
    ziel = reverse("antrag_abschnitt", args=[fall, antrag, 5])

    def act() -> str:
        services.remove_vorbefund(vorbefund=befund, **_who(request))
        return ziel

    return run_step(request, act=act, back=ziel, done="Die Angabe ist gestrichen.")
