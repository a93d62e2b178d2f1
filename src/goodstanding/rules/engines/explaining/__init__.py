"""One organisation at a time, from an extract of any size: its rows by pyarrow, its meaning by the reference.

SQL that assesses everyone is planned in a tenth of a second, whoever it is asked about. One organisation has
few records; finding them and reading the law over them in plain Python takes a fraction of that.
"""

from .session import Explaining

__all__ = ["Explaining"]
