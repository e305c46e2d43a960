"""Claims about chance, in finite probability spaces and by a normal form of their own."""
