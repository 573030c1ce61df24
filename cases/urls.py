"""URLs of the floor `cases`."""

from __future__ import annotations

urlpatterns: list[object] = []
