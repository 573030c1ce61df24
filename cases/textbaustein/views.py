"""Pages of the authority's own texts: list, write, release, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.forms.begruendung import BegruendungForm
from cases.models import Textbaustein
from cases.models.textvergleich import compare_texts
from cases.registry.beitrag import registry
from cases.registry.textstelle import HINWEIS, is_hinweis
from cases.states.rolle import Rolle
from cases.states.textbaustein import TEXTBAUSTEIN, Bausteinzustand
from cases.textbaustein import services
from cases.textbaustein.forms import (
    BausteinendeForm,
    BausteinfreigabeForm,
    NeuerTextbausteinForm,
    TextbausteinForm,
)
from cases.textbaustein.queries import (
    delivered_texts,
    list_textbausteine,
    previous_version,
    probes_of,
    stelle_of,
    stellen_by_gruppe,
    versions_in_force,
    werte_of_textbaustein,
)
from cases.textbaustein.schritte import BAUSTEINSCHRITTE, Bausteinlage
from cases.views.formular import misplaced, run_form

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def _list_of(stelle: str) -> tuple[str, str]:
    """Return title and address of the list in which the texts of a place stand."""
    if is_hinweis(stelle):
        return "Arbeitshinweise", reverse("arbeitshinweise")
    return "Textbausteine", reverse("textbausteine")


def _name_of(row: Textbaustein) -> str:
    return "Arbeitshinweis" if is_hinweis(row.stelle) else "Textbaustein"


def _context(titel: str, stelle: str = "", **extra: Any) -> dict[str, Any]:
    liste, url = _list_of(stelle)
    return {
        "titel": titel,
        "zurueck": url,
        "brotkrumen": [(liste, url), (titel, None)],
        **({"stelle": stelle_of(stelle)} if stelle and stelle != HINWEIS else {}),
        **extra,
    }


def textbausteine(request: CaseRequest) -> HttpResponse:
    """Show all texts for plans and letters under their places, with the steps of each version."""
    return _list(request, list_textbausteine().exclude(stelle__startswith=HINWEIS), "")


def arbeitshinweise(request: CaseRequest) -> HttpResponse:
    """Show all hints under the steps beside which they stand, with the steps of each version."""
    return _list(request, list_textbausteine().filter(stelle__startswith=HINWEIS), HINWEIS)


def _list(request: CaseRequest, found: QuerySet[Textbaustein], art: str) -> HttpResponse:
    heute = timezone.localdate()
    rows = list(found)
    gilt = versions_in_force(rows, heute)
    neueste: dict[Any, Textbaustein] = {}
    for row in rows:
        if row.state == Bausteinzustand.FREIGEGEBEN:
            neueste.setdefault(row.kennung, row)
    entwuerfe = {row.kennung for row in rows if row.state == Bausteinzustand.ENTWURF}
    stellen: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        vorige = neueste.get(row.kennung)
        lage = Bausteinlage(
            request.user,
            heute,
            row,
            None if vorige is row else vorige,
            row.kennung in entwuerfe,
        )
        wort, farbe = _stand(row, gilt)
        stellen.setdefault(row.stelle, []).append(
            {
                "baustein": row,
                "wort": wort,
                "farbe": farbe,
                "schritte": BAUSTEINSCHRITTE.schritte(lage),
            }
        )
    return render(
        request,
        "cases/textbaustein/liste.html",
        {
            "titel": _list_of(art)[0],
            "hinweise": bool(art),
            "stellen": [(stelle_of(key), zeilen) for key, zeilen in stellen.items()],
            "mitgeliefert": () if art else delivered_texts(rows, gilt),
            "darf_schreiben": request.user.has_rolle(Rolle.FACHADMINISTRATION),
        },
    )


def _stand(row: Textbaustein, gilt: set[int]) -> tuple[str, str]:
    """Return word and colour of a version as of today."""
    if row.state != Bausteinzustand.FREIGEGEBEN:
        return row.get_state_display(), TEXTBAUSTEIN.farben[Bausteinzustand(row.state)]
    if row.pk in gilt:
        return "gilt", "success"
    if row.gueltig_ab > timezone.localdate():
        return "gilt später", "info"
    return "abgelöst oder beendet", "neutral"


def textbaustein_neu(request: CaseRequest) -> HttpResponse:
    """Write a new text for one place."""
    return _write_new(
        request,
        "",
        titel="Neuer Textbaustein",
        done="Der Textbaustein ist angelegt. Eine zweite Person muss ihn freigeben.",
    )


def arbeitshinweis_neu(request: CaseRequest) -> HttpResponse:
    """Write a new hint beside a step."""
    return _write_new(
        request,
        HINWEIS,
        titel="Neuer Arbeitshinweis",
        done="Der Arbeitshinweis ist angelegt. Eine zweite Person muss ihn freigeben.",
    )


def _write_new(request: CaseRequest, art: str, *, titel: str, done: str) -> HttpResponse:
    def act(form: NeuerTextbausteinForm) -> str:
        services.create_textbaustein(
            stelle=form.cleaned_data["stelle"],
            uebernommen=form.cleaned_data["uebernommen"],
            angaben=_angaben(form),
            by=request.user,
            tag=timezone.localdate(),
        )
        return _list_of(art)[1]

    return run_form(
        request,
        NeuerTextbausteinForm,
        template="cases/textbaustein/eingabe.html",
        context=_context(titel, art, platzhalter=() if art else registry.platzhalter),
        act=act,
        done=done,
        form_kwargs={"gruppen": stellen_by_gruppe(hinweise=bool(art)), "gewaehlt": art},
        initial=_anfang(request.GET.get("stelle", "")),
    )


def _anfang(schluessel: str) -> dict[str, Any]:
    """Return what a new text begins with: that of the program where one is taken over."""
    stelle = stelle_of(schluessel)
    heute: dict[str, Any] = {"gueltig_ab": timezone.localdate()}
    if not stelle.wortlaut:
        return heute
    return heute | {
        "stelle": stelle.schluessel,
        "titel": stelle.titel,
        "text": stelle.wortlaut,
        "norm": stelle.norm,
        "uebernommen": True,
    }


def textbaustein_bearbeiten(request: CaseRequest, textbaustein: int) -> HttpResponse:
    """Change a draft."""
    row = _or_404(textbaustein)
    if weg := misplaced(request, TEXTBAUSTEIN, "bearbeiten", row.state, _list_of(row.stelle)[1]):
        return weg

    def act(form: TextbausteinForm) -> str:
        services.update_textbaustein(
            textbaustein=row,
            angaben=_angaben(form),
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _list_of(row.stelle)[1]

    return run_form(
        request,
        TextbausteinForm,
        template="cases/textbaustein/eingabe.html",
        context=_context(
            f"{_name_of(row)} bearbeiten",
            row.stelle,
            platzhalter=[p for p in registry.platzhalter if p.steht_in(row.stelle)],
        ),
        act=act,
        done=f"Der {_name_of(row)} ist gespeichert.",
        form_kwargs={"gewaehlt": row.stelle},
        gespeichert=werte_of_textbaustein(row),
        zuletzt=row.bearbeitet_von.get_full_name(),
    )


def textbaustein_fortschreiben(request: CaseRequest, textbaustein: int) -> HttpResponse:
    """Write the next version of a released text."""
    row, heute = _or_404(textbaustein), timezone.localdate()
    zurueck = _list_of(row.stelle)[1]
    if weg := misplaced(request, TEXTBAUSTEIN, "fortschreiben", row.state, zurueck):
        return weg

    def act(form: TextbausteinForm) -> str:
        services.continue_textbaustein(
            textbaustein=row, angaben=_angaben(form), by=request.user, tag=heute
        )
        return _list_of(row.stelle)[1]

    return run_form(
        request,
        TextbausteinForm,
        template="cases/textbaustein/eingabe.html",
        context=_context(
            "Neue Fassung",
            row.stelle,
            platzhalter=[p for p in registry.platzhalter if p.steht_in(row.stelle)],
            einleitung=f"Fassung {row.version} wird angeboten, bis die neue gilt.",
        ),
        act=act,
        zu=lambda: BAUSTEINSCHRITTE.weigerung(
            Bausteinlage(request.user, heute, row, previous_version(row)), "fortschreiben"
        ),
        done="Die neue Fassung ist angelegt. Eine zweite Person muss sie freigeben.",
        form_kwargs={"gewaehlt": row.stelle},
        initial={**werte_of_textbaustein(row), "gueltig_ab": None, "gueltig_bis": None},
    )


def textbaustein_freigeben(request: CaseRequest, textbaustein: int) -> HttpResponse:
    """Show what will be offered, beside what was offered before, and release it."""
    row, heute = _or_404(textbaustein), timezone.localdate()
    if weg := misplaced(request, TEXTBAUSTEIN, "freigeben", row.state, _list_of(row.stelle)[1]):
        return weg
    vorige = previous_version(row)

    def act(form: BausteinfreigabeForm) -> str:
        services.release_textbaustein(textbaustein=row, by=request.user, tag=heute)
        return _list_of(row.stelle)[1]

    return run_form(
        request,
        BausteinfreigabeForm,
        template="cases/textbaustein/pruefung.html",
        context=_context(
            f"{_name_of(row)} freigeben",
            row.stelle,
            absenden=f"{_name_of(row)} freigeben",
            baustein=row,
            vorige=vorige,
            unterschied=compare_texts(vorige.text, row.text) if vorige else (),
            proben=probes_of(row.text, row.stelle, max(heute, row.gueltig_ab)),
            hindernis=next(
                iter(
                    BAUSTEINSCHRITTE.hindernisse(
                        Bausteinlage(request.user, heute, row, vorige), "freigeben"
                    )
                ),
                None,
            ),
        ),
        act=act,
        done=f"Der {_name_of(row)} ist freigegeben.",
    )


def textbaustein_verwerfen(request: CaseRequest, textbaustein: int) -> HttpResponse:
    """Drop a draft with a reason."""
    row = _or_404(textbaustein)
    if weg := misplaced(request, TEXTBAUSTEIN, "verwerfen", row.state, _list_of(row.stelle)[1]):
        return weg

    def act(form: BegruendungForm) -> str:
        services.reject_textbaustein(
            textbaustein=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _list_of(row.stelle)[1]

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=_context(f"{_name_of(row)} verwerfen", row.stelle, einleitung=str(row)),
        act=act,
        done="Der Entwurf ist verworfen.",
        form_kwargs={"label": "Grund", "absenden": "Verwerfen"},
    )


def textbaustein_beenden(request: CaseRequest, textbaustein: int) -> HttpResponse:
    """Say until which day a text is offered."""
    row, heute = _or_404(textbaustein), timezone.localdate()
    if weg := misplaced(request, TEXTBAUSTEIN, "beenden", row.state, _list_of(row.stelle)[1]):
        return weg

    def act(form: BausteinendeForm) -> str:
        services.end_textbaustein(
            textbaustein=row, bis=form.cleaned_data["bis"], by=request.user, tag=heute
        )
        return _list_of(row.stelle)[1]

    return run_form(
        request,
        BausteinendeForm,
        template="base_formular.html",
        context=_context(
            "Nicht mehr anbieten",
            row.stelle,
            einleitung=f"{row}. In Texten, die schon geschrieben sind, ändert sich nichts.",
        ),
        act=act,
        zu=lambda: BAUSTEINSCHRITTE.weigerung(
            Bausteinlage(request.user, heute, row, previous_version(row)), "beenden"
        ),
        done="Das Ende ist vermerkt.",
        initial={"bis": heute},
    )


def _angaben(form: TextbausteinForm) -> services.Bausteinangaben:
    daten = form.cleaned_data
    return services.Bausteinangaben(
        titel=daten["titel"],
        text=daten["text"],
        norm=daten["norm"],
        link=daten.get("link") or "",
        gueltig_ab=daten["gueltig_ab"],
        gueltig_bis=daten["gueltig_bis"],
    )


def _or_404(nummer: int) -> Textbaustein:
    row = list_textbausteine().filter(pk=nummer).first()
    if row is None:
        raise Http404
    return row
