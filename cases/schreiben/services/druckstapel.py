"""Letters on paper: collected into a batch, printed, posted, and the posting recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from cases import access
from cases.export.paket import pack
from cases.guards import refuse
from cases.models import PAPIER, Case, Druckstapel, Lesezugriff, User, Versand
from cases.person.guards.adressat import anschrift_unveraendert
from cases.queries.einsicht import cases_with_address
from cases.schreiben.export import (
    Brief,
    groups_of,
    merge_pdfs,
    set_trennblatt,
    write_index,
)
from cases.schreiben.guards.einwilligung import schreiben_darf_hinaus
from cases.schreiben.guards.versand import schreiben_nicht_ersetzt, schreiben_versandfaehig
from cases.schreiben.queries.postausgang import cases_in, letters_in, visible_druckstapel
from cases.schreiben.queries.umfang import print_order, with_umfang
from cases.schreiben.services.schreiben import pdfs_of
from cases.schreiben.services.versand import record_aufgabe
from cases.services.sperre import lock_cases_of
from cases.states.tafel import SchrittUnzulaessig
from cases.states.versand import Versandzustand

# More would make a file that is slow to print and to correct.
BRIEFE_HOECHSTENS = 200


@transaction.atomic
def create_druckstapel(
    *, versand_ids: Collection[int], by: User, tag: date, trennblaetter: bool = False
) -> Druckstapel:
    """Merge waiting letters, each with its Anlagen, into one PDF in the order of the envelopes.

    `trennblaetter` puts a sheet with the dispatch list before each way and envelope.
    Raises SchrittUnzulaessig when a letter is not (or no longer) waiting in a case of the user,
    its address has changed (§ 37 Abs. 1 SGB X), it was replaced, instructs about another law than
    that of the day or comes too late for what it orders, or its file is damaged.
    """
    if not 1 <= len(set(versand_ids)) <= BRIEFE_HOECHSTENS:
        raise SchrittUnzulaessig(
            f"Bitte wählen Sie mindestens ein und höchstens {BRIEFE_HOECHSTENS} Schreiben aus."
        )
    rows = list(_waiting(versand_ids, by, tag))
    # Asked once the rows are locked: somebody may have taken a letter while we waited.
    vergeben = Versand.objects.filter(pk__in=versand_ids, druckstapel_liste__isnull=False)
    if len(rows) != len(set(versand_ids)) or vergeben.exists():
        raise SchrittUnzulaessig(
            "Mindestens eines der gewählten Schreiben liegt nicht mehr im Postausgang. "
            "Bitte wählen Sie neu aus."
        )
    for versand in rows:
        _require_unchanged(versand, tag)
    briefe = print_order(with_umfang(rows))
    pdf, seiten = merge_pdfs(_parts(briefe, tag, trennblaetter=trennblaetter))
    druckstapel = Druckstapel.objects.create(
        datum=tag,
        erstellt_von=by,
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        seiten=seiten,
        vorblatt_seiten=seiten - sum(umfang.druckseiten for _, umfang in briefe),
    )
    druckstapel.versand_liste.set(rows)
    return druckstapel


def _parts(briefe: list[Brief], tag: date, *, trennblaetter: bool) -> Iterator[bytes]:
    """Yield what is printed one after the other, each as a PDF."""
    for titel, gruppe in groups_of(briefe):
        if trennblaetter:
            yield set_trennblatt(titel, gruppe, tag)
        for versand, _ in gruppe:
            yield from pdfs_of(versand.schreiben)


def _require_unchanged(versand: Versand, tag: date) -> None:
    """Check what may have changed since a letter was put on its way, with the law of the day."""
    schreiben = versand.schreiben
    refuse(anschrift_unveraendert(schreiben, tag))
    refuse(schreiben_darf_hinaus(schreiben, tag))
    refuse(schreiben_nicht_ersetzt(schreiben))
    refuse(schreiben_versandfaehig(schreiben, tag, versand.ausland, versand.weg))


def _waiting(versand_ids: Collection[int], by: User, tag: date) -> QuerySet[Versand]:
    """Lock and return those of the letters that may go into a new batch."""
    lock_cases_of(Versand.objects.filter(pk__in=versand_ids))
    return (
        Versand.objects.select_for_update(no_key=True, of=("self",))
        .filter(
            pk__in=versand_ids,
            weg__in=PAPIER,
            state=Versandzustand.VORGESEHEN,
            schreiben__case__in=cases_with_address(by, tag).values("pk"),
        )
        .select_related("schreiben__case__leistungsberechtigte_person")
        .prefetch_related(
            "schreiben__case__leistungsberechtigte_person__anschriften",
            "schreiben__case__leistungsberechtigte_person__vertretungen",
        )
        .order_by("schreiben__nummer")
    )


def _lock(druckstapel: Druckstapel, by: User, tag: date) -> Druckstapel:
    """Lock and return a batch that is not posted yet and whose cases the user sees."""
    if not access.may_write(by) or not visible_druckstapel(by, tag).filter(pk=druckstapel.pk):
        raise SchrittUnzulaessig("Dieser Druckstapel enthält Schreiben aus fremden Fällen.")
    lock_cases_of(Versand.objects.filter(druckstapel_liste=druckstapel))
    row = Druckstapel.objects.select_for_update().defer("pdf").get(pk=druckstapel.pk)
    if row.aufgabe_am is not None:
        raise SchrittUnzulaessig(
            f"Der Druckstapel ist bereits am {row.aufgabe_am:%d.%m.%Y} zur Post gegeben."
        )
    return row


@transaction.atomic
def post_druckstapel(
    *, druckstapel: Druckstapel, aufgabe_am: date, by: User, tag: date
) -> Druckstapel:
    """Record that the letters of a batch were posted on a day (§ 37 Abs. 2 SGB X).

    A letter whose posting somebody has recorded alone keeps its day. Raises SchrittUnzulaessig
    when the batch is posted already, `by` only reads or does not see every case in it, or
    `record_aufgabe` refuses one of the letters; then none is posted.
    """
    row = _lock(druckstapel, by, tag)
    # Case by case: posting locks the case, and two batches must lock theirs in the same order.
    wartend = row.versand_liste.filter(state=Versandzustand.VORGESEHEN)
    for versand in wartend.order_by("schreiben__case_id", "pk"):
        record_aufgabe(versand=versand, aufgabe_am=aufgabe_am, by=by, tag=tag)
    row.aufgabe_am = aufgabe_am
    row.aufgegeben_von = by
    row.save(update_fields=["aufgabe_am", "aufgegeben_von"])
    return row


@transaction.atomic
def discard_druckstapel(*, druckstapel: Druckstapel, by: User, tag: date) -> None:
    """Drop a batch that was not posted; its letters wait in the Postausgang again.

    Raises SchrittUnzulaessig when it was posted, or `by` only reads or does not see every case in
    it.
    """
    _lock(druckstapel, by, tag).delete()


@transaction.atomic
def read_druckstapel(*, druckstapel: Druckstapel, by: User, route: str, tag: date) -> bytes:
    """Return the PDF for printing and log the read of every case in it.

    Raises SchrittUnzulaessig when a letter in it was stopped meanwhile or may not leave any more
    (another address, another consent, replaced, another law, too late for its day), the file is
    damaged, or it was made before every letter began on a front side.
    """
    briefe = _printable(druckstapel, tag)
    seiten = sum(umfang.druckseiten for _, umfang in briefe) + druckstapel.vorblatt_seiten
    if druckstapel.aufgabe_am is None and druckstapel.seiten != seiten:
        raise SchrittUnzulaessig(
            "Dieser Stapel stammt aus einer früheren Fassung: Beidseitig gedruckt begänne ein "
            "Schreiben auf der Rückseite des vorigen. Bitte verwerfen Sie den Stapel und erstellen "
            "Sie ihn neu.",
            "§ 35 Abs. 1 SGB I",
        )
    pdf = bytes(druckstapel.pdf)
    if hashlib.sha256(pdf).hexdigest() != druckstapel.pdf_sha256:
        raise SchrittUnzulaessig("Die Datei ist beschädigt: Ihre Prüfsumme stimmt nicht.")
    log_reads(cases=cases_in(druckstapel), by=by, route=route, tag=tag)
    return pdf


@transaction.atomic
def read_paket(*, druckstapel: Druckstapel, by: User, route: str, tag: date) -> bytes:
    """Return the batch as print houses take it, and log the read of every case in it.

    That is a ZIP with one PDF, without separating sheets, and one index that names for each letter
    way, address and pages. Raises SchrittUnzulaessig as `read_druckstapel`.
    """
    briefe = _printable(druckstapel, tag)
    pdf, _ = merge_pdfs(teil for versand, _ in briefe for teil in pdfs_of(versand.schreiben))
    log_reads(cases=cases_in(druckstapel), by=by, route=route, tag=tag)
    name = f"Druckstapel-{druckstapel.pk}"
    return pack({f"{name}.pdf": pdf, f"{name}.csv": write_index(briefe)})


def _printable(druckstapel: Druckstapel, tag: date) -> list[Brief]:
    """Return the letters in the order of printing; raises when one must not be printed."""
    briefe = print_order(with_umfang(letters_in(druckstapel)))
    for versand, _ in briefe:
        if versand.state == Versandzustand.ANGEHALTEN:
            raise SchrittUnzulaessig(
                f"Das Schreiben {versand.schreiben.nummer} in diesem Stapel ist angehalten. Bitte "
                "verwerfen Sie den Stapel und erstellen Sie ihn neu."
            )
        if druckstapel.aufgabe_am is None and versand.state == Versandzustand.VORGESEHEN:
            _require_unchanged(versand, tag)
    return briefe


def log_reads(*, cases: QuerySet[Case], by: User, route: str, tag: date) -> None:
    """Log that a user read something of each of these cases, and on which ground."""
    Lesezugriff.objects.bulk_create(
        Lesezugriff(
            case=case,
            user=by,
            route=route,
            als=access.rolle_of(by),
            grund=case.zugriffsgrund,  # type: ignore[attr-defined]  # see with_ground
        )
        for case in access.with_ground(cases, by, tag)
    )
