"""The forms of this room."""

from deliberation.following.rules import News
from web.forms import Form


class NewsForm(Form):
    """Which kinds of news of the community to hear."""

    news: tuple[News, ...] = ()
