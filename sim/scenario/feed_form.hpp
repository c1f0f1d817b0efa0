// The feed form of attention: readers check, and each check shows them the top of what their followees have put up
// since the last. Declared by the models that know it; the engine and the forecast read it.
#pragma once
#include "sim/scenario/fields.hpp"

namespace passalong {

struct FeedForm {
  std::int64_t slots = 15;
  std::string ranking = "chronological";
  double window = 48;  // hours
  double fresh = 1;    // mu

  void declare(Fields& f) {
    f.integer("slots", slots,
              {.unit = "posts",
               .low = 1,
               .high = 100'000,
               .help = "how many posts a check shows; who reads C posts a day checks C / slots times a day",
               .source = "SimSoM (Truong et al. 2024)"});
    f.choice("ranking", ranking, {"chronological", "engagement", "interest", "random"},
             {.help = "what comes first: the newest; value x shares x novelty; likeness to the reader's interests x "
                      "value x novelty; anything",
              .source = "engagement: SimSoM; the others: assumption"});
    f.duration("window", window,
               {.low = 1.0 / 60, .high = 24 * 3650, .help = "how far back a check can reach", .source = "assumption"});
    f.number("new", fresh,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "mu: chance that an ordinary account's post is a new one; else it passes on one of its feed",
              .source = "Simon 1955; Gleeson et al. 2014; SimSoM: 0.5"});
  }
};

}  // namespace passalong
