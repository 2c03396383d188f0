"""The XML tree: places of every piece of text, tolerance for what real wires contain, refusal of what is hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded, OnrecordError
from onrecord.read.tree import Node
from onrecord.read.xml_tree import find_root, read_tree, read_trees

LIMITS = Limits()


def words_of(raw: bytes) -> str:
    return read_tree(raw, LIMITS).words()


def raw_of(raw: bytes) -> list[bytes]:
    traced = read_tree(raw, LIMITS).traced()
    return [raw[run.raw_start : run.raw_end] for run in traced.runs]


def test_text_leads_to_its_bytes() -> None:
    assert raw_of(b"<a>one <b>two</b> three</a>") == [b"one", b"two", b"three"]


def test_an_entity_leads_to_its_reference() -> None:
    raw = b"<a>R&amp;D</a>"
    assert words_of(raw) == "R&D"
    assert raw_of(raw) == [b"R", b"&amp;", b"D"]


def test_names_of_html_are_known_without_a_declaration() -> None:
    assert words_of(b"<a>caf&eacute;&nbsp;&ndash; open</a>") == "café – open"


def test_names_of_html_are_known_in_a_standalone_document() -> None:
    assert words_of(b'<?xml version="1.0" standalone="yes"?><a>caf&eacute;</a>') == "café"


def test_an_unknown_name_stays_as_it_is() -> None:
    assert words_of(b"<a>x &company; y</a>") == "x &company; y"


def test_cdata_is_text_as_it_stands() -> None:
    raw = "<a><![CDATA[5 < 6 &amp; é]]></a>".encode()
    assert words_of(raw) == "5 < 6 &amp; é"
    assert b"5 < 6 &amp; " in raw_of(raw)


def test_a_declared_character_set_is_followed() -> None:
    raw = '<?xml version="1.0" encoding="iso-8859-1"?><a>Århus</a>'.encode("latin-1")
    assert words_of(raw) == "Århus"
    assert raw_of(raw) == [b"\xc5rhus"]


def test_utf8_under_a_latin1_declaration_is_utf8() -> None:
    assert words_of('<?xml version="1.0" encoding="iso-8859-1"?><a>£5 café</a>'.encode()) == "£5 café"


def test_a_multi_byte_character_set_is_mapped() -> None:
    raw = '<?xml version="1.0" encoding="shift_jis"?><a>東京 and</a>'.encode("shift_jis")
    assert words_of(raw) == "東京 and"
    assert b"".join(raw_of(raw)).decode("shift_jis") == "東京 and"


def test_utf16_is_mapped() -> None:
    raw = '<?xml version="1.0" encoding="utf-16"?><a>Zürich</a>'.encode("utf-16")
    assert words_of(raw) == "Zürich"
    assert b"".join(raw_of(raw)).decode("utf-16-le") == "Zürich"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert raw_of(b"\xef\xbb\xbf<a>x</a>") == [b"x"]


def test_control_characters_of_teleprinters_are_blanks() -> None:
    assert words_of(b"<a>one\x02two\x1fthree</a>") == "one two three"


def test_a_bare_ampersand_is_text() -> None:
    assert words_of(b"<a><b>ours</b> AT&T & others</a>") == "ours AT&T & others"


def test_a_reference_to_a_forbidden_character_is_a_blank() -> None:
    assert words_of(b"<a>one&#2;two</a>") == "one two"


def test_a_document_type_with_a_system_identifier_is_passed_over() -> None:
    assert words_of(b'<!DOCTYPE nitf SYSTEM "../dtd/nitf-3-2.dtd"><nitf>x</nitf>') == "x"


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY a "b">',
        b'<!ENTITY a SYSTEM "file:///etc/hostname">',
        b'<!ENTITY % a SYSTEM "http://example.org/x"> %a;',
    ],
)
def test_entity_declarations_are_refused(declaration: bytes) -> None:
    with pytest.raises(BrokenInput, match="declares an entity"):
        read_tree(b"<!DOCTYPE x [" + declaration + b"]><x>&a;</x>", LIMITS)


def test_a_cut_document_names_line_and_column() -> None:
    with pytest.raises(BrokenInput, match=r"inside <p> at line 2, column 4.*ends before"):
        read_tree(b"<a>\n<p>", LIMITS)


def test_nesting_is_limited() -> None:
    with pytest.raises(LimitExceeded, match="nested deeper than 200"):
        read_tree(b"<a>" * 300, LIMITS)


def test_text_of_one_item_is_limited() -> None:
    with pytest.raises(LimitExceeded, match="bytes of text"):
        read_tree(b"<a>" + b"x" * 2000 + b"</a>", Limits(story_bytes=1000))


def test_an_empty_file_has_no_element() -> None:
    with pytest.raises(EmptyInput):
        read_tree(b" \n", LIMITS)


def test_items_are_handed_over_one_by_one_with_their_bytes() -> None:
    raw = b"<list><item>1</item><item>2</item></list>"
    items = [node for node in read_trees(raw, LIMITS, frozenset({"item"})) if node.tag == "item"]
    assert [raw[node.start : node.end] for node in items] == [b"<item>1</item>", b"<item>2</item>"]


def test_items_before_a_break_are_handed_over() -> None:
    found: list[Node] = []
    with pytest.raises(BrokenInput):
        found.extend(read_trees(b"<list><item>1</item><item>2", LIMITS, frozenset({"item"})))
    trees = read_trees(b"<list><item>1</item><item>2", LIMITS, frozenset({"item"}))
    assert next(trees).words() == "1"


def test_documents_one_after_the_other_are_all_read() -> None:
    raw = b'<?xml version="1.0"?><a>1</a>\n<?xml version="1.0"?>\n<b>2</b>\x00\nNNNN\n'
    assert [(node.tag, node.words()) for node in read_trees(raw, LIMITS)] == [("a", "1"), ("b", "2")]


def test_other_text_behind_the_document_is_an_error() -> None:
    with pytest.raises(BrokenInput, match="outside the document"):
        list(read_trees(b"<a>1</a> and more", LIMITS))


def test_prefixes_are_kept_apart_from_names() -> None:
    node = read_tree(b"<rss><content:encoded>x</content:encoded></rss>", LIMITS).find("encoded")
    assert node is not None
    assert node.prefix == "content"


def test_an_attribute_leads_to_its_bytes() -> None:
    raw = b'<a key="one two"/>'
    traced = read_tree(raw, LIMITS).trace_attribute("key")
    assert [raw[run.raw_start : run.raw_end] for run in traced.runs] == [b"one two"]


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (
            b'<?xml version="1.0"?>\n<!-- <x> -->\n<!DOCTYPE nitf SYSTEM "a>b" [<!ENTITY x "y">]>\n<nitf version="3">',
            "nitf",
        ),
        (b"\xef\xbb\xbf  <nar:newsMessage xmlns:nar='x'>", "newsMessage"),
        ("<NewsML>".encode("utf-16"), "NewsML"),
        (b"MOSCOW, Jan 14 --", ""),
        (b"<", ""),
    ],
)
def test_the_root_is_found_in_the_head(head: bytes, root: str) -> None:
    assert find_root(head) == root


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_text_survives_escaping(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    literal = read_tree(f"<a>{escaped}</a>".encode(), LIMITS).literal()
    assert literal.text == text.replace("\x85", "\x85")
    raw = f"<a>{escaped}</a>".encode()
    for run in literal.runs:
        piece = raw[run.raw_start : run.raw_end].decode()
        assert piece == literal.text[run.start : run.end] or piece.startswith("&")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_errors(raw: bytes) -> None:
    try:
        list(read_trees(b"<a>" + raw, LIMITS, frozenset({"b"})))
    except OnrecordError:
        return
