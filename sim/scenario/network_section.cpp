// The keys of [network], kind by kind.
#include "sim/scenario/network_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numeric>
#include <string_view>

#include "sim/base/types.hpp"

namespace passalong {
namespace {
constexpr const char* assumption = "assumption";
constexpr double most_ids = static_cast<double>(max_accounts);

const std::vector<const char*> kinds{"power-law",
                                     "configuration",
                                     "chung-lu",
                                     "erdos-renyi",
                                     "barabasi-albert",
                                     "preferential-attachment",
                                     "watts-strogatz",
                                     "ring",
                                     "lattice",
                                     "stochastic-block",
                                     "communities",
                                     "rmat",
                                     "complete",
                                     "star",
                                     "path",
                                     "tree",
                                     "florentine",
                                     "well-mixed"};

bool among(const std::string& kind, std::initializer_list<std::string_view> some) {
  return std::find(some.begin(), some.end(), kind) != some.end();
}

void declare_file(NetworkSection& n, Fields& f) {
  f.choice("direction", n.direction, {"follower -> followed", "followed -> follower", "source -> target", "undirected"},
           {.help = "what the file's two columns are; influence flows from source to target"});
  f.choice("weights", n.weights, {"ignore", "strength", "probability"},
           {.help = "what the file's third column is: the strength of a tie, or its probability of influence"});
  f.text("attributes", n.attributes,
         {.help = "a table of accounts (CSV or TSV: label, interests, place); empty: none"});
}

void take_preset(NetworkSection& n) {
  if (n.preset == n.preset_taken) return;
  n.preset_taken = n.preset;
  if (n.preset != "twitter-2009") return;
  n.kind = "configuration", n.accounts = 41'700'000, n.mean_followers = 35.2, n.exponent = 2.276;
  n.reciprocity = 0.221;
}

void declare_degrees(NetworkSection& n, Fields& f) {
  f.number(
      "exponent", n.exponent,
      {.low = 1.5, .high = 10, .help = "exponent of the tail of the follower counts", .source = "Kwak et al. 2010"});
  f.number("cutoff", n.cutoff,
           {.low = 1e-9,
            .high = 1,
            .help = "largest expected follower count, as a share of the accounts",
            .source = assumption});
}

void declare_followees(NetworkSection& n, Fields& f) {
  f.choice("followees", n.followees, {"log-normal", "power-law"},
           {.help = "how many accounts an account follows: the shape of its distribution", .source = assumption});
  f.when(n.followees == "log-normal", "only for followees = \"log-normal\"", [&](Fields& g) {
    g.number("followee_sigma", n.followee_sigma,
             {.low = 0,
              .high = 5,
              .help = "standard deviation of the logarithm of the followee count",
              .source = assumption});
  });
  f.when(n.followees == "power-law", "only for followees = \"power-law\"", [&](Fields& g) {
    g.number("followee_exponent", n.followee_exponent,
             {.low = 1.5, .high = 10, .help = "exponent of the tail of the followee counts", .source = assumption});
  });
  f.number(
      "most_followees", n.most_followees,
      {.unit = "accounts", .low = 1, .high = most_ids, .help = "the most an account follows", .source = assumption});
  f.number("correlation", n.correlation,
           {.low = -1,
            .high = 1,
            .help = "correlation of follower and followee counts (Gaussian copula)",
            .source = assumption});
}

void declare_small_world(NetworkSection& n, Fields& f) {
  f.when(among(n.kind, {"watts-strogatz", "ring"}), "only for kind = \"watts-strogatz\" or \"ring\"", [&](Fields& g) {
    g.integer("neighbours", n.neighbours,
              {.unit = "accounts",
               .low = 2,
               .high = 1e6,
               .help = "nearest accounts on the ring an account is tied to, an even number",
               .source = "Watts & Strogatz 1998"});
    g.check("neighbours", n.neighbours % 2 == 0 && n.neighbours < n.accounts,
            fmt::format("`neighbours` = {} is odd, or not below the {} accounts", n.neighbours, n.accounts),
            "half of them stand on either side: choose an even number below `accounts`");
  });
  f.when(n.kind == "watts-strogatz", "only for kind = \"watts-strogatz\"", [&](Fields& g) {
    g.number("rewiring", n.rewiring,
             {.low = 0, .high = 1, .help = "share of ties led elsewhere", .source = "Watts & Strogatz 1998"});
  });
  f.when(n.kind == "lattice", "only for kind = \"lattice\"", [&](Fields& g) {
    g.integer("width", n.width,
              {.unit = "accounts",
               .low = 0,
               .high = most_ids,
               .help = "accounts in a row of the torus, a divisor of `accounts`; 0: as square as it can be",
               .source = assumption});
    g.check("width", n.width == 0 || n.accounts % n.width == 0,
            fmt::format("`width` = {} does not divide the {} accounts", n.width, n.accounts),
            "choose a divisor of `accounts`, or 0");
    g.choice("diagonals", n.diagonals, {"none", "one", "both"},
             {.help = "ties across: none, 4 neighbours; those of one diagonal, 6 (triangles); of both, 8 (Moore)",
              .source = "Centola & Macy 2007"});
    g.check("diagonals", n.diagonals == "none" || n.is_mutual(), "`diagonals` need ties in both directions",
            "leave `mutual` out");
  });
}

void declare_attachment(NetworkSection& n, Fields& f) {
  f.when(n.kind == "barabasi-albert", "only for kind = \"barabasi-albert\"", [&](Fields& g) {
    g.integer("newcomer_follows", n.newcomer_follows,
              {.unit = "accounts",
               .low = 1,
               .high = 1e5,
               .help = "accounts a newcomer is tied to",
               .source = "Barabasi & Albert 1999"});
    g.check("newcomer_follows", n.newcomer_follows < n.accounts,
            fmt::format("`newcomer_follows` = {} is not below the {} accounts", n.newcomer_follows, n.accounts),
            "lower it, or raise `accounts`");
  });
  f.when(n.kind == "preferential-attachment", "only for kind = \"preferential-attachment\"", [&](Fields& g) {
    const char* source = "Bollobas et al. 2003";
    g.number("alpha", n.alpha,
             {.low = 0, .high = 1, .help = "share of steps in which a newcomer follows someone", .source = source});
    g.number("beta", n.beta,
             {.low = 0,
              .high = 0.999,
              .help = "share of steps in which someone there follows someone; in the rest a newcomer is followed",
              .source = source});
    g.check("beta", n.alpha + n.beta <= 1 + 1e-12, fmt::format("alpha + beta = {} exceeds 1", n.alpha + n.beta),
            "the rest, 1 - alpha - beta, are the steps in which a newcomer is followed");
    g.number(
        "delta_in", n.delta_in,
        {.low = 0, .high = 1e6, .help = "added to the follower count when the followed is chosen", .source = source});
    g.number(
        "delta_out", n.delta_out,
        {.low = 0, .high = 1e6, .help = "added to the followee count when the follower is chosen", .source = source});
  });
}

void declare_groups(NetworkSection& n, Fields& f) {
  f.when(n.kind == "stochastic-block", "only for kind = \"stochastic-block\"", [&](Fields& g) {
    g.integer("blocks", n.blocks,
              {.low = 1, .high = 1e4, .help = "number of blocks of accounts", .source = "Holland et al. 1983"});
    const auto size = static_cast<std::size_t>(n.blocks);
    g.numbers("shares", n.shares,
              {.low = 0, .high = 1, .help = "share of the accounts in each block; empty: equal", .source = assumption});
    g.check("shares",
            n.shares.empty() || (n.shares.size() == size &&
                                 std::abs(std::accumulate(n.shares.begin(), n.shares.end(), 0.0) - 1) <= 1e-9),
            fmt::format("`shares` must be {} numbers that sum to 1", n.blocks), "one for each of the `blocks`");
    g.matrix("mixing", n.mixing,
             {.low = 0,
              .high = 1,
              .help = "row by row, how the follows of a block are spread over the blocks; empty: by `within`",
              .source = assumption});
    const auto row_fits = [&](const std::vector<double>& row) {
      return row.size() == size && std::abs(std::accumulate(row.begin(), row.end(), 0.0) - 1) <= 1e-9;
    };
    g.check("mixing",
            n.mixing.empty() || (n.mixing.size() == size && std::all_of(n.mixing.begin(), n.mixing.end(), row_fits)),
            fmt::format("`mixing` must be {0} rows of {0} numbers, each row with sum 1", n.blocks),
            "row r says where the follows of block r's accounts go");
  });
  f.when(n.kind == "communities", "only for kind = \"communities\"", [&](Fields& g) {
    g.integer("community", n.community,
              {.unit = "accounts",
               .low = 3,
               .high = 1e6,
               .help = "accounts in the smallest community",
               .source = assumption});
    g.integer("nesting", n.nesting,
              {.low = 2, .high = 1000, .help = "communities that make one of the next level", .source = assumption});
    g.integer("levels", n.levels, {.low = 1, .high = 20, .help = "levels of communities", .source = assumption});
    g.number("closure", n.closure,
             {.low = 0,
              .high = 1,
              .help = "share of follows made to an account that someone followed follows",
              .source = "Weng et al. 2013"});
  });
  f.when(
      among(n.kind, {"stochastic-block", "communities"}), "only for kind = \"stochastic-block\" or \"communities\"",
      [&](Fields& g) {
        g.number(
            "within", n.within,
            {.low = 0,
             .high = 1,
             .help =
                 "share of follows made inside one's own block; of those not closed, inside one's smallest community",
             .source = assumption});
      });
}

void declare_the_rest(NetworkSection& n, Fields& f) {
  f.when(n.kind == "rmat", "only for kind = \"rmat\"", [&](Fields& g) {
    const char* source = "Chakrabarti et al. 2004; Graph500";
    g.number("quadrant_a", n.quadrant_a, {.low = 0, .high = 1, .help = "first quadrant's share", .source = source});
    g.number("quadrant_b", n.quadrant_b, {.low = 0, .high = 1, .help = "second quadrant's share", .source = source});
    g.number("quadrant_c", n.quadrant_c, {.low = 0, .high = 1, .help = "third quadrant's share", .source = source});
    const double sum = n.quadrant_a + n.quadrant_b + n.quadrant_c;
    g.check("quadrant_c", sum <= 1 + 1e-12, fmt::format("the quadrants' shares sum to {}", sum),
            "the fourth has what they leave of 1");
  });
  f.when(n.kind == "tree", "only for kind = \"tree\"", [&](Fields& g) {
    g.integer("children", n.children,
              {.low = 1, .high = 1e9, .help = "followers each account is given in turn", .source = assumption});
  });
}

void declare_generator(NetworkSection& n, Fields& f) {
  f.choice("preset", n.preset, {"none", "twitter-2009"},
           {.help = "other defaults for the keys of [network]: what Kwak et al. 2010 found on Twitter"});
  take_preset(n);
  f.choice("kind", n.kind, kinds, {.help = "how follows are drawn", .source = assumption});
  if (n.kind == "florentine") n.accounts = 15;
  f.when(n.kind != "florentine", "not for kind = \"florentine\"", [&](Fields& g) {
    g.integer("accounts", n.accounts,
              {.unit = "accounts", .low = 2, .high = most_ids, .help = "size of the network", .source = assumption});
  });
  const bool has_mean = among(
      n.kind, {"power-law", "configuration", "chung-lu", "erdos-renyi", "stochastic-block", "communities", "rmat"});
  f.when(
      has_mean && (n.kind != "configuration" || n.least_followers == 0),
      "for kinds whose mean is free (not with least_followers)", [&](Fields& g) {
        g.number(
            "mean_followers", n.mean_followers,
            {.low = 0.01, .high = 1e6, .help = "mean number of followers of an account", .source = "Kwak et al. 2010"});
      });
  f.when(among(n.kind, {"power-law", "configuration", "chung-lu"}),
         "only for kind = \"power-law\", \"configuration\" or \"chung-lu\"", [&](Fields& g) {
           declare_degrees(n, g);
           declare_followees(n, g);
         });
  f.when(n.kind == "configuration", "only for kind = \"configuration\"", [&](Fields& g) {
    g.integer("least_followers", n.least_followers,
              {.unit = "accounts",
               .low = 0,
               .high = most_ids,
               .help = "follower counts k from here to cutoff x accounts, in proportion to k^-exponent; 0: scaled to "
                       "mean_followers",
               .source = "Newman 2002"});
  });
  f.when(among(n.kind, {"power-law", "configuration", "communities"}),
         "only for kind = \"power-law\", \"configuration\" or \"communities\"", [&](Fields& g) {
           g.number("reciprocity", n.reciprocity,
                    {.low = 0, .high = 1, .help = "share of follows that are returned", .source = assumption});
         });
  const bool has_ties = n.has_classic_ties() || among(n.kind, {"configuration", "chung-lu", "erdos-renyi"});
  f.when(has_ties,
         "for kinds that are undirected in the literature (then by default), and for \"configuration\", "
         "\"chung-lu\" and \"erdos-renyi\"",
         [&](Fields& g) {
           g.flag("mutual", n.has_classic_ties() ? n.classic_mutual : n.mutual,
                  {.help = "every follow is returned: an undirected network", .source = assumption});
         });
  declare_small_world(n, f);
  declare_attachment(n, f);
  declare_groups(n, f);
  declare_the_rest(n, f);
}

void check_generator(const NetworkSection& n, Fields& f) {
  const auto accounts = static_cast<double>(n.accounts);
  const bool has_degrees = among(n.kind, {"power-law", "configuration", "chung-lu"}) && n.least_followers == 0;
  if (has_degrees) {
    f.check("mean_followers", n.mean_followers <= n.cutoff * accounts,
            fmt::format("`mean_followers` = {} exceeds the largest follower count, cutoff x accounts = {}",
                        n.mean_followers, n.cutoff * accounts),
            "lower `mean_followers`, or raise `cutoff` or `accounts`");
    f.check("most_followees", n.mean_followers <= n.most_followees,
            fmt::format("`most_followees` = {} is below the mean, which equals mean_followers = {}", n.most_followees,
                        n.mean_followers),
            "raise `most_followees`");
  } else if (among(n.kind, {"erdos-renyi", "stochastic-block", "communities", "rmat"})) {
    f.check("mean_followers", n.mean_followers <= accounts - 1,
            fmt::format("`mean_followers` = {} is more than the {} other accounts", n.mean_followers, n.accounts - 1),
            "lower `mean_followers`, or raise `accounts`");
  }
}
}  // namespace

bool NetworkSection::has_classic_ties() const {
  return among(
      kind, {"barabasi-albert", "watts-strogatz", "ring", "lattice", "complete", "star", "path", "tree", "florentine"});
}

void NetworkSection::declare(Fields& f) {
  f.text(
      "file", file,
      {.help = "follows to read: an edge list (SNAP), a table with a header (CSV, TSV), Matrix Market, plain or .gz, "
               "or a network file; beside the scenario; empty: generate"});
  f.when(!file.empty(), "only for a network from a `file`", [&](Fields& g) {
    g.when(!file.ends_with(".h5"), "stated when a network file is imported, not beside it",
           [&](Fields& text) { declare_file(*this, text); });
  });
  f.when(file.empty(), "only for a generated network (without `file`)", [&](Fields& g) {
    declare_generator(*this, g);
    check_generator(*this, g);
  });
}

}  // namespace passalong
