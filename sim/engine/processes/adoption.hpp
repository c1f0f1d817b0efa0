// Adoption at a hazard of p + q (share of those an account looks to who have adopted): players of the Bass model. How
// long an account holds out is one draw of its own, whatever the others do: it adopts where the chance of not having
// adopted yet, exp(-its accumulated hazard), falls below that.
#pragma once
#include <memory>

#include "sim/engine/processes/course.hpp"

namespace passalong {

struct AdoptionPlan {
  double innovation = 0, imitation = 0;  // p, q
  bool continuous = true;                // rates in continuous time; else chances in steps, by what the last step left
  bool well_mixed = false;               // everybody looks to everybody; else to those it follows
};

std::unique_ptr<Process> adoption_process(const AdoptionPlan& plan, const SeedParameters& seeds,
                                          const ProcessSetting& setting);

// How long accounts hold out, in (0, 1): adoption where what is left of a product of chances is less.
double hold_out(const Stream& draws, AccountId account);

// What the players share.
struct Adoption {
  AdoptionPlan plan;
  ProcessSetting setting;
  Seeds seeds;
  std::uint32_t last_step;
  Stream draws(std::uint32_t replicate) const {
    return setting.stream(Purpose::adoption, trait_replicate(*setting.scenario, replicate));
  }
};

// Fills rows of a tick as moments of adoption come by, ascending.
class Ledger {
 public:
  Ledger(std::uint32_t last, ProcessRecord& record) : last_(last), record_(record) {}
  // A row for every tick that is over before this moment: an adoption at a whole tick is in that tick's row.
  void pass(double moment) {
    while (tick_ <= last_ && tick_ < moment) write();
  }
  void adopt() { ++fresh_; }
  void finish() { pass(last_ + 1.0); }
  std::uint64_t adopters() const { return course_.active + fresh_; }
  // Those who adopted by themselves or others, the rest being seeds.
  void close(std::uint64_t moved, std::uint64_t tried, std::uint64_t heard) {
    course_.moved = moved, course_.tried = tried, course_.heard = heard;
    course_.finish(record_);
  }

 private:
  void write() {
    if (fresh_ > 0) course_.depth = tick_;
    course_.add(record_, fresh_, 0);
    fresh_ = 0, ++tick_;
  }
  std::uint32_t last_, tick_ = 0;
  std::uint64_t fresh_ = 0;
  Course course_;
  ProcessRecord& record_;
};

std::unique_ptr<Player> crowd_player(const Adoption& adoption);           // well-mixed
std::unique_ptr<Player> network_step_player(const Adoption& adoption);    // on a network, in steps
std::unique_ptr<Player> network_moment_player(const Adoption& adoption);  // on a network, in continuous time

}  // namespace passalong
