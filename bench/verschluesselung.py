"""What encryption costs: how often a page decrypts, and which part of its time that takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from bench.kosten import kosten_of
from bench.tabelle import Messung
from cases import crypto
from cases.models import Case, Schreiben, User

RUNDEN = 20
#: Part of the time of a page, in percent.
ANTEIL = 10.0


class Zaehlung:
    """How often something was decrypted, and for how many seconds of CPU."""

    def __init__(self) -> None:
        self.anzahl, self.sekunden = 0, 0.0

    def around(self, work: Any) -> Any:
        """Return the same function, counted."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            begin = time.process_time()
            try:
                return work(*args, **kwargs)
            finally:
                self.sekunden += time.process_time() - begin
                self.anzahl += 1

        return counted


@contextmanager
def counted() -> Iterator[Zaehlung]:
    """Count every decryption of the block."""
    zaehlung, names = Zaehlung(), ("decrypt", "decrypt_bytes")
    before = {name: getattr(crypto, name) for name in names}
    for name in names:
        setattr(crypto, name, zaehlung.around(before[name]))
    try:
        yield zaehlung
    finally:
        for name in names:
            setattr(crypto, name, before[name])


def _pages(case: Case) -> dict[str, str]:
    brief = Schreiben.objects.filter(case=case).order_by("pk").last()
    plan = case.gesamtplaene.order_by("version").last()  # type: ignore[attr-defined]  # upper floor
    pages = {
        "Fallseite": reverse("fall", args=[case.pk]),
        "Fallliste": reverse("faelle"),
        "Mein Tag": reverse("start"),
    }
    if plan is not None:
        pages["Gesamtplan"] = reverse("gesamtplan_version", args=[case.pk, plan.pk])
    if brief is not None:
        pages["Schreiben als PDF"] = reverse("schreiben_pdf", args=[case.pk, brief.pk])
    return pages


def measure() -> Iterator[Messung]:
    """Measure as the person in charge of the case with most letters; all is taken back."""
    ranked = Case.objects.annotate(letters=Count("schreiben_liste", distinct=True))
    case = ranked.order_by("-letters", "pk").first()
    if case is None or case.caseworker is None:
        raise RuntimeError("Ohne Vorführdaten gibt es keine Seite zu messen: make demo")
    client = Client(SERVER_NAME="localhost")
    with transaction.atomic():
        client.force_login(User.objects.get(pk=case.caseworker.pk))
        for was, path in _pages(case).items():
            if client.get(path).status_code != 200:
                continue
            with counted() as eine:
                client.get(path)
            yield Messung(f"{was} – Entschlüsselungen", eine.anzahl, "")
            with counted() as alle:
                kosten = kosten_of([lambda path=path: client.get(path)], RUNDEN)
            # One more answer counts the statements.
            je_seite = alle.sekunden / (RUNDEN + 1) * 1000
            yield Messung(f"{was} – Entschlüsseln", je_seite, "ms")
            yield Messung(
                f"{was} – Anteil an der Rechenzeit", je_seite / kosten.ms * 100, "%", ANTEIL
            )
        transaction.set_rollback(True)
