"""Comments in a document that are written for derive: `<!-- derive: ignore[sign] as in the book -->`."""
