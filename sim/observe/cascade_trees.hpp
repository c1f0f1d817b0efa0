// Cascades kept node by node, for those who want to draw or count along them: all, those that went viral, or the
// largest of each account under study. What is not wanted is dropped when its post closes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/world.hpp"

namespace passalong {

// Node 0 is the author, parents[0] is not read, and parents[k] < k for all others.
struct CascadeTree {
  std::uint32_t studied = 0;  // whose post it is
  std::uint32_t ordinal = 0;
  std::vector<AccountId> accounts{};
  std::vector<std::uint32_t> parents{};
  std::vector<Tick> ticks{};
  std::vector<std::string> labels{};  // of the accounts; empty where the network has none
};

class TreeKeeper {
 public:
  TreeKeeper(std::string_view which, std::int64_t viral_size);  // as [output] says it

  void take(PostRecord&& post);
  std::vector<CascadeTree> finish();  // by account under study and ordinal

 private:
  enum class Which : std::uint8_t { none, viral, all, largest };
  void take_larger(PostRecord&& post);

  Which which_;
  std::uint64_t viral_size_;
  std::vector<CascadeTree> kept_;
};

// What accounts are called where the network has labels: an author by the account whose place it takes, or by its
// strategy's name; one who joined during the run by nothing.
void name_accounts(std::vector<CascadeTree>& trees, const Setting& setting);

}  // namespace passalong
