"""Layout: what leaves no trace in the tree, and what parts statements."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

ENTRIES: tuple[Entry, ...] = (
    *each(r"\, \; \: \! \> \ ", "space", "spacing", "a {} b"),
    *same(
        r"\thinspace \medspace \thickspace \negthinspace \negmedspace \negthickspace \enspace \hfill \hfil "
        r"\null \strut \mathstrut \allowbreak \nobreak \break \linebreak \displaybreak \pagebreak "
        r"\noindent \relax "
        r"\displaystyle \textstyle \scriptstyle \scriptscriptstyle \limits \nolimits "
        r"\displaylimits \nonumber "
        r"\notag \small \large \Large \LARGE \normalsize \footnotesize \scriptsize \tiny \huge "
        r"\Huge \centering "
        r"\xspace \hline \toprule \midrule \bottomrule \hdashline \par \endgroup \begingroup \/ \protect "
        r"\smallskip \medskip \bigskip \mathopen \mathclose \mathpunct \qedhere \qed \shoveleft "
        r"\shoveright \/ \- \pause",
        "space",
        "",
        "layout",
        "a {} b",
    ),
    *same("“ ” „ ‟ 「 」 《 》 \u200d \u200e", "space", "space", "quotation marks", "a {} b"),
    *same("? ？", "period", "?", "ends a question", "a = b{}"),
    *same("！", "period", "!", "ends a sentence", "a = b{}"),
    *same("~", "space", "space", "spacing", "a {} b"),
    *same(r"\quad \qquad", "quad", "quad", "parts statements", "a = b {} c = d"),
    *same(r"\left \mleft", "left", "left", "a fence that grows", r"{}( x \right)"),
    *same(r"\right \mright", "right", "right", "a fence that grows", r"\left( x {})"),
    *same(r"\middle", "middle", "middle", "a bar that grows", r"\left( x {}| y \right)"),
    *same(r"\big \Big \bigg \Bigg", "size", "any", "the size of a fence", "{}( x {})"),
    *same(r"\bigl \Bigl \biggl \Biggl", "size", "left", "the size of a fence", "{}( x )"),
    *same(r"\bigr \Bigr \biggr \Biggr", "size", "right", "the size of a fence", "( x {})"),
    *same(r"\bigm \Bigm \biggm \Biggm", "size", "middle", "the size of a bar", "P(A {}| B)"),
    *same(", ， 、", "comma", ",", "parts items and statements", "f(x{} y)"),
    *same("; ；", "semicolon", ";", "parts items", "f(x{} y)"),
    *same(r": \colon ∶ ：", "colon", ":", "maps, such that, ratio", "f{} A \\to B"),
    *same(". 。", "period", ".", "ends a sentence", "a = b{}"),
    *same("_", "sub", "_", "subscript", "x{}i"),
    *same(r"\sb", "sub", "_", "subscript", "x{}{i}"),
    *same(r"\_", "sub", "_", "subscript, escaped for Markdown", "x{}i"),
    *same("^", "sup", "^", "superscript", "x{}2"),
    *same(r"\sp", "sup", "^", "superscript", "x{}{2}"),
    *same("{", "group", "{", "a group", "{x}"),
    *same("}", "endgroup", "}", "a group", "{x}"),
    *same("&", "align", "&", "alignment", "a &= b"),
    *same(r"\not", "not", "not", "negates a relation", "a {}= b"),
    *same(r"\uparrow ↑", "mark", "uparrow", "a list mark before a row", "{} a = b"),
    *same(r"\downarrow ↓", "mark", "downarrow", "a list mark before a row", "{} a = b"),
    *same(
        r"\blacktriangleright \triangleright \rhd ▶ ▸",
        "mark",
        "triangleright",
        "a list mark before a row",
        "{} a = b",
    ),
    *same(r"\diamond ⋄", "operator", "diamond", "an operation; a list mark before a row", "a {} b"),
    *same(r"\blacksquare ■ ▪", "mark", "blacksquare", "a list mark, end of proof", "{} a = b"),
)
