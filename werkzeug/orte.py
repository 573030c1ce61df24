"""Where things lie: project, virtual environment, folder of the local services."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
SERVICES = PROJECT / ".dienste"
STATIC = PROJECT / "staticfiles"
#: Longest path of a unix socket on Linux is 107 bytes; macOS has 103.
SOCKET_LIMIT = 100


def services_folder() -> Path:
    """Create and return the folder of the local services.

    The database runs under another account when root starts it, so that account
    may pass through the folder; the folders inside are closed.
    """
    SERVICES.mkdir(exist_ok=True)
    SERVICES.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return SERVICES


def project_key() -> str:
    """Return a short name of this checkout, stable over restarts."""
    return hashlib.sha256(str(PROJECT).encode()).hexdigest()[:12]


def away_folder() -> Path:
    """Return where the data lie when the database account cannot reach the project."""
    return Path("/var/lib") / f"fallwerk-{project_key()}"


def socket_folder(wanted: Path, file_name: str, uid: int, gid: int) -> Path:
    """Return a closed folder for a socket, short enough for the operating system.

    `wanted` is taken when the path of the socket fits, else a folder in /tmp with
    the key of this checkout. A folder of that name owned by somebody else is refused.
    """
    folder = wanted
    if len(str(wanted / file_name).encode()) > SOCKET_LIMIT:
        folder = Path("/tmp") / f"fallwerk-{project_key()}-{wanted.parent.name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.lstat().st_uid not in {uid, os.geteuid()}:
        raise PermissionError(f"{folder} gehört einem anderen Konto.")
    os.chown(folder, uid, gid)
    folder.chmod(0o700)
    return folder


def files_hash(files: list[Path], extra: str = "") -> str:
    """Return a hash over names and contents."""
    digest = hashlib.sha256(extra.encode())
    for path in sorted(files):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()
