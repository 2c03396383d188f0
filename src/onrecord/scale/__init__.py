"""Reading at scale: files and feeds in, records in the store, on all cores, and again after any kill.

Stories run through the workers in order, and a file's end mark runs behind its last story; each batch is one
transaction. So a run that is cut off at any moment has kept whole batches, and the next one goes on behind them.
"""
