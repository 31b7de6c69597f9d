"""来龙去脉 — how matters hang together: merged, split, continued, twice the same; undone only by a new deed.

``merging.py`` makes two matters one and counts the seconds of both once per head; ``linking.py`` splits,
continues and marks duplicates. No chain of links ever leads back to where it began.
Basis: own choice (one question, one decision); 城市居民委员会组织法 (2025) 32 for taking matters up together.
"""
