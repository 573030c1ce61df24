"""Where things lie: project, virtual environment, folder of the local services."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
SERVICES = PROJECT / ".dienste"
LOGS = SERVICES / "protokolle"
STATIC = PROJECT / "staticfiles"
KEY = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:12]
#: Where the data lie when the account of the database cannot reach the project.
AWAY = Path("/var/lib") / f"fallwerk-{KEY}"
#: The longest path of a unix socket is 107 bytes.
SOCKET_LIMIT = 100


def socket_folder(wanted: Path, file_name: str, uid: int, gid: int) -> Path:
    """Return a closed folder for a socket, short enough for the operating system.

    `wanted` is taken when the path of the socket fits, else a folder in /tmp with the key of
    this checkout. A folder of that name owned by somebody else is refused.
    """
    folder = wanted
    if len(str(wanted / file_name).encode()) > SOCKET_LIMIT:
        folder = Path("/tmp") / f"fallwerk-{KEY}-{wanted.parent.name}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.lstat().st_uid not in {uid, os.geteuid()}:
        raise PermissionError(13, "gehört einem anderen Konto", str(folder))
    os.chown(folder, uid, gid)
    folder.chmod(0o700)
    return folder


def files_hash(*patterns: str) -> str:
    """Return a hash over names and contents of the files of the project that match."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in PROJECT.glob(pattern)}):
        if path.is_file():
            digest.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def reads(stamp: Path, state: str) -> bool:
    """Whether the stamp is there and bears this state."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == state


def process(number: str | int) -> tuple[Path, Path, float] | None:
    """Return program, folder and start (seconds since 1970) of a process; None when it is gone.

    A number alone means nobody: it is given anew after its process has ended. Only with what is
    returned here does a number from a file say whom a signal would reach.
    """
    home = Path(f"/proc/{number}")
    try:
        ticks = int((home / "stat").read_text().rpartition(")")[2].split()[19])
        boot = int(Path("/proc/stat").read_text().partition("\nbtime ")[2].split()[0])
        began = boot + ticks / os.sysconf("SC_CLK_TCK")
        return (home / "exe").readlink(), (home / "cwd").readlink(), began
    except OSError:
        return None


@contextmanager
def locked(name: str) -> Iterator[bool]:
    """Hold a lock of this checkout for the body and say whether it was free.

    The file names the process that holds it. The lock dies with the process, so the number in
    a held one is never that of somebody else.
    """
    with (SERVICES / f"{name}.sperre").open("a+", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield True
