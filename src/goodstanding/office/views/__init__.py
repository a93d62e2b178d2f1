"""The pages of the office, one idea a module."""
