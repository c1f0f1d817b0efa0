// The ladder of a customer: look closer -> buy -> stay.
//   P(check | impression) = c0 (.1 + .9 a) exp(g_c (tau - 1/2)) x [pitch: exp(-w n_p) (1 - (1 - a) pi) | else: pull]
//   P(adopt | check) = min(1, c1 2a 2 Lam(4 (tau - 1/2)));  client: hazard h_c Lam(6 (tau - 1/2)) a day while following
// By itself, a day, a follower who has not bought: 1 - exp(-(p + q F)), F = customers / (followers and other
// customers): word of mouth by numbers (Bass 1969).
#pragma once
#include <algorithm>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Ladder {
  bool on = true;
  double check_rate = 0.08;  // c0
  double check_trust = 2;    // g_c
  double wear = 0.03;        // w
  double pull = 0.1;
  double adopt_rate = 0.02;   // c1
  double client_rate = 0.02;  // h_c, per day
  double innovation = 0;      // p, per day
  double imitation = 0;       // q, per day

  double check(double affinity, double trust, bool pitch, double pitches_seen, double suspicion) const {
    if (!on) return 0;
    const double door = pitch ? exp(-wear * pitches_seen) * (1 - (1 - affinity) * suspicion) : pull;
    return std::min(1.0, check_rate * (0.1 + 0.9 * affinity) * exp(check_trust * (trust - 0.5)) * door);
  }
  std::vector<Term> check_factors(double affinity, double trust, bool pitch, double pitches_seen,
                                  double suspicion) const {
    std::vector<Term> all{
        {"rate", check_rate}, {"affinity", 0.1 + 0.9 * affinity}, {"trust", exp(check_trust * (trust - 0.5))}};
    if (!pitch) return all.push_back({"pull", pull}), all;
    all.push_back({"wear", exp(-wear * pitches_seen)});
    all.push_back({"unsuspected", 1 - (1 - affinity) * suspicion});
    return all;
  }
  double adopt(double affinity, double trust) const {
    return std::min(1.0, adopt_rate * 2 * affinity * 2 * logistic(4 * (trust - 0.5)));
  }
  std::vector<Term> adopt_factors(double affinity, double trust) const {
    return {{"rate", adopt_rate}, {"affinity", 2 * affinity}, {"trust", 2 * logistic(4 * (trust - 0.5))}};
  }
  double stay(double trust) const { return 1 - exp(-client_rate * logistic(6 * (trust - 0.5))); }

  bool spreads_by_itself() const { return innovation > 0 || imitation > 0; }
  double word_of_mouth(double customers) const { return 1 - exp(-(innovation + imitation * customers)); }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody looks closer or buys", .source = "assumption"});
    f.number("check_rate", check_rate,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "c0: chance that a lover of the product looks closer",
              .source = "anchor: click-through of about 1.5 %"});
    f.number("check_trust", check_trust,
             {.low = 0,
              .high = 100,
              .help = "g_c: trust opens the door",
              .source = "assumption; carries the verdict on adoptions"});
    f.number("wear", wear,
             {.low = 0,
              .high = 100,
              .help = "w: each pitch seen wears the next",
              .source = "assumption; carries the verdict on adoptions"});
    f.number("pull", pull,
             {.low = 0,
              .high = 1,
              .help = "how much a post that does not pitch makes people look closer",
              .source = "assumption; carries the verdict on adoptions"});
    f.number("adopt_rate", adopt_rate,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "c1: conversion of a look",
              .source = "anchor: conversion of 0.5-2 % of visits"});
    f.number("client_rate", client_rate,
             {.unit = "per day", .low = 0, .high = 100, .help = "h_c: customers who stay", .source = "assumption"});
    f.number("innovation", innovation,
             {.unit = "per day",
              .low = 0,
              .high = 100,
              .help = "p: followers who buy by themselves",
              .source = "form: Bass 1969; 0: assumption"});
    f.number("imitation", imitation,
             {.unit = "per day",
              .low = 0,
              .high = 100,
              .help = "q: followers who buy because others have, x share of customers",
              .source = "form: Bass 1969; 0: assumption"});
  }
};

}  // namespace passalong
