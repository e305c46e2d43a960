"""`derive` inside other programs: pytest, Sphinx, MkDocs. Each is imported by its host alone."""
