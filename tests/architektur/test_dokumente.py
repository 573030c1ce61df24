"""The docs lead where they say: every page is linked, every path and every link exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
PFAD = re.compile(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|md|toml))`")


def pages() -> list[Path]:
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def links_of(page: Path) -> list[Path]:
    """The files and folders of the house that a page links to."""
    found = LINK.findall(page.read_text())
    return [(page.parent / to).resolve() for to in found if "://" not in to and "mailto:" not in to]


def test_every_link_leads_somewhere():
    broken = [(p.name, str(to)) for p in pages() for to in links_of(p) if not to.exists()]
    assert sum(len(links_of(p)) for p in pages()) > 60
    assert broken == []


def test_every_page_is_linked_from_the_index_or_its_own():
    linked = {to for page in pages() for to in links_of(page)}
    folders = {to for to in linked if to.is_dir()}
    lost = [p.name for p in DOCS.rglob("*.md") if p not in linked and p.parent not in folders]
    assert len(pages()) > 35
    assert lost == [] or lost == ["README.md"]


def test_the_index_names_every_page_beside_it():
    named = set(links_of(DOCS / "README.md"))
    assert [p.name for p in DOCS.glob("*.md") if p not in named and p.name != "README.md"] == []


def sections() -> dict[str, str]:
    text = (DOCS / "hinzufuegen.md").read_text()
    return {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}


@pytest.mark.parametrize("vorhaben", sections())
def test_way_to_add_something_names_real_files(vorhaben):
    text = sections()[vorhaben]
    rows = re.findall(r"^\| `([^`]+)` \|", text, re.M)
    hoechstens = int(re.search(r"Höchstens (\d+) Datei", text)[1])
    assert 2 <= len(rows) <= hoechstens
    assert [row for row in PFAD.findall(text) if not (ROOT / row).exists()] == []


def test_paths_in_the_docs_exist():
    """A path in code letters that begins with a folder of the house."""
    tops = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    missing, seen = [], 0
    for page in pages():
        if "adr" in page.parts:
            continue
        for path in PFAD.findall(page.read_text()):
            if path.split("/")[0] in tops and "/" in path:
                seen += 1
                if not (ROOT / path).exists():
                    missing.append(f"{page.name}: {path}")
    assert seen > 60
    assert missing == []
