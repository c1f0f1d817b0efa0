// Contagion that needs reinforcement (Centola & Macy 2007; Centola 2010; Romero, Meeder & Kleinberg 2011): each further
// followee who becomes active is one more signal, and every signal has a chance of its own to be the one that
// convinces.
#include <algorithm>

#include "models/models.hpp"
#include "sim/engine/processes/contagion.hpp"

namespace passalong {
namespace {
constexpr const char* centola = "Centola & Macy 2007";
constexpr std::uint32_t signals_told = 32;  // rows of the table

struct ComplexContagion : ModelParameters {
  std::vector<double> chances{0, 1};
  bool neighbourhood = false;
  SeedParameters seeds;

  void declare(Fields& f) override {
    f.numbers("chances", chances,
              {.low = 0,
               .high = 1,
               .help = "chance that an account becomes active at the first signal, at the second, and so on; the last "
                       "stands for all further; a signal is one more followee who is active",
               .source = centola});
    f.flag("neighbourhood", neighbourhood,
           {.help = "the followers of seeds are active with them, as what needs two signals needs two sources",
            .source = centola});
    seeds.declare(f, "who is active at the start, or from a moment on", centola);
  }

  void check(const Scenario& scenario, Fields& f) override {
    f.check("chances", !chances.empty(), "`chances` is empty", "give at least one, such as [0, 1]");
    seeds.check(scenario, f);
  }
};

// State: signals received.
class SignalRule {
 public:
  using State = std::uint32_t;
  SignalRule(const ProcessSetting& setting, const std::vector<double>& chances)
      : setting_(&setting), chances_(chances) {}

  void begin(std::uint32_t replicate) {
    draws_ = setting_->stream(Purpose::signal, replicate);
    received_.assign(signals_told, 0), convinced_.assign(signals_told, 0);
  }
  bool told(State& state, AccountId account, std::uint64_t) {
    const std::uint32_t signal = state == untouched<State> ? 1 : state + 1;
    state = signal;
    const double chance = chances_[std::min<std::size_t>(signal, chances_.size()) - 1];
    const bool enough = chance > 0 && (chance >= 1 || uniform(draws_(account, 0, signal)[0]) < chance);
    if (signal <= signals_told) ++received_[signal - 1], convinced_[signal - 1] += enough;
    return enough;
  }
  bool some_alone() const { return false; }
  bool alone(AccountId) const { return false; }

  void tell(ProcessRecord& record) const {
    std::vector<double> rows;
    for (std::uint32_t s = 0; s < signals_told && received_[s] > 0; ++s)
      rows.insert(rows.end(), {s + 1.0, static_cast<double>(received_[s]), static_cast<double>(convinced_[s])});
    record.tables.push_back(std::move(rows));
  }

 private:
  const ProcessSetting* setting_;
  std::vector<double> chances_;
  Stream draws_;
  std::vector<std::uint64_t> received_, convinced_;
};

class Reinforcement final : public Process {
 public:
  Reinforcement(const ComplexContagion& model, const ProcessSetting& setting)
      : setting_(setting), seeds_(seeds_of(model.seeds, setting)), chances_(model.chances), form_(course_form()) {
    steps_ = {&setting_, setting.network, &seeds_, last_step_of(*setting.scenario), model.neighbourhood, false};
    form_.tables = {{"signals",
                     "signal",
                     {{"number", "1", "which signal, the first being 1"},
                      {"received", "accounts", "accounts that received it before they were active"},
                      {"convinced", "accounts", "accounts that it made active"}}}};
  }
  const ProcessForm& form() const override { return form_; }
  std::unique_ptr<Player> player(Team&) const override {
    return std::make_unique<ContagionPlayer<SignalRule>>(steps_, SignalRule(setting_, chances_));
  }

 private:
  ProcessSetting setting_;
  Seeds seeds_;
  std::vector<double> chances_;
  ProcessForm form_;
  ContagionSetting steps_;
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<ComplexContagion>(); }

std::unique_ptr<Process> process(const ProcessSetting& setting, Team&) {
  return std::make_unique<Reinforcement>(*std::static_pointer_cast<ComplexContagion>(setting.scenario->parameters),
                                         setting);
}

ProcessDemand demand(const Scenario&, double accounts, double follows) {
  return contagion_demand(accounts, follows, 4);
}

}  // namespace

const ModelEntry complex_contagion =
    process_entry({.name = "complex-contagion",
                   .summary = "each further active followee is a signal with its own chance of convincing",
                   .parameters = parameters},
                  process, demand);

}  // namespace passalong
