"""The command line, one module a command. `main.run` is the entry point."""
