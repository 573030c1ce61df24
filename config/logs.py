"""Log lines as JSON. Only ids and technical fields, never Sozialdaten."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_EXTRA = (
    "case_id",
    "user_id",
    "auftrag_id",
    "schreiben_id",
    "route",
    "status",
    "nummer",
    "schluessel",
    "anzahl",
    "dauer_ms",
    "regel",
    "quelle",
)


# Their messages carry a path or a host name and nothing that somebody typed into a form.
_AUSFUEHRLICH = ("django.request", "django.security", "django.server", "gunicorn")


class JsonFormatter(logging.Formatter):
    """One JSON object a line; the message text is a constant, variables go into named fields.

    Of most libraries only the pattern of the message is kept: Celery and others put the text of
    an exception into it, and the database quotes whole rows there.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line without line breaks from data."""
        entry: dict[str, object] = {
            "zeit": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "stufe": record.levelname,
            "logger": record.name,
            "text": _text(record),
        }
        entry.update({name: getattr(record, name) for name in _EXTRA if hasattr(record, name)})
        if record.name == "celery.app.trace" and isinstance(record.args, dict):
            entry["aufgabe"] = record.args.get("name", "")
        if record.exc_info and record.exc_info[0] is not None:
            # The class and the place, not the message: messages quote field values.
            entry["fehler"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            if trace is not None:
                entry["ort"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        return json.dumps(entry, ensure_ascii=False)


def _text(record: logging.LogRecord) -> str:
    if record.name.startswith(_AUSFUEHRLICH):
        return record.getMessage()
    # A library may also hand over an exception itself as the message.
    return type(record.msg).__name__ if isinstance(record.msg, BaseException) else str(record.msg)
