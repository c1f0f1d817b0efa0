// Who is active at the start of a replicate.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/engine/cascades/cascades.hpp"

namespace passalong {

class Seeds {
 public:
  explicit Seeds(const CascadePlan& plan);
  // Distinct accounts in a defined order, put in place of what `seeds` held.
  void of(std::uint32_t replicate, std::vector<AccountId>& seeds) const;
  std::uint64_t count() const { return fixed_.empty() ? random_ : fixed_.size(); }

 private:
  std::vector<AccountId> fixed_;
  std::uint64_t random_, accounts_;
  bool same_;
  Stream draws_;
};

// The k accounts with the most followers; of equals the lower id.
std::vector<AccountId> most_followed(const Network& network, std::uint64_t count);

}  // namespace passalong
