"""Services say what they refuse, guards where it stands, names say what they are.

A caller reads the docstring, not the steps below it: who may refuse must say when.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FACHLICH = ("cases", "gesamtplan", "budget", "berichte")
PROGRAMM = (*FACHLICH, "recht", "vorfuehrung", "config", "bench", "werkzeug", "tools")
Quellen = dict[str, str]
Funktionen = list[tuple[str, ast.FunctionDef]]

# What raises SchrittUnzulaessig besides a plain `raise`: guards, tables of steps and of states.
WEIGERUNGEN = {
    *("refuse", "refuse_stale", "ziel"),
    *("require", "require_entry", "require_rolle", "require_stand"),
}
FEHLER = ("SchrittUnzulaessig", "ValidationError", "PermissionDenied")
# An article with its law, the highest courts, a guide of the carriers, or a named principle.
BELEG = re.compile(
    r"(§§? \d|Art\. \d|BSG \d|KVJS-Leitfaden \d|BAGüS-Empfehlung \d|Vier-Augen-Grundsatz\b|"
    r"Trennung der Aufgaben:)"
)
AUSKUNFT = ("Return ", "Tell ", "Raise ")


def quellen(apps: tuple[str, ...], *stems: str) -> Quellen:
    """The source of the modules whose path ends in one of these names, or lies in such a folder."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for app in apps
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        and (not stems or {*path.relative_to(ROOT).parts, path.stem} & set(stems))
    }


def funktionen(texte: Quellen) -> Funktionen:
    """All functions of these modules, methods and inner ones too."""
    return [
        (path, node)
        for path, text in texte.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    ]


def oeffentlich(texte: Quellen) -> Funktionen:
    return [
        (path, node)
        for path, text in texte.items()
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def gerufen(node: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name):
                yield call.func.id
            elif isinstance(call.func, ast.Attribute):
                yield call.func.attr


def refuses_itself(node: ast.FunctionDef) -> bool:
    raised = (n.exc for n in ast.walk(node) if isinstance(n, ast.Raise) and n.exc is not None)
    return any(ast.unparse(exc).startswith(FEHLER) for exc in raised) or bool(
        WEIGERUNGEN & set(gerufen(node))
    )


def refusing(texte: Quellen) -> Funktionen:
    """Public functions that refuse, themselves or through a service that they call.

    A private function is known in its module only: many modules have a `_lock` of their own.
    """

    def key(path: str, name: str) -> tuple[str, str]:
        return (path if name.startswith("_") else "", name)

    alle = funktionen(texte)
    known = {key(path, node.name) for path, node in alle if refuses_itself(node)}
    while True:
        more = {
            key(path, node.name)
            for path, node in alle
            if known & {key(path, name) for name in gerufen(node)}
        }
        if more <= known:
            break
        known |= more
    return [(p, n) for p, n in oeffentlich(texte) if key(p, n.name) in known]


def silent(found: Funktionen) -> list[str]:
    return [
        f"{path}:{node.name}"
        for path, node in found
        if not re.search(r"\b[Rr]aises\b", ast.get_docstring(node) or "")
    ]


def test_every_service_that_can_refuse_says_so():
    found = refusing(quellen(FACHLICH, "services"))
    assert len(found) > 150
    assert silent(found) == []


def test_a_refusal_is_found_through_the_services_below():
    texte = {
        "a/services.py": '''
def send(x):
    """Send."""
    _lock(x)

def _lock(x):
    refuse(guard(x))

def look(x):
    """Look; raises nothing of its own kind."""
''',
        "b/services.py": '''
def post(xs):
    """Post all."""
    for x in xs:
        service.send(x)

def tell(xs):
    """Tell."""
    _lock(xs)

def _lock(xs):
    return xs

def advance(x):
    """Go on. Raises SchrittUnzulaessig in the wrong state."""
    x.state = TAFEL.ziel(x.state, "weiter")

def stop(x):
    """Stop, which praises nobody."""
    raise SchrittUnzulaessig("Nein.")
''',
    }
    found = refusing(texte)
    assert [node.name for _, node in found] == ["send", "post", "advance", "stop"]
    assert silent(found) == ["a/services.py:send", "b/services.py:post", "b/services.py:stop"]


def without_source(texte: Quellen) -> list[str]:
    """Public functions of guards without a source: a guard returns a Hindernis, others tell."""
    return [
        f"{path}:{node.name}"
        for path, node in oeffentlich(texte)
        if not BELEG.match(doc := ast.get_docstring(node) or "")
        and (
            "Hindernis" in ast.unparse(node.returns or ast.Constant(""))
            or not doc.startswith(AUSKUNFT)
        )
    ]


def test_every_guard_opens_with_its_source():
    texte = quellen(FACHLICH, "guards")
    guards = [n for _, n in oeffentlich(texte) if BELEG.match(ast.get_docstring(n) or "")]
    assert len(guards) > 110
    assert without_source(texte) == []


def test_a_guard_without_a_source_is_found():
    assert without_source(
        {
            "guards.py": '''
def a() -> Hindernis | None:
    """§ 35 SGB I: a norm."""

def b() -> Hindernis | None:
    """Return what stands against it."""

def c() -> Hindernis | None:
    """The law (§ 35 SGB I) wants it."""

def d() -> bool:
    """Return whether it holds."""

def e() -> bool:
    """Whether it holds."""

def f() -> Hindernis | None:
    """Vier-Augen-Grundsatz: nobody alone."""

def _g() -> Hindernis | None:
    return None
'''
        }
    ) == ["guards.py:b", "guards.py:c", "guards.py:e"]


# What a service does on behalf of somebody (`by`); docs/glossar.md says what each one means.
_VERBEN = """
accept add advance amend begin cancel change clear complete confirm continue correct create decide
delete determine discard draft end exclude extend file find finish forward freeze halt hand involve
issue leads leave lock log mark may merge note open post prepare provide read record reject release
remove rename renegotiate reopen require return review save search send set settle start submit take
undo update waive watch withdraw
"""
VERBEN = frozenset(_VERBEN.split())


def acting(texte: Quellen) -> Funktionen:
    """Public services with somebody who acts."""
    return [
        (path, node)
        for path, node in oeffentlich(texte)
        if any(arg.arg == "by" for arg in (*node.args.args, *node.args.kwonlyargs))
    ]


def verb(node: ast.FunctionDef) -> str:
    return node.name.partition("_")[0]


def without_verb(found: Funktionen) -> list[str]:
    return [f"{path}:{node.name}" for path, node in found if verb(node) not in VERBEN]


def test_services_begin_with_a_verb_of_the_list():
    found = acting(quellen(FACHLICH, "services"))
    assert len(found) > 150
    assert without_verb(found) == []
    assert VERBEN - {verb(node) for _, node in found} == set()


def test_a_german_verb_is_found():
    found = acting(
        {
            "services.py": "def fortschreiben(*, by): ...\ndef naechste(plan): ...\n"
            "def endgueltig(plan, by): ...\ndef end_plan(plan, by): ...\ndef _hilf(by): ..."
        }
    )
    assert without_verb(found) == ["services.py:fortschreiben", "services.py:endgueltig"]


def test_the_glossary_names_the_verbs():
    section = (ROOT / "docs" / "glossar.md").read_text().partition("\n## Verben\n")[2]
    rows = re.findall(r"^\| ((?:`[a-z]+`(?:, )?)+) \|", section.partition("\n## ")[0], re.MULTILINE)
    named = [word for row in rows for word in re.findall(r"`([a-z]+)`", row)]
    assert sorted(named) == sorted(VERBEN)


def one_letter_names(texte: Quellen) -> list[str]:
    """Names of one letter that a module gives itself; Q and F come so named from Django."""
    found = []
    for path, text in texte.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign):
                targets: list[ast.expr] = node.targets
            elif isinstance(node, ast.AnnAssign):
                targets = [node.target]
            else:
                targets = []
            names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names = [node.name]
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.asname for alias in node.names if alias.asname]
            found += [f"{path}:{name}" for name in names if len(name) == 1]
    return found


def test_no_module_gives_itself_a_name_of_one_letter():
    texte = quellen(PROGRAMM)
    assert len(texte) > 500
    assert one_letter_names(texte) == []


def test_a_name_of_one_letter_is_found():
    texte = {
        "a.py": "from x import Q\nfrom y import Zustand as Z\nB = Budget\nT = TypeVar('T')\n"
        "U, Lang = 1, 2\nk: int = 3\nclass V: ...\nX_ = 4\ndef f(a): return a\n"
    }
    assert one_letter_names(texte) == [f"a.py:{name}" for name in "ZBTUkVf"]
