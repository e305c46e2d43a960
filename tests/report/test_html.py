"""The page to look at: complete, offline, and with nothing of a document in it that could run."""

import base64
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_report import finding, report

import derive
from derive.front.bare import without_terms
from derive.model import FileReport, Report, Severity, Source, Span, Suppressed
from derive.report import html
from derive.report.findings import findings
from derive.report.formats import render
from derive.report.formulas import mathml
from derive.report.html.cards import words
from derive.report.html.picture import feeding
from derive.report.places import Places

ELEMENTS = frozenset(
    "html head meta title style body header h1 h2 p nav ul li a fieldset legend label input b main section details "
    "summary div svg path rect text article span small ol dl dt dd code".split()
) | frozenset(mathml._ELEMENTS)
VOID = frozenset({"meta", "input"})
ATTRIBUTES = frozenset(
    "lang charset http-equiv content name class id type checked href viewbox width height role d x y rx data-path "
    "data-code data-line data-column".split()
) | frozenset(mathml._ATTRIBUTES | {"mathvariant"})


class Page(HTMLParser):
    """Every element and attribute of a page; raises for one that is not of ours, or not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            assert not name.startswith("on") and name != "style"
            if name == "href":
                assert re.fullmatch(r"#[\w]+", value or ""), value
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError("a declaration")


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    r"\text{<script>alert(1)</script>}",
    r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
    r"\href{javascript:alert(1)}{x}",
    r"\class{a" + '"' + r" onclick=alert(1)}{x}",
    r"\style{background:url(https://a.example)}{x}",
    r"\mathrm{\text{</math><script>alert(1)</script>}}",
    r"\operatorname{<img src=x onerror=alert(1)>}",
    r"\color{red" + '"' + r" onload=alert(1)}x",
    "<!-- x", "-->", "]]>", "<![CDATA[", "<svg onload=alert(1)>", "&#60;script&#62;", "\u2028<\x00script>",
    r"\begin{array}{c" + '"' + r"onclick=x} a \end{array}", "x" * 5000, "{" * 500, r"\frac{" * 200, r"\left(" * 300,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_document_can_run(text: str) -> None:
    for quoted in (text, f"${text}$", f"<b>${text}$ & more"):
        d = replace(
            finding(quoted, fix=text),
            notes=(quoted,),
            derivation=(text,),
            labels=(),
            name=quoted,
            code=quoted,
        )
        sample = report(replace(d, span=Span(0, len(text))), text=text, path=f"{text}.md")
        sample = Report((replace(sample.files[0], notes=(quoted,)),), (quoted,), (quoted,))
        page = Page(html.render(sample))
        assert sum(tag == "style" for tag, _ in page.found) == 1


def test_what_a_message_quotes_as_source_is_not_drawn() -> None:
    assert words("`$$` is never closed") == '<code class="tex">$$</code> is never closed'
    assert words("put $x$ in the place of `$y$`").endswith('in the place of <code class="tex">$y$</code>')
    assert words("a ` alone and $5") == "a ` alone and $5"


def test_what_is_told_stands_in_the_order_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("We have $1 + 1 = 3$.\n\n$$ 2 + 2 = 5\n\nThen $3 + 3 = 7$.\n")
    page = html.render(derive.check([tmp_path / "a.md"]))
    lines = [int(n) for n in re.findall(r'<p class="place">line (\d+)</p>', page)]
    assert lines == sorted(lines) and 3 in lines


def test_a_hostile_document(tmp_path: Path) -> None:
    path = tmp_path / "<script>alert(1)<script>.md".replace("/", "")
    path.write_text(
        "# <script>alert(1)</script>\n\nLet $a = b + 1$. We have $a^2 = b^2 + b + 1$.\n\n"
        + "\n\n".join(f"We have ${text}$ and $x = 1 + x + {text}$." for text in HOSTILE if len(text) < 200),
        "utf-8",
    )
    page = Page(html.render(derive.check([path])))
    assert len([tag for tag, _ in page.found if tag == "article"]) > 20


def test_the_policy_lets_in_its_own_style_and_nothing_else() -> None:
    text = html.render(report())
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    mark = base64.b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy == f"default-src 'none'; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
    assert "://" not in style and "@import" not in style and "url(" not in style
    assert text.isascii()


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("page") / "notes.md"
    path.write_text(DOCUMENT, "utf-8")
    return derive.check([path])


DOCUMENT = r"""# Notes

$$\newcommand{\sq}[1]{#1^{2}}$$

Let $\sigma(z) = \frac{1}{1 + e^{-z}}$. We have $\sigma'(z) = \sigma(z)(1 + \sigma(z))$.

$$
\begin{aligned}
\sq{(x+1)} &= \sq{x} + 2x + 1 \\
 &= x(x + 2) + 2
\end{aligned}
$$

Let $a = b + 1$, and let $c = 2a$. Then $c = 2b + 2$, and $\unknowncommand{x} = 2$.

$$ x = 1
"""


def test_it_tells_the_same_findings(checked: Report) -> None:
    (file,) = checked.files
    places = Places.of(file.source.text, file.format)
    want = Counter((str(places.place(d.span.start).line), d.code) for d in findings(file))
    page = Page(render("html", checked))
    found = Counter((a["data-line"], a["data-code"]) for _, a in page.found if "data-code" in a)
    assert found == want and len(want) >= 3


def test_a_chain_is_drawn_link_by_link(checked: Report) -> None:
    text = html.render(checked)
    (card,) = [c for c in text.split("<article")[1:] if "has-proved has-refuted" in c]
    assert card.count('class="badge proved"') == card.count('class="badge refuted"') == 1
    assert "unknown" not in card and "\\sq" not in re.sub(
        r"<details>.*?</details>", "", card, flags=re.DOTALL
    )
    old, new = re.findall(r'<div class="(?:old|new)">.*?</math>', card, re.DOTALL)
    assert "printed" in old and "right would be" in new
    assert [re.sub("<[^>]*>", "", m)[-1] for m in (old, new)] == ["2", "1"]


def test_each_entry_has_its_trail_and_each_verdict_its_filter(checked: Report) -> None:
    (file,) = checked.files
    page = Page(html.render(checked))
    ids = {a["id"] for _, a in page.found if "id" in a}
    assert {f"f1c{k + 1}" for k in range(len(file.decided))} <= ids
    assert sum(w == "How this came about" for w in page.words) == len(file.decided)
    for status in {e.verdict.status.value for e in file.decided}:
        assert f"show-{status}" in ids and f"#show-{status}:checked) .has-{status}" in html.style()
    linked = {a["href"] for tag, a in page.found if tag == "a"}
    assert linked and all(href[1:] in ids for href in linked)


def test_the_picture_shows_what_feeds_what(checked: Report) -> None:
    (file,) = checked.files
    found = feeding(file)

    def told(k: int) -> str:
        return file.decided[k].latex

    pairs = {(told(a), told(b)) for a, b in found.uses}
    assert ("a = b + 1", "c = 2a") in pairs and ("c = 2a", "c = 2b + 2") in pairs
    assert any(a.startswith(r"\sigma(z)") and b.startswith(r"\sigma'(z)") for a, b in pairs)
    page = Page(html.render(checked))
    assert sum(tag == "path" for tag, _ in page.found) == len(found.uses)


def test_suppressed_findings_stand_apart() -> None:
    (file,) = report(finding()).files
    silent = Suppressed(
        replace(finding("<b>known</b>"), code="DRV102"), "comment", "<i>since May</i>", Span(0, 7)
    )
    page = Page(html.render(Report((replace(file, suppressed=(silent,)),))))
    assert "DRV102" not in {a.get("data-code") for _, a in page.found}
    (told,) = [w for w in page.words if "DRV102" in w]
    assert told == "line 5: DRV102 missing-factor: <b>known</b>; suppressed by a comment (<i>since May</i>)"


def test_a_finding_about_no_formula_is_there(checked: Report) -> None:
    plain = FileReport(
        Source("a.md", "text"), "markdown", (), (replace(finding(), claim=None, fix=None, labels=()),)
    )
    page = Page(html.render(Report((plain,))))
    assert any(a.get("data-code") == "DRV101" for _, a in page.found)
    assert [d.severity for d in findings(checked.files[0]) if d.code == "DRV000"] == [Severity.INFO]


def test_without_the_library_formulas_are_shown_as_they_are_written(
    checked: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mathml, "_converter", lambda: None)
    text = html.render(checked)
    Page(text)
    assert "<math" not in text and '<code class="tex">c = 2a</code>' in text
    assert "derive-check[html]" in text


def test_a_report_without_terms_has_all_but_the_trail(checked: Report) -> None:
    bare = replace(checked, files=tuple(map(without_terms, checked.files)))
    page = Page(html.render(bare))
    assert {a["data-code"] for _, a in page.found if "data-code" in a} == {
        d.code for d in findings(checked.files[0])
    }
    (file,) = bare.files
    assert sum(w == "How this came about" for w in page.words) == sum(e.claim is None for e in file.decided)
    for name in ("sarif", "rdjson", "latex"):  # the mends among them
        assert render(name, bare) == render(name, checked)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_a_browser_draws_it(tmp_path: Path) -> None:
    """Headless: the policy of the page lets its own style in, and the formulas have a size."""
    (tmp_path / "a.md").write_text("Let $f(x) = x^3$. Then\n\n$$f'(x) = \\frac{2x^2}{1}.$$\n")
    (tmp_path / "page.html").write_text(html.render(derive.check([tmp_path / "a.md"])))
    page = (tmp_path / "page.html").as_uri()
    common = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'user'}"]
    for size in ("1200,900", "400,800"):
        picture = tmp_path / f"{size}.png"
        argv = [
            str(CHROMIUM),
            *common,
            f"--window-size={size}",
            f"--screenshot={picture}",
            "--enable-logging=stderr",
            page,
        ]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=120)
        assert picture.stat().st_size > 10_000, done.stderr
        assert "CONSOLE" not in done.stderr
