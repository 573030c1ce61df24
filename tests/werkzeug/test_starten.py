"""The two commands on a copy in a folder with blank and umlaut, and what they say of each fault."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from werkzeug import orte, starten

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".dienste", ".*_cache", "__pycache__", "tests", "docs", "staticfiles"
)
#: Set-up is done, the machine may be busy: some Django processes and a migration.
PATIENCE = 180


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project that has been started once: the tests see the starts after it."""
    copy = tmp_path_factory.mktemp("ordner") / "Früh start"
    shutil.copytree(orte.PROJECT, copy, ignore=LEFT_OUT)
    (copy / ".venv").symlink_to(orte.VENV.resolve())
    first = _make(copy, "run")
    _wait_for_address(first)
    os.killpg(first.pid, signal.SIGINT)
    first.communicate(timeout=PATIENCE)
    yield copy
    subprocess.run(["make", "-s", "clean"], cwd=copy, stdout=subprocess.DEVNULL, check=True)


def _make(checkout: Path, target: str, **more: str) -> subprocess.Popen[str]:
    """Call make as a terminal would: it and what it starts are one group."""
    hidden = ("DATABASE_URL", "REDIS_URL", "FALLWERK_", "MAKE")
    env = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
    return subprocess.Popen(
        ["make", "-s", target],
        cwd=checkout,
        env={**env, "FALLWERK_VORFUEHRDATEN": "nein", **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )


def _said(run: subprocess.Popen[str]) -> str:
    """Wait for the end and return what Fallwerk said, without make's own line."""
    _, said = run.communicate(timeout=PATIENCE)
    lines = [line for line in said.splitlines() if line and not line.startswith(("make", "["))]
    return "\n".join(lines)


def _wait_for_address(run: subprocess.Popen[str]) -> str:
    assert run.stderr is not None
    seen = []
    for line in run.stderr:
        seen.append(line)
        if "Fallwerk läuft nach" in line:
            return line.rpartition("http://")[2].strip()
    pytest.fail("".join(seen))


def _status(host: str) -> int:
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", "/gesund/")
    status = connection.getresponse().status
    connection.close()
    return status


def _family(checkout: Path) -> dict[int, str]:
    """Return number and command of everything that the starter has started."""
    numbers, family = [int((checkout / ".dienste" / "lauf.sperre").read_text())], {}
    for number in numbers:
        # A short-lived child may be gone before it is looked at.
        with suppress(FileNotFoundError, ProcessLookupError):
            for children in Path(f"/proc/{number}/task").glob("*/children"):
                numbers += [int(child) for child in children.read_text().split()]
            family[number] = Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    return family


def _left(family: dict[int, str], seconds: float = 20) -> list[str]:
    """Return who of the family lives after so many seconds."""
    limit = time.monotonic() + seconds
    while True:
        left = [said for number, said in family.items() if Path(f"/proc/{number}/exe").exists()]
        if not left or time.monotonic() > limit:
            return left
        time.sleep(0.1)


def _url(family: dict[int, str]) -> str:
    """Return the address of the database, as the programs were told."""
    worker = next(number for number, said in family.items() if "celery" in said)
    variables = Path(f"/proc/{worker}/environ").read_text().split("\0")
    return dict(line.split("=", 1) for line in variables if "=" in line)["DATABASE_URL"]


def _sorted_names(url: str) -> list[str]:
    query = "select n from unnest(array['Zebra','Öl','apfel','Straße','Ärger']) n order by n"
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


def test_run_serves_refuses_a_second_and_leaves_no_orphan(checkout: Path) -> None:
    run = _make(checkout, "run")
    host = _wait_for_address(run)
    family = _family(checkout)
    for part in ("postgres -D", "redis-server", "gunicorn", "worker", "beat", "aiosmtpd"):
        assert any(part in said for said in family.values()), part
    assert _status(host) == 200
    assert _sorted_names(_url(family)) == ["apfel", "Ärger", "Öl", "Straße", "Zebra"]

    assert _said(_make(checkout, "run")) == (
        "Fallwerk: Fallwerk läuft in diesem Ordner schon; `make stop` beendet es."
    )

    os.killpg(run.pid, signal.SIGINT)
    assert _said(run).splitlines()[-1] == "Fallwerk ist beendet."
    # make itself ends by the signal, as a shell expects it.
    assert run.returncode == -signal.SIGINT
    assert _left(family, 0) == []


def test_nothing_outlives_a_starter_that_is_killed(checkout: Path) -> None:
    run = _make(checkout, "run")
    _wait_for_address(run)
    family = _family(checkout)

    os.kill(next(iter(family)), signal.SIGKILL)
    run.communicate(timeout=PATIENCE)

    assert _left(family) == []


def test_part_that_dies_comes_back_and_one_that_cannot_ends_all(checkout: Path) -> None:
    run = _make(checkout, "run")
    host = _wait_for_address(run)
    family = _family(checkout)
    broker = next(number for number, said in family.items() if said.startswith("redis-server"))
    post = next(number for number, said in family.items() if "aiosmtpd" in said)

    os.kill(broker, signal.SIGKILL)
    limit = time.monotonic() + PATIENCE
    while not any(
        said.startswith("redis-server") and number != broker
        for number, said in _family(checkout).items()
    ):
        assert time.monotonic() < limit
        time.sleep(0.2)
    assert (run.poll(), _status(host)) == (None, 200)
    log = checkout / ".dienste/protokolle/fallwerk.log"
    assert "redis endete (137); neuer Start in 1 s." in log.read_text()

    family = _family(checkout)
    # The mail sink of the demonstration is started once.
    os.kill(post, signal.SIGKILL)
    said = _said(run)
    assert re.search(r"^Fallwerk: Ein Teil von Fallwerk hat sich beendet", said, re.M)
    assert "post.1 stopped (rc=-9)" in log.read_text()
    assert (run.returncode, _left(family)) == (2, [])


def test_stop_ends_a_run_and_what_a_killed_one_left(checkout: Path) -> None:
    run = _make(checkout, "run")
    _wait_for_address(run)
    family = _family(checkout)
    honcho = next(number for number, said in family.items() if "-m honcho" in said)
    os.kill(honcho, signal.SIGKILL)
    run.communicate(timeout=PATIENCE)
    assert any("gunicorn" in said for said in _left(family, 0))

    assert _said(_make(checkout, "stop")) == "Fallwerk ist beendet."
    assert _left(family) == []


def test_stop_says_that_nothing_runs(checkout: Path) -> None:
    assert _said(_make(checkout, "stop")) == "Fallwerk läuft nicht."


FAULTS = {
    "Fallwerk: FALLWERK_PORT muss eine Zahl von 1024 bis 65535 sein, nicht „achtzig“.": {
        "FALLWERK_PORT": "achtzig"
    },
    "Fallwerk: FALLWERK_DATEI_MB muss eine Zahl von 1 bis 200 sein.": {"FALLWERK_DATEI_MB": "viel"},
    "Fallwerk: DATABASE_URL muss mit postgresql:// beginnen; andere Datenbanken trägt Fallwerk "
    "nicht.": {"DATABASE_URL": "mysql://fw@localhost/fallwerk"},
    "Fallwerk: Die Datenbank antwortet unter DATABASE_URL nicht (Connection refused)": {
        "DATABASE_URL": "postgresql://fw@127.0.0.1:9/fallwerk"
    },
    "Fallwerk: Redis antwortet unter REDIS_URL nicht (": {"REDIS_URL": "redis://127.0.0.1:9/0"},
}


@pytest.mark.parametrize("sentence", sorted(FAULTS))
def test_a_wrong_setting_is_named_in_one_sentence(checkout: Path, sentence: str) -> None:
    run = _make(checkout, "run", **FAULTS[sentence])

    said = _said(run)

    assert said.startswith(sentence)
    assert said.count("\n") == 0
    assert run.returncode == 2


def test_a_taken_port_is_named_or_passed_over(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]

        said = _said(_make(checkout, "run", FALLWERK_PORT=str(number)))

        assert said == (
            f"Fallwerk: Anschluss {number} ist belegt; bitte mit FALLWERK_PORT einen anderen "
            "nennen oder FALLWERK_PORT weglassen."
        )
        assert starten.free_port(number) > number


def test_demo_spares_a_database_that_is_not_its_own(checkout: Path) -> None:
    url = os.environ["DATABASE_URL"]

    said = _said(_make(checkout, "demo", DATABASE_URL=url))

    assert said.startswith("Fallwerk: `make demo` löscht alle Daten")
