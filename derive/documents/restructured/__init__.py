"""reStructuredText: blocks by indentation, directives, and the roles and dollars within a paragraph."""

from derive.documents.restructured.reader import read, read_docstring

__all__ = ["read", "read_docstring"]
