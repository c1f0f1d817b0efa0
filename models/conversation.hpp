// The conversation model's parameters: its mechanisms, each a section of [model].
#pragma once
#include "models/mechanisms/appraisal.hpp"
#include "models/mechanisms/attention.hpp"
#include "models/mechanisms/block.hpp"
#include "models/mechanisms/context.hpp"
#include "models/mechanisms/delay.hpp"
#include "models/mechanisms/dialogue.hpp"
#include "models/mechanisms/encounter.hpp"
#include "models/mechanisms/follow.hpp"
#include "models/mechanisms/forwarding.hpp"
#include "models/mechanisms/gathering.hpp"
#include "models/mechanisms/ladder.hpp"
#include "models/mechanisms/mob.hpp"
#include "models/mechanisms/problem.hpp"
#include "models/mechanisms/suspicion.hpp"
#include "models/mechanisms/ties.hpp"
#include "models/mechanisms/trust.hpp"
#include "models/mechanisms/unfollow.hpp"

namespace passalong {

// Beyond the core, each off by default: one line a mechanism.
using FurtherMechanisms = MechanismList<  //
    Context,                              // a pitch amid value and conversation
    Dialogue,                             // replies, and answers to individuals
    Block,                                // readers who shut an account out
    Ties,                                 // closeness, its channels and how it fades
    Problem,                              // ideas for open problems, and who meets over them
    Gathering,                            // events in places, and whom to invite
    Mob                                   // invitations, taken up when enough others have
    >;
static_assert(FurtherMechanisms::names_differ());

struct Mechanisms : ModelParameters {
  Attention attention;
  Appraisal appraisal;
  Suspicion suspicion;
  Trust trust;
  Forwarding forwarding;
  Delay delay;
  Follow follow;
  Unfollow unfollow;
  Ladder ladder;
  FurtherMechanisms further;

  void declare(Fields& f) override {
    const auto part = [&](const char* name, auto& mechanism, const char* help) {
      f.section(name, {.help = help}, [&](Fields& inner) { mechanism.declare(inner); });
    };
    part("attention", attention, "who sees what");
    part("appraisal", appraisal, "what a post is worth to a reader");
    part("suspicion", suspicion, "the inference that an author is out to sell");
    part("trust", trust, "what an author's posts have earned");
    part("forwarding", forwarding, "passing a post on");
    part("delay", delay, "how long that takes");
    part("follow", follow, "following an author met through a share");
    part("unfollow", unfollow, "leaving, and why");
    part("ladder", ladder, "look closer, buy, stay");
    further.each([&](auto& mechanism) { part(mechanism.name, mechanism, mechanism.help); });
  }
  void check(const Scenario& scenario, Fields& f) override;
  bool changes_follows() const override {
    bool some = false;
    further.each_on([&](const auto& m) {
      if constexpr (requires { m.changes_follows(); }) some = some || m.changes_follows();
    });
    return some;
  }
  template <class M>
  M& of() {
    return std::get<M>(further.all);
  }
  template <class M>
  const M& of() const {
    return std::get<M>(further.all);
  }
  const FeedForm* feed() const override { return attention.on && attention.form == "feed" ? &attention.feed : nullptr; }
};

}  // namespace passalong
