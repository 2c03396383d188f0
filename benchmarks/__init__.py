"""One module a public task: `python -m benchmarks.NAME PATH` prints one JSON object on standard output."""
