"""``python -m web`` is ``heyi``."""

from web.cli import main

main()
