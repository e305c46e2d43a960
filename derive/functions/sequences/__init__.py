"""Functions of whole numbers: sequences and what counts, a family a file."""
