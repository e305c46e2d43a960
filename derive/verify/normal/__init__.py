"""The normal form: a difference that is zero in the ring is a proof."""
