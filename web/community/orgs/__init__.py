"""The front door of organisations: who acts in a community, for programs."""
