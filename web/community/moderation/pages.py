"""All doors of this room; each page of code below opens some of them."""

from web.community.moderation import batches, decisions, desk, log_feed, monthly, open_log, reports

routes = [
    *reports.routes,
    *desk.routes,
    *batches.routes,
    *open_log.routes,
    *log_feed.routes,
    *monthly.routes,
    *decisions.routes,
]
