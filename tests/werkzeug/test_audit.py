"""`make audit` and the bill of materials: what they say, and with which code they end."""

from __future__ import annotations

import json
import subprocess

import pytest

from tools.audit import OHNE_QUELLE, audit
from tools.sbom import ZIEL, bill, text_of


def quelle(*vulns: dict[str, object], code: int = 0, **mehr: object):
    """A source that answers for one package."""
    paket = {"name": "django", "version": "5.2.0", "vulns": list(vulns), **mehr}
    antwort = json.dumps({"dependencies": [paket], "fixes": []})
    rufe: list[list[str]] = []

    def run(befehl):
        rufe.append(list(befehl))
        return subprocess.CompletedProcess(befehl, code, antwort, "")

    run.rufe = rufe
    return run


def test_no_known_fault_ends_with_zero():
    run = quelle()
    assert audit(["pip-audit"], run) == (0, ["1 Pakete geprüft, keine bekannte Schwachstelle."])
    assert [ruf[-3] for ruf in run.rufe] == [
        "requirements/base.txt",
        "requirements/werkzeug.txt",
        "requirements/dev.txt",
    ]
    # The versions come from the lock alone: nothing is resolved or installed.
    assert all({"--disable-pip", "--require-hashes"} <= set(ruf) for ruf in run.rufe)


@pytest.mark.parametrize(
    ("behoben", "satz"), [(["5.2.9"], "behoben in 5.2.9"), ([], "behoben in noch keiner Fassung")]
)
def test_known_fault_is_named_and_ends_with_one(behoben, satz):
    code, zeilen = audit(["x"], quelle({"id": "PYSEC-1", "fix_versions": behoben}, code=1))
    assert code == 1
    assert zeilen[0] == f"django 5.2.0: PYSEC-1, {satz}"
    assert zeilen[1] == "1 bekannte Schwachstellen in 1 Paketen."


@pytest.mark.parametrize(
    "ausgabe", ["", "ConnectionError: …", "{}", '{"dependencies": []}', "null"]
)
def test_without_a_source_it_says_so_and_ends_with_three(ausgabe):
    def run(befehl):
        return subprocess.CompletedProcess(befehl, 1, ausgabe, "Traceback")

    code, zeilen = audit(["x"], run)
    assert code == OHNE_QUELLE == 3
    assert zeilen == [
        "Nichts geprüft: Die Quelle der bekannten Schwachstellen ist nicht erreichbar."
    ]


def test_a_package_that_was_left_out_is_no_clean_answer():
    assert audit(["x"], quelle(skip_reason="unbekannt"))[0] == OHNE_QUELLE


def test_without_the_tool_one_sentence_says_how_to_get_it():
    code, zeilen = audit([])
    assert code == OHNE_QUELLE
    assert len(zeilen) == 1
    assert "pip-audit ist nicht installiert" in zeilen[0]


def test_bill_of_materials_is_the_lock():
    """Renew it with: python -m tools.sbom"""
    assert ZIEL.read_text() == text_of()
    namen = [teil["name"] for teil in bill()["components"]]
    assert len(namen) >= 40
    assert "django" in namen
