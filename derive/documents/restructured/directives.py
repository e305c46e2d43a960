"""What the directives of reStructuredText hold: mathematics, words, or what is no prose at all."""

from __future__ import annotations

from derive.expressions import regex

DIRECTIVE = regex(
    r"\.\.[ \t]+(?:\|(?P<name>[^|\n]+)\|[ \t]+)?(?P<kind>[A-Za-z][\w:+.-]{0,80}?)[ \t]?::(?=\s|$)[ \t]*"
)
FOOTNOTE = regex(r"\.\.[ \t]+\[[^\]\n]+\][ \t]+")
TARGET = regex(r"\.\.[ \t]+_(?:[^:\n\\]|\\.|:(?!\s|$))*:(?=\s|$)|__[ \t]")
EXPLICIT = regex(r"\.\.(?=\s|$)")
OPTION = regex(r":(?P<name>[A-Za-z][\w-]{0,60}):(?=\s|$)[ \t]*(?P<value>[^\n]*)")
MATH_OPTION = regex(r":(?:label|name|nowrap|no-wrap|class|align|number|enumerated):(?=\s|$)")

#: content that is no prose of the document: code, output, pictures, generated lists
SKIPPED = frozenset(
    "code code-block sourcecode highlight literalinclude parsed-literal testcode testoutput "
    "testsetup testcleanup "
    "doctest plot graphviz digraph graph inheritance-diagram toctree image autosummary bibliography index "
    "currentmodule module raw ipython jupyter-execute jupyter-input jupyter-output prompt tikz "
    "mermaid uml plantuml "
    "contents sectionauthor codeauthor role default-role include meta sectnum class rst-class "
    "cssclass highlight "
    "program option tabularcolumns vimeo youtube video productionlist only-code unicode date minigallery "
    "bokeh-plot altair-plot exec code-cell".split()
)
#: the argument on the directive's line is text of the document
TITLED = frozenset(
    "note warning tip hint important attention caution danger error seealso todo admonition "
    "topic sidebar rubric "
    "epigraph highlights pull-quote compound container versionadded versionchanged deprecated "
    "centered replace "
    "table list-table csv-table dropdown card tab tab-item question".split()
)
THEOREMS = {
    name: name
    for name in (
        "theorem lemma corollary proposition definition example exercise proof solution remark "
        "axiom conjecture "
        "claim problem property observation algorithm assumption criterion"
    ).split()
}


def kind_of(name: str) -> str:
    """A directive's name without the domain of an extension: `prf:theorem` is a theorem."""
    return name.lower().rpartition(":")[2]
