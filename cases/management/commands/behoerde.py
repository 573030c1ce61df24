"""`manage.py behoerde`: enter or change the authority of this installation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.models import Behoerde, Leistungstraeger, Traegerart
from recht.feiertag import LAENDER

# Argument, column, what it means.
_ANGABEN = (
    ("name", "name", "Name, z. B. „Landkreis Musterau“"),
    ("amt", "amt", "Amt, das im Briefkopf steht"),
    ("strasse", "strasse", "Straße und Hausnummer"),
    ("plz", "plz", "Postleitzahl"),
    ("ort", "ort", "Ort"),
    ("telefon", "telefon", "Telefon"),
    ("email", "email", "E-Mail der Behörde"),
    ("zugang", "elektronischer_zugang", "Adresse für elektronische Dokumente, z. B. Postfach"),
    ("land", "land", f"Kürzel des Landes: {', '.join(LAENDER)}"),
    ("traeger", "traeger_bezeichnung", "Bezeichnung, z. B. „Träger der Eingliederungshilfe“"),
    ("traeger-bis-2019", "bezeichnung_bis_2019", "Bezeichnung bis 2019 (vorbelegt)"),
    (
        "traeger-sozialhilfe",
        "bezeichnung_sozialhilfe",
        "Bezeichnung als Träger der Sozialhilfe (vorbelegt)",
    ),
    ("praefix", "aktenzeichen_praefix", "Anfang der Aktenzeichen (vorbelegt: EH)"),
)


class Command(BaseCommand):
    """`manage.py behoerde --name … --land BW …`; without arguments it shows what is stored."""

    help = "Trägt die Behörde ein oder ändert sie. Ohne Angaben zeigt der Befehl den Stand."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one argument per column; what is not given stays."""
        for argument, spalte, hilfe in _ANGABEN:
            parser.add_argument(f"--{argument}", dest=f"fw_{spalte}", help=hilfe)

    def handle(self, *args: Any, **options: Any) -> None:
        """Store what is given, or say what is still missing."""
        gegeben = {
            spalte: str(options[f"fw_{spalte}"]).strip()
            for _, spalte, _ in _ANGABEN
            if options[f"fw_{spalte}"] is not None
        }
        behoerde = Behoerde.objects.filter(pk=1).first()
        if gegeben:
            behoerde = _store(behoerde or Behoerde(pk=1), gegeben)
        if behoerde is None:
            raise CommandError("Es ist noch keine Behörde eingetragen. Siehe --help.")
        for argument, spalte, _ in _ANGABEN:
            self.stdout.write(f"{argument}: {getattr(behoerde, spalte)}")


@transaction.atomic
def _store(behoerde: Behoerde, gegeben: dict[str, str]) -> Behoerde:
    """Write the row, and the authority itself as a Leistungsträger when there is none."""
    for spalte, wert in gegeben.items():
        setattr(behoerde, spalte, wert)
    if behoerde.land not in LAENDER:
        raise CommandError(f"--land muss eines von {', '.join(LAENDER)} sein.")
    try:
        behoerde.full_clean()
    except ValidationError as error:
        argumente = {spalte: argument for argument, spalte, _ in _ANGABEN}
        saetze = [
            f"--{argumente.get(spalte, spalte)}: {' '.join(meldungen)}"
            for spalte, meldungen in error.message_dict.items()
        ]
        raise CommandError("\n".join(saetze)) from error
    behoerde.save()
    if not Leistungstraeger.objects.filter(eigener=True).exists():
        Leistungstraeger.objects.create(
            art=Traegerart.EINGLIEDERUNGSHILFE,
            name=f"{behoerde.name} – Eingliederungshilfe",
            strasse=behoerde.strasse,
            plz=behoerde.plz,
            ort=behoerde.ort,
            eigener=True,
        )
    return behoerde
