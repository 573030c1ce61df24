"""Settings of gunicorn: the letter renderer is loaded after the first requests."""

from __future__ import annotations

import threading
from typing import Any

max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30


def post_worker_init(worker: Any) -> None:
    """Warm up in a thread of this process: the first page does not share its time with it."""
    from cases.schreiben.pdf import warm_up  # noqa: PLC0415 - slow import

    timer = threading.Timer(3, warm_up)
    timer.daemon = True
    timer.start()
