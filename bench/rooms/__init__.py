"""What the benches of live rooms share: a room with as many people as wanted, and sockets that keep what they hear.

``python -m bench.revoke`` takes rights away while sockets are open; ``python -m bench.drill.chat`` kills servers,
databases and Redis under chat; ``python -m bench.dialogues`` replays recorded talks in browsers whose links drop;
``python -m bench.chat`` measures. Read ``stage.py`` and ``listening.py`` first.
"""
