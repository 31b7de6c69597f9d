"""代办的门面：授权书、凭证、撤回、我的代办、回访台、停办和恢复、公开的数字。

The front door of assisted use: authorisations and their proof, taking back, the helper's own list, the desk of calls,
stopped helpers, and the figures for everybody.
"""
