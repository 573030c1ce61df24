"""A request as a view gets it."""

from __future__ import annotations

from django.http import HttpRequest

from cases.models import Case, User


class CaseRequest(HttpRequest):
    """A request after the access check: user is set, and the case where the route has one."""

    user: User
    case: Case
