"""The migrations lead to the tables, constraints, indexes and triggers that the models name."""

from __future__ import annotations

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

OWN = [m for a in ("cases", "gesamtplan", "budget") for m in apps.get_app_config(a).get_models()]


def names(sql: str, *values: object) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


def test_there_are_models_to_look_at():
    assert len(OWN) > 60


@pytest.mark.django_db
@pytest.mark.parametrize("model", OWN, ids=lambda m: m.__name__)
def test_table_has_what_the_model_names(model):
    table = model._meta.db_table
    columns = names(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped",
        table,
    )
    assert columns == {field.column for field in model._meta.local_concrete_fields}
    have = names("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", table)
    have |= names("SELECT indexname FROM pg_indexes WHERE tablename = %s", table)
    wanted = {c.name for c in model._meta.constraints} | {i.name for i in model._meta.indexes}
    assert wanted - have == set()


@pytest.mark.django_db
def test_every_trigger_is_installed():
    seen = 0
    for model, trigger in pgtrigger.registered():
        if model._meta.app_label in {"cases", "gesamtplan", "budget"}:
            seen += 1
            status, _ = trigger.get_installation_status(model)
            assert status == "INSTALLED", (model.__name__, trigger.name)
    assert seen > 100
