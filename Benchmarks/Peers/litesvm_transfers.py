"""Signed transfers through LiteSVM on one thread, in memory: prints transfers a second.

Argument: seconds. Transactions are signed before the clock runs; each is checked, executed and charged by send_transaction.
"""

import sys
import time

from solders.keypair import Keypair
from solders.litesvm import LiteSVM
from solders.message import Message
from solders.system_program import TransferParams, transfer
from solders.transaction import Transaction
from solders.transaction_metadata import FailedTransactionMetadata

ROUND = 5_000
PAYERS = 256


def signed(payers, receivers, blockhash, first):
    """A round of transfers that differ from each other and from those of every other round."""
    transactions = []
    for index in range(ROUND):
        payer = payers[index % PAYERS]
        order = TransferParams(
            from_pubkey=payer.pubkey(), to_pubkey=receivers[index % PAYERS].pubkey(), lamports=1_000_000 + first + index)
        message = Message.new_with_blockhash([transfer(order)], payer.pubkey(), blockhash)
        transactions.append(Transaction([payer], message, blockhash))
    return transactions


def main():
    seconds = float(sys.argv[1])
    machine = LiteSVM().with_transaction_history(0)
    payers = [Keypair() for _ in range(PAYERS)]
    receivers = [Keypair() for _ in range(PAYERS)]
    for payer in payers:
        machine.airdrop(payer.pubkey(), 10**12)
    done, spent = 0, 0.0
    while spent < seconds:
        transactions = signed(payers, receivers, machine.latest_blockhash(), done)
        start = time.perf_counter()
        outcomes = [machine.send_transaction(transaction) for transaction in transactions]
        spent += time.perf_counter() - start
        done += ROUND
        failed = [outcome for outcome in outcomes if isinstance(outcome, FailedTransactionMetadata)]
        if failed:
            sys.exit(f"a transfer failed: {failed[0].err()}")
        machine.expire_blockhash()
    print(f"{done / spent:.1f}")


main()
