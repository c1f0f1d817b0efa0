// A pitch amid value and conversation. Product information alone lowers engagement, but raises it together with what
// adds value (Lee, Hosanagar & Nair 2018: the signs); within an ongoing conversation it costs less.
//   V += s (w_x v sim + w_c (1 - a) [conversing or closer])
#pragma once
#include "models/mechanisms/encounter.hpp"

namespace passalong {

struct Context {
  static constexpr const char *name = "context", *help = "a pitch amid value and conversation";
  bool on = false;
  double combined = 0.5;    // w_x
  double conversing = 0.3;  // w_c

  double worth(const Encounter& e, const Nothing&) const {
    const Content& post = e.sight.content;
    const double pitch = post.pitch, value = post.value;
    return pitch *
           (combined * value * e.similarity + (e.tier >= Tier::conversing ? conversing * (1 - e.affinity) : 0.0));
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: a pitch is judged by itself", .source = "assumption"});
    f.number("combined", combined,
             {.low = 0,
              .high = 100,
              .help = "w_x: what a pitch gains by what it gives",
              .source = "sign after Lee, Hosanagar & Nair 2018; size: assumption"});
    f.number(
        "conversing", conversing,
        {.low = 0,
         .high = 100,
         .help = "w_c: what a pitch costs less to those the account converses with and who do not care for the product",
         .source = "assumption"});
  }
};

}  // namespace passalong
