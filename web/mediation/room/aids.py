"""What stands beside a talk: the whole of it on paper, words found again, recordings."""

from web.mediation.room import paper, search, voice

routes = [*paper.routes, *search.routes, *voice.routes]
