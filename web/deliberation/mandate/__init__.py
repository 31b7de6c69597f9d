"""The front door of mandates: give, withdraw, vote for others, take paper down."""
