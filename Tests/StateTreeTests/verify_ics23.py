"""Verifies ICS-23 proofs under SmtSpec, written from the specification alone.

Reads a JSON array of {"key", "value", "proof", "root"} in hexadecimal from standard input; an empty value asks for
non-membership. Writes a JSON array with "valid" or the reason of refusal for each.
"""

import hashlib
import json
import sys

EMPTY = bytes(32)


class Refused(Exception):
    pass


def require(condition, reason):
    if not condition:
        raise Refused(reason)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def varint(data, at):
    value = shift = 0
    while True:
        require(at < len(data) and shift < 64, "bad varint")
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at


def message(data):
    """The fields of a protobuf message: number -> list of ints and byte strings."""
    require(isinstance(data, bytes), "not a message")
    fields, at = {}, 0
    while at < len(data):
        tag, at = varint(data, at)
        value, at = varint(data, at)
        require(tag & 7 in (0, 2), "bad wire type")
        if tag & 7 == 2:
            require(at + value <= len(data), "truncated")
            value, at = data[at : at + value], at + value
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def one(fields, number, default):
    values = fields.get(number, [default])
    require(len(values) == 1 and isinstance(values[0], type(default)), f"bad field {number}")
    return values[0]


def known(fields, last):
    require(all(1 <= number <= last for number in fields), "unknown field")
    return fields


class Existence:
    def __init__(self, data):
        fields = known(message(data), 4)
        self.key, self.value = one(fields, 1, b""), one(fields, 2, b"")
        self.leaf = known(message(one(fields, 3, b"")), 5)
        self.path = [known(message(step), 3) for step in fields.get(4, [])]

    def steps(self, root):
        """(side the child is on, sibling) from the leaf up, once the path is known to lead to the root."""
        require(self.key and self.value, "empty key or value")
        numbers = [one(self.leaf, number, 0) for number in (1, 2, 3, 4)]
        require(numbers == [1, 1, 1, 0] and one(self.leaf, 5, b"") == b"\0", "leaf operation")
        require(len(self.path) <= 256, "too deep")
        steps, node = [], sha256(b"\0", sha256(self.key), sha256(self.value))
        for step in self.path:
            prefix, suffix = one(step, 2, b""), one(step, 3, b"")
            require(one(step, 1, 0) == 1 and prefix[:1] == b"\1", "inner operation")
            require((len(prefix), len(suffix)) in ((1, 32), (33, 0)), "inner operation")
            steps.append(("left", suffix) if suffix else ("right", prefix[1:]))
            node = sha256(prefix, node, suffix)
        require(node == root, "root")
        return steps


def outermost(steps, side):
    return all(where == side or sibling == EMPTY for where, sibling in steps)


def adjacent(left, right):
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    require(left and right and left[-1][0] == "left" and right[-1][0] == "right", "not neighbours")
    return outermost(left[:-1], "right") and outermost(right[:-1], "left")


def verify_absence(fields, key, root):
    path = sha256(key)
    require(one(fields, 1, b"") == path, "another key")
    sides = [Existence(one(fields, number, b"")) if number in fields else None for number in (2, 3)]
    left, right = (side and side.steps(root) for side in sides)
    require(left is not None or right is not None, "no neighbours")
    require(left is None or sha256(sides[0].key) < path, "left neighbour is not left")
    require(right is None or sha256(sides[1].key) > path, "right neighbour is not right")
    if right is None:
        require(outermost(left, "right"), "left neighbour is not right-most")
    elif left is None:
        require(outermost(right, "left"), "right neighbour is not left-most")
    else:
        require(adjacent(left, right), "leaves between the neighbours")


def verify(case):
    key, value, proof, root = (bytes.fromhex(case[name]) for name in ("key", "value", "proof", "root"))
    fields = message(proof)
    if value:
        require(list(fields) == [1], "not a proof of membership")
        existence = Existence(one(fields, 1, b""))
        require(existence.key == key and existence.value == value, "another entry")
        existence.steps(root)
    else:
        require(list(fields) == [2], "not a proof of non-membership")
        verify_absence(known(message(one(fields, 2, b"")), 3), key, root)


def verdict(case):
    try:
        verify(case)
        return "valid"
    except Refused as refusal:
        return str(refusal)


json.dump([verdict(case) for case in json.load(sys.stdin)], sys.stdout)
