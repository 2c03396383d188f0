"""Stage 6. Mentions -> Actor: who the words mean, in the office held on the story's date.

`resolver` reads one mention against the dated base (`base`, `offices`, `names`, `words`, the user's `overlay`);
`coreference` joins the mentions of a story; `attach` gives the actors to statements and events.
"""
