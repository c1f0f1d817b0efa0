#!/usr/bin/python3
"""graph-tool's side of bench/peers/compare and bench/peers/agree: epidemics and thresholds in discrete time.
    graph_tool_peer.py FILE ACCOUNTS THREADS

A request is a line of JSON: model (SIR, SEIR, SIS or threshold) with its numbers, seeds (how many, or which), replicates,
seed, and steps, after which a run ends if it does not by itself. An answer is another: seconds, trials, and of each run its
size (accounts in any state but the first; in SIS those infected in the end), its peak and the step of its last change."""
import json
import sys
import time

import graph_tool
import numpy
from graph_tool.dynamics import BinaryThresholdState, SIRState, SISState

INFECTED, EXPOSED = 1, 3


def state_of(graph, asked, start):
    if asked["model"] == "threshold":
        return BinaryThresholdState(graph, h=asked["h"], s=start)
    exposes = asked["model"] == "SEIR"
    kind = SISState if asked["model"] == "SIS" else SIRState
    return kind(graph, beta=asked["beta"], gamma=asked["gamma"], s=start, exposed=exposes, epsilon=asked.get("epsilon", 0))


def play_epidemic(state, asked):
    """The peak and the number of steps."""
    peak = steps = 0
    while True:
        now = state.s.a
        infected = int((now == INFECTED).sum())
        peak = max(peak, infected)
        over = infected == 0 and not (asked["model"] == "SEIR" and (now == EXPOSED).any())
        if over or steps == asked.get("steps"):
            return peak, steps
        state.iterate_sync()
        steps += 1


def play_threshold(state, asked):
    """Once active, always active: graph-tool's own rule would let go of those whose share falls below, as seeds' does."""
    before, steps = state.s.a.copy(), 0
    while True:
        state.iterate_sync()
        state.s.a |= before
        if (state.s.a == before).all():
            return int(before.sum()), steps
        before, steps = state.s.a.copy(), steps + 1


def play(graph, followers, asked, dice):
    """Seconds, size, trials, peak and end of one run; making the state is not timed."""
    start = graph.new_vp("int", val=0)
    seeds = asked["seeds"]
    start.a[seeds if isinstance(seeds, list) else dice.choice(graph.num_vertices(), seeds, replace=False)] = INFECTED
    state = state_of(graph, asked, start)
    began = time.perf_counter()
    peak, end = (play_threshold if asked["model"] == "threshold" else play_epidemic)(state, asked)
    seconds = time.perf_counter() - began
    reached = state.s.a != 0
    return seconds, int(reached.sum()), int(followers[reached].sum()), peak, end


def read_graph(path, accounts):
    edges = numpy.fromfile(path, dtype=numpy.int32).reshape(-1, 2)
    graph = graph_tool.Graph(directed=True)
    graph.add_vertex(accounts)
    graph.add_edge_list(edges)
    return graph, numpy.bincount(edges[:, 0], minlength=accounts)


def main():
    path, accounts, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    graph_tool.openmp_set_num_threads(threads)
    graph, followers = read_graph(path, accounts)
    for line in sys.stdin:
        asked = json.loads(line)
        graph_tool.seed_rng(asked["seed"])
        dice = numpy.random.default_rng(asked["seed"])
        seconds, sizes, trials, peaks, ends = zip(*(play(graph, followers, asked, dice) for _ in range(asked["replicates"])))
        print(json.dumps({"seconds": sum(seconds), "trials": sum(trials), "sizes": sizes, "peaks": peaks, "ends": ends}),
              flush=True)


main()
