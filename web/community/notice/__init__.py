"""通知的门面：收件箱、收信方式、退订，和试用时的发件箱。

The front door of notices: the inbox, how one wants mail, unsubscribing, and the outbox of a trial.
"""
