"""The same cleaning at the door: forms, sockets and the API use the community's."""

from community.text import clean

__all__ = ["clean"]
