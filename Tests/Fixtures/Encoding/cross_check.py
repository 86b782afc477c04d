"""Checks encodings of this repository with the protobuf runtime for Python.

Usage: cross_check.py DESCRIPTORS MESSAGE FILE...
Each file holds one message. It is parsed and serialised again, and the bytes must be the same.
"""

import pathlib
import sys

from google.protobuf import descriptor_pb2, message_factory


def main(descriptors, message, files):
    description = descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(descriptors).read_bytes())
    classes = message_factory.GetMessages(description.file)
    for file in files:
        written = pathlib.Path(file).read_bytes()
        parsed = classes[message].FromString(written)
        again = parsed.SerializeToString(deterministic=True)
        assert again == written, f"{file}: {written.hex()} became {again.hex()}"
        assert not unknown(parsed), f"{file}: fields that the .proto file does not have"
    print(f"{len(files)} messages agree")


def unknown(parsed):
    """Whether dropping the fields that the classes do not know changes the message."""
    known = type(parsed)()
    known.CopyFrom(parsed)
    known.DiscardUnknownFields()
    return known != parsed or known.ByteSize() != parsed.ByteSize()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
