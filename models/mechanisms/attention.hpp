// Limited attention. Load form: an account that reads C posts a day, while its followees make `load` a day, sees each
// with probability C / (C + load). Fixed form: `population.attention` is that probability itself, whatever the load.
// A studied account's post is seen or missed once; each copy of an ordinary one has its own chance. Feed form: readers
// check, and what the top of their feed shows is seen (sim/engine/feed.hpp).
#pragma once
#include <algorithm>
#include <string>

#include "sim/base/math.hpp"
#include "sim/scenario/feed_form.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Attention {
  bool on = true;
  std::string form = "load";
  double trust = 0;  // g_v
  FeedForm feed;

  double see_probability(double capacity, double load) const {
    if (!on) return capacity > 0 ? 1 : 0;  // whoever reads nothing, as an account whose place is taken, sees nothing
    return form == "load" ? capacity / (capacity + load + 1e-9) : std::min(1.0, capacity);
  }

  // Factor on P(see) for an author's posts: those who are trusted are looked at (at most 1 results).
  double eager(double trust_level) const { return on && trust > 0 ? exp(trust * (trust_level - 0.5)) : 1; }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: everyone sees every post that reaches them", .source = "assumption"});
    f.choice("form", form, {"load", "fixed", "feed"},
             {.help = "load: attention is posts read a day, shared by all that followees post; fixed: attention is the "
                      "chance to see a copy; feed: posts read a day, in checks of a feed",
              .source = "assumption"});
    f.when(form != "feed", "not for form = \"feed\": what a check shows is seen", [&](Fields& g) {
      g.number("trust", trust,
               {.low = 0,
                .high = 20,
                .help = "g_v: a studied account's posts are seen exp(g_v (trust - 1/2)) times as often",
                .source = "assumption; 0: trust does not matter for seeing"});
    });
    f.when(form == "feed", "only for form = \"feed\"", [&](Fields& g) { feed.declare(g); });
  }
};

}  // namespace passalong
