"""The folder that belongs to one installation: `--home`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = Path("goodstanding-data")


@dataclass(frozen=True)
class Home:
    """Where everything that an installation keeps on disk lies; only its user may enter."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> Home:
        """The home at `path`, made if it is not there. Parents are never touched."""
        home = cls(path.resolve())
        for folder in (home.path, home.secrets, home.extract, home.problems, home.work):
            folder.mkdir(mode=0o700, parents=folder is home.path, exist_ok=True)
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
    def work(self) -> Path:
        """Short-lived files; swept when nobody uses them."""
        return self.path / "work"
