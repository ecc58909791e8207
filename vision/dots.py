"""Dot products of byte vectors, exact, and as fast as this processor multiplies bytes.

onnxruntime multiplies bytes, where the linear algebra of numpy knows floats only. Some processors
saturate on the way, so each way is tried on the hardest vectors before it is trusted.
"""

from __future__ import annotations

import importlib.util
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Product = Callable[[NDArray[np.uint8], NDArray[np.uint8]], NDArray[np.int32]]

_LONGEST = 258  # numbers of a vector up to which float32, too, counts without rounding
_UINT8, _INT8, _INT32 = 2, 3, 6  # element types (onnx.proto)
_MIDDLE = 0x80  # what a byte loses to become a signed one
_loading = threading.Lock()


def dots(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Multiply every vector of one set with every vector of another.

    Args:
        left: (M, K) uint8, K at most 258; the larger set.
        right: (N, K) uint8.

    Returns:
        (M, N) int32, exact.

    Raises:
        ValueError: the vectors are too long, or not of one length.
    """
    if left.shape[1] != right.shape[1] or left.shape[1] > _LONGEST:
        raise ValueError(
            f"expected vectors of one length up to {_LONGEST}, found {left.shape[1]} and "
            f"{right.shape[1]}"
        )
    if not len(left) or not len(right):
        return np.zeros((len(left), len(right)), np.int32)
    with _loading:
        product = _product()
    return product(left, right)


@lru_cache(maxsize=1)
def _product() -> Product:
    """Choose the fastest way that counts right on this processor."""
    if importlib.util.find_spec("onnxruntime") is not None:
        for kind in (_INT8, _UINT8):
            found = _by_onnxruntime(kind)
            if found is not None and _counts_right(found):
                return found
    return _by_floats


def _counts_right(product: Product) -> bool:
    """Compare with numpy on vectors that make any shorter sum overflow."""
    rng = np.random.default_rng(7)
    for count in (1, 3, 67):
        left = rng.choice(np.array([0, 1, 127, 128, 254, 255], np.uint8), (count, 128))
        right = rng.choice(np.array([0, 1, 127, 128, 254, 255], np.uint8), (2 * count + 1, 128))
        left[0], right[0] = 255, 255
        right[-1] = 0
        if not np.array_equal(product(left, right), _by_floats(left, right)):
            return False
    return True


def _by_floats(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.int32]:
    return (left.astype(np.float32) @ right.astype(np.float32).T).astype(np.int32)


def _by_onnxruntime(kind: int) -> Product | None:
    """Return the product with the right set as bytes of one kind; None where it cannot be had."""
    try:
        session = _session(_network(kind))
    except Exception:  # noqa: BLE001 - its errors have no ancestor, and there is another way
        return None

    def product(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.int32]:
        shown = right if kind == _UINT8 else (right ^ _MIDDLE).view(np.int8)
        asked = {"left": np.ascontiguousarray(left), "right": np.ascontiguousarray(shown.T)}
        found: NDArray[np.int32] = session.run(None, asked)[0]
        return found

    return product


def _session(network: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # whoever asks has threads of its own
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _network(kind: int) -> bytes:
    """Write the network of one MatMulInteger, (M, K) times (K, N), as a file would hold it.

    Source: onnx.proto and the Protocol Buffers encoding.
    """
    zero = bytes([0 if kind == _UINT8 else _MIDDLE])  # what the right set counts from
    node = b"".join(
        [*(_field(1, name) for name in (b"left", b"right", b"none", b"zero")), _field(2, b"dots")]
    ) + _field(4, b"MatMulInteger")
    constants = [(b"none", _UINT8, b"\0"), (b"zero", kind, zero)]
    graph = b"".join(
        [
            _field(1, node),
            _field(2, b"dots"),
            *(
                _field(5, _number(2, of) + _field(9, value) + _field(8, name))
                for name, of, value in constants
            ),
            _field(11, _value(b"left", _UINT8, (b"m", b"k"))),
            _field(11, _value(b"right", kind, (b"k", b"n"))),
            _field(12, _value(b"dots", _INT32, (b"m", b"n"))),
        ]
    )
    operators = _field(1, b"") + _number(2, 13)
    return _number(1, 8) + _field(7, graph) + _field(8, operators)


def _value(name: bytes, of: int, sizes: tuple[bytes, ...]) -> bytes:
    shape = b"".join(_field(1, _field(2, size)) for size in sizes)
    return _field(1, name) + _field(2, _field(1, _number(1, of) + _field(2, shape)))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
