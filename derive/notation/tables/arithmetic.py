"""Arithmetic: signs, products, fractions, roots, fences, relations."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

ENTRIES: tuple[Entry, ...] = (
    *same("+ ＋", "sign", "+", "sum, or a sign", "a {} b"),
    *same("- − – －", "sign", "-", "difference, or a sign", "a {} b"),
    *same(r"\pm \plusmn ±", "sign", "pm", "plus or minus", "a {} b"),
    *same(r"\mp ∓", "sign", "mp", "minus or plus", "a {} b"),
    *same(r"\cdot · ⋅ \cdotp \centerdot", "operator", "cdot", "product", "a {} b"),
    *same(r"\times ×", "operator", "times", "product, cross product", "a {} b"),
    *same(r"* \* ∗", "operator", "*", "product, convolution", "a {} b"),
    *same("@", "operator", "@", "product of matrices", "A {} B"),
    *same("/ ∕", "operator", "/", "quotient", "a {} b"),
    *same(r"\slash", "operator", "/", "quotient", "a {} b"),
    *same(r"\div ÷", "operator", "div", "quotient", "a {} b"),
    *same(r"\bmod \mod", "operator", "mod", "remainder", "a {} b"),
    *same(r"\pmod", "command", "pmod", "congruence", r"a \equiv b {}{n}"),
    *same(r"\pod", "command", "pmod", "congruence", r"a \equiv b {}{n}"),
    *same("!", "postfix", "!", "factorial", "n{}"),
    *same(r"\% ％", "postfix", "%", "hundredths", "5{}"),
    *same(r"\degree °", "postfix", "degree", "degrees", "90{}"),
    *same(
        r"\frac \dfrac \tfrac \cfrac \sfrac \nicefrac \flatfrac", "command", "frac", "fraction", "{}{a}{b}"
    ),
    *same(r"\binom \dbinom \tbinom", "command", "binom", "binomial coefficient", "{}{n}{k}"),
    Entry(r"\genfrac", "command", "genfrac", "fraction with fences", r"\genfrac{(}{)}{0pt}{0}{n}{k}"),
    *same(r"\sqrt √", "command", "sqrt", "root", "{}{x}"),
    *same(r"\over", "over", "frac", "fraction, of the whole group", "{a {} b}"),
    *same(r"\atop", "over", "atop", "one above the other", "{a {} b}"),
    *same(r"\choose", "over", "binom", "binomial coefficient, of the whole group", "{n {} k}"),
    *same(r"\brace", "over", "brace", "Stirling number of the second kind, of the whole group", "{n {} k}"),
    *same(r"\brack", "over", "brack", "Stirling number of the first kind, of the whole group", "{n {} k}"),
    # fences
    *same("( （", "open", "(", "parenthesis", "{}x)"),
    *same(r"\lparen", "open", "(", "parenthesis", r"{} x\rparen"),
    *same(") ）", "close", ")", "parenthesis", "(x{}"),
    *same(r"\rparen", "close", ")", "parenthesis", r"(x{}"),
    *same(r"[ \lbrack ［ 【", "open", "[", "bracket", "{} x]"),
    *same(r"] \rbrack ］ 】", "close", "]", "bracket", "[x{}"),
    *same(r"\{ \lbrace", "open", "{", "brace", r"{} x\}"),
    *same(r"\} \rbrace", "close", "}", "brace", r"\{x{}"),
    *same(r"\lgroup", "open", "(", "parenthesis", r"{} x\rgroup"),
    *same(r"\rgroup", "close", ")", "parenthesis", r"\lgroup x{}"),
    *same(r"\lfloor ⌊", "open", "⌊", "floor", r"{} x\rfloor"),
    *same(r"\rfloor ⌋", "close", "⌋", "floor", r"\lfloor x{}"),
    *same(r"\lceil ⌈", "open", "⌈", "ceiling", r"{} x\rceil"),
    *same(r"\rceil ⌉", "close", "⌉", "ceiling", r"\lceil x{}"),
    *same(r"\llcorner", "open", "⌊", "floor", r"{} x\lrcorner"),
    *same(r"\lrcorner", "close", "⌋", "floor", r"\llcorner x{}"),
    *same(r"\ulcorner", "open", "⌈", "ceiling", r"{} x\urcorner"),
    *same(r"\urcorner", "close", "⌉", "ceiling", r"\ulcorner x{}"),
    *same(r"| \vert \arrowvert ∣ ｜", "bar", "|", "absolute value, condition, evaluation", "{} x{}"),
    *same(r"\| \Vert \Arrowvert ‖ ∥", "bar", "‖", "norm, divergence", "{} x{}"),
    *same(r"\lvert", "open", "|", "absolute value", r"{} x\rvert"),
    *same(r"\rvert", "close", "|", "absolute value", r"\lvert x{}"),
    *same(r"\lVert", "open", "‖", "norm", r"{} x\rVert"),
    *same(r"\rVert", "close", "‖", "norm", r"\lVert x{}"),
    *same(r"\abs", "command", "abs", "absolute value", "{}{x}"),
    *same(r"\norm", "command", "norm", "norm", "{}{x}"),
    *same(r"\floor", "command", "floor", "floor", "{}{x}"),
    *same(r"\ceil", "command", "ceil", "ceiling", "{}{x}"),
    # relations
    *same("= ＝", "relation", "=", "equals", "a {} b"),
    *same(r"\ne \neq ≠", "relation", "!=", "differs", "a {} b"),
    *same(r"< \lt ＜", "relation", "<", "less", "a {} b"),
    *same(r"\le \leq \leqslant \leqq ≤ ⩽", "relation", "<=", "at most", "a {} b"),
    *same(r"> \gt ＞", "relation", ">", "greater", "a {} b"),
    *same(r"\ge \geq \geqslant \geqq ≥ ⩾", "relation", ">=", "at least", "a {} b"),
    *same(r"\lneq \lneqq \lvertneqq", "relation", "<", "less", "a {} b"),
    *same(r"\gneq \gneqq \gvertneqq", "relation", ">", "greater", "a {} b"),
    *same(r"\nless", "relation", "not <", "not less", "a {} b"),
    *same(r"\nleq \nleqslant", "relation", "not <=", "not at most", "a {} b"),
    *same(r"\ngtr", "relation", "not >", "not greater", "a {} b"),
    *same(r"\ngeq \ngeqslant \ngeqq", "relation", "not >=", "not at least", "a {} b"),
    *same(r"\ll \lll ≪", "relation", "ll", "much less", "a {} b"),
    *same(r"\gg \ggg ≫", "relation", "gg", "much greater", "a {} b"),
    *same(r"\approx \thickapprox \approxeq ≈", "relation", "approx", "about", "a {} b"),
    *same(r"\propto \varpropto ∝", "relation", "propto", "proportional", "a {} b"),
    *same(r"\equiv ≡", "relation", "equiv", "identical, congruent", "a {} b"),
    *same(r"\simeq ≃", "relation", "simeq", "asymptotically equal", "a {} b"),
    *same(r"\cong ≅", "relation", "cong", "isomorphic, congruent", "a {} b"),
    *same(r"\asymp", "relation", "asymp", "of the same order", "a {} b"),
    *same(r"\lesssim", "relation", "lesssim", "at most, about", "a {} b"),
    *same(r"\lessapprox", "relation", "lesssim", "at most, about", "a {} b"),
    *same(r"\gtrsim", "relation", "gtrsim", "at least, about", "a {} b"),
    *same(r"\gtrapprox", "relation", "gtrsim", "at least, about", "a {} b"),
    *same(r":= \coloneqq \coloneq ≔", "relation", ":=", "is defined as", "a {} b"),
    *same(r"=: \eqqcolon \eqcolon ≕", "relation", "=:", "defines", "a {} b"),
    *same(r"\triangleq \doteq \doteqdot \Doteq ≜ ≝", "relation", "defined", "is by definition", "a {} b"),
    *each(
        r"\gtrless \lessgtr \gtreqless \lesseqgtr \prec \succ \preceq \succeq \preccurlyeq \succcurlyeq "
        r"\sqsubseteq \sqsubset \sqsupseteq \bowtie \smile \frown \models \vdash \dashv \Vdash \vDash "
        r"\precsim \succsim \precapprox \succapprox \curlyeqprec \curlyeqsucc  "
        r"\trianglelefteq \trianglerighteq \vartriangleleft \vartriangleright \ntriangleleft \ntriangleright "
        r"\lhd \unlhd \unrhd \Join \multimap \between \pitchfork \nvdash \nvDash \Vvdash \bumpeq "
        r"\Bumpeq \eqsim \eqcirc \circeq \risingdotseq \fallingdotseq \gtrdot \lessdot "
        r"\shortparallel \nparallel "
        r"\ncong \nprec \nsucc \backsim \eqslantless \eqslantgtr \nrightarrow "
        r"\rightarrowtail "
        r"\Rrightarrow \Lleftarrow \upuparrows \rightrightarrows \rightleftarrows "
        r"\leftleftarrows "
        r"\looparrowright \curvearrowright \circlearrowright \llless \gggtr \lesseqqgtr \gtreqqless "
        r"\backsimeq \Subset \Supset \sqsupset \smallsmile \smallfrown \lnsim \gnsim \lnapprox \gnapprox "
        r"\npreceq \nsucceq \precneqq \succneqq \precnsim \succnsim \precnapprox \succnapprox "
        r"\ntrianglelefteq \ntrianglerighteq \nshortparallel \backepsilon \dashleftarrow \dashrightarrow "
        r"\leftrightarrows \twoheadleftarrow \leftarrowtail \looparrowleft \leftrightharpoons "
        r"\curvearrowleft \circlearrowleft \Lsh \Rsh \downdownarrows \leftrightsquigarrow \nleftarrow "
        r"\nleftrightarrow \triangleleft \blacktriangleleft \hookleftarrow \leftharpoonup \leftharpoondown "
        r"\rightharpoondown \longleftrightarrow \swarrow \nwarrow \updownarrow \Uparrow \Downarrow "
        r"\Updownarrow \nLeftarrow \nRightarrow \nLeftrightarrow \nVdash \nVDash",
        "relation",
        "a relation of its own field",
        "a {} b",
    ),
    *same("≺", "relation", "prec", "precedes", "a {} b"),
    *same("≻", "relation", "succ", "follows", "a {} b"),
    *same("⪰", "relation", "succeq", "follows or equals", "a {} b"),
    *same("⪯", "relation", "preceq", "precedes or equals", "a {} b"),
    *same(
        r"\ldots \dots \cdots \dotsc \dotsb \dotsm \dotsi \dotso \hdots \vdots \ddots \iddots \adots … ⋯ ⋮ ⋱",
        "ellipsis",
        "dots",
        "and so on",
        "a + {} + b",
    ),
    *same(r"\infty \infin ∞", "symbol", "infty", "infinity", "{}"),
)
