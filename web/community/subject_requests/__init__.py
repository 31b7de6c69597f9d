"""个人信息申请的页面：本人的，窗口的，答复的。

Pages for asking about one's own data, at the window, and for answering.
"""
