"""Elementary functions, a family a file."""
