from __future__ import annotations

import os
from pathlib import Path

import pytest

from werkzeug import orte


def test_socket_folder_is_closed_and_near(tmp_path: Path) -> None:
    wanted = tmp_path / "s"
    folder = orte.socket_folder(wanted, "x", os.geteuid(), os.getegid())

    assert (folder, folder.stat().st_mode & 0o777) == (wanted, 0o700)


def test_socket_folder_is_short_when_the_project_lies_deep(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 100) / "dienst"
    folder = orte.socket_folder(deep / "socket", "redis.sock", os.geteuid(), os.getegid())

    assert folder == Path("/tmp") / f"fallwerk-{orte.KEY}-dienst"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()


def test_socket_folder_refuses_a_link(tmp_path: Path) -> None:
    (tmp_path / "fremd").mkdir()
    (tmp_path / "s").symlink_to(tmp_path / "fremd")

    with pytest.raises(PermissionError, match="gehört einem anderen Konto"):
        orte.socket_folder(tmp_path / "s", "x", os.geteuid(), os.getegid())


def test_files_hash_follows_content_and_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orte, "PROJECT", tmp_path)
    one, two = tmp_path / "eins", tmp_path / "zwei"
    one.write_text("a")
    first = orte.files_hash("*")
    one.write_text("b")
    changed = orte.files_hash("*")
    one.rename(two)

    assert len({first, changed, orte.files_hash("*")}) == 3
