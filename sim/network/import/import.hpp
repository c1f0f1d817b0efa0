// Reads follower networks from text, plain or .gz: edge lists (SNAP), tables with a header (CSV, TSV), Matrix Market
// coordinates and JSON. Which of them a file is, and the names that columns may have, is told in form.hpp; how ids are
// read, in tokens.hpp; JSON, in json_edges.hpp.
//
// Rules, whatever the form:
// - Ids are numbers from 0 to 2^64 - 1, or text; one text id makes all ids of the file text. Accounts stand in
// ascending
//   order of their ids, numerically, or bytewise for text. Their ids are kept as labels unless they are 0..accounts-1.
// - Edges from an account to itself are dropped and counted; the account stays.
// - Repeated edges are merged and counted: strengths add up, probabilities become 1 - (1 - p)(1 - q), both combined
// from
//   the smallest weight on. For undirected networks both orders of an edge are the same edge.
// - With weights = "ignore" a third column is not looked at. Else every edge needs a finite weight from 0, and a
//   probability at most 1.
// - The first fault in the file is the one reported, with line and column; nothing is guessed.
// The result is the same for any team. Peak memory while reading: 8 bytes a line (16 where ids reach 2^32, 4 more with
// weights), then 4 to 8 bytes a follow for the rows, and the table of ids (numbers.hpp).
#pragma once
#include <string>

#include "sim/network/network.hpp"

namespace passalong {

// Uses section.direction and section.weights. Failure(Exit::input) with file and line for what cannot be read;
// Failure(Exit::scenario) for a direction or a kind of weights that is unknown.
Network read_network_text(const NetworkSection& section, const std::string& path, Team& team,
                          std::uint64_t most_accounts = max_accounts);

// A table of accounts, CSV or TSV with a header: `label` (or id, account) says who; `interest_1` to `interest_k`, or
// one column `interests` of numbers apart by ';', say what they care for (rows are brought to sum 1; an account without
// any, or without a line, keeps a row of zeros: nothing is known); `place` says where they live. Places stand in
// bytewise order. Failure(Exit::input) for a label that is unknown or comes twice, numbers that are negative, not
// finite or all zero, and rows of different lengths. Parsed serially.
Attributes read_attributes(const std::string& path, const Network& network, Team& team);

}  // namespace passalong
