"""The two database engines and the migration runner: Tortoise's own, made safe under faults."""
