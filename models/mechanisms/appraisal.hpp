// What a post is worth to a reader (science: a fully relevant post of top value is worth 1).
//   V = w_v v sim nov + w_a s a - w_s s (1 - a) (pi_0 + (1 - pi_0) pi) + w_d d (2 phi - 1) - c     the post's own merit
//   U = V + w_t (tau - 1/2) + eps,  eps ~ N(0, sd)                                              what the reader feels
// A pitch costs as much as it is suspected (Lee, Hosanagar & Nair 2018); a routine post changes sign with fame.
#pragma once
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/engine/posts.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Appraisal {
  bool on = true;
  double value_weight = 1;
  double affinity_weight = 0.8;
  double pitch_weight = 1;
  double residual_dislike = 0.2;
  double routine_weight = 0.3;
  double trust_weight = 0.3;
  double cost = 0.02;
  double noise = 0.15;
  double decay = 0.4, decay_exponent = 0.4;

  // similarity of the post's topic and the reader's (or an audience's) interests; affinity to the product; suspicion
  // that the author pitches; fame of the author; novelty of the post.
  [[gnu::always_inline]] double merit(const Content& post, double similarity, double affinity, double suspicion,
                                      double fame, double novelty) const {
    if (!on) return 1;
    const double value = post.value, pitch = post.pitch, routine = post.routine;
    if (pitch == 0 && routine == 0) return value_weight * value * similarity * novelty - cost;  // the same, sooner
    const double dislike = (1 - affinity) * (residual_dislike + (1 - residual_dislike) * suspicion);
    return value_weight * value * similarity * novelty + affinity_weight * pitch * affinity -
           pitch_weight * pitch * dislike + routine_weight * routine * (2 * fame - 1) - cost;
  }
  // What merit adds up.
  std::vector<Term> terms(const Content& post, double similarity, double affinity, double suspicion, double fame,
                          double novelty) const {
    if (!on) return {{"off", 1}};
    const double value = post.value, pitch = post.pitch, routine = post.routine;
    std::vector<Term> all{{"value", value_weight * value * similarity * novelty}};
    if (pitch != 0) {
      const double dislike = (1 - affinity) * (residual_dislike + (1 - residual_dislike) * suspicion);
      all.push_back({"liking", affinity_weight * pitch * affinity});
      all.push_back({"dislike", -pitch_weight * pitch * dislike});
    }
    if (routine != 0) all.push_back({"routine", routine_weight * routine * (2 * fame - 1)});
    all.push_back({"cost", -cost});
    return all;
  }
  double error(double u) const { return on && noise > 0 ? noise * normal_quantile(u) : 0; }
  double utility(double merit, double trust, double error) const {
    return merit + trust_weight * (trust - 0.5) + error;
  }
  // Wu & Huberman 2007: stretched-exponential loss of novelty, age in hours.
  double novelty(double hours) const { return exp(-decay * power(hours, decay_exponent)); }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: every post is worth 1 to everyone", .source = "assumption"});
    f.number(
        "value_weight", value_weight,
        {.low = 0, .high = 100, .help = "w_v: worth of a fully relevant post of top value", .source = "unit of worth"});
    f.number("affinity_weight", affinity_weight,
             {.low = 0,
              .high = 100,
              .help = "w_a: worth of a pitch to someone who loves the product",
              .source = "assumption"});
    f.number("pitch_weight", pitch_weight,
             {.low = 0,
              .high = 100,
              .help = "w_s: cost of a fully suspected pitch to someone who does not care",
              .source = "assumption"});
    f.number("residual_dislike", residual_dislike,
             {.low = 0,
              .high = 1,
              .help = "pi_0: share of that cost that an unsuspected pitch has",
              .source = "assumption"});
    f.number("routine_weight", routine_weight,
             {.low = 0,
              .high = 100,
              .help = "w_d: worth of a celebrity's routine post; the cost of a nobody's",
              .source = "assumption; sign after Kwak, Chun & Moon 2011"});
    f.number("trust_weight", trust_weight,
             {.low = 0, .high = 100, .help = "w_t: how much full trust adds", .source = "assumption"});
    f.number("cost", cost,
             {.low = 0, .high = 100, .help = "c: cost of the attention a post takes", .source = "assumption"});
    f.number("noise", noise, {.low = 0, .high = 100, .help = "sd of the reader's error", .source = "assumption"});
    f.number("decay", decay,
             {.low = 0,
              .high = 100,
              .help = "novelty is exp(-decay hours^decay_exponent)",
              .source = "Wu & Huberman 2007, as used by SimSoM"});
    f.number("decay_exponent", decay_exponent,
             {.low = 0.01,
              .high = 2,
              .help = "exponent of the loss of novelty",
              .source = "Wu & Huberman 2007, as used by SimSoM"});
  }
};

}  // namespace passalong
