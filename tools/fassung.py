"""What belongs to a release: frozen migrations, and the stock that upgrades are tested from.

make fassung ARGS=0.4.0
make fassung ARGS="0.3.0 --von-vorn"    # before the first delivery: also write 0001 anew
"""

from __future__ import annotations

import argparse

import django


def main() -> None:
    """Do all that belongs to the version."""
    parser = argparse.ArgumentParser(prog="make fassung", description=__doc__)
    parser.add_argument("version", metavar="FASSUNG", help="Nummer der Fassung, etwa 0.4.0")
    parser.add_argument("--von-vorn", action="store_true", help="erste Migrationen neu schreiben")
    arguments = parser.parse_args()
    django.setup()
    from tools import bestand, einfrieren, erste_migrationen  # noqa: PLC0415 - apps ready

    if arguments.von_vorn:
        erste_migrationen.write(arguments.version)
    einfrieren.freeze(arguments.version)
    bestand.make(arguments.version)


if __name__ == "__main__":
    main()
