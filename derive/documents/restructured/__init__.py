"""reStructuredText: blocks by indentation, directives, and the roles and dollars within a paragraph."""
