"""The directory: lists by kind, search that forgives, one entry with what holds on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest

from cases.models import (
    Angebot,
    Ansprechperson,
    Gattung,
    Leistungserbringer,
    Leistungstraeger,
    Preis,
    Stelle,
    Stellenart,
    Traegerart,
    Verzeichniseintrag,
    Zusammenfuehrung,
)
from cases.models.verzeichnis import GERICHTE
from recht.kataloge import Eintrag, leistungsgruppen, leistungstraeger
from recht.rechtsstand import Rechtsstand, rechtsstand_am

MODELLE: dict[str, type[Leistungstraeger | Leistungserbringer | Stelle]] = {
    Gattung.LEISTUNGSTRAEGER: Leistungstraeger,
    Gattung.LEISTUNGSERBRINGER: Leistungserbringer,
    Gattung.STELLE: Stelle,
}


@dataclass(frozen=True)
class Bereich:
    """One tab of the directory: a table, for bodies only some kinds of it."""

    schluessel: str
    titel: str
    einzahl: str
    gattung: str
    arten: tuple[str, ...] = ()


_WEITERE = tuple(a.value for a in Stellenart if a not in (Stellenart.ARZT, *GERICHTE))
BEREICHE: dict[str, Bereich] = {
    b.schluessel: b
    for b in (
        Bereich("traeger", "Leistungsträger", "Leistungsträger", Gattung.LEISTUNGSTRAEGER),
        Bereich(
            "erbringer", "Leistungserbringer", "Leistungserbringer", Gattung.LEISTUNGSERBRINGER
        ),
        Bereich(
            "aerzte",
            "Ärztinnen und Ärzte",
            "Arztpraxis oder Klinik",
            Gattung.STELLE,
            (Stellenart.ARZT.value,),
        ),
        Bereich(
            "gerichte",
            "Gerichte",
            "Gericht",
            Gattung.STELLE,
            tuple(a.value for a in GERICHTE),
        ),
        Bereich("stellen", "Weitere Stellen", "Stelle", Gattung.STELLE, _WEITERE),
    )
}

# Keys of recht.kataloge by kind and Rechtsstand; a kind without a key did not exist then.
_KATALOG: dict[str, dict[Rechtsstand, str]] = {
    Traegerart.KRANKENKASSE: {Rechtsstand.A: "a_krankenkasse", Rechtsstand.B: "b_krankenkasse"},
    Traegerart.ARBEITSAGENTUR: {Rechtsstand.A: "a_bundesagentur", Rechtsstand.B: "b_bundesagentur"},
    Traegerart.UNFALLVERSICHERUNG: {
        Rechtsstand.A: "a_unfallversicherung",
        Rechtsstand.B: "b_unfallversicherung",
    },
    Traegerart.RENTENVERSICHERUNG: {
        Rechtsstand.A: "a_rentenversicherung",
        Rechtsstand.B: "b_rentenversicherung",
    },
    Traegerart.LANDWIRTE: {
        Rechtsstand.A: "a_alterssicherung_landwirte",
        Rechtsstand.B: "b_alterssicherung_landwirte",
    },
    Traegerart.ENTSCHAEDIGUNG: {
        Rechtsstand.A: "a_kriegsopferversorgung",
        Rechtsstand.B: "b_soziale_entschaedigung",
    },
    Traegerart.JUGENDHILFE: {Rechtsstand.A: "a_jugendhilfe", Rechtsstand.B: "b_jugendhilfe"},
    Traegerart.SOZIALHILFE: {
        Rechtsstand.A: "a_sozialhilfe",
        Rechtsstand.UE: "ue_sozialhilfe",
        Rechtsstand.B: "b_hilfe_zur_pflege",
    },
    Traegerart.EINGLIEDERUNGSHILFE: {Rechtsstand.B: "b_eingliederungshilfe"},
    Traegerart.PFLEGEKASSE: {Rechtsstand.A: "a_pflegekasse", Rechtsstand.B: "b_pflegekasse"},
    Traegerart.INTEGRATIONSAMT: {
        Rechtsstand.A: "a_integrationsamt",
        Rechtsstand.B: "b_integrationsamt",
    },
}


def all_rows(model: type[Model]) -> Any:
    """Return all rows of any table, past managers that would hide some."""
    return QuerySet(model=model)


def katalogeintrag(art: str, stichtag: date) -> Eintrag | None:
    """Return what § 6 SGB IX says about a kind of carrier on a day; None: no such carrier then.

    Most kinds have one key for the transition and the present law.
    """
    stand = rechtsstand_am(stichtag)
    schluessel = _KATALOG[art].get(stand)
    if schluessel is None and stand is Rechtsstand.UE and art != Traegerart.EINGLIEDERUNGSHILFE:
        schluessel = _KATALOG[art][Rechtsstand.B]
    return next((e for e in leistungstraeger(stichtag) if e.schluessel == schluessel), None)


def gruppen_of(eintrag: Eintrag, stichtag: date) -> list[str]:
    """Return the Leistungsgruppen that a carrier of the catalogue may grant, with their number."""
    return [
        f"{g.bezeichnung} (Nr. {g.nummer})"
        for g in leistungsgruppen(stichtag)
        if g.schluessel in eintrag.verweise
    ]


@dataclass(frozen=True)
class Suche:
    """What a reader of the list asks for."""

    text: str = ""
    ungeprueft: bool = False
    beendet: bool = False


def list_eintraege(bereich: Bereich, suche: Suche, stichtag: date) -> QuerySet[Verzeichniseintrag]:
    """Return the entries of a tab that fit; with words the best fit first."""
    model = MODELLE[bereich.gattung]
    rows = all_rows(model).filter(_fits(bereich.gattung, suche, stichtag))
    if bereich.arten:
        rows = rows.filter(art__in=bereich.arten)
    if not suche.text:
        return rows.order_by("name", "pk")
    naehe = Greatest(
        TrigramWordSimilarity(suche.text, "name"), TrigramWordSimilarity(suche.text, "ort")
    )
    return rows.annotate(naehe=naehe).order_by("-naehe", "name", "pk")


def count_eintraege(suche: Suche, stichtag: date) -> dict[str, int]:
    """Return how many entries fit in each tab; three queries."""
    counts: dict[str, int] = {}
    for gattung, model in MODELLE.items():
        rows = all_rows(model).filter(_fits(gattung, suche, stichtag))
        bereiche = [b for b in BEREICHE.values() if b.gattung == gattung]
        fits = {
            b.schluessel: Count("pk", filter=Q(art__in=b.arten)) if b.arten else Count("pk")
            for b in bereiche
        }
        counts |= rows.aggregate(**fits)
    return counts


def _fits(gattung: str, suche: Suche, stichtag: date) -> Q:
    fits = Q(zusammengefuehrt_in__isnull=True)
    if not suche.beendet:
        fits &= Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag)
    if suche.ungeprueft:
        fits &= Q(geprueft=False)
    for word in suche.text.replace(",", " ").split():
        fits &= _word(gattung, word)
    return fits


def _word(gattung: str, word: str) -> Q:
    if re.fullmatch(r"[0-9]{2,5}", word):
        return Q(plz__startswith=word) | Q(name__icontains=word)
    if re.fullmatch(r"[0-9]{9}", word):
        return Q(institutionskennzeichen=word)
    fields = ["name", "ort", *(["fachrichtung"] if gattung == Gattung.STELLE else [])]
    found = Q()
    for form in sorted({word, _spelled_out(word), _with_umlaut(word)}):
        for name in fields:
            found |= Q(**{f"{name}__unaccent__icontains": form})
            # Short words are like too many others.
            if len(form) > 3:
                found |= Q(**{f"{name}__unaccent__trigram_word_similar": form})
        if gattung == Gattung.LEISTUNGSERBRINGER:
            angebote = Angebot.objects.filter(
                leistungserbringer=OuterRef("pk"), name__unaccent__icontains=form
            )
            found |= Q(Exists(angebote))
    return found


def _spelled_out(word: str) -> str:
    lower = word.lower()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        lower = lower.replace(umlaut, plain)
    return lower


def _with_umlaut(word: str) -> str:
    lower = word.lower()
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        lower = lower.replace(plain, umlaut)
    return lower


def get_eintrag(gattung: str, pk: int) -> Verzeichniseintrag | None:
    """Return one entry with who added it and into which other it went."""
    model = MODELLE.get(gattung)
    if model is None:
        return None
    return (
        all_rows(model).select_related("angelegt_von", "zusammengefuehrt_in").filter(pk=pk).first()
    )


def gattung_of(eintrag: Verzeichniseintrag) -> str:
    """Return the key of the table of an entry."""
    return str(eintrag._meta.model_name)


def bereich_of(eintrag: Verzeichniseintrag) -> Bereich:
    """Return the tab in which an entry stands."""
    gattung, art = gattung_of(eintrag), getattr(eintrag, "art", "")
    passend = [b for b in BEREICHE.values() if b.gattung == gattung]
    return next((b for b in passend if art in b.arten), passend[0])


def art_of(eintrag: Verzeichniseintrag) -> str:
    """Return the kind of an entry in words."""
    display = getattr(eintrag, "get_art_display", None)
    return str(display()) if display else str(eintrag._meta.verbose_name)


def ansprechpersonen_of(eintrag: Verzeichniseintrag) -> QuerySet[Ansprechperson]:
    """Return all contacts of an entry."""
    return Ansprechperson.objects.filter(**{gattung_of(eintrag): eintrag})


def angebote_of(eintrag: Verzeichniseintrag) -> QuerySet[Angebot]:
    """Return the services of a provider with all prices, the latest first; two queries."""
    if not isinstance(eintrag, Leistungserbringer):
        return Angebot.objects.none()
    preise = Preis.objects.order_by("-gueltig_ab", "einheit")
    return eintrag.angebote.prefetch_related(Prefetch("preise", queryset=preise))


def get_angebot(eintrag: Verzeichniseintrag, pk: int) -> Angebot | None:
    """Return one service of this provider."""
    return angebote_of(eintrag).filter(pk=pk).first()


def zusammenfuehrungen_of(eintrag: Verzeichniseintrag) -> QuerySet[Zusammenfuehrung]:
    """Return the merges in which the entry took part, the latest first."""
    return (
        Zusammenfuehrung.objects.filter(
            Q(bleibt=eintrag.pk) | Q(geht=eintrag.pk), gattung=gattung_of(eintrag)
        )
        .select_related("von", "zurueck_von")
        .order_by("-pk")
    )


def get_zusammenfuehrung(pk: int) -> Zusammenfuehrung | None:
    """Return one merge."""
    return Zusammenfuehrung.objects.select_related("von", "zurueck_von").filter(pk=pk).first()


def namen_of(gattung: str, ids: set[int]) -> dict[int, str]:
    """Return the names of entries by id; one query."""
    return dict(all_rows(MODELLE[gattung]).filter(pk__in=ids).values_list("pk", "name"))


def has_traeger(name: str, ohne: int | None) -> bool:
    """Tell whether another Leistungsträger in use bears this name."""
    rows = Leistungstraeger.objects.filter(name=name, zusammengefuehrt_in__isnull=True)
    return (rows.exclude(pk=ohne) if ohne is not None else rows).exists()


# What the page of a merge lets one choose; kind and own authority never change by a merge.
FELDER = (
    "name",
    "fachrichtung",
    "anschriftart",
    "zusatz",
    "strasse",
    "plz",
    "ort",
    "land",
    "telefon",
    "email",
    "institutionskennzeichen",
    "gueltig_ab",
    "gueltig_bis",
)


def felder_of(model: type[Model]) -> tuple[str, ...]:
    """Return the fields of this table that a merge lets one choose."""
    vorhanden = {field.name for field in model._meta.concrete_fields}
    return tuple(name for name in FELDER if name in vorhanden)
