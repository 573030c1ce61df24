"""Settings of gunicorn: letters are set in a process of their own, started after the first page."""

from __future__ import annotations

import threading
from typing import Any

max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30


def post_worker_init(worker: Any) -> None:
    """Start the letter renderer from a thread, when the first page has been served."""
    from cases.schreiben.satz.setzerei import use_own_process  # noqa: PLC0415 - app ready

    timer = threading.Timer(3, use_own_process)
    timer.daemon = True
    timer.start()
