"""What the pages ask the store for: keys first, by index; then the rows of the page that is shown, and no more.

Each module serves one page or two; `rows` turns keys into what the pages show.
"""
