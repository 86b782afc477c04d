"""Trains a handwritten digit classifier with the standard library alone.

Usage: python3 train.py digits.csv [folder for model.json and report.json]

The model is a perceptron with one hidden layer of rectified units and a softmax, trained by stochastic gradient descent
with a decaying rate. Every fifth row is held out and never trained on. The seed is fixed, so each run gives the same model.
"""

import csv
import json
import math
import random
import sys
from operator import mul
from pathlib import Path

HIDDEN = 14
EPOCHS = 5
RATE = 0.1
DIGITS = 10


def read(path):
    """The rows of the file as (pixels from 0 to 1 with a constant 1 appended, digit)."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [([int(pixel) / 16 for pixel in row[:-1]] + [1.0], int(row[-1])) for row in rows]


def layer(source, units, inputs):
    """Random weights, small enough that the first steps neither die nor explode."""
    spread = math.sqrt(2 / inputs)
    return [[source.gauss(0, spread) for _ in range(inputs)] for _ in range(units)]


def forward(model, pixels):
    """The hidden activations, with a constant 1 appended, and the score of each digit."""
    hidden = [max(0.0, sum(map(mul, weights, pixels))) for weights in model["hidden"]] + [1.0]
    return hidden, [sum(map(mul, weights, hidden)) for weights in model["output"]]


def softmax(scores):
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def descend(weights, slope, inputs):
    """One gradient step of one unit, in place."""
    weights[:] = [weight - slope * value for weight, value in zip(weights, inputs)]


def step(model, pixels, digit, rate):
    """Learns from one row; returns its loss before the step."""
    hidden, scores = forward(model, pixels)
    errors = softmax(scores)
    loss = -math.log(max(errors[digit], 1e-12))
    errors[digit] -= 1
    blame = [sum(map(mul, errors, column)) for column in zip(*model["output"])]
    for weights, error in zip(model["output"], errors):
        descend(weights, rate * error, hidden)
    for weights, error, activation in zip(model["hidden"], blame, hidden):
        if activation > 0:
            descend(weights, rate * error, pixels)
    return loss


def accuracy(model, rows):
    right = 0
    for pixels, digit in rows:
        _, scores = forward(model, pixels)
        right += scores.index(max(scores)) == digit
    return right / len(rows)


def train(rows):
    source = random.Random(1998)
    model = {
        "hidden": layer(source, HIDDEN, len(rows[0][0])),
        "output": layer(source, DIGITS, HIDDEN + 1),
    }
    for epoch in range(EPOCHS):
        source.shuffle(rows)
        rate = RATE * (1 - epoch / EPOCHS)
        loss = sum(step(model, pixels, digit, rate) for pixels, digit in rows) / len(rows)
        print(f"epoch {epoch + 1} of {EPOCHS}: mean loss {loss:.4f}", flush=True)
    return model


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python3 train.py digits.csv [output folder]")
    folder = Path(sys.argv[2] if len(sys.argv) == 3 else ".")
    rows = read(sys.argv[1])
    held_out = rows[::5]
    trained = [row for index, row in enumerate(rows) if index % 5 != 0]
    model = train(trained)
    report = json.dumps(
        {"accuracy": round(accuracy(model, held_out), 4), "heldOut": len(held_out), "trained": len(trained)}
    )
    (folder / "model.json").write_text(json.dumps(model) + "\n")
    (folder / "report.json").write_text(report + "\n")
    print(report)


if __name__ == "__main__":
    main()
