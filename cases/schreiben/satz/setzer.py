"""The process that sets letters: lives on between them, limited in memory, time and files.

`python -m cases.schreiben.satz.setzer` reads one line of JSON with the limits and the files of
the assets, then one order after the other: a line of JSON and the bytes it announces, and answers
in the same way. It knows no settings, no secrets and no database. What breaks it breaks one letter.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from datetime import date
from typing import IO, Any


def _limit(speicher: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (speicher, speicher))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write_no_more() -> None:
    """Once the typeface lies ready no letter needs a file: a disk that is full is nothing to it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_next(sekunden: int) -> None:
    """Let the next letter use so much processor time, beside what the others have used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    bis = int(used.ru_utime + used.ru_stime) + sekunden + 1
    resource.setrlimit(resource.RLIMIT_CPU, (bis, resource.RLIM_INFINITY))


def _answer(ausgang: IO[bytes], kopf: dict[str, Any], inhalt: bytes = b"") -> None:
    ausgang.write(json.dumps({**kopf, "laenge": len(inhalt)}).encode() + b"\n" + inhalt)
    ausgang.flush()


def main() -> None:
    """Get ready, say so, then set letters until the other side is gone."""
    eingang, ausgang = sys.stdin.buffer, sys.stdout.buffer
    start = json.loads(eingang.readline())
    _limit(start["speicher"])
    from cases.schreiben.satz import pdf  # noqa: PLC0415 - inside the limits

    pdf.place_assets(start["dateien"])
    pdf.warm_up()
    _write_no_more()
    _answer(ausgang, {"bereit": True})
    try:
        _serve(eingang, ausgang, start["sekunden"])
    finally:
        # The other side may have been killed; what it made for this process goes with it.
        shutil.rmtree(start["ordner"], ignore_errors=True)


def _serve(eingang: IO[bytes], ausgang: IO[bytes], sekunden: int) -> None:
    from cases.schreiben.satz import pdf  # noqa: PLC0415 - loaded inside the limits
    from cases.schreiben.satz.fehler import SchreibenFehler  # noqa: PLC0415 - as above

    while zeile := eingang.readline():
        auftrag = json.loads(zeile)
        html = eingang.read(auftrag["html"]).decode()
        anlage = eingang.read(auftrag["anlage"])
        bilder = {sha256: eingang.read(laenge) for sha256, laenge in auftrag["bilder"]}
        _limit_next(sekunden)
        try:
            satz = pdf.render_pdf(
                html,
                anlage=anlage,
                anlage_name=auftrag["anlage_name"],
                datum=date.fromisoformat(auftrag["datum"]),
                bilder=bilder,
            )
        except SchreibenFehler as error:
            _answer(ausgang, {"text": error.text, "gruende": list(error.gruende)})
        else:
            _answer(ausgang, {"seiten": satz.seiten}, satz.pdf)


if __name__ == "__main__":
    main()
