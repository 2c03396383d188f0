"""The reading room: a web app on the store, server-rendered, that works without JavaScript for reading.

    app = create_app(RoomSettings(), Store.open("onrecord.db"))

A request goes through `guards` (who asks, may they, how often), to a handler of `pages`, `desk` or `api`, which asks
`queries` and gives a frozen page of `contexts` to its template. Needs the extra `web`.
"""
