"""What is peculiar to an engine is collected on that engine: two must not meet in one process."""

from tests.engines import ENGINE

collect_ignore = ["test_postgres_connections.py"] if ENGINE == "sqlite" else ["test_sqlite_migrations.py"]
