"""到期：什么事在什么时候到期，到期只响一次。全平台一张表、一个轮询。

What falls due and when; each thing fires once, from one table that one poller watches, for matters, ballots,
moderation and cases alike. Legal periods are counted in ``community/calendar``; here they are instants.
Read first: ``commands.py`` (`set_timer`, `cancel_timers`, `fire_due`), ``outages.py`` (when nobody was there to watch).
"""
