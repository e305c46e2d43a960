"""Special functions, a family a file."""
