"""The scene, fuller: what only a moment, a letter, a code or a device leads to, and everybody who walks from there."""
