"""What was found out before, kept by content: reports on documents, and answers to questions.

A key is a digest of everything that an answer depends on, so that nothing in the cache is ever wrong, only
unused. What is read from it is data: nothing in it is evaluated, and what cannot be read is as if it were not
there.
"""
