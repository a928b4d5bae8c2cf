"""``python -m rightscli`` is ``rights``."""

from rightscli.cli import main

main()
