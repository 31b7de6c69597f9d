"""The JSON API's shell: declared calls become routes and the OpenAPI document; tokens, errors, paging, safe repeats.

A room declares its calls in ``api.py``; ``web/api/routes.py`` gathers them. Read ``call.py``, then ``door.py``.
Source: RFC 6750 (tokens), RFC 9457 (problems), OpenAPI 3.1.
"""
