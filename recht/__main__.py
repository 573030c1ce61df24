"""``python -m recht``: see ``recht.kommandozeile``."""

from __future__ import annotations

import os
import sys

from recht.kommandozeile import run_command


def main() -> int:
    """Read from standard input, write UTF-8 whatever the locale is, never show a traceback."""
    try:
        status, ausgabe = run_command(sys.argv[1:], sys.stdin.buffer.read)
        sys.stdout.buffer.write(ausgabe.encode("utf-8", errors="replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has gone; without this Python reports the closed pipe while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
