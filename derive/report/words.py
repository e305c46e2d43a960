"""Text as a line of output takes it."""


def one_line(text: str) -> str:
    """A message without line breaks or control characters."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
