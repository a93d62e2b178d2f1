"""One page, or one group of pages of the same thing, a module."""
