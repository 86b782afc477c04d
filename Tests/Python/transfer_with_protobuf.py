#!/usr/bin/env python3
"""Transfers CPTM with nothing but a stock protobuf library and a stock Ed25519 library.

    relay schema proto > relay.proto
    python3 transfer_with_protobuf.py --proto relay.proto --seed-file seed.hex \
        --to cptm1... --amount-nano 2500000000 --node http://127.0.0.1:4020

Needs protoc, and `pip install protobuf cryptography`. The steps are what any language does:

1. Generate classes from the .proto file.
2. Build a TransactionBody. A standard protobuf library writes the canonical bytes that the ledger asks for: fields in
   ascending order, shortest varints, defaults left out.
3. Sign the domain "conductor-relay/transaction/v1\\n" followed by those bytes.
4. POST the Envelope as application/protobuf to /v1/transactions?wait=true.

With --offline it sends nothing and prints {"address", "id", "envelope"}: chain, time and nonce then come from
--chain, --time-ms and --nonce. Without it, one line of JSON says what became of the transfer.
"""
import argparse
import hashlib
import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ADDRESS_DOMAIN = b"conductor-relay/address/ed25519"
SIGNING_DOMAIN = b"conductor-relay/transaction/v1\n"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
PREFIX = "cptm"


def load_classes(proto):
    """Generates Python classes from the .proto file and imports them."""
    folder = tempfile.mkdtemp(prefix="relay-proto-")
    pathlib.Path(folder, "relay.proto").write_bytes(pathlib.Path(proto).read_bytes())
    subprocess.run(["protoc", f"--python_out={folder}", f"-I{folder}", "relay.proto"], check=True)
    sys.path.insert(0, folder)
    return importlib.import_module("relay_pb2")


def bech32_checksum(values):
    """BIP-173."""
    generator = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            check ^= generator[bit] if (top >> bit) & 1 else 0
    return check


def expanded_prefix():
    return [ord(c) >> 5 for c in PREFIX] + [0] + [ord(c) & 31 for c in PREFIX]


def regroup(values, width, new_width):
    """Cuts a row of bits, given in groups of one width, into groups of another; 20 bytes are exactly 32 groups of 5."""
    bits = "".join(format(value, f"0{width}b") for value in values)
    return [int(bits[start:start + new_width], 2) for start in range(0, len(bits), new_width)]


def address_text(address):
    """20 bytes as cptm1..."""
    data = regroup(address, 8, 5)
    check = bech32_checksum(expanded_prefix() + data + [0] * 6) ^ 1
    data += [(check >> 5 * (5 - index)) & 31 for index in range(6)]
    return PREFIX + "1" + "".join(BECH32[value] for value in data)


def address_bytes(text):
    """cptm1... as 20 bytes."""
    if not text.startswith(PREFIX + "1") or len(text) != len(PREFIX) + 39:
        raise SystemExit(f"expected an address such as {PREFIX}1..., found {text}")
    try:
        data = [BECH32.index(character) for character in text[len(PREFIX) + 1:]]
    except ValueError:
        raise SystemExit(f"{text} has a character that bech32 does not use") from None
    if bech32_checksum(expanded_prefix() + data) != 1:
        raise SystemExit(f"the checksum of {text} is wrong: is it mistyped?")
    return bytes(regroup(data[:-6], 5, 8))


def read_seed(path):
    text = sys.stdin.read() if path == "-" else pathlib.Path(path).read_text()
    seed = bytes.fromhex(text.strip())
    if len(seed) != 32:
        raise SystemExit(f"expected a seed of 64 hexadecimal digits, found {len(seed)} bytes")
    return seed


def signed_transfer(classes, key, arguments, chain, now):
    """The envelope of a transfer, and the transaction's id."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    sender = hashlib.sha256(ADDRESS_DOMAIN + public).digest()[:20]
    body = classes.TransactionBody(
        chain=chain, sender=sender, fee=arguments.fee_nano, valid_from=now, valid_until=now + 60_000,
        nonce=bytes.fromhex(arguments.nonce) if arguments.nonce else os.urandom(16))
    transfer = classes.Transfer(to=address_bytes(arguments.to), amount=arguments.amount_nano, memo=arguments.memo)
    body.operations.add().transfer.CopyFrom(transfer)
    content = body.SerializeToString(deterministic=True)
    envelope = classes.Envelope(body=body)
    envelope.signatures.add(public_key=public, signature=key.sign(SIGNING_DOMAIN + content))
    return sender, envelope.SerializeToString(deterministic=True), hashlib.sha256(content).hexdigest()


def call(request):
    """The JSON answer of the relay; a problem ends the program with exit code 1."""
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"HTTP {error.code}: {error.read().decode()}") from None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--proto", required=True, help="output of `relay schema proto`")
    parser.add_argument("--seed-file", required=True, help="sender's Ed25519 seed, 64 hexadecimal digits; - for stdin")
    parser.add_argument("--to", required=True, help="receiver: cptm1...")
    parser.add_argument("--amount-nano", required=True, type=int, help="amount, in nano-CPTM")
    parser.add_argument("--fee-nano", type=int, default=1_000_000, help="fee, in nano-CPTM")
    parser.add_argument("--memo", default="")
    parser.add_argument("--node", default="http://127.0.0.1:4020", help="address of the relay")
    parser.add_argument("--offline", action="store_true", help="build and sign only")
    parser.add_argument("--chain", help="with --offline: id of the chain")
    parser.add_argument("--time-ms", type=int, help="with --offline: begin of the window, Unix milliseconds")
    parser.add_argument("--nonce", help="32 hexadecimal digits; random when missing")
    arguments = parser.parse_args()
    if arguments.offline and (arguments.chain is None or arguments.time_ms is None):
        parser.error("--offline needs --chain and --time-ms")

    classes = load_classes(arguments.proto)
    key = Ed25519PrivateKey.from_private_bytes(read_seed(arguments.seed_file))
    if arguments.offline:
        chain, now = arguments.chain, arguments.time_ms
    else:
        status = call(arguments.node + "/v1/chain")
        # The node's clock, not ours; a little earlier, since a block takes the time at which it was begun.
        chain, now = status["genesis"]["chain"], int(status["now"]) - 5_000
    sender, envelope, identifier = signed_transfer(classes, key, arguments, chain, now)
    if arguments.offline:
        print(json.dumps({"address": address_text(sender), "id": identifier, "envelope": envelope.hex()}))
        return
    outcome = call(urllib.request.Request(
        arguments.node + "/v1/transactions?wait=true", data=envelope,
        headers={"Content-Type": "application/protobuf"}))
    print(json.dumps({"address": address_text(sender), "id": identifier, "outcome": outcome}))
    if "rejection" in outcome.get("result", {}):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
