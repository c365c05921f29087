"""Trains a small network on the digits 0 to 4 and writes it as ONNX: what the sample starts from.

python make_half.py, with what conformance-tests/scripts/requirements.txt pins. Rows whose number is
a multiple of five are for tests, here as in Java, so that the network has not seen them.
"""

import csv
from pathlib import Path

import torch
from torch import nn

SAMPLE = Path(__file__).resolve().parent.parent
DATA = SAMPLE.parent / "digits" / "src" / "main" / "resources" / "digits.csv"
MODEL = SAMPLE / "src" / "main" / "resources" / "half.onnx"
CLASSES = 5


class Half(nn.Module):
    """Images of 1 x 8 x 8 pixels in [0, 1] to the logits of five classes."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(64)
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.3)
        self.head = nn.Linear(64 * 2 * 2, CLASSES)

    def features(self, x):
        x = self.pool(torch.relu(self.norm1(self.conv1(x))))
        x = self.pool(torch.relu(self.norm2(self.conv2(x))))
        return torch.flatten(x, 1)

    def forward(self, x):
        return self.head(self.drop(self.features(x)))


def rows(test):
    with DATA.open() as file:
        lines = list(csv.reader(file))[1:]
    chosen = [
        [float(cell) for cell in line]
        for i, line in enumerate(lines)
        if (i % 5 == 0) == test and int(line[-1]) < CLASSES
    ]
    table = torch.tensor(chosen)
    return table[:, :-1].reshape(-1, 1, 8, 8) / 16, table[:, -1].long()


def train(net, epochs=30, batch=32):
    x, y = rows(test=False)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.002)
    net.train()
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for at in range(0, len(x), batch):
            part = order[at : at + batch]
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[part]), y[part]).backward()
            optimizer.step()
    net.eval()
    x, y = rows(test=True)
    print(f"digits 0 to 4: test accuracy {(net(x).argmax(1) == y).float().mean():.4f}")


def write(net):
    torch.onnx.export(
        net,
        (torch.zeros(2, 1, 8, 8),),
        MODEL,
        input_names=["image"],
        output_names=["logits"],
        dynamic_shapes={"x": {0: torch.export.Dim("batch")}},
        dynamo=True,
        external_data=False,
        # Left apart, the normalizations can be trained on.
        do_constant_folding=False,
        optimize=False,
    )


if __name__ == "__main__":
    torch.manual_seed(1)
    torch.set_num_threads(1)
    network = Half()
    train(network)
    write(network)
    print(MODEL.name, MODEL.stat().st_size, "bytes")
