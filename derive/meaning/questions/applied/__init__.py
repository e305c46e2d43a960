"""`f(x + 1)`: is the letter applied to what is in the parenthesis, or multiplied by it?

Three tables, asked in turn: what holds whatever the letter is, what the scope says of it, and, for a letter
that the scope does not know, its use and custom. Within a table the first rule with an opinion speaks: what
is particular stands before what is general.
"""
