"""Strike fault after fault against a house of its own; exit 1 unless nothing was lost or doubled.

make stoerungen                     # 300 of each, some minutes
make stoerungen ARGS="F05 F13"      # these alone
GROSS=1 make stoerungen             # 10,000 of each, hours
"""

from __future__ import annotations

import logging
import os
import sys
import time
import traceback
from collections.abc import Callable

from tools.stoerungen.tafel import KOPF, Ergebnis, line, total
from werkzeug.ausgabe import say, step

KLEIN, GROSS = 300, 10_000


def main(wanted: list[str]) -> int:
    """Run the faults named, or all."""
    import django  # noqa: PLC0415 - the address of the database comes first

    from tools.stoerungen.haus import house  # noqa: PLC0415 - as above

    n = GROSS if os.environ.get("GROSS") == "1" else KLEIN
    step("Haus der Störungen einrichten")
    with house() as haus:
        os.environ.update(haus.env)
        django.setup()
        logging.disable(logging.CRITICAL)
        from tools.stoerungen import bestand, liste  # noqa: PLC0415 - app ready

        bestand.found()
        rows: list[Ergebnis] = []
        print(f"\nStörungen mit je {n}, {os.cpu_count()} Kerne\n\n{KOPF}", flush=True)
        for kennung, titel, fault in liste.FAULTS:
            if wanted and kennung not in wanted:
                continue
            began = time.monotonic()
            row = _strike(fault, haus, n)
            rows.append(row)
            print(line(kennung, titel, row), flush=True)
            say(f"        {kennung}: {time.monotonic() - began:.0f} s")
    print(line("", "Summe", total(rows)))
    print(
        "\nNichts verloren, nichts doppelt." if all(r.haelt for r in rows) else "\nEs hält nicht."
    )
    return 0 if all(row.haelt for row in rows) else 1


def _strike(fault: Callable[..., Ergebnis], haus: object, n: int) -> Ergebnis:
    """Run one fault; what it raises is unexplained, and the next one follows all the same."""
    try:
        return fault(haus, n)
    except Exception as error:
        traceback.print_exc()
        return Ergebnis(n, unerklaert=1, bemerkung=f"abgebrochen: {type(error).__name__}: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
