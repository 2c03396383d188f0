"""Pictures of what the store holds: one module a picture. docs/plots.md shows how to read each.

    with Store.open("onrecord.db") as store, store.view() as view:
        save(draw_dyad(view, "RUS", "USA"), Path("rus-usa.svg"))

A picture is a `Drawing`: the figure, its caption with the sources, and the table of what is drawn. Needs the extra
`plot`.
"""

from __future__ import annotations
