"""What waits to leave the house, what is on paper already, what got stuck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as When_
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from cases import access
from cases.models import PAPIER, Auftrag, Case, Druckstapel, Schreiben, User, Versand
from cases.queries.einsicht import cases_with_address
from cases.registry.beitrag import registry
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile
from cases.reihe import keys_of
from cases.states.auftrag import Auftragzustand
from cases.states.rolle import Rolle
from cases.states.versand import VERSAND, Versandzustand

# What a page shows; the rest follows when these are done.
ZEILEN = 200
# A letter that has left the house, or is about to.
HINAUS = (Versandzustand.VORGESEHEN, Versandzustand.AUFGEGEBEN)


def waiting_letters(user: User, stichtag: date) -> QuerySet[Versand]:
    """Return letters that wait to be printed, of cases whose addresses are shown, by number."""
    return _waiting(_of_visible(user, stichtag)).order_by("schreiben__nummer")


def _waiting(rows: QuerySet[Versand]) -> QuerySet[Versand]:
    return rows.filter(
        weg__in=PAPIER, state=Versandzustand.VORGESEHEN, druckstapel_liste__isnull=True
    )


def unsettled(user: User, stichtag: date) -> QuerySet[Versand]:
    """Return e-mails of visible cases that failed or whose fate is unknown, the unknown first.

    A failed one is settled as soon as the letter has left the house, or is about to, another way.
    """
    andere = Versand.objects.filter(schreiben=OuterRef("schreiben"), state__in=HINAUS)
    rows = _of_visible(user, stichtag).filter(
        Q(state=Versandzustand.UNGEWISS) | Q(state=Versandzustand.FEHLGESCHLAGEN) & ~Exists(andere)
    )
    return rows.order_by("-state", "pk")


def _of_visible(user: User, stichtag: date) -> QuerySet[Versand]:
    return Versand.objects.filter(
        schreiben__case__in=cases_with_address(user, stichtag).values("pk")
    ).select_related("schreiben__case__leistungsberechtigte_person")


def visible_druckstapel(user: User, stichtag: date) -> QuerySet[Druckstapel]:
    """Return batches without the file, the newest first, none of whose letters is closed.

    A batch without a letter has no case that could be foreign: only who made it sees it.
    """
    fremd = Versand.objects.filter(druckstapel_liste=OuterRef("pk")).exclude(
        schreiben__case__in=cases_with_address(user, stichtag).values("pk")
    )
    briefe = Versand.objects.filter(druckstapel_liste=OuterRef("pk"))
    return (
        Druckstapel.objects.filter(~Exists(fremd))
        .filter(Exists(briefe) | Q(erstellt_von=user))
        .defer("pdf")
        .select_related("erstellt_von", "aufgegeben_von")
        .annotate(briefe=Count("versand_liste"))
        .order_by("-pk")
    )


def letters_in(druckstapel: Druckstapel) -> QuerySet[Versand]:
    """Return the letters of a batch in the order in which they are printed."""
    return druckstapel.versand_liste.select_related(
        "schreiben__case__leistungsberechtigte_person"
    ).order_by("schreiben__nummer")


def cases_in(druckstapel: Druckstapel) -> QuerySet[Case]:
    """Return the cases whose letters are in the batch, each once."""
    return Case.objects.filter(
        pk__in=druckstapel.versand_liste.values("schreiben__case_id")
    ).order_by("pk")


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return rows of „Mein Tag“: stuck e-mails of the own cases, and that letters wait."""
    if not access.may_write(user):
        return []
    rows = access.ask(_on_desk, user, stichtag)
    offen = [row for row in rows if row.state != Versandzustand.VORGESEHEN]
    return [
        *(
            _arbeitszeile(
                v, "Versand klären", "klären", adresse("versand", v.schreiben.case_id, v.pk)
            )
            for v in offen
        ),
        *(
            _arbeitszeile(v, "Postausgang", "drucken", adresse("postausgang"))
            for v in rows
            if v.state == Versandzustand.VORGESEHEN
        ),
    ]


def _on_desk(user: User, stichtag: date) -> QuerySet[Versand]:
    """What this user has to do; supervisors look after stuck mail of their teams."""
    visible = access.visible_to(user, stichtag)
    briefe = Schreiben.objects.filter(case__in_reihe=keys_of(visible.filter(caseworker=user)))
    eigene = Versand.objects.filter(schreiben__in_reihe=keys_of(briefe))
    hinaus = Q(schreiben__in_reihe=keys_of(eigene.filter(state__in=HINAUS), "schreiben"))
    haengend = eigene.filter(
        Q(state=Versandzustand.UNGEWISS) | Q(state=Versandzustand.FEHLGESCHLAGEN) & ~hinaus
    )
    wahl = Q(pk__in_reihe=keys_of(haengend)) | Q(pk__in_reihe=keys_of(_waiting(eigene)))
    if user.has_rolle(Rolle.LEITUNG):
        ungewiss = Versand.objects.filter(state=Versandzustand.UNGEWISS)
        faelle = visible.filter(pk__in_reihe=keys_of(ungewiss, "schreiben__case"))
        der_teams = ungewiss.filter(schreiben__case__in_reihe=keys_of(faelle))
        wahl |= Q(pk__in_reihe=keys_of(der_teams))
    return (
        Versand.objects.filter(wahl)
        .select_related("schreiben__case__leistungsberechtigte_person")
        .order_by("-state", "schreiben__nummer", "pk")[: 2 * ZEILEN]
    )


def _arbeitszeile(versand: Versand, gruppe: str, verb: str, url: str) -> Arbeitszeile:
    case = versand.schreiben.case
    return Arbeitszeile(
        gruppe=gruppe,
        titel=f"„{versand.schreiben.titel}“ {verb}",
        fall=case.aktenzeichen,
        name=case.leistungsberechtigte_person.voller_name,
        url=url,
        seit=versand.schreiben.datum,
        zustand=versand.get_state_display(),
        farbe=VERSAND.farben[versand.state],
    )


@dataclass(frozen=True)
class Auftragzeile:
    """One outbox row; `url` leads to the decision, for those who may see the case.

    `im_haus`: it belongs to no case, the Fachadministration decides.
    """

    auftrag: Auftrag
    titel: str
    url: str
    im_haus: bool = False


def auftraege_for_list(user: User, stichtag: date) -> list[Auftragzeile]:
    """Return unfinished and recent outbox rows, those that need a person first."""
    rang = When_(
        When(state=Auftragzustand.UNGEWISS, then=Value(0)),
        When(state=Auftragzustand.FEHLGESCHLAGEN, then=Value(1)),
        When(state__in=[Auftragzustand.IN_ARBEIT, Auftragzustand.OFFEN], then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = list(Auftrag.objects.annotate(rang=rang).order_by("rang", "-pk")[:ZEILEN])
    faelle = _cases_of(rows)
    eigene = access.visible_to(user, stichtag).filter(pk__in=faelle.values())
    sichtbar = set(eigene.values_list("pk", flat=True))
    return [_auftragzeile(row, faelle.get(row.pk), sichtbar) for row in rows]


def _auftragzeile(auftrag: Auftrag, fall: int | None, sichtbar: set[int]) -> Auftragzeile:
    art = registry.auftragsarten.get(auftrag.art)
    if art is None:
        return Auftragzeile(auftrag, auftrag.art, "")
    offen = auftrag.state in {Auftragzustand.UNGEWISS, Auftragzustand.FEHLGESCHLAGEN}
    url = ""
    if offen and art.seite and fall in sichtbar:
        url = adresse(art.seite, fall, auftrag.gegenstand_id)
    return Auftragzeile(auftrag, art.titel, url, im_haus=offen and not art.seite)


def _cases_of(rows: Sequence[Auftrag]) -> dict[int, int]:
    """Return the id of the case for each id of an outbox row, one query per kind."""
    faelle: dict[int, int] = {}
    for schluessel, art in registry.auftragsarten.items():
        if art.faelle is None:
            continue
        own = [auftrag for auftrag in rows if auftrag.art == schluessel]
        known = art.faelle([auftrag.gegenstand_id for auftrag in own])
        faelle.update({a.pk: known[a.gegenstand_id] for a in own if a.gegenstand_id in known})
    return faelle


def count_by_state() -> dict[str, int]:
    """Return how many outbox rows are in each state."""
    rows = Auftrag.objects.values_list("state").annotate(anzahl=Count("pk")).order_by()
    zahlen: dict[str, int] = dict(rows)
    return zahlen
