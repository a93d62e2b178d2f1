"""Read packs: a folder of YAML becomes a frozen, checked `Pack`; several packs become a `Catalogue`."""

from goodstanding.catalogue.loading.catalogue import Catalogue, load_packs
from goodstanding.catalogue.loading.folder import builtin_names, builtin_pack, load_pack

__all__ = ["Catalogue", "builtin_names", "builtin_pack", "load_pack", "load_packs"]
