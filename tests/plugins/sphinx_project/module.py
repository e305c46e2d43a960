def double_angle(t: float) -> float:
    r"""The sine of twice an angle.

    For all :math:`t` we have :math:`\sin(2t) = \sin t \cos t`.
    """
    return t
