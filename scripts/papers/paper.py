"""What the reproduction of a paper is: what was found, scenarios, numbers beside ours, a figure, what differs."""
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Number:
    what: str
    theirs: str  # as the paper or its data has it, "" where it says nothing
    ours: Callable  # of what Paper.run returned
    form: str = "{:.3g}"
    band: tuple = None  # (low, high) that the small version must lie in


@dataclass
class Paper:
    id: str
    title: str
    found: str
    scenarios: list  # files of scenarios/papers
    how: list  # commands, as a user types them
    run: Callable  # run(small): whatever `numbers`, `figure` and `told` read; small: seconds, for the tests
    numbers: list
    differs: list  # sentences
    figure: Callable = None  # of (data, figure)
    size: tuple = (7.2, 2.6)  # of the figure, inches
    told: Callable = None  # of the data: a sentence about the runs
    notes: list = field(default_factory=list)  # sentences about the numbers
