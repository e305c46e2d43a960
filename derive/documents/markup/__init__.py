"""Smaller markup languages, a module each: AsciiDoc, Org, PreTeXt."""
