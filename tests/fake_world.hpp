// A world whose every figure is known in closed form, so that what is recorded of it can be checked to the last digit.
// Tests watch and disturb it through `fake`.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/world.hpp"

namespace passalong {

struct FakeHooks {
  std::function<void(const Setting&)> made;
  std::function<void(const Setting&, Tick now)> stepped;                 // after each step
  std::function<double(std::size_t arm, std::uint32_t replicate)> luck;  // more followers
  std::atomic<int> alive{0};
};
inline FakeHooks fake;

class FakeWorld final : public World {
 public:
  static constexpr Tick post_every = 6, lifetime = 24;

  FakeWorld(const Setting& setting, Team& team) : setting_(setting), team_(team) {
    if (fake.made) fake.made(setting);
    ++fake.alive;  // one whose making fails is never unmade
  }
  ~FakeWorld() override { --fake.alive; }

  // Every sixth tick a post appears; the k-th is passed on k % 5 times, along a path where k is even, else by a star.
  void step() override {
    if (now_ % post_every == 0) born_.push_back(now_);
    ++now_;
    std::vector<int> ones(64);
    team_.each(ones.size(), [&](std::size_t i, unsigned) { ones[i] = 1; });
    for (const int one : ones) worked_ += one;
    while (closed_ < born_.size() && born_[closed_] + lifetime < now_) ++closed_;
    if (fake.stepped) fake.stepped(setting_, now_);
  }
  Tick now() const override { return now_; }

  const std::vector<Quantity>& quantities() const override {
    static const std::vector<Quantity> all = {{"followers", "accounts", "stock, tells arm and replicate", true, false},
                                              {"deliveries", "deliveries", "flow, t in the t-th tick", true, true},
                                              {"impressions", "impressions", "flow, 64 a tick", true, true},
                                              {"shares", "shares", "flow, none", true, true},
                                              {"trust_mean", "1", "stock, tells the people", false, false},
                                              {"attention", "posts", "flow, half a post a tick", false, true},
                                              {"network_follows", "follows", "stock, tells the network", true, false}};
    return all;
  }
  void measure(std::vector<double>& row) const override {
    row = {1000.0 * static_cast<double>(arm()) + setting_.replicate +
               (fake.luck ? fake.luck(arm(), setting_.replicate) : 0),
           0.5 * now_ * (now_ + 1.0),
           static_cast<double>(worked_),
           0,
           setting_.population->mean_affinity,
           0.5 * now_,
           static_cast<double>(setting_.network().follows())};
  }
  std::vector<PostRecord> take_closed() override {
    std::vector<PostRecord> out;
    for (; taken_ < closed_; ++taken_) out.push_back(post(static_cast<std::uint32_t>(taken_)));
    return out;
  }
  void close_all() override { closed_ = born_.size(); }

  std::string save() const override { return {}; }
  void load(const std::string&) override {}
  std::uint64_t state_digest() const override { return 0; }
  void record(std::vector<Happening>*) override {}
  void time(PhaseSeconds*) override {}
  std::uint64_t bytes() const override { return sizeof *this; }

 private:
  std::size_t arm() const {
    return setting_.studied.empty()
               ? 0
               : static_cast<std::size_t>(setting_.studied[0] - setting_.scenario->strategies.data());
  }
  PostRecord post(std::uint32_t ordinal) const {
    PostRecord p;
    p.id = {setting_.accounts(), ordinal};
    p.born = born_[ordinal];
    p.content.kind = ordinal % 2 ? PostKind::pitch : PostKind::value;
    p.content.value = 0.25F * static_cast<float>(ordinal % 4);
    p.tally = {100 + ordinal, 10 + ordinal};
    for (std::uint32_t k = 0; k <= ordinal % 5; ++k) {
      p.accounts.push_back(k), p.ticks.push_back(p.born);
      p.parents.push_back(k == 0 || ordinal % 2 ? 0 : k - 1);
    }
    return p;
  }

  Setting setting_;
  Team& team_;
  Tick now_ = 0;
  std::int64_t worked_ = 0;
  std::vector<Tick> born_;
  std::size_t closed_ = 0, taken_ = 0;
};

struct NoParameters : ModelParameters {
  void declare(Fields&) override {}
};
inline std::shared_ptr<ModelParameters> no_parameters() { return std::make_shared<NoParameters>(); }
inline std::unique_ptr<World> make_fake(const Setting& setting, Team& team) {
  return std::make_unique<FakeWorld>(setting, team);
}
inline const ModelEntry fake_model{{"fake", "figures known in closed form", no_parameters}, make_fake};

// 500 accounts, three strategies, ten days of hours.
inline Scenario fake_scenario() {
  static const Scenario plain;  // its tables of distributions take a while to make
  Scenario s = plain;
  s.model = "fake", s.parameters = no_parameters(), s.text = "title = \"fake\"\n";
  s.seed = 5, s.duration = 240, s.replicates = 4;
  s.network.accounts = 500, s.network.mean_followers = 8;
  for (const char* name : {"give", "both", "sell"}) s.strategies.push_back({name, 4, {0.5, 0.5, 0}, 50});
  return s;
}

}  // namespace passalong
