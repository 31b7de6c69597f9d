"""What is peculiar to SQLite is collected on SQLite: two engines must not meet in one process."""

from tests.engines import ENGINE

collect_ignore = [] if ENGINE == "sqlite" else ["test_sqlite_migrations.py"]
