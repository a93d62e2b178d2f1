"""`python -m goodstanding`: the command line."""

from goodstanding.cli import main

main()
