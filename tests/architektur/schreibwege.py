"""What a route that writes calls: its services, read from the source of its view."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from cases.registry.routen import ROUTES


def writing_views() -> dict[str, FunctionType]:
    """Return the view of every route of ours that accepts POST."""

    def walk(resolver: URLResolver) -> Iterator[URLPattern]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry)
            else:
                yield entry

    found: dict[str, FunctionType] = {}
    for pattern in walk(get_resolver()):
        row = ROUTES.get(pattern.name or "")
        if row is not None and row.schreibt and row.muster:
            found[row.name] = pattern.callback
    return found


@cache
def tree_of(function: FunctionType) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def calls_in(function: FunctionType) -> Iterator[FunctionType]:
    """Return the functions that a function calls, those of its tables included."""
    for node in ast.walk(tree_of(function)):
        if isinstance(node, ast.IfExp):
            targets = [node.body, node.orelse]
        elif isinstance(node, ast.Call):
            targets = [node.func, *node.args, *(k.value for k in node.keywords)]
        else:
            continue
        for target in targets:
            base = target.value if isinstance(target, ast.Subscript) else target
            found = _resolve(base, function.__globals__)
            rows = found.values() if isinstance(found, dict) else [found]
            yield from (inspect.unwrap(row) for row in rows if isinstance(row, FunctionType))


def _resolve(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        base = _resolve(node.value, names)
        return getattr(base, node.attr, None) if isinstance(base, ModuleType) else None
    return None


def closure(start: FunctionType, inside: Callable[[str], bool]) -> set[FunctionType]:
    """Return a function with all that it calls, directly or not, in the modules that count."""
    seen: set[FunctionType] = set()
    todo = [start]
    while todo:
        function = todo.pop()
        if function in seen:
            continue
        seen.add(function)
        todo += [f for f in calls_in(function) if inside(f.__module__)]
    return seen


def services_of(view: FunctionType) -> set[FunctionType]:
    """Return the services that a view calls, itself or through helpers of the views."""
    # Every letter is frozen by the views of the room of letters.
    briefe = "cases.schreiben.views."
    helpers = closure(view, lambda m: m == view.__module__ or m.startswith(briefe))
    called = {f for helper in helpers for f in calls_in(helper)}
    return {f for f in called if ".services" in f.__module__}


# What every service does besides: the line in the Chronik, the job in the queue.
_BEIWERK = ("cases.services.ereignis", "cases.services.auftrag", "cases.services.auffaelligkeit")


def parts_of(service: FunctionType) -> set[FunctionType]:
    """Return a service with the services below it, without what every service does besides."""
    return closure(service, lambda m: ".services" in m and m not in _BEIWERK)


def names_called(service: FunctionType) -> set[str]:
    """Return the last words of all calls of a service and of the services below it."""
    found: set[str] = set()
    for part in parts_of(service):
        for node in ast.walk(tree_of(part)):
            if isinstance(node, ast.Call):
                func = node.func.value if isinstance(node.func, ast.Subscript) else node.func
                found.add(func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", ""))
    return found


def asks_for(service: FunctionType, name: str) -> bool:
    """Tell whether the service decides by a field: in a condition or in a selection of rows.

    The condition may stand in a guard that it calls.
    """
    waechter = closure(service, lambda m: ".services" in m or m.rpartition(".")[2] == "guards")
    for part in waechter | parts_of(service):
        for node in ast.walk(tree_of(part)):
            if isinstance(node, ast.If | ast.IfExp) and name in ast.unparse(node.test):
                return True
            if isinstance(node, ast.keyword) and (node.arg or "").split("__")[0] == name:
                return True
    return False


def prefills_from_row(view: FunctionType) -> bool:
    """Tell whether a form of the view begins with the stored values of a row, without a mark."""
    for part in closure(view, lambda module: module == view.__module__):
        for node in ast.walk(tree_of(part)):
            if isinstance(node, ast.keyword) and node.arg == "initial":
                return any(
                    isinstance(n, ast.Call) and getattr(n.func, "id", "") == "getattr"
                    for n in ast.walk(node.value)
                )
    return False
