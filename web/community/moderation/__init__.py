"""审核的门面：举报、审核队列、处理记录、申诉、公开的记录。

The front door of moderation: reporting, the queue, the file of one hiding, appeals and the public log.
"""
