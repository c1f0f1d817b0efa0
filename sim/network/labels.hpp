// Accounts by the ids their file gave them.
#pragma once
#include <optional>
#include <string_view>

#include "sim/network/network.hpp"

namespace passalong {

// The account of that label; a whole number below accounts() where the network has no labels. Numbers are compared as
// numbers: '007' is '7' where all labels are numbers.
std::optional<AccountId> find_account(const Network& network, std::string_view label);
// The same; Failure(Exit::scenario), with the nearest label, where there is none.
AccountId account_labelled(const Network& network, std::string_view label);
// Its number where the network has no labels.
std::string label_of(const Network& network, AccountId account);

}  // namespace passalong
