"""One front: check a document, decide a claim, read a formula."""
