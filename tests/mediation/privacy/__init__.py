"""The log of a case, opening something by two people, consents."""
