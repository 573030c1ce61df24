"""What `recht` can be told is told: every parameter of its public functions, and who passes it.

A fact that the law asks for and nobody passes on is a wrong date on paper. So each parameter is
passed by a place in the application; where none does, `OHNE` says why.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("cases", "gesamtplan", "budget", "berichte")
BEFEHL = "recht.auftraege:"

#: What hands its own keywords on to a function of `recht`: whoever calls it passes them.
DURCHREICHEN = {"calculate_frist": "recht.fristen.compute_frist"}

#: Parameters that nothing in the application passes, with the reason.
OHNE: dict[str, str] = {
    "recht.bemessung.abzug_beitrag(pflichtig)": "die Befehlszeile rechnet ein Teilbudget; welcher "
    "Teil beitragspflichtig ist, fragt sie nicht",
    "recht.fristen.compute_frist(fester_tag)": "Fallwerk setzt keine Frist auf einen Tag mit dem "
    "Hinweis auf § 26 Abs. 3 S. 2 SGB X; Handfristen haben eine Länge",
}

#: Asked for by the law and not by the application yet: what is printed is right only without it.
OFFEN: set[str] = set()

#: Functions that nothing in the application or in `recht` calls, with the reason.
UNGERUFEN: dict[str, str] = {
    "recht.anschrift.check_land": "prüft die Kennung, bevor recht.anschrift ein Land benennt",
    **dict.fromkeys(
        (
            "recht.beitrag.bestandsschutz",
            "recht.beitrag.einmaliger_beitrag",
        ),
        "danach fragt der Bescheid nicht: einmalige Anschaffung, Beitrag nach Recht bis 2019",
    ),
    **dict.fromkeys(
        (
            "recht.nachzahlung.nachzahlung",
            "recht.nachzahlung.ueberzahlung",
            "recht.nachzahlung.zinsen",
        ),
        "Nachzahlung und Erstattung laufen im Kassenverfahren, nicht im Fall",
    ),
    **dict.fromkeys(
        ("recht.pflege.halbes_pflegegeld",),
        "den Anteil der Kombinationsleistung stellt die Pflegekasse fest und teilt ihn mit",
    ),
    "recht.teilmonat.split_monat": "kein Bescheid teilt einen Monat in mehrere Beträge",
    **dict.fromkeys(
        (
            "recht.kataloge.leistungsbestandteile",
            "recht.kataloge.nachweisarten",
        ),
        "ganze Kataloge lesen nur Tests; der Fall liest einzelne Einträge",
    ),
    "recht.sitze.gemeinden": "Liste für Tests; die Seite fragt nach den Feiertagen am Sitz",
}


@dataclass(frozen=True)
class Funktion:
    """A public function with its parameters in order."""

    name: str
    parameter: tuple[str, ...]
    positionen: int


def _module(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _quellen(*ordner: str) -> Iterator[tuple[str, ast.Module]]:
    for wurzel in ordner:
        for path in sorted((ROOT / wurzel).rglob("*.py")):
            if "migrations" not in path.parts:
                yield _module(path), ast.parse(path.read_text(encoding="utf-8"))


def _public() -> dict[str, Funktion]:
    found = {}
    for module, tree in _quellen("recht"):
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if any(_is_property(d) for d in node.decorator_list):
                continue
            args = node.args
            namen = [a.arg for a in (*args.posonlyargs, *args.args)]
            alle = (*namen, *(a.arg for a in args.kwonlyargs))
            name = f"{module}.{node.name}"
            found[name] = Funktion(name, alle, len(namen))
    return found


def _is_property(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "property"


def _imports(module: str, tree: ast.Module, public: dict[str, Funktion]) -> dict[str, str]:
    """Return which names of a file mean which public function, and which mean a module."""
    names = {f.rpartition(".")[2]: f for f in public if f.rpartition(".")[0] == module}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("recht"):
            continue
        for alias in node.names:
            voll = f"{node.module}.{alias.name}"
            names[alias.asname or alias.name] = voll
    return names


def _target(call: ast.Call, names: dict[str, str]) -> str:
    func = call.func
    if isinstance(func, ast.Name) and func.id in DURCHREICHEN:
        return DURCHREICHEN[func.id]
    return _named(func, names)


def _named(node: ast.expr, names: dict[str, str]) -> str:
    """Return what a name or an attribute of a module means, empty for anything else."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{names.get(node.value.id, '')}.{node.attr}"
    return ""


def _passed(call: ast.Call, funktion: Funktion) -> set[str]:
    benannt = {k.arg for k in call.keywords if k.arg}
    if any(isinstance(a, ast.Starred) for a in call.args):
        return benannt | set(funktion.parameter[: funktion.positionen])
    return benannt | set(funktion.parameter[: min(len(call.args), funktion.positionen)])


def _places(*ordner: str) -> dict[str, dict[str, str]]:
    """Return for each function and parameter the first place that passes it; "" is the call."""
    public = _public()
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for module, tree in _quellen(*ordner):
        names = _imports(module, tree, public)
        gerufen = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        for node in ast.walk(tree):
            for funktion, namen in _hits(node, names, public, tree, gerufen):
                for name in ("", *namen):
                    found[funktion.name].setdefault(name, f"{module}:{node.lineno}")
    return found


def _hits(
    node: ast.AST,
    names: dict[str, str],
    public: dict[str, Funktion],
    tree: ast.Module,
    gerufen: set[int],
) -> Iterator[tuple[Funktion, set[str]]]:
    """Yield the function that is called or handed over here, and which parameters it gets."""
    if isinstance(node, ast.Call):
        funktion = public.get(_target(node, names))
        if funktion is not None:
            verteilt = [_spread(tree, k.value) for k in node.keywords if k.arg is None]
            yield funktion, _passed(node, funktion).union(*verteilt)
    elif isinstance(node, ast.Name | ast.Attribute) and id(node) not in gerufen:
        # Handed over as a value, for instance in a table: its caller passes everything.
        funktion = public.get(_named(node, names))
        if funktion is not None:
            yield funktion, set(funktion.parameter)


def _spread(tree: ast.Module, node: ast.expr) -> set[str]:
    """Return the keys of the dictionary that a call spreads, as far as the file writes it down."""
    if not isinstance(node, ast.Name):
        return set()
    keys: set[str] = set()
    for each in ast.walk(tree):
        ziel = each.target if isinstance(each, ast.AnnAssign) else None
        ziel = each.targets[0] if isinstance(each, ast.Assign) else ziel
        if isinstance(ziel, ast.Name) and ziel.id == node.id:
            wert = each.value  # type: ignore[union-attr]  # one of the two above
            if isinstance(wert, ast.Dict):
                keys |= {str(k.value) for k in wert.keys if isinstance(k, ast.Constant)}
    return keys


def _missing() -> tuple[dict[str, list[str]], list[str]]:
    """Return the parameters that nobody passes, and the functions that nobody calls."""
    public, app, innen = _public(), _places(*APPS), _places("recht")
    # What only the command line passes is passed by nobody in the office.
    befehl = {
        n: {p for p, ort in orte.items() if ort.startswith(BEFEHL)} for n, orte in innen.items()
    }
    offen: dict[str, list[str]] = {}
    ungerufen = []
    for name, funktion in public.items():
        haus = set(app[name]) | (set(innen[name]) - befehl.get(name, set()))
        orte = haus or set(innen[name])
        if not orte:
            ungerufen.append(name)
            continue
        fehlend = [p for p in funktion.parameter if p not in orte]
        if fehlend:
            offen[name] = fehlend
    return offen, ungerufen


def test_every_parameter_of_recht_is_passed_or_says_why_not():
    offen, _ = _missing()
    gefunden = {f"{f}({p})" for f, parameter in offen.items() for p in parameter}
    assert gefunden == set(OHNE) | OFFEN
    assert not set(OHNE) & OFFEN
    assert all(len(grund) > 20 for grund in OHNE.values())


def test_every_function_of_recht_is_called_or_says_why_not():
    _, ungerufen = _missing()
    assert set(ungerufen) == set(UNGERUFEN)
    assert all(len(grund) > 20 for grund in UNGERUFEN.values())


def test_the_table_reads_the_calls_of_the_application():
    orte = _places(*APPS)
    assert len(_public()) > 100
    bekannt = orte["recht.bekanntgabe.bekanntgabe"]
    # The first caller of each: one letter asks without saying more than the place.
    assert {p: bekannt[p].partition(":")[0] for p in ("rbb", "ausland", "zugang", "land")} == {
        **dict.fromkeys(("rbb", "ausland", "zugang"), "cases.frist.views.fristenrechner"),
        "land": "cases.antrag.schreiben.mitwirkung",
    }
    assert "cases.schreiben.services.bekanntgabe" in {
        ort.partition(":")[0]
        for ort in _places("cases/schreiben")["recht.bekanntgabe.bekanntgabe"].values()
    }
