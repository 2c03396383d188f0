"""Elements -> blocks: paragraphs, lines, rows, and what the names of elements say is furniture."""

from __future__ import annotations

from onrecord.config import Limits
from onrecord.read.draft import Block
from onrecord.read.traced import trace_text
from onrecord.read.xhtml import read_blocks, read_content, read_markup
from onrecord.read.xml_tree import read_tree
from onrecord.story import FurnitureType


def blocks_of(xml: str) -> list[Block]:
    return read_blocks(read_tree(f"<body>{xml}</body>".encode(), Limits()))


def texts_of(xml: str) -> list[str]:
    return [block.text.text for block in blocks_of(xml)]


def kinds_of(xml: str) -> list[tuple[str | None, str]]:
    return [(block.type.value if block.type else None, block.text.text) for block in blocks_of(xml)]


def test_paragraphs_are_blocks_and_inline_elements_are_not() -> None:
    assert texts_of("<p>The <person>envoy</person> left.</p>\n<p>He <em>will</em> return.</p>") == [
        "The envoy left.",
        "He will return.",
    ]


def test_text_between_blocks_is_a_block() -> None:
    assert texts_of("before<p>in</p>after") == ["before", "in", "after"]


def test_lines_that_a_machine_wrapped_are_joined() -> None:
    wrapped = (
        "<p>1A) The envoy has left the harbour town this morning after a<br/>"
        "night of talks that ended without any result at all, as<br/>both sides say.</p>"
        "<p>1B) A new round has not been agreed on by anyone so far, but<br/>neither side has ruled it out.</p>"
    )
    assert len(texts_of(wrapped)) == 2


def test_lines_of_results_stay_lines() -> None:
    assert texts_of("<p>Harbour 3 Castle 1<br/>Mill 0 Bridge 0</p>") == ["Harbour 3 Castle 1", "Mill 0 Bridge 0"]


def test_two_breaks_end_a_paragraph() -> None:
    assert texts_of("<div>First.<br/><br/>Second.</div>") == ["First.", "Second."]


def test_a_single_paragraph_with_indents_holds_several() -> None:
    xml = "<p>ROME - The talks began in the morning, with\none break.\n   They go on.\n   Nobody spoke.</p>"
    assert texts_of(xml)[-2:] == ["They go on.", "Nobody spoke."]


def test_rows_are_blocks_with_cells_apart() -> None:
    assert texts_of("<table><tr><td>Harbour</td><td>3</td></tr><tr><td>Mill</td><td>0</td></tr></table>") == [
        "Harbour\t3",
        "Mill\t0",
    ]


def test_a_layout_table_gives_its_paragraphs() -> None:
    assert texts_of("<table><tr><td>menu</td><td><p>One.</p><p>Two.</p><p>Three.</p></td></tr></table>") == [
        "menu",
        "One.",
        "Two.",
        "Three.",
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    assert (
        texts_of("<pre>Harbour  3\nMill     0\n</pre>") == ["Harbour 3", "Mill 0"]
        or len(texts_of("<pre>Harbour  3\nMill     0\n</pre>")) == 2
    )


def test_captions_headings_and_notes_are_typed() -> None:
    xml = (
        "<p>Text of the story, long enough to stand.</p><hl2>Crosshead</hl2>"
        "<media><media-caption>Boats.</media-caption></media><note><p>Eds: new.</p></note>"
    )
    assert kinds_of(xml)[1:] == [("subheadline", "Crosshead"), ("caption", "Boats."), ("editors_note", "Eds: new.")]


def test_headings_alone_are_the_text() -> None:
    assert kinds_of("<h2>Coastal states agree on treaty: chairman</h2>") == [
        (None, "Coastal states agree on treaty: chairman")
    ]


def test_a_heading_that_runs_on_is_a_paragraph() -> None:
    long = "word " * 30
    assert kinds_of(f"<h3>{long}</h3><p>Text of the story, long enough to stand.</p>")[0][0] is None


def test_scripts_and_media_are_dropped() -> None:
    assert texts_of("<p>One<script>x()</script></p><iframe>no</iframe><img/>") == ["One"]


def test_escaped_mark_up_is_read_as_mark_up() -> None:
    node = read_tree(b"<content>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;</content>", Limits())
    assert [block.text.text for block in read_content(node)] == ["One & two.", "Three."]


def test_plain_text_is_read_by_its_lines() -> None:
    node = read_tree(b"<content>One.\n\nTwo.</content>", Limits())
    assert [block.text.text for block in read_content(node)] == ["One.", "Two."]


def test_a_value_may_be_html_or_text() -> None:
    assert [block.text.text for block in read_markup(trace_text("<p>One</p><p>Two</p>"))] == ["One", "Two"]
    assert [block.text.text for block in read_markup(trace_text("One\n\nTwo < three"))] == ["One", "Two < three"]


def test_the_swedish_names_are_known() -> None:
    xml = "<RUBRIK>Titel</RUBRIK><BRODTEXT><P>Texten som är lång nog för att stå.</P><MELLIS>Mellan</MELLIS></BRODTEXT>"
    assert [kind for kind, _ in kinds_of(xml)] == [FurnitureType.HEADLINE, None, FurnitureType.SUBHEADLINE]
