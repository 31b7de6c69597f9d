"""Everything that speaks to the outside: pages, sockets, mail text and the ``heyi`` command.

Imports the domain packages; no domain package imports it.
"""

from starlette.convertors import IntegerConvertor

# Before any route is compiled: a number that no column can hold is no address (404), not an error of the driver.
IntegerConvertor.regex = "[0-9]{1,9}"
