"""What docs/sicherheit and docs/zugang.md claim: every test, every setting, every number."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from cases.dateien.grenzen import NAMEN
from cases.services.entwurf import AUFBEWAHRUNG_TAGE
from cases.services.protokoll import sealed_models
from cases.states.verarbeitung import loeschregeln, verarbeitungen
from cases.zugang.queries.papiere import markdown_of, papiere, tracked
from config import urls
from tests.config.test_env import PRODUKTION
from tests.config.test_quelltext import ORDNER, sources
from tools import nachweise

ROOT = Path(__file__).resolve().parent.parent.parent
ORT = ROOT / "docs" / "sicherheit"
# Sealed, and no log: letters and decisions of a case.
_KEIN_PROTOKOLL = {
    "Einwilligung",
    "Einwilligungswiderruf",
    "Schreiben",
    "Zustaendigkeitsentscheidung",
}
ALLE = [*nachweise.missbrauch(), *nachweise.asvs()]
_FRAGE = """
import json
from config import settings
namen = [n for n in dir(settings) if n.isupper()]
werte = {n: getattr(settings, n) for n in namen}
print(json.dumps(werte, default=str))
"""


@cache
def production() -> dict[str, Any]:
    """Return the settings as a production has them that names only what it must."""
    run = subprocess.run(
        [sys.executable, "-c", _FRAGE],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUKTION},
        capture_output=True,
        text=True,
        check=True,
    )
    return {"MEDIA_ROOT": settings.MEDIA_ROOT, **json.loads(run.stdout)}


def holds(angabe: str) -> bool:
    """Tell whether a setting has its value, or a file its words."""
    art, _, rest = angabe.partition(":")
    if art == "datei":
        pfad, _, worte = rest.partition(":")
        return worte != "" and worte in (ROOT / pfad).read_text()
    name, _, wert = rest.partition("=")
    gefunden: Any = production()
    for teil in name.split("."):
        gefunden = gefunden[teil]
    return (gefunden if isinstance(gefunden, str) else json.dumps(gefunden)) == wert


def test_every_row_is_judged_once():
    assert len(nachweise.missbrauch()) == 30
    assert len(nachweise.asvs()) == 294
    assert len({z.kennung for z in ALLE}) == len(ALLE)
    assert {z.urteil for z in ALLE} <= set(nachweise.URTEILE)
    assert [z.kennung for z in ALLE if not z.kurz] == []


def test_every_judgement_has_what_it_needs():
    """Fulfilled: a test. A setting: one. Not applicable or open: the reason."""
    falsch = [
        z.kennung
        for z in ALLE
        if (z.urteil == "erfüllt" and not z.tests)
        or (z.urteil == "Einstellung" and not z.einstellungen)
        or (z.urteil in {"trifft nicht zu", "offen"} and not z.grund)
    ]
    assert falsch == []


def test_every_named_test_exists():
    genannt = {test for zeile in ALLE for test in zeile.tests}
    assert len(genannt) >= 150
    assert sorted(test for test in genannt if not nachweise.exists(test)) == []


@pytest.mark.parametrize("test", ["tests/config/test_env.py::test_nichts", "tests/x.py::test_y"])
def test_a_test_that_is_not_there_is_noticed(test):
    assert not nachweise.exists(test)


def test_every_named_setting_has_its_value():
    angaben = {angabe for zeile in ALLE for angabe in zeile.einstellungen}
    assert len(angaben) >= 40
    assert sorted(angabe for angabe in angaben if not holds(angabe)) == []


@pytest.mark.parametrize(
    "angabe", ["settings:DEBUG=true", "datei:README.md:steht dort nirgends", "datei:README.md:"]
)
def test_a_wrong_setting_is_noticed(angabe):
    assert not holds(angabe)


def test_page_is_that_of_the_tables():
    """Renew it with: python -m tools.nachweise"""
    assert nachweise.SEITE.read_text() == nachweise.page()


def test_papers_are_those_of_the_code():
    """Renew them with: manage.py papiere"""
    assert len(papiere()) == 5
    for papier in papiere():
        assert (ORT / f"{papier.schluessel}.md").read_text() == markdown_of(papier), papier.titel


def test_every_field_has_its_rule():
    """Every model stands in one entry, and every entry in the register names real models."""
    genannt = [name for v in verarbeitungen() for name in v.modelle]
    da = {m._meta.label for m in apps.get_models() if not tracked(m)}
    assert len(genannt) == len(set(genannt))
    assert set(genannt) == da
    felder = (ORT / "felder.md").read_text()
    fehlt = [
        f"{m._meta.label}.{f.name}"
        for m in apps.get_models()
        if not tracked(m)
        for f in m._meta.concrete_fields
        if f"\n| {f.name} | "
        not in felder.partition(f"## {m._meta.label}: ")[2].partition("\n## ")[0]
    ]
    assert fehlt == []
    regel = next(r for r in loeschregeln() if r.schluessel == "entwurf")
    assert regel.frist.startswith(f"{AUFBEWAHRUNG_TAGE} Tage")


def _tables(text: str) -> list[list[str]]:
    return [
        re.split(r"\s*\|\s*", zeile.strip("| ")) for zeile in text.splitlines() if zeile[:1] == "|"
    ]


# What somebody could gain from, in the words of the table.
PAARE = (
    "Startpasswort",
    "Rolle, Team, Leitung",
    "zweites Konto",
    "Abwesenheit und Vertretung",
    "Übergabe",
    "Zuweisung",
    "Notfallzugriff",
    "Schutz einer Person",
    "Konto, das nicht der Person gehört",
    "Betrag",
    "Freigabe des Bescheids",
    "Freigabe eines Folgebescheids",
    "Entscheidung über einen Widerspruch",
    "Freigabe des Gesamtplans",
    "eigener Wert der Behörde",
    "Wortlaut",
    "Übernahme",
)
UMWEGE = ("zweites Konto", "Vertretung", "Abwesenheit", "Übergabe", "Übernahme")


def test_every_pair_has_its_tests():
    text = (ROOT / "docs" / "zugang.md").read_text()
    teil = text.partition("## Wer gewinnt, entscheidet nicht allein")[2].partition("\n## ")[0]
    zeilen = [z for z in _tables(teil) if "test_" in z[-1]]
    assert [paar for paar in PAARE if not any(z[0].startswith(paar) for z in zeilen)] == []
    umwege = [z for z in zeilen if len(z) == 3]
    assert [u for u in UMWEGE if not any(u in z[0] for z in umwege)] == []
    tests = {t for z in zeilen for t in re.findall(r"`(tests/[^`]+)`", z[-1])}
    assert len(tests) >= 40
    assert sorted(t for t in tests if not nachweise.exists(t)) == []
    # A pair says who decides, who never does, and why.
    assert [z[0] for z in zeilen if len(z) == 6 and not all(z)] == []


def test_documented_limits_of_the_login_are_those_of_the_settings():
    text = " ".join((ROOT / "docs" / "zugang.md").read_text().split())
    assert settings.ACCOUNT_RATE_LIMITS["login_failed"] == "60/m/ip,5/5m/key"
    assert "fünf falsche in fünf Minuten je Konto und Netzadresse, 60 in der Minute je" in text
    assert settings.SESSION_IDLE_SECONDS == 30 * 60
    assert "30 Minuten ohne Aufruf" in text
    assert settings.SESSION_ABSOLUTE_SECONDS == 10 * 3600
    assert "spätestens nach zehn Stunden" in text
    assert "mindestens zwölf Zeichen" in text
    assert settings.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] == {"min_length": 12}


def test_documented_ways_in_are_the_public_addresses():
    text = (ROOT / "docs" / "zugang.md").read_text()
    wege = {"account_login", "mfa_authenticate", "mfa_login_webauthn"}
    # Beside them: the way out, and two pages that only say no.
    assert wege | {"account_logout", "account_signup", "account_inactive"} == urls._OEFFENTLICH
    assert all(f"`{weg}`" in text for weg in wege)
    namen = {p.name for p in urls._konto if hasattr(p, "name")}
    assert not {n for n in namen if n and ("reset" in n or "code" in n or "email" in n)}


def test_documented_kinds_of_files_are_those_that_are_taken():
    text = (ROOT / "docs" / "unterlagen.md").read_text()
    tabelle = text.partition("## Was angenommen wird")[2].partition("\n## ")[0]
    erste = " ".join(zeile[0] for zeile in _tables(tabelle))
    assert [art for art in NAMEN if art.upper() not in erste] == []
    assert "clamd" in text
    assert "200 MB" in text


_KRYPTO = {"cryptography", "hashlib", "hmac", "secrets", "django.core.signing"}
_FREMD = {"Crypto", "nacl", "OpenSSL", "M2Crypto", "pyaes", "rsa", "jwt", "itsdangerous", "bcrypt"}


def _crypto(tree: ast.AST) -> set[str]:
    gefunden: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            gefunden |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "django.core" and any(n.name == "signing" for n in node.names):
                gefunden.add("django.core.signing")
            ganz = node.module == "django.core.signing"
            gefunden.add(node.module if ganz else node.module.split(".")[0])
    return gefunden & (_KRYPTO | _FREMD)


def test_technical_page_is_true():
    text = (ORT / "technik.md").read_text()
    genannt = {
        zeile[0].strip("`"): set(re.findall(r"`([^`]+)`", zeile[1]))
        for zeile in _tables(text.partition("## Verfahren")[2].partition("\n## ")[0])
        if zeile[0].startswith("`")
    }
    da = {name: worte for name, tree in sources() if (worte := _crypto(tree))}
    assert len(da) >= 15
    assert genannt == da
    assert not {w for worte in da.values() for w in worte} & _FREMD
    for geheimnis in re.findall(r'env\.secret\("(\w+)"', (ROOT / "config/settings.py").read_text()):
        assert f"`{geheimnis}`" in text
    assert "`FALLWERK_FELDSCHLUESSEL`" in text
    assert f"{settings.EMAIL_TIMEOUT} s (`EMAIL_TIMEOUT`)" in text
    assert "lock_timeout=20s" in settings.DATABASES["default"]["OPTIONS"]["options"]
    protokolle = set(re.findall(r"^\| `(\w+)` \| [^|]+ \| Datenbank", text, re.M))
    assert all(apps.get_model("cases", protokoll) for protokoll in protokolle)
    # What is sealed is a log, or a letter or other fact of a case; each log is in the inventory.
    versiegelt = {m.__name__ for m in sealed_models() if not m.__name__.endswith("Event")}
    assert versiegelt - protokolle == _KEIN_PROTOKOLL
    assert len(ORDNER) == 6
