"""`goodstanding demo`: a fictional province, taken in, graded, with its cases, and served."""

from __future__ import annotations

from goodstanding.cli.demo.command import command

__all__ = ["command"]
