"""Reads about intake, applications and their forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cases import access
from cases.models import (
    Antrag,
    Antragsbogen,
    Ausfuehrung,
    BeantragteLeistung,
    Beratung,
    Case,
    Frist,
    Leistungstraeger,
    Pruefkatalog,
    Traegerangabe,
    Unterlage,
    User,
    Vorbefund,
)
from cases.models.stand import werte_of
from cases.registry.routen import adresse
from cases.registry.tisch import Arbeitszeile
from cases.reihe import keys_of
from cases.states.fall import Fallzustand
from cases.states.rolle import Rolle
from recht.kataloge import Eintrag, leistungsgruppen
from recht.rechtsstand import Normfolge, Rechtsstand

# In the order of the form: nothing is asked after the signature. The number is the key of a section
# and stored in `Antragsbogen.erledigt`; where it stands in the form tells `platz_of`.
ABSCHNITTE: tuple[tuple[int, str], ...] = (
    (1, "Aufnahme und Unterstützung"),
    (2, "Persönliche Daten"),
    (11, "Anlass, Aufenthalt und andere Anträge"),
    (3, "Beantragte Leistungen"),
    (4, "Mögliche Leistungsträger"),
    (5, "Vorliegende Bescheide und Befunde"),
    (12, "Einkommen, Vermögen und Ansprüche gegen Dritte"),
    (13, "Ärztliche Behandlung, Erklärungen und Anlagen"),
    (6, "Wünsche und Hinweise"),
    (7, "Einwilligung und Widerspruchsrecht"),
    (8, "Unterschrift"),
    (9, "Bestätigung der Aufnahme"),
    (10, "Ergebnis und Wiedervorlage"),
)
_PLATZ = {nummer: platz for platz, (nummer, _) in enumerate(ABSCHNITTE, start=1)}


def platz_of(nummer: int) -> int:
    """Return at which place of the form a section stands."""
    return _PLATZ[nummer]


def section_after(nummer: int) -> int | None:
    """Return the section that follows in the form, None after the last one."""
    folge = [key for key, _ in ABSCHNITTE]
    platz = _PLATZ[nummer]
    return folge[platz] if platz < len(folge) else None


# The form asks for them beside the groups of § 5; they are no Leistungen zur Teilhabe.
_WEITERE = (
    (
        "pflege",
        "Leistungen zur Pflege",
        Normfolge("§ 28 SGB XI, § 61 SGB XII", "§ 28 SGB XI, § 61 SGB XII"),
    ),
    ("weitere", "Weitere Leistungen", Normfolge("§ 2 BudgetV", "§ 29 Abs. 1 S. 5 SGB IX")),
)


def possible_caseworkers(user: User) -> QuerySet[User]:
    """Return the Fallmanager of the own team and of the teams that the user leads.

    A case belongs to the team of its Fallmanager, so nobody without a team is offered.
    """
    return (
        User.objects.filter(is_active=True, groups__name=Rolle.FALLMANAGEMENT, team__isnull=False)
        .filter(Q(team=user.team_id) | Q(team__leitungen=user))
        .select_related("team")
        .order_by("last_name", "first_name")
        .distinct()
    )


def antraege_of(case: Case) -> QuerySet[Antrag]:
    """Return the applications of a case with their forms, the newest first."""
    return (
        Antrag.objects.filter(case=case)
        .select_related("aufgenommen_von", "weiterleitung__an", "bogen")
        .order_by("-eingang", "-id")
    )


def antrag_of(case: Case, antrag_id: int) -> Antrag | None:
    """Return one application of this case with what its form needs."""
    return (
        Antrag.objects.filter(case=case, pk=antrag_id)
        .select_related(
            "case__leistungsberechtigte_person",
            "case__caseworker",
            "aufgenommen_von",
            "weiterleitung__an",
            "bogen__wiedervorlage",
            "bogen__unterschrift_unterlage",
            "bogen__bestaetigt_von",
        )
        .first()
    )


def bogen_of(antrag: Antrag) -> Antragsbogen:
    """Return the form of an application; one from before the form existed has an empty one."""
    bogen: Antragsbogen | None = getattr(antrag, "bogen", None)
    return bogen or Antragsbogen(antrag=antrag)


def traegerangaben_of(antrag: Antrag) -> QuerySet[Traegerangabe]:
    """Return the Leistungsträger named in the application."""
    return antrag.traegerangaben.select_related("leistungstraeger", "antrag")


def vorbefunde_of(antrag: Antrag) -> QuerySet[Vorbefund]:
    """Return the earlier papers named in the application."""
    return antrag.vorbefunde.select_related("unterlage", "antrag")


def beratungen_of(case: Case) -> QuerySet[Beratung]:
    """Return the counsellings of a case in their order."""
    return case.beratungen.select_related("beraten_von").order_by("am", "id")


def fristen_of_antrag(case: Case) -> dict[str, list[Frist]]:
    """Return the Fristen of each application of the case under its reference `antrag:<id>`."""
    found: dict[str, list[Frist]] = {}
    for frist in Frist.objects.filter(case=case, gegenstand__startswith="antrag:").order_by("ende"):
        found.setdefault(frist.gegenstand, []).append(frist)
    return found


def selectable_traeger(case: Case) -> QuerySet[Leistungstraeger]:
    """Return the Leistungsträger that can be named: all but those merged into another."""
    return Leistungstraeger.objects.filter(zusammengefuehrt_in__isnull=True).order_by("name")


def unterlagen_of(case: Case) -> QuerySet[Unterlage]:
    """Return the documents of the case, the newest first."""
    return Unterlage.objects.filter(case=case).order_by("-datum", "-id")


def gruppen_am(stichtag: date) -> tuple[Eintrag, ...]:
    """Return what can be ticked in section 3 under the law of the day."""
    extra = tuple(
        Eintrag(
            "leistungsgruppen",
            key,
            "",
            titel,
            norm.am(stichtag),
            frozenset(Rechtsstand),
            grad="SEED-K",
        )
        for key, titel, norm in _WEITERE
    )
    return (*leistungsgruppen(stichtag), *extra)


def pruefkataloge_of(antrag: Antrag) -> QuerySet[Pruefkatalog]:
    """Return all versions of the check with their points, the newest first."""
    return (
        antrag.pruefkataloge.select_related("geprueft_von")
        .prefetch_related("pruefpunkte__unterlage", "pruefpunkte__vorbefund")
        .order_by("-datum")
    )


def werte_of_leistungen(antrag: Antrag) -> dict[str, Any]:
    """Return section 3 as its form shows it: every group of the law with what is wished."""
    rows = {row.gruppe: row for row in antrag.beantragte_leistungen.all()}
    werte: dict[str, Any] = {}
    for gruppe in gruppen_am(antrag.eingang):
        key = gruppe.schluessel
        row = rows.get(key) or BeantragteLeistung(form=Ausfuehrung.OFFEN)
        werte |= {key: key in rows, f"{key}_art": row.art}
        werte |= {f"{key}_umfang": row.umfang, f"{key}_form": row.form}
    return werte


def werte_of_bogen(bogen: Antragsbogen, felder: Iterable[str]) -> dict[str, Any]:
    """Return one section as its form shows it; what the form does not store is left out."""
    return werte_of(bogen, [name for name in felder if hasattr(bogen, name)])


def werte_of_pruefkatalog(katalog: Pruefkatalog | None) -> dict[str, Any]:
    """Return a version of the check as its form shows it; nothing before the first one."""
    if katalog is None:
        return {}
    werte: dict[str, Any] = {"abwaegung": katalog.abwaegung}
    for liste in ("ziel", "dafuer", "dagegen", "budgetfaehig"):
        werte[liste] = [m for m in katalog.merkmale if m.startswith(f"{liste}_")]
    for punkt in katalog.pruefpunkte.all():
        key = punkt.voraussetzung
        werte |= {
            f"{key}_ergebnis": punkt.ergebnis,
            f"{key}_begruendung": punkt.begruendung,
            f"{key}_unterlage": punkt.unterlage_id,
            f"{key}_vorbefund": punkt.vorbefund_id,
        }
    return werte


def arbeitszeilen(user: User, stichtag: date) -> list[Arbeitszeile]:
    """Return own Anfragen and applications without translation: no Frist reminds of them."""
    if not access.may_write(user):
        return []
    return [
        Arbeitszeile(
            gruppe="Anfragen und Anträge",
            titel="Anfrage: Beratung abschließen oder Antrag aufnehmen"
            if case.state == Fallzustand.ANFRAGE
            else "Übersetzung des Antrags fehlt: Die Fristen laufen noch nicht",
            fall=case.aktenzeichen,
            name=case.leistungsberechtigte_person.voller_name,
            url=adresse("fall_antrag", case.pk),
            seit=case.eroeffnet_am,
            zustand="Anfrage" if case.state == Fallzustand.ANFRAGE else "wartet",
            farbe="info" if case.state == Fallzustand.ANFRAGE else "warning",
        )
        for case in access.ask(_on_desk, user, stichtag)
    ]


def _on_desk(user: User, stichtag: date) -> QuerySet[Case]:
    eigene = Case.objects.filter(caseworker=user)
    waiting = Antrag.objects.filter(
        case__in_reihe=keys_of(eigene), fremdsprache__gt="", uebersetzung_am__isnull=True
    )
    wartet = Q(pk__in_reihe=keys_of(waiting, "case"))
    return (
        access.visible_to(user, stichtag)
        .filter(Q(state=Fallzustand.ANFRAGE) | wartet, caseworker=user)
        .exclude(state__in=(Fallzustand.BEENDET, Fallzustand.WEITERGELEITET))
        .select_related("leistungsberechtigte_person")
        .order_by("eroeffnet_am", "id")
    )
