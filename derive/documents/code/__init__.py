"""Source code: its documentation is read, nothing of it is executed."""
