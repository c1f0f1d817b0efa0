// People forward only what adds value to their friends as it has to them: zero unless both gain.
//   P = p0 w g(U) g(U_aud),  g(u) = 1 - exp(-k max(0, u)),  w = 1 for those who follow the author, else w_0
// U_aud is the same appraisal with the mean interests and affinity of the forwarder's own followers.
#pragma once
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Forwarding {
  bool on = true;
  bool friends = true;
  double rate = 0.5;      // p0
  double steepness = 5;   // k
  double stranger = 0.2;  // w_0

  double gain(double utility) const { return utility > 0 ? 1 - exp(-steepness * utility) : 0; }
  [[gnu::always_inline]] double probability(double own, double audience, bool follows_author) const {
    if (!on || own <= 0 || (friends && audience <= 0)) return 0;
    return rate * (follows_author ? 1.0 : stranger) * gain(own) * (friends ? gain(audience) : 1.0);
  }
  std::vector<Term> factors(double own, double audience, bool follows_author) const {
    return {{"rate", on ? rate : 0},
            {"tie", follows_author ? 1.0 : stranger},
            {"gain", gain(own)},
            {"friends_gain", friends ? gain(audience) : 1.0}};
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody passes anything on", .source = "assumption"});
    f.flag("friends", friends,
           {.help = "off: people forward what they like, whatever their friends would say",
            .source = "the article's 'only ever'"});
    f.number("rate", rate,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "p0: chance to pass on a post of great gain to both",
              .source = "calibrated: about 6 % of posts are reshared (Sysomos 2010)"});
    f.number("steepness", steepness,
             {.low = 0, .high = 1000, .help = "k: how soon a gain is enough", .source = "calibrated with rate"});
    f.number("stranger", stranger,
             {.low = 0,
              .high = 1,
              .help = "w_0: factor for those who do not follow the author",
              .source = "calibrated: 96 % of retweets come from the source (Kwak et al. 2010)"});
  }
};

}  // namespace passalong
