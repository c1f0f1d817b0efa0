// What readers did with what they saw of a studied account, by the trust they had in it: for survival curves of
// looking, buying and passing on. Kept where the scenario asks for it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

class TrustLedger {
 public:
  static constexpr std::size_t bands = 20;  // of equal width, of trust from 0 to 1

  TrustLedger() = default;
  // Delays of shares are told in ticks, up to `longest`.
  explicit TrustLedger(Tick longest)
      : seen(bands), checks(bands), adoptions(bands), delays(bands * (static_cast<std::size_t>(longest) + 1)) {}

  static std::size_t band(double trust) {
    return std::min(bands - 1, static_cast<std::size_t>(trust * static_cast<double>(bands)));
  }
  void saw(double trust, bool check, bool adopt) {
    const std::size_t b = band(trust);
    ++seen[b], checks[b] += check, adoptions[b] += adopt;
  }
  void shares(double trust, Tick delay) {
    ++delays[band(trust) * (delays.size() / bands) + static_cast<std::size_t>(delay)];
  }
  TrustLedger& operator+=(const TrustLedger& o) {
    const auto add = [](std::vector<std::uint64_t>& to, const std::vector<std::uint64_t>& from) {
      for (std::size_t k = 0; k < to.size(); ++k) to[k] += from[k];
    };
    add(seen, o.seen), add(checks, o.checks), add(adoptions, o.adoptions), add(delays, o.delays);
    return *this;
  }
  bool sound(Tick longest) const {
    return seen.size() == bands && checks.size() == bands && adoptions.size() == bands &&
           delays.size() == bands * (static_cast<std::size_t>(longest) + 1);
  }
  template <class Archive>
  void visit(Archive& a) {
    a(seen), a(checks), a(adoptions), a(delays);
  }

  std::vector<std::uint64_t> seen, checks, adoptions;  // by band
  std::vector<std::uint64_t> delays;                   // shares, by band and ticks
};

}  // namespace passalong
