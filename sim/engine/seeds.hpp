// Who is active at the start of a replicate of a classic model, or from a later moment on.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/network/network.hpp"

namespace passalong {

struct SeedGroup {
  std::vector<AccountId> accounts{};  // these; repeats count once
  std::uint64_t random = 0;           // and, where there are none, so many drawn without replacement
  double at = 0;                      // ticks after the start
};

struct SeedRule {
  std::vector<AccountId> accounts{};  // of the first group, at the start
  std::uint64_t random = 0;
  bool same = false;  // the same for all replicates, not drawn anew
  std::vector<SeedGroup> further{};

  std::uint64_t most() const;  // seeds, where none is chosen twice
  bool timed() const;          // some come later than the start
};

struct Seed {
  AccountId account;
  double at;  // ticks
  bool operator==(const Seed&) const = default;
};

class Seeds {
 public:
  Seeds(const SeedRule& rule, const Network& network, std::uint64_t seed);
  // Distinct accounts in a defined order, put in place of what `seeds` held: by moment, then as the rule names or draws
  // them. An account that is chosen twice is there once, for the earliest moment.
  void of(std::uint32_t replicate, std::vector<Seed>& seeds) const;
  // All of them, whatever their moments.
  void of(std::uint32_t replicate, std::vector<AccountId>& seeds) const;
  bool timed() const { return timed_; }

 private:
  void draw(std::uint32_t replicate, std::uint32_t group, std::vector<AccountId>& accounts) const;

  std::vector<SeedGroup> groups_;
  std::uint64_t accounts_;
  bool same_, timed_;
  Stream draws_;
};

// The k accounts with the most followers; of equals the lower id.
std::vector<AccountId> most_followed(const Network& network, std::uint64_t count);

}  // namespace passalong
