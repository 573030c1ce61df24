"""A wrong environment stops the start with one sentence that names the variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Env

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUKTION = {
    "FALLWERK_MODUS": "produktion",
    "FALLWERK_SECRET_KEY": "g" * 50,
    "FALLWERK_FELDSCHLUESSEL": f"k1:{'ab' * 32}",
    "FALLWERK_HOSTS": "fallwerk.musterau.example",
    "FALLWERK_ADRESSE": "https://fallwerk.musterau.example",
    "FALLWERK_SMTP_HOST": "mail.musterau.example",
    "DATABASE_URL": "postgresql://fallwerk@db/fallwerk",
    "REDIS_URL": "redis://redis/0",
}


def start(**changes: str | None) -> str:
    """Import the settings in a new process; return what it says, empty when it starts."""
    env = {**PRODUKTION, **changes}
    run = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **{k: v for k, v in env.items() if v is not None}},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr.strip().splitlines()[-1] if run.returncode else ""


def test_production_starts_with_everything_it_needs():
    assert start() == ""


@pytest.mark.parametrize(
    ("variable", "wert", "satz"),
    [
        ("FALLWERK_SECRET_KEY", None, "FALLWERK_SECRET_KEY fehlt"),
        ("FALLWERK_SECRET_KEY", "kurz", "mindestens 32 Zeichen"),
        ("FALLWERK_FELDSCHLUESSEL", None, "FALLWERK_FELDSCHLUESSEL fehlt"),
        ("FALLWERK_FELDSCHLUESSEL", f"dev:{'5a' * 32}", "Schlüssel der Entwicklung"),
        ("FALLWERK_HOSTS", None, "FALLWERK_HOSTS fehlt"),
        ("FALLWERK_DEBUG", "ja", "FALLWERK_DEBUG ist in der Produktion nicht erlaubt"),
        ("FALLWERK_DEBUG", "vielleicht", "muss ja oder nein sein"),
        ("FALLWERK_SMTP_TLS", "nein", "FALLWERK_SMTP_TLS"),
        ("FALLWERK_SMTP_PORT", "70000", "Zahl von 1 bis 65535"),
        ("FALLWERK_MODUS", "prod", "FALLWERK_MODUS muss eines von"),
        ("DATABASE_URL", None, "DATABASE_URL fehlt"),
        ("DATABASE_URL", "mysql://x/y", "postgresql://"),
        ("DATABASE_URL", "postgresql://db", "fehlt der Name der Datenbank"),
        ("REDIS_URL", None, "REDIS_URL fehlt"),
        ("FALLWERK_ADRESSE", None, "FALLWERK_ADRESSE fehlt"),
    ],
)
def test_production_refuses_with_the_name_of_what_is_wrong(variable, wert, satz):
    assert satz in start(**{variable: wert})


def test_database_url_is_read_with_socket_and_port():
    found = Env({"U": "postgresql:///fallwerk?host=/tmp/s&user=x"}).database("U")
    assert (found["NAME"], found["HOST"], found["USER"]) == ("fallwerk", "/tmp/s", "x")
    found = Env({"U": "postgresql://a:b%40c@db:5433/f"}).database("U")
    assert (found["PASSWORD"], found["HOST"], found["PORT"]) == ("b@c", "db", "5433")


def test_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "geheim"
    path.write_text("x" * 40 + "\n")
    assert Env({"S_FILE": str(path)}).secret("S") == "x" * 40
    with pytest.raises(ImproperlyConfigured, match="S_FILE kann nicht gelesen werden"):
        Env({"S_FILE": str(tmp_path / "nichts")}).secret("S")
