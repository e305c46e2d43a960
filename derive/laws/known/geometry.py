"""Areas, volumes, circumferences, interest: the words name the body.

Reference: Zwillinger, Standard Mathematical Tables, chapter 4.
"""

from derive.laws.law import Known

GEOMETRY: tuple[Known, ...] = (
    Known("the area of a disc", "A", r"\pi r^2", r"\barea of (?:a|the) (?:circle|disc|disk)\b"),
    Known(
        "the circumference of a circle",
        "C",
        r"2\pi r",
        r"\bcircumference of (?:a|the) (?:circle|disc|disk)\b",
    ),
    Known("the volume of a ball", "V", r"\frac{4}{3}\pi r^3", r"\bvolume of (?:a|the) (?:ball|sphere)\b"),
    Known("the area of a sphere", "A", r"4\pi r^2", r"\b(?:surface )?area of (?:a|the) (?:ball|sphere)\b"),
    Known("the volume of a cone", "V", r"\frac{1}{3}\pi r^2 h", r"\bvolume of (?:a|the) cone\b"),
    Known("the volume of a cylinder", "V", r"\pi r^2 h", r"\bvolume of (?:a|the) cylinder\b"),
    Known(
        "compound interest",
        "A",
        r"P\left(1+\frac{r}{n}\right)^{nt}",
        r"\bcompound(?:ed)? interest\b|\binterest is compounded\b",
        ("P > 0", "r > 0", r"n \in \mathbb{N}", "t > 0"),
        ("P(1+r)^t", "Pe^{rt}"),
    ),
)
