"""A series of letters: chosen from a list, looked at by a second person, released, dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases import access
from cases.guards import konten_der_person, refuse
from cases.models import Case, Druckstapel, Serie, Serienbrief, Serienbriefansicht, User
from cases.queries.einsicht import einsichten
from cases.registry.beitrag import letter_shows, registry
from cases.registry.schreibenart import Schreibanlass
from cases.registry.serienart import Posten
from cases.schreiben.guards.serie import brief_betrifft_sichtbaren_fall, serie_im_umfang
from cases.schreiben.queries.serie import (
    HOECHSTENS,
    cases_among,
    sample_of,
    size_of_sample,
    waiting_in,
)
from cases.schreiben.schritte import SERIENSCHRITTE, Serienlage
from cases.schreiben.services.druckstapel import (
    BRIEFE_HOECHSTENS,
    create_druckstapel,
    log_reads,
)
from cases.schreiben.services.schreiben import VERALTET, preview_schreiben
from cases.services.auftrag import tag_of
from cases.states.inhalt import Inhalt
from cases.states.serie import Serienbriefstand, Serienzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.textbaustein.queries import Fakten


@transaction.atomic
def create_serie(
    *,
    art: str,
    titel: str,
    posten: Sequence[Posten],
    angaben: Mapping[str, str],
    weg: str,
    by: User,
    now: datetime,
) -> Serie:
    """Begin a series of letters; nothing is frozen or leaves before somebody else has released it.

    `angaben` are the words that all share, placeholders and all, days as ISO. Raises
    SchrittUnzulaessig when `by` only reads, there are none or too many letters, or one of them
    concerns a case that is closed to `by`.
    """
    if not access.may_write(by):
        raise SchrittUnzulaessig("Schreiben erstellen nur Fallmanagement und Sachgebietsleitung.")
    einmal = list({eine.schluessel: eine for eine in posten}.values())
    refuse(serie_im_umfang(len(einmal), HOECHSTENS))
    faelle = {eine.fall for eine in einmal}
    refuse(brief_betrifft_sichtbaren_fall(faelle == cases_among(by, tag_of(now), faelle)))
    serie = Serie.objects.create(
        art=art, titel=titel, angaben=dict(angaben), weg=weg, angelegt_von=by, angelegt_am=now
    )
    Serienbrief.objects.bulk_create(
        Serienbrief(serie=serie, nummer=nummer, case_id=eine.fall, gegenstand=eine.gegenstand)
        for nummer, eine in enumerate(einmal, start=1)
    )
    return serie


@transaction.atomic
def release_serie(*, serie: Serie, by: User, now: datetime) -> Serie:
    """Let all letters that could be set leave; a second release finds them on their way.

    Raises SchrittUnzulaessig for whoever made the series, before `by` has opened the letters of
    the sample or while one of them concerns a case that `by` does not see.
    """
    row, ziel = begin_step(serie, by, tag_of(now), "freigeben")
    row.state, row.freigegeben_von, row.freigegeben_am = ziel, by, now
    row.save(update_fields=["state", "freigegeben_von", "freigegeben_am"])
    return row


@transaction.atomic
def reopen_serie(*, serie: Serie, by: User, tag: date) -> Serie:
    """Have all letters set anew, also those that could not be; what was looked at is so anew.

    Raises SchrittUnzulaessig when the series does not wait for its release.
    """
    row, ziel = begin_step(serie, by, tag, "neu_setzen")
    row.briefe.exclude(state=Serienbriefstand.HERAUSGENOMMEN).update(
        state=Serienbriefstand.OFFEN, fehler="", stichprobe=False
    )
    Serienbriefansicht.objects.filter(brief__serie=row).delete()
    row.state = ziel
    row.save(update_fields=["state"])
    return row


@transaction.atomic
def remove_briefe(*, serie: Serie, briefe: Collection[int], by: User, tag: date) -> int:
    """Take letters out of a series before its release; return how many.

    Their places in the sample go to others. Raises SchrittUnzulaessig when the series does not
    wait for its release, or none is named.
    """
    row, _ = begin_step(serie, by, tag, "herausnehmen")
    raus = row.briefe.filter(
        pk__in=briefe, state__in=[Serienbriefstand.GESETZT, Serienbriefstand.FEHLER]
    )
    anzahl = raus.update(state=Serienbriefstand.HERAUSGENOMMEN, fehler="", stichprobe=False)
    if not anzahl:
        raise SchrittUnzulaessig("Bitte wählen Sie aus, was herausgenommen wird.")
    draw_sample(row)
    return anzahl


@transaction.atomic
def discard_serie(*, serie: Serie, by: User, tag: date) -> Serie:
    """Drop a series of which nothing has left; no file keeps anything of it.

    Raises SchrittUnzulaessig once it was released.
    """
    row, ziel = begin_step(serie, by, tag, "verwerfen")
    row.state = ziel
    row.save(update_fields=["state"])
    return row


@transaction.atomic
def read_serienbrief(
    *, brief: Serienbrief, by: User, route: str, now: datetime, vermerken: bool = False
) -> bytes:
    """Return one letter as it would be frozen; `vermerken` notes that a second person has seen it.

    Raises SchrittUnzulaessig when the series does not wait for its release, the letter could not
    be set, its case is closed to `by`, or it would say something else than when it was set.
    """
    serie, tag = _lock(brief.serie), tag_of(now)
    row = serie.briefe.select_related("case__leistungsberechtigte_person").get(pk=brief.pk)
    row.serie = serie
    if (serie.state, row.state) != (Serienzustand.GESETZT, Serienbriefstand.GESETZT):
        raise SchrittUnzulaessig("Dieses Schreiben wartet nicht auf die Freigabe.")
    einsicht = einsichten(by, [row.case_id], tag).get(row.case_id)
    zu = einsicht.closed(letter_shows(serie.art)) if einsicht else list(Inhalt)
    refuse(brief_betrifft_sichtbaren_fall(not zu))
    kind = registry.schreibenarten[serie.art]
    gerendert, stand = preview_schreiben(kind, anlass_of(row, tag))
    if stand != row.stand:
        raise SchrittUnzulaessig(f"{VERALTET} Setzen Sie dazu die Serie neu.")
    if vermerken and row.stichprobe and serie.angelegt_von_id not in konten_der_person(by):
        Serienbriefansicht.objects.get_or_create(brief=row, von=by, defaults={"am": now})
    log_reads(cases=Case.objects.filter(pk=row.case_id), by=by, route=route, tag=tag)
    return gerendert.pdf


@transaction.atomic
def prepare_druckstapel(*, serie: Serie, by: User, tag: date) -> Druckstapel:
    """Put the next letters on paper of a series into a Druckstapel, as many as one may hold.

    Raises SchrittUnzulaessig before the series is on its way, when none is left, or as
    `create_druckstapel`.
    """
    row, _ = begin_step(serie, by, tag, "drucken")
    ids = list(waiting_in(row).values_list("pk", flat=True)[:BRIEFE_HOECHSTENS])
    return create_druckstapel(versand_ids=ids, by=by, tag=tag, trennblaetter=True)


def anlass_of(brief: Serienbrief, tag: date) -> Schreibanlass:
    """Return what one letter of a series is written for, with the shared words filled in.

    Raises SchrittUnzulaessig when what it is about has gone.
    """
    serie = brief.serie
    art = registry.serienarten[serie.art]
    gegenstand = art.finde(brief.case, brief.gegenstand) if brief.gegenstand else None
    if brief.gegenstand and gegenstand is None:
        raise SchrittUnzulaessig("Worum es in dem Schreiben geht, gibt es nicht mehr.")
    # By the day of the series: what it says about „heute“ is the same on the day of the release.
    fakten = Fakten(brief.case, tag_of(serie.angelegt_am))
    angaben: dict[str, Any] = {}
    for name, wert in serie.angaben.items():
        if name in art.tage:
            angaben[name] = date.fromisoformat(wert)
        else:
            stelle = art.stellen.get(name)
            angaben[name] = fakten.fill_text(wert, stelle) if stelle else wert
    return Schreibanlass(brief.case, tag, serie.angelegt_von, gegenstand, angaben)


def draw_sample(serie: Serie) -> None:
    """Draw the letters that a second person opens; who has opened one has seen it for good.

    It follows from what the letters say: nobody chooses, and who draws again finds the same.
    """

    def los(brief: Serienbrief) -> str:
        return hashlib.sha256(f"{brief.stand}:{brief.pk}".encode()).hexdigest()

    gesetzt = sorted(serie.briefe.filter(state=Serienbriefstand.GESETZT), key=los)
    gezogen = [brief.pk for brief in gesetzt[: size_of_sample(len(gesetzt))]]
    sample_of(serie).exclude(pk__in=gezogen).update(stichprobe=False)
    serie.briefe.filter(pk__in=gezogen, stichprobe=False).update(stichprobe=True)


def begin_step(serie: Serie, by: User, tag: date, schritt: str) -> tuple[Serie, str]:
    """Lock the series and return it with the state after the step.

    Raises SchrittUnzulaessig when its row of the table does not allow the step.
    """
    row = _lock(serie)
    return row, SERIENSCHRITTE.require(Serienlage(by, tag, row), schritt)


def _lock(serie: Serie) -> Serie:
    rows = Serie.objects.select_for_update(of=("self",))
    return rows.select_related("angelegt_von", "freigegeben_von").get(pk=serie.pk)
