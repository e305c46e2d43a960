"""Every format says the same, is valid by its schema, and stands whatever a document or a name contains."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from sample_report import TEXT, finding, report, span

import derive
from derive.model import Diagnostic, FileReport, Formula, Report, Severity, Source, Span, Suppressed
from derive.report.findings import findings
from derive.report.formats import FORMATS, Options, render
from derive.report.formats.fingerprint import fingerprints
from derive.report.formats.paths import relative, repository, uri
from derive.report.formats.sarif import message
from derive.report.places import Places

SCHEMAS = Path(__file__).parent / "schemas"
ROOT = os.path.abspath(os.sep)
Found = Counter[tuple[str, int, str]]
"""How often a file has a code on a line."""

DOCUMENT = """# Notes

We have $(x + 1)^2 = x^2 + x + 1$, so that

$$
\\begin{aligned}
(a + b)^2 &= a^2 + 2ab + b^2 \\\\
&= a(a + 2b) + 2b^2
\\end{aligned}
$$

Hence $2 (x + 1) = 2x + 1$, é α 𝔸 $x - x = 1$ and $x \\unknowncommand = 2$.

$$ x = 1
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("checked")
    (folder / "notes.md").write_text(DOCUMENT, "utf-8")
    (folder / "más notas.md").write_text(DOCUMENT.replace("Hence", "Therefore"), "utf-8")
    found = derive.check([folder])
    assert found.errors and found.warnings
    return found


def expected(of: Report, notes: bool = True) -> Found:
    """From the report itself."""
    return Counter(
        (file.source.path, Places.of(file.source.text, file.format).place(d.span.start).line, d.code)
        for file in of.files
        for d in findings(file)
        if notes or d.severity is not Severity.INFO
    )


def in_lines(pattern: str, text: str) -> Found:
    return Counter((m["path"], int(m["line"]), m["code"]) for m in re.finditer(pattern, text, re.MULTILINE))


def told_json(text: str) -> Found:
    return Counter(
        (file["path"], d["span"]["start"]["line"], d["code"])
        for file in json.loads(text)["files"]
        for d in file["diagnostics"]
    )


def told_jsonl(text: str) -> Found:
    rows = [json.loads(line) for line in text.splitlines()]
    assert rows[-1]["type"] == "summary"
    return Counter((r["path"], r["span"]["start"]["line"], r["code"]) for r in rows if r["type"] == "finding")


def told_sarif(text: str) -> Found:
    (run,) = json.loads(text)["runs"]
    places = [(r["ruleId"], r["locations"][0]["physicalLocation"]) for r in run["results"]]
    return Counter(
        (unquote(at["artifactLocation"]["uri"]), at["region"]["startLine"], code) for code, at in places
    )


def told_github(text: str) -> Found:
    def decoded(value: str) -> str:
        for mark, c in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            value = value.replace(mark, c)
        return value

    found: Found = Counter()
    for m in re.finditer(
        r"^::(?:error|warning|notice) file=([^,]*),line=(\d+),.*?title=(DRV\d+) ", text, re.MULTILINE
    ):
        found[(decoded(m[1]), int(m[2]), m[3])] += 1
    return found + in_lines(r"^  (?P<path>.*?):(?P<line>\d+):\d+: \w+ (?P<code>DRV\d+) ", text)


def told_gitlab(text: str) -> Found:
    rows = json.loads(text)
    return Counter((r["location"]["path"], r["location"]["lines"]["begin"], r["check_name"]) for r in rows)


def told_rdjson(text: str) -> Found:
    rows = json.loads(text)["diagnostics"]
    return Counter(
        (r["location"]["path"], r["location"]["range"]["start"]["line"], r["code"]["value"]) for r in rows
    )


def told_junit(text: str) -> Found:
    root = ElementTree.fromstring(text)
    told = [e.text or "" for tag in ("failure", "system-out") for e in root.iterfind(f".//testcase/{tag}")]
    return in_lines(
        r"^(?! )(?P<path>.*?):(?P<line>\d+):\d+.*?: (?:error|warning|info) (?P<code>DRV\d+) ", "\n".join(told)
    )


def told_html(text: str) -> Found:
    sections = re.findall(r'data-path="([^"]*)">(.*?)</section>', text, re.DOTALL)
    places = [(unescape(path), re.findall(r'data-code="(\w+)" data-line="(\d+)"', s)) for path, s in sections]
    return Counter((path, int(line), code) for path, found in places for code, line in found)


def told_latex(text: str) -> Found:
    """Of one document, whose path stands in pieces there."""
    return in_lines(
        r"^\\subsubsection\*\{\d+\. (?P<path>)Line (?P<line>\d+), .*\((?P<code>DRV\d+), \w+\)\}", text
    )


def told_full(text: str) -> Found:
    return in_lines(r"^\w+\[(?P<code>DRV\d+)\].*\n *--> (?P<path>.*):(?P<line>\d+):\d+", text)


def told_concise(text: str) -> Found:
    return in_lines(r"^(?P<path>.*?):(?P<line>\d+):\d+: (?:error|warning|info) (?P<code>DRV\d+) ", text)


READERS: dict[str, Callable[[str], Found]] = {
    "full": told_full,
    "concise": told_concise,
    "json": told_json,
    "jsonl": told_jsonl,
    "sarif": told_sarif,
    "github": told_github,
    "gitlab": told_gitlab,
    "junit": told_junit,
    "rdjson": told_rdjson,
    "html": told_html,
    "latex": told_latex,
}


@pytest.mark.parametrize("name", READERS)
def test_every_format_tells_the_same_findings(checked: Report, name: str) -> None:
    if name == "latex":  # its paths stand in pieces, and a display that is not closed is no erratum
        checked = replace(checked, files=checked.files[:1])
        want = Counter({("", line, code): n for (_, line, code), n in expected(checked, notes=False).items()})
    elif name in ("sarif", "github", "gitlab", "rdjson"):
        want = Counter({(relative(path, ROOT), *rest): n for (path, *rest), n in expected(checked).items()})
    else:
        want = expected(checked)
    assert READERS[name](render(name, checked, Options(root=ROOT))) == want


def test_no_format_is_left_out() -> None:
    assert set(FORMATS) == set(READERS)


def validated(name: str, text: str) -> Any:
    data = json.loads(text)
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    return data


@pytest.mark.parametrize("name", ["sarif", "gitlab", "rdjson"])
def test_valid_by_the_schema(checked: Report, name: str) -> None:
    validated(name, render(name, checked, Options(root=ROOT)))
    validated(name, render(name, Report(()), Options()))
    validated(name, render(name, report(), Options()))
    assert render(name, checked, Options()) == render(name, checked, Options())


def test_sarif_tells_all_that_there_is() -> None:
    with_formula = verbatim(report())
    troubled = Report(with_formula.files, ("a.md: No such file",), ("b: no documents",))
    (run,) = validated("sarif", render("sarif", troubled, Options()))["runs"]
    note, result = run["results"]
    assert (note["level"], result["level"]) == ("note", "error")
    (place,) = result["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {
        "uri": "notes/a%20b.md", "uriBaseId": "%SRCROOT%", "index": 0,
    }  # fmt: skip
    region = place["physicalLocation"]["region"]
    assert [region[k] for k in ("startLine", "startColumn", "endLine", "endColumn")] == [5, 17, 5, 24]
    assert TEXT[region["charOffset"] :][: region["charLength"]] == region["snippet"]["text"] == "x = y^2"
    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "this case"
    (replaced,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replaced["insertedContent"]["text"] == r"\frac{1}{2}x"
    assert replaced["deletedRegion"]["startColumn"] == 17
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == "DRV101" == result["ruleId"]
    assert "~~~markdown" in rule["help"]["markdown"]
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    told = [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]]
    assert told == [("error", "a.md: No such file"), ("note", "b: no documents")]


def verbatim(of: Report) -> Report:
    """The sample, its second claim in a formula that stands in the file as it is."""
    (file,) = of.files
    entry = file.decided[1]
    assert entry.claim is not None
    claim = replace(entry.claim, formula=Formula(span("x = y^2"), "x = y^2", True))
    decided = (file.decided[0], replace(entry, claim=claim), *file.decided[2:])
    return replace(of, files=(replace(file, decided=decided),))


def test_a_mend_is_offered_to_programs_only_where_the_text_to_be_written_is_known() -> None:
    def suggestions(of: Report) -> list[Any]:
        return [d.get("suggestions", []) for d in json.loads(render("rdjson", of))["diagnostics"]][-1]

    plain = verbatim(report())
    (suggestion,) = suggestions(plain)
    assert suggestion["text"] == r"\frac{1}{2}x"
    (file,) = plain.files
    claim = file.decided[1].claim
    assert claim is not None and claim.formula is not None
    escaped = replace(claim, formula=replace(claim.formula, origins=tuple(range(46, 54))))
    entries = (file.decided[0], replace(file.decided[1], claim=escaped), file.decided[2])
    assert suggestions(replace(plain, files=(replace(file, decided=entries),))) == []
    less = finding(fix="x < y^2")
    assert suggestions(replace(plain, files=(replace(file, diagnostics=(less,)),)))
    assert not suggestions(replace(plain, files=(replace(file, format="html", diagnostics=(less,)),)))


def marks(of: Report) -> list[str]:
    return [m for file in of.files for _, _, m in fingerprints(file, file.source.path)]


def test_a_fingerprint_does_not_depend_on_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"

    def of(text: str) -> list[str]:
        path.write_text(text, "utf-8")
        return marks(derive.check([path]))

    claim = "We have $(x + 1)^2 = x^2 + x + 1$.\n"
    (first,) = of(claim)
    assert of("# A title\n\nSome words.\n\n" + claim) == [first]
    assert of(claim.replace("x^2 + x", "x^2  +x")) == [first]
    assert of(claim.replace("x^2 + x", "x^2 + 4x")) != [first]
    twice = of(claim + "\n" + claim)
    assert len(twice) == len(set(twice)) == 2 and twice[0] == first


@pytest.mark.parametrize(
    "text", [r"$x^{2}$", r"$\hat{\hat{y}}$", "{0}", "}}", r"\frac{a}{b}", "[E](1)", "no"]
)
def test_a_message_has_no_placeholder_and_no_link(text: str) -> None:
    shown = message(text)
    assert shown.replace("{{", "{").replace("}}", "}").replace("] (", "](") == text
    assert not re.search(r"(?<!\{)\{\d+\}(?!\})|\]\(", shown)


def many(number: int) -> Report:
    (file,) = report().files
    found = [replace(finding(f"error {k}"), severity=Severity.ERROR) for k in range(number)]
    found += [replace(finding(f"warning {k}"), severity=Severity.WARNING) for k in range(number)]
    return Report((replace(file, diagnostics=tuple(found), problems=()),))


def test_github_shows_ten_of_a_kind_and_sums_up_the_rest() -> None:
    rows = render("github", many(14)).splitlines()
    assert sum(row.startswith("::error ") for row in rows) == 10
    assert sum(row.startswith("::warning ") for row in rows) == 10
    assert (
        "::notice title=derive::and 4 errors, 4 warnings more: all of them are in the log of this step"
        in rows
    )
    assert sum(row.startswith("  ") for row in rows) == 8
    rows = render("github", many(10)).splitlines()
    assert not [row for row in rows if "more" in row]


def test_github_escapes_what_separates() -> None:
    shown = render(
        "github", report(finding("50 % of a:b,c\nand \r more", fix="a,b:c%\n::error::x"), path="a:b,c%\n.md")
    )
    assert (
        "file=a%3Ab%2Cc%25%0A.md,line=5,endLine=5,col=17,endColumn=23,title=DRV101 missing-factor::50 %25 of a:b,c"
        in shown
    )
    assert not re.search(r"^::error::", shown, re.MULTILINE)


HOSTILE = [
    "\x00\x01\x1b[31m\x07\x7f",
    "\n::error::owned\n::set-output name=x::y\n",
    "##[add-mask]x ##[error]y",
    "]]><script>alert(1)</script><!-- & \" '",
    "\u2028\u2029\u202e\ufffe\uffff",
    "\udcff\ud800",
    "数学 é 😀 𝔸",
    "}{ }} {0} [a](1) %0A %s {x!r}",
    "\r\n\r\x85",
    "-->  \\end{document}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_breaks_a_stream(text: str) -> None:
    d = replace(finding(text, fix=text), notes=(text,), derivation=(text,), labels=())
    sample = report(replace(d, span=Span(0, len(text))), text=text, path=f"{text}.md".replace("\x00", ""))
    sample = Report(
        (replace(sample.files[0], notes=(text,)),), problems=(text,), notes=(text,), second_reader=False
    )
    for name in FORMATS:
        shown = render(name, sample, Options(root=ROOT))
        shown.encode("utf-8", "backslashreplace")
        match name:
            case "sarif" | "gitlab" | "rdjson":
                validated(name, shown)
            case "json":
                json.loads(shown)
            case "jsonl":
                assert all(json.loads(line) for line in shown.split("\n")[:-1])
            case "junit":
                root = ElementTree.fromstring(shown.encode("ascii"))
                assert len(root.findall(".//failure")) == 1
            case "github":
                commands = re.findall(r"^ *::(\w+)", shown, re.MULTILINE)
                assert commands == ["error", "error"] and "##[" not in shown
                assert all(c.isprintable() or c == "\n" for c in shown)
            case "full" | "concise":
                assert all(c.isprintable() or c == "\n" for c in shown)
            case _:
                assert "\x00" not in shown


def test_columns_of_reviewdog_count_bytes() -> None:
    text = "é𝔸 x"
    (d,) = json.loads(render("rdjson", with_span(text, Span(3, 4))))["diagnostics"]
    assert d["location"]["range"]["start"] == {"line": 1, "column": 8}
    (run,) = json.loads(render("sarif", with_span(text, Span(3, 4))))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 4


def with_span(text: str, at: Span) -> Report:
    d = Diagnostic("DRV101", "sign", Severity.ERROR, at, "wrong")
    return Report((FileReport(Source("a.md", text), "markdown", (), (d,)),))


def test_paths_are_told_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work" / ".git").mkdir(parents=True)
    docs = tmp_path / "work" / "docs"
    docs.mkdir()
    monkeypatch.chdir(docs)
    root = repository(".")
    assert root == str(tmp_path / "work")
    assert relative("a b.md", root) == relative("./a b.md", root) == "docs/a b.md"
    assert uri("a b:c#?%.md", root) == "docs/a%20b%3Ac%23%3F%25.md"
    assert uri("é.md", root) == "docs/%C3%A9.md"
    outside = str(tmp_path / "other" / "x.md")
    assert relative(outside, root) == outside
    assert uri(outside, root).startswith("file:///")
    assert relative("./a.md", None) == "a.md"


def test_junit_has_a_case_for_each_claim_that_was_tried(checked: Report) -> None:
    root = ElementTree.fromstring(render("junit", checked))
    for suite, file in zip(root.iterfind("testsuite"), checked.files, strict=True):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == sum(d.severity is Severity.ERROR for d in file.diagnostics)
        (unread,) = [c for c in suite.iterfind("testcase") if "unknowncommand" in c.get("name", "")]
        skipped = unread.find("skipped")
        assert skipped is not None and "unread" in skipped.get("message", "")
        proved = [c for c in suite.iterfind("testcase") if "a^2 + 2ab + b^2" in c.get("name", "")]
        assert len(proved[0]) == 0
    assert int(root.get("failures", "")) == checked.errors


JUNIT: dict[str, tuple[str, set[str], set[str]]] = {
    "testsuites": ("(testsuite )*", set(), {"name", "tests", "failures", "errors"}),
    "testsuite": (
        "(properties )?(testcase )*(system-out )?",
        {"name", "tests"},
        {"name", "tests", "failures", "errors", "skipped"},
    ),
    "properties": ("(property )*", set(), set()),
    "property": ("", {"name", "value"}, {"name", "value"}),
    "testcase": ("((skipped|failure|error) )?(system-out )?", {"classname", "name"}, {"classname", "name"}),
    "failure": ("", {"type"}, {"type", "message"}),
    "error": ("", {"type"}, {"type", "message"}),
    "skipped": ("", set(), {"message"}),
    "system-out": ("", set(), set()),
}
"""What the schema of Jenkins and the readers of GitLab and GitHub have in common: the children of an element in
their order, the attributes that it must have, and those that it may have."""


def test_junit_has_the_elements_that_its_readers_know(checked: Report) -> None:
    troubled = Report(report().files, ("a.md: No such file",))
    for sample in (checked, Report(()), report(), silenced(), many(3), troubled):
        root = ElementTree.fromstring(render("junit", sample))
        assert root.tag == "testsuites"
        for element in root.iter():
            children, must, may = JUNIT[element.tag]
            assert re.fullmatch(children, "".join(f"{child.tag} " for child in element)), element.tag
            assert must <= set(element.keys()) <= may
            for key in {"tests", "failures", "errors", "skipped"} & set(element.keys()):
                assert element.get(key, "").isdecimal()


def silenced() -> Report:
    """A finding that is told, one that a comment silenced, one that the baseline knows."""
    (file,) = report(finding()).files
    by_comment = Suppressed(
        replace(finding("known"), code="DRV102"), "comment", "known since May", Span(0, 7)
    )
    by_baseline = Suppressed(replace(finding("old"), code="DRV103"), "baseline", "in the baseline")
    return Report((replace(file, suppressed=(by_comment, by_baseline), problems=()),))


def test_sarif_keeps_suppressed_findings_and_says_why() -> None:
    (run,) = validated("sarif", render("sarif", silenced()))["runs"]
    told = {r["ruleId"]: r.get("suppressions") for r in run["results"]}
    assert told == {
        "DRV101": None,
        "DRV102": [{"kind": "inSource", "status": "accepted", "justification": "known since May"}],
        "DRV103": [{"kind": "external", "status": "accepted", "justification": "in the baseline"}],
    }


@pytest.mark.parametrize("name", [n for n in READERS if n not in ("sarif", "latex")])
def test_no_other_format_tells_suppressed_findings_as_findings(name: str) -> None:
    assert {code for _, _, code in READERS[name](render(name, silenced()))} == {"DRV101"}


def test_silencing_one_of_two_that_are_alike_changes_no_fingerprint() -> None:
    (file,) = report().files
    twins = (finding("first"), replace(finding("second"), span=Span(47, 53)))
    both = replace(file, diagnostics=twins, problems=())
    one = replace(both, diagnostics=twins[1:], suppressed=(Suppressed(twins[0], "comment"),))
    assert len({m for _, _, m in fingerprints(both, "a.md")}) == 2
    assert [m for _, _, m in fingerprints(both, "a.md")] == [m for _, _, m in fingerprints(one, "a.md")]
