"""Goodstanding: public credit files of organisations."""

__version__ = "0.1.0"
