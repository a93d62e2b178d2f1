"""The folder that belongs to one installation: `--home`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal

DEFAULT_HOME = Path("goodstanding-data")


@dataclass(frozen=True)
class Home:
    """Where everything that an installation keeps on disk lies; only its user may enter."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> Home:
        """The home at `path`, made if it is not there. The modes of parents are never touched.

        Raises:
            Refusal: GS-HOME-001 if it cannot be made or written to.
        """
        if path == Path():
            raise Refusal(
                "GS-HOME-001",
                "The home has no name.",
                why="An empty --home would scatter the home over the current folder.",
                remedy="Name a folder of its own with --home, for instance goodstanding-data.",
            )
        home = cls(path.resolve())
        try:
            for folder in (home.path, home.secrets, home.extract, home.problems, home.work):
                folder.mkdir(mode=0o700, parents=folder is home.path, exist_ok=True)
            if not os.access(home.path, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied")
        except OSError as error:
            raise Refusal(
                "GS-HOME-001",
                "This cannot be a home.",
                where=str(home.path),
                why=f"{error.strerror}.",
                remedy="Name a folder that you may write to with --home.",
            ) from None
        return home

    @property
    def secrets(self) -> Path:
        """Keys, mode 0600 each."""
        return self.path / "secrets"

    @property
    def extract(self) -> Path:
        """Parquet parts of the ledger, one folder an event."""
        return self.path / "extract"

    @property
    def problems(self) -> Path:
        """Problem files of deliveries: rows to correct and send again."""
        return self.path / "problems"

    @property
    def log(self) -> Path:
        """The public log: static files that anybody may be given. Not there until the log is begun."""
        return self.path / "log"

    @property
    def log_state(self) -> Path:
        """How far the log has come, and its lock."""
        return self.path / "log-state"

    @property
    def work(self) -> Path:
        """Short-lived files; swept when nobody uses them."""
        return self.path / "work"
