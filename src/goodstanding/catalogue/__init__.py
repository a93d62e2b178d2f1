"""Packs: loaded, checked, and as a typed view that everyone uses."""

from goodstanding.catalogue.loading import Catalogue, builtin_names, builtin_pack, load_pack, load_packs

__all__ = ["Catalogue", "builtin_names", "builtin_pack", "load_pack", "load_packs"]
