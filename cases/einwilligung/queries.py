"""Reads about consents: which holds, what may be handed on by it, what was stopped."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from cases import access
from cases.models import (
    Case,
    Einwilligung,
    Empfaenger,
    Leistungserbringer,
    Leistungstraeger,
    Schreiben,
    Stelle,
    Unterlage,
    User,
    Versand,
    empfaenger_schluessel,
)
from cases.models.verzeichniseintrag import Verzeichniseintrag
from cases.registry.beitrag import registry
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile
from cases.reihe import keys_of
from cases.schreiben.guards.einwilligung import schreiben_darf_hinaus
from cases.schreiben.queries.postausgang import HINAUS
from cases.states.versand import VERSAND, Versandzustand

_GATTUNGEN: dict[str, type[Leistungstraeger | Leistungserbringer | Stelle]] = {
    "leistungstraeger": Leistungstraeger,
    "leistungserbringer": Leistungserbringer,
    "stelle": Stelle,
}


def schluessel_von(empfaenger: Empfaenger) -> list[str]:
    """Return all keys under which consents name this recipient.

    An entry that was merged into another one stays the same recipient.
    """
    schluessel = [empfaenger_schluessel(empfaenger)]
    if isinstance(empfaenger, Verzeichniseintrag):
        alte = type(empfaenger).objects.filter(zusammengefuehrt_in=empfaenger.pk)
        schluessel += [empfaenger_schluessel(alt) for alt in alte]
    return schluessel


def eintrag_of(schluessel: str) -> Empfaenger | None:
    """Return the entry of the directory behind a key, the one it was merged into if it was."""
    gattung, _, nummer = schluessel.partition(":")
    model = _GATTUNGEN.get(gattung)
    if model is None or not (nummer.isascii() and nummer.isdigit()):
        return None
    row = model.objects.filter(pk=int(nummer)).first()
    if row is None or row.zusammengefuehrt_in_id is None:
        return row
    return model.objects.get(pk=row.zusammengefuehrt_in_id)


def einwilligung_fuer(
    case: Case, empfaenger: Empfaenger, teil: str, stichtag: date
) -> Einwilligung | None:
    """Return the consent by which a part of the file may go to somebody on this day."""
    rows = Einwilligung.objects.wirksam_am(stichtag)
    return rows.fuer(case.pk, schluessel_von(empfaenger), teil).first()


def einwilligungen_of(case: Case) -> QuerySet[Einwilligung]:
    """Return the register of a case, the newest first, with the withdrawals."""
    return (
        Einwilligung.objects.filter(case=case)
        .select_related("eingetragen_von", "unterlage", "widerruf__vermerkt_von")
        .order_by("-erteilt_am", "-id")
    )


def empfaenger_auswahl(stichtag: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return whom the directory offers, by kind; three queries."""
    gruppen = (
        ("Leistungsträger", Leistungstraeger.objects.filter(eigener=False)),
        ("Leistungserbringer", Leistungserbringer.objects.all()),
        ("Ärzte und andere Stellen", Stelle.objects.all()),
    )
    return [
        (
            titel,
            [
                (empfaenger_schluessel(row), f"{row.name}, {row.ort}")
                for row in rows.order_by("name")
                if row.gilt_am(stichtag)
            ],
        )
        for titel, rows in gruppen
    ]


def scans_of(case: Case) -> QuerySet[Unterlage]:
    """Return the documents of a case, so that one can be named as the signed form."""
    return Unterlage.objects.filter(case=case).order_by("-datum", "-id")


def abdruckbar(case: Case, einwilligung: Einwilligung) -> QuerySet[Schreiben]:
    """Return the letters of a case whose part this consent covers, the newest first."""
    arten = [
        art.schluessel
        for art in registry.schreibenarten.values()
        if art.zeigt_teil and art.zeigt_teil in einwilligung.teile
    ]
    return Schreiben.objects.filter(case=case, art__in=arten).order_by("-id")


def wartende(case: Case) -> QuerySet[Versand]:
    """Return the sendings of a case that wait and stand on a consent."""
    return Versand.objects.filter(
        schreiben__case=case,
        schreiben__art__in=_arten_mit_einwilligung(),
        state=Versandzustand.VORGESEHEN,
    ).select_related("schreiben__case")


def _arten_mit_einwilligung() -> list[str]:
    return [
        art.schluessel
        for art in registry.schreibenarten.values()
        if art.einwilligung_teil or art.einwilligung_des_bezugs
    ]


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return rows of „Mein Tag“: sendings that stopped, or must, because a consent has gone."""
    if not access.may_write(user):
        return []
    rows = access.ask(_on_desk, user, stichtag)
    return [
        _arbeitszeile(row)
        for row in rows
        if row.state == Versandzustand.ANGEHALTEN or schreiben_darf_hinaus(row.schreiben, stichtag)
    ]


def _on_desk(user: User, stichtag: date) -> QuerySet[Versand]:
    eigene = access.visible_to(user, stichtag).filter(caseworker=user)
    briefe = Schreiben.objects.filter(
        case__in_reihe=keys_of(eigene), art__in=_arten_mit_einwilligung()
    )
    rows = Versand.objects.filter(schreiben__in_reihe=keys_of(briefe))
    hinaus = Q(schreiben__in_reihe=keys_of(rows.filter(state__in=HINAUS), "schreiben"))
    return (
        rows.filter(
            Q(state=Versandzustand.ANGEHALTEN) & ~hinaus | Q(state=Versandzustand.VORGESEHEN)
        )
        .select_related("schreiben__case__leistungsberechtigte_person")
        .order_by("pk")[:50]
    )


def _arbeitszeile(versand: Versand) -> Arbeitszeile:
    case = versand.schreiben.case
    return Arbeitszeile(
        gruppe="Versand klären",
        titel=f"„{versand.schreiben.titel}“: Einwilligung fehlt",
        fall=case.aktenzeichen,
        name=case.leistungsberechtigte_person.voller_name,
        url=adresse("versand", case.pk, versand.pk),
        seit=versand.schreiben.datum,
        zustand=versand.get_state_display(),
        farbe=VERSAND.farben[versand.state],
    )
