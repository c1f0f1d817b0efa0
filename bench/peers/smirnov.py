"""The two-sample test of Kolmogorov & Smirnov, exact with ties: p is the share of all ways to part the pooled values into
two samples of these sizes whose distance is at least the observed one. Sizes of cascades are whole numbers, most of them
small, and the familiar asymptotic p is too large then."""
import numpy


def distance(a, b):
    """The largest distance of the two empirical distribution functions, times len(a) len(b): a whole number."""
    values = numpy.unique(numpy.concatenate((a, b)))
    below_a = numpy.searchsorted(numpy.sort(a), values, "right")
    below_b = numpy.searchsorted(numpy.sort(b), values, "right")
    return int(numpy.abs(below_a * len(b) - below_b * len(a)).max())


def p_of(observed, a, b):
    """A walk through the pooled values in order: after k of them the chance that i are of a, and that no distance so far
    has been the observed one. What is lost on the way is p; between equal values nothing is compared."""
    n, m = len(a), len(b)
    pooled = numpy.sort(numpy.concatenate((a, b)))
    compared = numpy.append(pooled[1:] != pooled[:-1], True)
    chance, of_a, lost = numpy.zeros(n + 1), numpy.arange(n + 1), 0.0
    chance[0] = 1
    for k in range(n + m):
        taken = chance * (n - of_a) / (n + m - k)
        chance *= numpy.clip(m - k + of_a, 0, None) / (n + m - k)
        chance[1:] += taken[:-1]
        if compared[k]:
            far = numpy.abs(of_a * m - (k + 1 - of_a) * n) >= observed
            lost += chance[far].sum()
            chance[far] = 0
    return min(float(lost), 1.0)


def test(a, b):
    """The distance, from 0 to 1, and its p."""
    a, b = numpy.asarray(a), numpy.asarray(b)
    observed = distance(a, b)
    return observed / (len(a) * len(b)), 1.0 if observed == 0 else p_of(observed, a, b)
