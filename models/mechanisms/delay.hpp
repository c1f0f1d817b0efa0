// How long a reader takes to pass a post on: SEISMIC's memory kernel (Zhao et al. 2015), flat for 300 s, then a power
// law; here normalised, truncated at the post's lifetime and renormalised. Trust shortens it.
#pragma once
#include "sim/base/math.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Delay {
  bool on = true;
  double exponent = 0.2314843;    // theta
  double plateau = 300.0 / 3600;  // hours
  double trust_speed = 1;         // g_t

  // Share of reshares within `hours`.
  double within(double hours) const {
    const double flat = exponent / (1 + exponent);  // c s0, from c s0 (1 + 1 / theta) = 1
    return hours <= plateau ? flat * hours / plateau : 1 - (1 - flat) * power(hours / plateau, -exponent);
  }
  // Hours until the reshare, for a uniform u; never more than the lifetime.
  double hours(double u, double trust, double lifetime) const {
    if (!on) return 0;
    const double stretch = exp(-trust_speed * (trust - 0.5));
    const double share = u * within(lifetime / stretch), flat = exponent / (1 + exponent);
    if (share <= flat) return stretch * plateau * share / flat;
    return stretch * plateau * power((1 - share) / (1 - flat), -1 / exponent);
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: what is passed on appears at the next tick", .source = "assumption"});
    f.number("exponent", exponent,
             {.low = 0.01,
              .high = 10,
              .help = "theta: tail exponent of the delay",
              .source = "Zhao et al. 2015, package code"});
    f.duration("plateau", plateau,
               {.low = 1.0 / 3600,
                .high = 24,
                .help = "s_0: until here every moment is as likely",
                .source = "Zhao et al. 2015"});
    f.number("trust_speed", trust_speed,
             {.low = 0, .high = 100, .help = "g_t: delays shrink by exp(-g_t (trust - 1/2))", .source = "assumption"});
  }
};

}  // namespace passalong
