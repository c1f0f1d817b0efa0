// Who sees a copy of an ordinary post, as the paragraph "Copies" of models/ODD.md tells it.
#pragma once
#include <vector>

#include "tests/reference.hpp"

namespace passalong::reference {

struct Thinning {
  // most: the highest P(see) of each account, in 2^-31
  Thinning(const Setting& setting, std::vector<double> highest) : most(std::move(highest)), world_(setting) {}
  std::vector<AccountId> seen_by(AccountId sharer, const Post& post, const std::vector<AccountId>& list,
                                 const std::vector<double>& see) const;

  std::vector<double> most;

 private:
  const Setting& world_;
};

}  // namespace passalong::reference
