"""`python -m ustress` is the command line."""

from ustress.cli.main import main

main()
