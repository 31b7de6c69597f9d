"""The front door of service: whom the ballot reached, by building."""
