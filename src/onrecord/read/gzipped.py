"""gzip of any other format, held to limits of size, ratio and nesting while it is unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded
from onrecord.read.draft import Draft

NAME = "gzip"
_MAGIC = b"\x1f\x8b\x08"
_STEP = 1 << 20
_FREE = 1 << 20


def matches(head: bytes) -> bool:
    """True for the magic bytes of gzip with deflate."""
    return head.startswith(_MAGIC)


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The stories of what is inside.

    Raises:
        BrokenInput: damaged or cut.
        EmptyInput: nothing is inside.
        LimitExceeded: too large when unpacked, packed too well to be text, or archives inside archives.
    """
    from onrecord.read.detect import find_reader

    inner, content = open_archive(raw, limits)
    if not content.strip(b" \t\r\n\x00"):
        raise EmptyInput("the archive is empty", hint="give a file that holds a story")
    yield from find_reader(content).read(content, inner)


def open_archive(raw: bytes, limits: Limits) -> tuple[Limits, bytes]:
    """The bytes inside, and the limits for what they hold: one nesting less."""
    if limits.nesting < 1:
        raise LimitExceeded(
            "there are too many archives inside one another",
            hint="unpack the file first, or raise ONRECORD_LIMITS_NESTING",
        )
    return limits.model_copy(update={"nesting": limits.nesting - 1}), unpack(raw, limits)


def unpack(raw: bytes, limits: Limits) -> bytes:
    """All members of a gzip file, one after the other; bytes behind the last one are padding."""
    parts: list[bytes] = []
    size, at = 0, 0
    while raw[at : at + 2] == _MAGIC[:2]:
        machine = zlib.decompressobj(wbits=31)
        while not machine.eof:
            step = machine.unconsumed_tail or raw[at : at + _STEP]
            if not step:
                raise BrokenInput(
                    f"the gzip data end in the middle, after {size:,} bytes", hint="the file is cut; fetch it again"
                )
            at += 0 if machine.unconsumed_tail else len(step)
            parts.append(_inflate(machine, step))
            size += len(parts[-1])
            _check_size(size, at, limits)
        at -= len(machine.unused_data)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _inflate(machine: zlib._Decompress, step: bytes) -> bytes:
    """At most the next megabyte that comes out."""
    try:
        return machine.decompress(step, _STEP)
    except zlib.error as error:
        raise BrokenInput(f"damaged gzip data: {error}", hint="fetch the file again") from None


def _check_size(size: int, used: int, limits: Limits) -> None:
    if size > limits.unpacked_bytes:
        raise LimitExceeded(
            f"it unpacks to more than the {limits.unpacked_bytes:,} bytes allowed",
            hint="raise ONRECORD_LIMITS_UNPACKED_BYTES if this is no bomb",
        )
    if size > _FREE and size > used * limits.pack_ratio:
        raise LimitExceeded(
            f"it grows more than {limits.pack_ratio} times when unpacked, as bombs do",
            hint="raise ONRECORD_LIMITS_PACK_RATIO if this is no bomb",
        )
