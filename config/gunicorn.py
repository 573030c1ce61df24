"""Settings of gunicorn: the letter renderer is loaded after the first requests."""

from __future__ import annotations

import threading
from typing import Any

max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30


def _warm_up() -> None:
    from cases.schreiben.satz.pdf import warm_up  # noqa: PLC0415 - slow import

    warm_up()


def post_worker_init(worker: Any) -> None:
    """Warm up in a thread of this process, when the first page has been served."""
    timer = threading.Timer(3, _warm_up)
    timer.daemon = True
    timer.start()
