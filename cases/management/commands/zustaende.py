"""Print docs/zustaende.md: states and steps of every table, as diagram and list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand

from cases.schritte import Schritttafel
from cases.schritte.seiten import step_tables
from cases.states.tafel import Uebergang, Zustandstafel

KOPF = """# Zustände und Schritte

Diese Seite entsteht aus den Tafeln: `manage.py zustaende > docs/zustaende.md`. Ein Test hält sie
aktuell. Was einen Schritt verschließt, steht in der `schritte`-Datei seines Raums
([0011](adr/0011-schritte.md)).
"""


def page() -> str:
    """Return the whole page as Markdown."""
    tables = step_tables()
    order = {t.tafel.name: t.tafel for t in tables}
    parts = [_section(tafel, [t for t in tables if t.tafel is tafel]) for tafel in order.values()]
    return KOPF + "".join(parts)


def _section(tafel: Zustandstafel, tables: Sequence[Schritttafel[Any]]) -> str:
    diagram = "\n".join(_diagram(tafel)) if any(u.nach for u in tafel.uebergaenge) else ""
    bild = f"\n```mermaid\nstateDiagram-v2\n{diagram}\n```\n" if diagram else ""
    rows = "\n".join(_row(u, tables) for u in tafel.uebergaenge)
    kopf = "| Schritt | Aus | Wer | Fundstelle |\n|---|---|---|---|"
    return f"\n## {tafel.name}\n{bild}\n{kopf}\n{rows}\n"


def _diagram(tafel: Zustandstafel) -> Iterator[str]:
    for zustand in tafel.zustaende:
        yield f'    state "{zustand.label}" as {zustand.value}'
    for u in tafel.uebergaenge:
        for von in u.von:
            yield f"    {von!s} --> {u.nach or str(von)}: {u.titel}"


def _row(u: Uebergang, tables: Sequence[Schritttafel[Any]]) -> str:
    aus = next((f.aus for t in tables for f in t.folgen if f.schritt == u.schritt), "")
    wer = f"folgt aus „{aus}“" if aus else ", ".join(sorted(u.rollen))
    return f"| {u.titel} | {', '.join(str(v) for v in u.von)} | {wer} | {u.norm_am() or '-'} |"


class Command(BaseCommand):
    """Print the page."""

    help = "gibt Zustände und Schritte aller Tafeln als Markdown aus"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
