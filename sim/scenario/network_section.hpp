// Which network a scenario runs on: a file, or the parameters of a generator. Keys stand flat under [network]; most
// belong to some kinds alone, and are refused for the others.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/fields.hpp"

namespace passalong {

struct NetworkSection {
  // From a file.
  std::string file;                                // edge list, table, Matrix Market or network file; empty: generate
  std::string direction = "follower -> followed";  // or "followed -> follower", "source -> target", "undirected"
  std::string weights = "ignore";                  // what a third column is: "strength", "probability"
  std::string attributes;                          // a table of accounts beside it

  // Generated.
  std::string preset = "none";  // "twitter-2009": what Kwak et al. 2010 found, as defaults of the keys below
  std::string kind = "power-law";
  std::int64_t accounts = 200'000;
  double mean_followers = 35;
  double exponent = 2.28;                // of the tail of the follower counts
  double cutoff = 0.1;                   // largest expected follower count, as a share of the accounts
  std::string followees = "log-normal";  // or "power-law"
  double followee_sigma = 1;             // log-normal: sd of the log
  double followee_exponent = 2.5;        // power-law
  double most_followees = 2000;
  double correlation = 0.4;          // of follower weight and followee count (Gaussian copula)
  double reciprocity = 0.22;         // share of follows that are returned
  std::int64_t least_followers = 0;  // configuration: a discrete power law from here on; 0: scaled to mean_followers
  bool mutual = false;               // every follow is returned: an undirected network; for kinds directed by nature
  bool classic_mutual = true;        // the same key, for kinds that are undirected in the literature
  std::int64_t neighbours = 4;       // ring, watts-strogatz
  double rewiring = 0.1;
  std::int64_t width = 0;                                           // lattice; 0: nearly square
  std::string diagonals = "none";                                   // lattice: tied across as well
  std::int64_t newcomer_follows = 5;                                // barabasi-albert
  double alpha = 0.41, beta = 0.54, delta_in = 0.2, delta_out = 0;  // preferential-attachment
  std::int64_t blocks = 4;                                          // stochastic-block
  std::vector<double> shares;                                       // of the accounts in each block; empty: equal
  std::vector<std::vector<double>> mixing;  // row: how a block's follows are spread over blocks; empty: by `within`
  double within = 0.8;                      // share of follows made inside one's own block or community
  std::int64_t community = 200, nesting = 8, levels = 3;  // communities: accounts in the smallest, how many make one
                                                          // of the next level, levels
  double closure = 0.5;                                   // share of follows made to a followee's followee
  double quadrant_a = 0.57, quadrant_b = 0.19, quadrant_c = 0.19;  // rmat
  std::int64_t children = 2;                                       // tree

  bool is_mutual() const { return has_classic_ties() ? classic_mutual : mutual; }
  bool has_classic_ties() const;      // a kind that the literature has undirected
  std::string preset_taken = "none";  // whose defaults have been taken over; not a key
  void declare(Fields& f);
};

}  // namespace passalong
