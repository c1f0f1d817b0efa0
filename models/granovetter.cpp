// Granovetter's crowd (1978): everybody sees how many take part and joins from its own threshold on. There are no
// follows; only how thresholds are spread matters.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/models.hpp"
#include "sim/base/failure.hpp"
#include "sim/engine/processes/course.hpp"

namespace passalong {
namespace {
constexpr const char* source = "Granovetter 1978";

struct Granovetter : ModelParameters {
  Distribution threshold = Distribution::normal(0.25, 0.12);
  std::vector<double> thresholds;  // in place of a distribution, one an account
  std::string of = "share", drawn = "quantiles";

  void declare(Fields& f) override {
    f.choice("of", of, {"share", "number"},
             {.help = "what thresholds are: the share of the crowd that takes part, or how many do", .source = source});
    f.distribution("threshold", threshold,
                   {.help = "share or number of the crowd from which on an account takes part; at 0 or below it begins",
                    .source = source});
    f.numbers("thresholds", thresholds,
              {.low = -1e15,
               .high = 1e15,
               .help = "the thresholds themselves, one an account, in place of `threshold`; empty: none",
               .source = source});
    f.choice("drawn", drawn, {"quantiles", "at-random"},
             {.help = "account i of n has the quantile (i + 1/2) / n of `threshold`, or each draws its own",
              .source = source});
  }

  void check(const Scenario& scenario, Fields& f) override {
    const NetworkSection& network = scenario.network;
    f.check("of", network.file.empty() && network.kind == "well-mixed",
            "everybody sees everybody: a network with follows has no part in this model",
            "set kind = \"well-mixed\" in [network]; on a network use the model \"threshold\"");
    const auto given = static_cast<std::int64_t>(thresholds.size());
    f.check("thresholds", given == 0 || given == network.accounts,
            fmt::format("{} `thresholds` for {} accounts", given, network.accounts), "give one for each account");
  }
};

class Crowd final : public Process {
 public:
  Crowd(const ProcessSetting& where, const Granovetter& parameters) : setting(where), model(parameters) {}
  const ProcessForm& form() const override { return course_form(); }
  std::unique_ptr<Player> player(Team&) const override;

  const ProcessSetting setting;
  const Granovetter& model;
};

class CrowdPlayer final : public Player {
 public:
  explicit CrowdPlayer(const Crowd& crowd) : crowd_(crowd), people_(crowd.setting.network->accounts()) {}

  // Those who join at m are counted, so that a step is one look: how many join at up to as many as take part.
  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    count(crowd_.setting.stream(Purpose::threshold, trait_replicate(*crowd_.setting.scenario, replicate)));
    const std::uint32_t last = last_step_of(*crowd_.setting.scenario);
    Course course;
    course.add(record, 0, 0);
    for (std::uint32_t step = 1; step <= last && willing_[course.active] > course.active; ++step) {
      if (!go_on()) return false;
      course.add(record, willing_[course.active] - course.active, 0);
      course.depth = step;
    }
    course.finish(record);
    return true;
  }

 private:
  double threshold(AccountId account, const Stream& draws) const {
    const Granovetter& model = crowd_.model;
    if (!model.thresholds.empty()) return model.thresholds[account];
    return model.threshold.quantile(model.drawn == "quantiles" ? (account + 0.5) / people_
                                                               : uniform(draws(account)[0]));
  }

  // willing_[m]: those who take part once m others do. What exceeds a whole number by rounding alone is that number.
  void count(const Stream& draws) {
    const double scale = crowd_.model.of == "share" ? people_ : 1.0;
    willing_.assign(people_ + 1ULL, 0);
    for (AccountId account = 0; account < people_; ++account) {
      const double need = std::ceil(threshold(account, draws) * scale - 1e-9);
      if (need <= people_) ++willing_[need > 0 ? static_cast<std::uint64_t>(need) : 0];
    }
    for (std::uint64_t m = 1; m < willing_.size(); ++m) willing_[m] += willing_[m - 1];
  }

  const Crowd& crowd_;
  AccountId people_;
  std::vector<std::uint64_t> willing_;
};

std::unique_ptr<Player> Crowd::player(Team&) const { return std::make_unique<CrowdPlayer>(*this); }

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Granovetter>(); }

std::unique_ptr<Process> process(const ProcessSetting& setting, Team&) {
  return std::make_unique<Crowd>(setting, *std::static_pointer_cast<Granovetter>(setting.scenario->parameters));
}

ProcessDemand demand(const Scenario&, double accounts, double) {
  constexpr double a_threshold = 3e-8, usual_steps = 50;
  return {.bytes = 8 * accounts, .seconds = accounts * a_threshold, .ticks = usual_steps};
}

}  // namespace

const ModelEntry granovetter = process_entry({.name = "granovetter",
                                              .summary = "a crowd whose members join once enough of all others have",
                                              .parameters = parameters,
                                              .takes_crowds = true},
                                             process, demand);

}  // namespace passalong
