"""Files in forms: several at once, limits that end in a sentence, each file looked into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from cases.dateien.annahme import Annahme, accept, too_large
from cases.dateien.grenzen import ENDUNGEN, ERLAUBT, MIB, Ablehnung, Grenzen
from cases.dateien.name import clean_name

HOECHSTENS = 10
_ZUSAMMEN = 4


def grenzen() -> Grenzen:
    """Return the limits of this installation."""
    return Grenzen(
        byte=settings.DATEI_MB * MIB,
        seiten=settings.DATEI_SEITEN,
        pixel=settings.DATEI_MEGAPIXEL * 1_000_000,
        pixel_gesamt=settings.DATEI_MEGAPIXEL * 10_000_000,
    )


class ZuGross(SimpleUploadedFile):
    """Stands for a file whose bytes were not kept; `groesse` is how many there were."""

    def __init__(self, name: str, groesse: int) -> None:
        super().__init__(name, b"")
        self.groesse = groesse


class BegrenzterUpload(TemporaryFileUploadHandler):
    """Reads a too large file to its end without keeping it, so that the form can answer."""

    gesamt = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count anew for each file, and on for all of them together."""
        super().new_file(*args, **kwargs)
        self.erhalten = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk as long as file and request are within their limits."""
        self.erhalten += len(raw_data)
        self.gesamt += len(raw_data)
        if not self._too_much():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the file, or say how large one was that was not kept."""
        if not self._too_much():
            return super().file_complete(file_size)
        self.file.close()
        return ZuGross(clean_name(self.file_name or ""), self.erhalten)

    def _too_much(self) -> bool:
        grenze = settings.DATEI_MB * MIB
        return self.erhalten > grenze or self.gesamt > _ZUSAMMEN * grenze


class DateienInput(forms.ClearableFileInput):
    """A file input for several files; a drop zone where scripts run."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self) -> None:
        endungen = ",".join(f".{e}" for liste in ENDUNGEN.values() for e in liste)
        super().__init__(attrs={"accept": endungen, "data-fw-ablage": ""})


class DateienField(forms.FileField):
    """One or several files; each is looked into, all faults are named at once.

    Cleans to a list of `Annahme`: nothing that was not checked goes further.
    """

    widget = DateienInput

    def __init__(self, **kwargs: Any) -> None:
        hilfe = (
            f"Bis zu {HOECHSTENS} Dateien, je höchstens {settings.DATEI_MB} MB: {ERLAUBT}. "
            "Metadaten wie Bearbeiter oder Aufnahmeort werden entfernt."
        )
        super().__init__(help_text=kwargs.pop("help_text", hilfe), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Annahme]:
        """Check every file; one bad file refuses all, so that nothing is filed by halves."""
        dateien: Sequence[UploadedFile] = data if isinstance(data, list) else [data] if data else []
        if not dateien:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(dateien) > HOECHSTENS:
            raise ValidationError(
                f"Sie haben {len(dateien)} Dateien ausgewählt. Möglich sind {HOECHSTENS} auf "
                "einmal.",
                code="zu_viele",
            )
        angenommen, fehler = _accept_all(dateien)
        if fehler:
            if len(dateien) > 1:
                fehler.append("Keine der Dateien wurde abgelegt. Bitte wählen Sie sie erneut aus.")
            raise ValidationError(fehler)
        return angenommen


def _accept_all(dateien: Sequence[UploadedFile]) -> tuple[list[Annahme], list[str]]:
    angenommen: list[Annahme] = []
    fehler: list[str] = []
    for datei in dateien:
        name = clean_name(datei.name or "")
        try:
            if isinstance(datei, ZuGross):
                raise Ablehnung(_zu_gross(datei))
            annahme = accept(datei.read(), name, grenzen=grenzen(), clamd=settings.CLAMD)
        except Ablehnung as error:
            fehler.append(f"„{name}“: {error}")
            continue
        if annahme.original_sha256 in {a.original_sha256 for a in angenommen}:
            fehler.append(f"„{name}“: Diese Datei haben Sie zweimal ausgewählt.")
        angenommen.append(annahme)
    return angenommen, fehler


def _zu_gross(datei: ZuGross) -> str:
    if datei.groesse > grenzen().byte:
        return too_large(datei.groesse, grenzen())
    return (
        f"Die Dateien sind zusammen größer als {_ZUSAMMEN * settings.DATEI_MB} MB. "
        "Bitte laden Sie sie nacheinander hoch."
    )
