"""Which character set bytes are in, and what becomes of bytes that fit none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.charset import choose_charset, decode_bytes, trace_bytes

FRENCH = "Le ministre a jugé « prématurée » la réunion de Genève, prévue à la mi-février, selon son entourage."
RUSSIAN = "Министр иностранных дел заявил журналистам, что переговоры продолжатся в Минске на следующей неделе."


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_byte_order_mark_decides(charset: str) -> None:
    decoded = decode_bytes("\ufeffМинск".encode(charset), declared="latin-1")
    assert (decoded.text.text, decoded.charset) == ("Минск", charset)


def test_a_declared_set_is_taken_when_it_fits() -> None:
    assert decode_bytes(RUSSIAN.encode("koi8-r"), "koi8-r").text.text == RUSSIAN


def test_a_wrong_declaration_gives_way_to_utf8() -> None:
    assert choose_charset(FRENCH.encode(), "ascii") == "utf-8"


def test_an_unknown_declaration_is_ignored() -> None:
    assert choose_charset(FRENCH.encode(), "x-none-such") == "utf-8"


def test_latin_1_is_read_as_windows_1252() -> None:
    assert choose_charset("l’été".encode("cp1252"), "iso-8859-1") == "cp1252"


def test_western_text_without_declaration_is_windows_1252() -> None:
    assert decode_bytes(FRENCH.encode("cp1252")).text.text == FRENCH


def test_cyrillic_text_without_declaration_is_guessed() -> None:
    assert decode_bytes((RUSSIAN * 3).encode("cp1251")).text.text == RUSSIAN * 3


def test_utf_16_without_a_mark_is_seen_by_its_nulls() -> None:
    assert decode_bytes(("Talks resume in Geneva. " * 4).encode("utf-16-le")).charset == "utf-16-le"


def test_one_stray_byte_does_not_change_the_set() -> None:
    decoded = decode_bytes((FRENCH * 3).encode() + b"\xff")
    assert decoded.charset == "utf-8"
    assert decoded.text.text.endswith("entourage.\ufffd")


def test_an_undecodable_byte_keeps_its_place() -> None:
    traced = trace_bytes(b"ab\xffc", "utf-8")
    assert traced.text == "ab\ufffdc"
    assert {(run.start, run.raw_start) for run in traced.runs} >= {(0, 0)}
    assert traced.runs[-1].raw_end == 4


@pytest.mark.parametrize("charset", ["shift_jis", "gb18030", "big5", "euc-kr", "iso2022_jp"])
def test_east_asian_sets_keep_the_last_byte(charset: str) -> None:
    raw = "東京 talks".encode(charset, errors="ignore")
    traced = trace_bytes(raw, charset)
    assert traced.text.endswith("talks")
    assert traced.runs[-1].raw_end == len(raw)


@given(st.binary(max_size=200))
def test_any_bytes_decode_to_as_many_bytes(raw: bytes) -> None:
    decoded = decode_bytes(raw)
    ends = [run.raw_end for run in decoded.text.runs]
    assert not ends or max(ends) <= len(raw)


def test_wide_text_cut_within_a_character_is_still_read() -> None:
    raw = "\ufeffPact signed\n\nMANILA, March 9 - Talks ended.".encode("utf-16-le")[:-1]
    assert decode_bytes(raw).text.text.startswith("Pact signed\n\nMANILA, March 9 - Talks ended")
