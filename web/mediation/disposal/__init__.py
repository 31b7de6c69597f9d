"""鉴定和销毁的页面，清册的 PDF。

Pages of appraisal and destruction, and the list as PDF.
"""
