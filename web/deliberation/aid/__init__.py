"""代办的门面（议题下面）：公开的代办清单、上门用的一张表。

The front door of assisted use below a matter: what was done with help, for everybody; one form to fill in at the door.
"""
