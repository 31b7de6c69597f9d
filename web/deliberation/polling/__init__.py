"""票站的门：纸票、投票码、现场平板、上门帮办和扫楼的页面。The front door of polling. Read first: ``slip.py``."""
