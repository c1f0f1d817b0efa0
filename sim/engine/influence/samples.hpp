// A live graph with each of its strongly connected components drawn into one part: whoever reaches one account of a
// part reaches all. What a search reaches from the hub, the part most others lead to, is counted once and passed over
// by all who lead to it (Ohsaka et al. 2014).
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

struct LiveGraph {
  std::vector<std::uint32_t> offsets;  // accounts + 1
  std::vector<AccountId> targets;
  void clear() { offsets.assign(1, 0), targets.clear(); }
  AccountId accounts() const { return static_cast<AccountId>(offsets.size() - 1); }
};

// Space that one worker uses again and again.
struct Search {
  std::vector<std::uint32_t> order{}, low{}, stack{}, path{}, next{};  // of finding components
  std::vector<std::uint32_t> met{}, queue{};                           // of walking parts
  std::uint32_t turn = 0;
};

class Sample {
 public:
  Sample() = default;
  Sample(const LiveGraph& graph, Search& search);

  std::uint32_t gain(AccountId account, Search& search) const { return gain_of(part_of_[account], search); }
  void add_gains(Search& search, std::vector<std::uint64_t>& gains) const;  // of all accounts
  void take(AccountId account, Search& search);                             // it and whom it reaches gain nothing now

  void restore();  // as if nobody had been taken

  std::size_t parts() const { return sizes_.size(); }
  std::uint64_t bytes() const {
    return 4 * (part_of_.capacity() + sizes_.capacity() + offsets_.capacity() + targets_.capacity()) +
           states_.capacity();
  }

 private:
  enum State : std::uint8_t {
    plain,
    above = 1,
    below = 2,
    taken = 4
  };  // above, below the hub; the hub is below itself

  void find_parts(const LiveGraph& graph, Search& search);
  void join_parts(const LiveGraph& graph, Search& search);
  void choose_hub(Search& search);
  std::uint32_t gain_of(std::uint32_t part, Search& search) const;
  std::uint32_t walk(std::uint32_t from, std::uint8_t avoided, Search& search) const;

  std::vector<std::uint32_t> part_of_;  // by account; whom a part leads to has a lower number
  std::vector<std::uint32_t> sizes_, offsets_, targets_;
  std::vector<std::uint8_t> states_;
  std::uint32_t below_hub_ = 0, all_below_ = 0;  // accounts in parts below it that are not taken; that are there
};

}  // namespace passalong
