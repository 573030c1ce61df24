"""Settings of gunicorn: the letter renderer is loaded beside the first requests."""

from __future__ import annotations

import threading
from typing import Any

max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30


def post_worker_init(worker: Any) -> None:
    """Warm up in a thread of this process: a page that needs no letter does not wait."""
    from cases.schreiben.satz.pdf import (  # noqa: PLC0415 - slow import
        warm_up,
    )

    threading.Thread(target=warm_up, name="briefe", daemon=True).start()
