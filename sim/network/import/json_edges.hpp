// Networks in JSON: an object whose `edges` or `links` is a list of pairs [a, b], triples [a, b, weight] or objects
// {source, target, weight}, with any of the names that columns of a table may have. Ids are whole numbers or text.
// `nodes` or `labels` may list the accounts, isolated ones too: as ids, as objects with an `id`, or as the keys of an
// object. What stands beside the ids there (letters, groups) and everything else in the file is read over: attributes
// come from a table of their own. Parsed serially, in one pass, without holding the text.
#pragma once
#include <string>

#include "sim/network/import/parse_blocks.hpp"

namespace passalong {

struct JsonEdges {
  ParsedFile file;
  bool undirected = false;       // "directed": false
  bool named_direction = false;  // edges have a `follower` (the first) and a `followed` (the second)
};

// Failure(Exit::input) and TextMet as for parse_blocks.
JsonEdges read_json_edges(const std::string& path, const TokenRules& rules);

}  // namespace passalong
