"""The project's own corpora: wire stories and sentences, their annotation, and the checks on it."""
