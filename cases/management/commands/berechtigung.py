"""The first people who may give rights are appointed at the server."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.models import User
from cases.states.rolle import Rolle
from cases.states.tafel import SchrittUnzulaessig
from cases.zugang.services.konto import STARTPASSWORT_GILT, install_berechtigung


class Command(BaseCommand):
    """`manage.py berechtigung ANMELDENAME [--vorname … --nachname … --email …]`."""

    help = "Gibt einem Konto die Berechtigungsverwaltung; legt es an, wenn es fehlt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the login and, for a new account, who it belongs to."""
        parser.add_argument("anmeldename")
        parser.add_argument("--vorname", default="")
        parser.add_argument("--nachname", default="")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account if need be, give the role, print the start password once."""
        name, jetzt = options["anmeldename"], timezone.now()
        konto = User.objects.filter(username=name).first()
        if konto is None:
            if not (options["vorname"] and options["nachname"] and options["email"]):
                raise CommandError(
                    "Für ein neues Konto braucht es --vorname, --nachname und --email."
                )
            startpasswort = secrets.token_urlsafe(12)
            konto = User(
                username=name,
                first_name=options["vorname"],
                last_name=options["nachname"],
                email=options["email"],
                funktion="Berechtigungsverwaltung",
                startpasswort_bis=jetzt + STARTPASSWORT_GILT,
            )
            konto.set_password(startpasswort)
            konto.save()
            self.stdout.write(f"Konto {name} angelegt. Startpasswort (7 Tage): {startpasswort}")
        if not konto.is_active:
            raise CommandError(f"Das Konto {name} ist gesperrt.")
        if konto.groups.filter(name=Rolle.BERECHTIGUNG).exists():
            raise CommandError(f"Das Konto {name} hat die Berechtigungsverwaltung schon.")
        try:
            install_berechtigung(konto=konto, zeitpunkt=jetzt)
        except SchrittUnzulaessig as error:
            raise CommandError(error.text) from error
        self.stdout.write(f"{name} hat jetzt die Berechtigungsverwaltung.")
