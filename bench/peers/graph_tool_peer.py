#!/usr/bin/python3
"""graph-tool's side of bench/peers/compare: SIRState, in discrete time; with recovery after one step it is the independent
cascade.   graph_tool_peer.py FILE ACCOUNTS THREADS

A request a line: P SEEDS REPLICATES SEED. An answer is one line of JSON: seconds, trials, sizes."""
import json
import sys
import time

import graph_tool
import numpy
from graph_tool.dynamics import SIRState


def spread(graph, followers, p, seeds, dice):
    """Seconds, size and trials of one cascade; making the state is not timed."""
    start = graph.new_vp("int", val=0)
    start.a[dice.choice(graph.num_vertices(), seeds, replace=False)] = 1
    state = SIRState(graph, beta=p, gamma=1.0, s=start)
    began = time.perf_counter()
    while (state.s.a == 1).any():
        state.iterate_sync()
    seconds = time.perf_counter() - began
    reached = state.s.a != 0
    return seconds, int(reached.sum()), int(followers[reached].sum())


def main():
    path, accounts, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    graph_tool.openmp_set_num_threads(threads)
    edges = numpy.fromfile(path, dtype=numpy.int32).reshape(-1, 2)
    graph = graph_tool.Graph(directed=True)
    graph.add_vertex(accounts)
    graph.add_edge_list(edges)
    followers = numpy.bincount(edges[:, 0], minlength=accounts)
    for line in sys.stdin:
        p, seeds, replicates, seed = line.split()
        graph_tool.seed_rng(int(seed))
        dice = numpy.random.default_rng(int(seed))
        done = [spread(graph, followers, float(p), int(seeds), dice) for _ in range(int(replicates))]
        print(json.dumps({"seconds": sum(d[0] for d in done), "sizes": [d[1] for d in done],
                          "trials": sum(d[2] for d in done)}), flush=True)


main()
