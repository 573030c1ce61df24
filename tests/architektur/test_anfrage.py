"""A request ends in the view: below it there are values, and the library's own hooks."""

from __future__ import annotations

import ast

from tests.architektur.test_regeln import APPS, ROOT, layers, python_files

# Where Django or allauth hands a request over, and the one place that names its type.
SCHWELLE = {"views", "middleware", "accounts", "templatetags", "aufruf"}
ARTEN = {"HttpRequest", "CaseRequest", "QueryDict", "WSGIRequest", "RequestFactory"}


def request_uses(source: str) -> list[str]:
    """Parameters called request, types of requests, and what is read from one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg) and node.arg in {"request", "_request"}:
            found.append(f"Parameter {node.arg}")
        elif isinstance(node, ast.alias) and node.name.split(".")[-1] in ARTEN:
            found.append(f"Import {node.name}")
        elif isinstance(node, ast.Attribute) and node.attr in {"POST", "GET", "FILES", "session"}:
            # Versandweg.POST is a word of the office: a name in capitals is a class.
            found += [ast.unparse(node)] if not is_class(node.value) else []
    return found


def is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id[:1].isupper()


def test_no_request_below_views():
    files = [path for path in python_files(*APPS) if not SCHWELLE & layers(path)]
    found = {str(p.relative_to(ROOT)): request_uses(p.read_text()) for p in files}
    assert len(files) > 250
    assert {name: uses for name, uses in found.items() if uses} == {}


def test_request_finder_sees_planted_uses():
    for source in (
        "def save(*, request): pass",
        "async def save(a, request=None): pass",
        "from django.http import HttpRequest as H",
        "import django.http.QueryDict",
        "text = anfrage.POST['text']",
        "wer = lambda request: request.user",
    ):
        assert request_uses(source) != [], source
    assert request_uses("def save(*, felder): return felder.get('vorgang')") == []
