"""What stands alone on its page: one token where the page has another one in the same surroundings, and no
second place where it stands so.
"""
