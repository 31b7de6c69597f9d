"""承办 — who mediates: designation or the parties' choice, conflicts of interest, load.

Legal basis: 人民调解法 19 (指定或者选择), 特邀调解规定 15 (披露).
"""
