"""The ledger: what many stories say together.

The same report told twice, the same statement and the same event in other agencies' words, and talks that live over
months are found when a story is kept, and joined by a `cluster` of the store. The cost of a story grows with the
candidates that the indexes give for it, never with the store.
"""
