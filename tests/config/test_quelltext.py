"""What no line of the program does: read from the source, with the few exceptions named."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ORDNER = ("cases", "gesamtplan", "budget", "berichte", "config", "recht")

# name of what is imported or called -> files that may, each with its reason in the file itself
VERBOTEN: dict[str, set[str]] = {
    "eval": set(),
    "exec": set(),
    "compile": set(),
    "__import__": set(),
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
    "random": set(),
    "requests": set(),
    "httpx": set(),
    "aiohttp": set(),
    "http.client": set(),
    "urllib.request": set(),
    "ftplib": set(),
    "telnetlib": set(),
    "lxml": set(),
    "xml.sax": set(),
    "xml.dom": set(),
    "os.system": set(),
    "os.popen": set(),
    # Cells of an old file become text again, which each page escapes.
    "html.unescape": {"cases/austausch/queries/altzeichen.py"},
    "hashlib.md5": set(),
    # The form in which lists of known passwords are published; it protects nothing here.
    "hashlib.sha1": {"cases/forms/passwort.py"},
    "mark_safe": set(),
    # Only to say of what type a filter returns its escaped text.
    "SafeString": {"cases/templatetags/fallwerk.py"},
    # Reports of browsers, which carry no token and change nothing.
    "csrf_exempt": {"config/csp.py"},
    "RawSQL": set(),
    "Template": set(),
    "from_string": set(),
    "subprocess": {"cases/dateien/aufruf.py", "cases/schreiben/satz/setzerei.py"},
    "socket": {"cases/dateien/clamav.py", "cases/export/mail.py"},
    "import_module": {"cases/schritte/seiten.py"},
}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for ordner in ORDNER:
        for path in sorted((ROOT / ordner).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def words_of(tree: ast.AST) -> set[str]:
    """Return what a file imports and calls, whole and by its last word."""
    worte: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            worte |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            worte |= {node.module or ""}
            worte |= {f"{node.module}.{n.name}" for n in node.names} | {n.name for n in node.names}
        elif isinstance(node, ast.Call):
            ganz = ast.unparse(node.func)
            if isinstance(node.func, ast.Name) or ganz.count(".") == 1:
                worte |= {ganz} | ({ganz.rpartition(".")[2]} - {"compile"})
    return worte


def test_dangerous_words_stand_only_where_they_are_named():
    gefunden: dict[str, set[str]] = {wort: set() for wort in VERBOTEN}
    dateien = 0
    for name, tree in sources():
        dateien += 1
        for wort in words_of(tree) & set(VERBOTEN):
            gefunden[wort].add(name)
    assert gefunden == VERBOTEN
    assert dateien >= 300


@pytest.mark.parametrize(
    "zeile",
    [
        "import pickle",
        "from pickle import loads",
        "eval(x)",
        "import subprocess",
        "from django.utils.safestring import mark_safe",
        "hashlib.md5(x)",
        "from hashlib import md5\nhashlib.md5(b'')",
        "from urllib import request\nimport urllib.request",
        "engine.from_string(x)",
    ],
)
def test_finder_sees_planted_words(zeile):
    assert words_of(ast.parse(zeile)) & set(VERBOTEN)


def test_sql_is_put_together_from_constants_only():
    """An f-string or a sum in `execute` would be a door for what somebody typed."""
    falsch = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"execute", "raw", "extra"}
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert falsch == []


def test_patterns_are_literals_and_quick():
    """No regular expression is built from input, and none takes its time over a hostile text."""
    boese = [z * 20_000 for z in ("a", "1", " ", "-", "a ", "1.", "ä,", "\t\n")]
    boese += ["a" * 20_000 + "!", "1." * 10_000 + "x", " " * 20_000 + "x", "(" * 20_000]
    gesehen = 0
    for name, tree in sources():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if ast.unparse(node.func) != "re.compile":
                continue
            muster = _constant(node.args[0])
            # What it looks at comes from the settings of the installation.
            if muster is None or name == "cases/dateien/clamav.py":
                continue
            gesehen += 1
            for text in boese:
                beginn = time.process_time()
                re.fullmatch(muster, text)
                # Looked for inside a text: no field is that long.
                re.search(muster, text[:2_000])
                assert time.process_time() - beginn < 0.5, (name, muster)
    assert gesehen >= 15


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_templates_escape_everything():
    falsch = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        # Plain mails have no markup to escape.
        if path.suffix != ".txt"
        and re.search(r"\|\s*safe\b|autoescape off|\|safeseq", path.read_text())
    ]
    assert falsch == []


def test_scripts_write_text_and_keep_nothing_but_a_clock():
    """`innerHTML` takes only what pages of our own have rendered; storage holds a time."""
    erlaubt = {
        ("antrag.js", "innerHTML"),
        ("entwurf.js", "localStorage"),
        ("fallwerk.js", "localStorage"),
        ("zeichnung.js", "innerHTML"),
    }
    worte = (
        r"\binnerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
        r"localStorage|sessionStorage|indexedDB|serviceWorker|postMessage|document\.cookie|"
        r"WebSocket|EventSource|__proto__"
    )
    gefunden = {
        (path.name, treffer)
        for path in (ROOT / "static" / "fallwerk").glob("*.js")
        for treffer in re.findall(worte, path.read_text())
    }
    assert gefunden == erlaubt
    speicher = " ".join(
        zeile
        for path in (ROOT / "static" / "fallwerk").glob("*.js")
        for zeile in path.read_text().splitlines()
        if "localStorage.setItem" in zeile
    )
    assert re.findall(r"setItem\(([^,]+), String\((\w+|Date\.now)\(", speicher)
    assert speicher.count("setItem") == len(re.findall(r"String\((?:Date\.)?now\(\)\)", speicher))


def test_pages_use_no_dead_technique():
    falsch = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"<(?:object|embed|applet|frame|iframe|marquee)\b", path.read_text())
    ]
    assert falsch == []


def test_no_secret_lies_in_the_repository():
    muster = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}")
    falsch = []
    for path in ROOT.rglob("*"):
        teile = set(path.relative_to(ROOT).parts)
        if teile & {".git", ".venv", ".dienste", "staticfiles"} or not path.is_file():
            continue
        if path.suffix in {".py", ".md", ".yml", ".yaml", ".toml", ".txt", ".sh", ".html", ".js"}:
            text = path.read_text(errors="replace")
            if muster.search(text) and path.name != "test_quelltext.py":
                falsch.append(str(path))
    assert falsch == []
