"""重演——把一段真实的多方调解对话，照原样在调解室里再说一遍。

A replay says a recorded dialogue again in a room, over live sockets, as people would: `dialogue` reads it and says
who speaks for whom, `visitor` is one person over HTTP, `opening` brings a case into mediation through its pages,
`talking` lets every speaker say their words and holds what each heard against the page.
"""
