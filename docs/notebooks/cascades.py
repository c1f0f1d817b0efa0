# %% [markdown]
# # Cascades: how large, what shape
#
# Most posts are hardly passed on; a few go far. `[output] cascades` keeps the trees: who passed a post on, through whom, when. Two trees
# of one size can differ: a broadcast, where all take it from the author, or a chain from friend to friend. Goel et al. (2016) tell them
# apart by *structural virality*, the mean distance of two accounts of the tree: below 2 for a broadcast, larger the deeper it is.

# %%
import pathlib
import sys

from matplotlib import pyplot

HERE = pathlib.Path(globals().get("__file__", "notebook")).resolve()  # a notebook goes by the current folder
ROOT = next(folder for folder in HERE.parents if (folder / "scripts/passalong.py").exists())
sys.path.insert(0, str(ROOT / "scripts"))
import passalong

# %%
out = passalong.run(ROOT / "scenarios/value_vs_pitch.toml", {f"strategy.{name}.followers": 1500 for name in ("value-add", "mixed", "pitch")},
                    network__accounts=30_000, duration="45 days", replicates=4, output__cascades="all")
posts, nodes = passalong.load(out, group="posts"), passalong.load(out, group="cascades")
print(posts, nodes, sep="\n\n")

# %% [markdown]
# The share of posts that reach a size or more: straight where both axes are logarithmic would be a power law. Posts that give are
# passed on more often *and* have the longer tail.

# %%
passalong.plot_cascades(posts)

# %% [markdown]
# Size against virality, post by post. Stars lie on the lower curve, 2 - 2 / size; the large ones are a little more than that.

# %%
ax = pyplot.subplots(figsize=(7, 4), layout="constrained")[1]
for style, name in enumerate(dict.fromkeys(posts.strategy.values)):
    own = posts.isel(post=(posts.strategy == name) & (posts["size"] >= 5))
    ax.scatter(own["size"], own.structural_virality, s=10, alpha=0.5, color=passalong.COLOURS[style],
               marker=passalong.MARKERS[style], label=name)
ax.axhline(2, color="0.5", linewidth=0.8, linestyle=":")
ax.set(xscale="log", xlabel="accounts in the cascade", ylabel="structural virality", title="Above the dotted line: more than a broadcast")
ax.legend(frameon=False)

# %% [markdown]
# The table holds nodes, so anything can be counted along the trees. How many of those who passed a post on took it from someone else
# than its author? And the largest tree, drawn.

# %%
shares = nodes.where(nodes.parent >= 0, drop=True)
second_hand = nodes.parent.values[shares.parent.values.astype(int)] >= 0
print(f"{len(shares.node):,} shares, {100 * second_hand.mean():.0f} % of them at second hand or further")
passalong.plot_tree(out)

# %% [markdown]
# Other programs read the same trees: `passalong export OUT.h5 --as gexf --post 17 -o tree.gexf` for Gephi, `graphml` for igraph and
# networkx, `socialsim` for the measurements of DARPA's SocialSim.

# %%
pyplot.show()
