// Fractional SIR (Feng, Hu, Li, Stanley, Havlin & Braunstein 2015): under an overload of posts the chance of sharing
// goes with the fraction, not the number, of an account's followees who share.
#include <fmt/format.h>

#include <algorithm>

#include "models/models.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/processes/course.hpp"

namespace passalong {
namespace {
constexpr const char* feng = "Feng et al. 2015";

struct Fsir : ModelParameters {
  double share = 0.5, overload = 1;
  std::int64_t shares_for = 1;
  SeedParameters seeds;

  void declare(Fields& f) override {
    f.number("share", share,
             {.unit = "per tick",
              .low = 0,
              .high = 1,
              .help = "chance that an account shares in a step while all it follows share; less by their fraction",
              .source = feng});
    f.number("overload", overload,
             {.low = 0,
              .high = 1,
              .help = "exponent a of share x sharing followees / followees^a: 1 the fraction; 0 the number, as if "
                      "everything were read",
              .source = feng});
    f.integer("shares_for", shares_for,
              {.unit = "ticks",
               .low = 1,
               .high = 1e6,
               .help = "how long who shares can be seen to; then it has recovered",
               .source = feng});
    seeds.declare(f, "who shares at the start, or from a moment on", feng);
  }

  void check(const Scenario& scenario, Fields& f) override { seeds.check(scenario, f); }
};

class FsirProcess final : public Process {
 public:
  FsirProcess(const Fsir& parameters, const ProcessSetting& where)
      : setting(where), model(parameters), seeds(seeds_of(model.seeds, where)), last(last_step_of(*where.scenario)) {}
  const ProcessForm& form() const override {
    static const ProcessForm form{
        {{"size", "accounts", "accounts that ever shared"}, {"depth", "1", "last step in which anyone was won"}},
        {{"susceptible", "accounts", "accounts that have not shared"},
         {"infected", "accounts", "accounts that share"},
         {"recovered", "accounts", "accounts that have shared"},
         {"new_infections", "accounts", "accounts that began to share", true, true}}};
    return form;
  }
  std::unique_ptr<Player> player(Team& team) const override;

  const ProcessSetting setting;
  const Fsir& model;
  const Seeds seeds;
  const std::uint32_t last;
};

class FsirPlayer final : public Player {
 public:
  explicit FsirPlayer(const FsirProcess& process)
      : process_(process), network_(*process.setting.network), accounts_(network_.accounts()) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate);
    for (std::uint32_t step = 0;; ++step) {
      waves_.emplace_back();
      const std::uint64_t won = decide(step);
      if (won > 0) depth_ = step, won_ += won;
      retire(step);
      strike(step);
      note(record);
      if (step == process_.last || (infected_ == 0 && arrivals_.none_left())) break;
      if (!go_on()) return false;
      for (const AccountId account : waves_.back()) show(account);
    }
    record.finals = {static_cast<double>(infected_ + recovered_), static_cast<double>(depth_)};
    record.deliveries = tried_, record.impressions = seen_, record.shares = won_;
    return true;
  }

 private:
  enum class Status : std::uint8_t { susceptible, infected, recovered };
  struct Account {
    std::uint32_t sharing = 0;  // of those it follows
    Status status = Status::susceptible;
    bool listed = false;
    bool fresh() const { return sharing == 0 && status == Status::susceptible && !listed; }
  };

  void begin(std::uint32_t replicate) {
    if (touched_.size() > accounts_.size() / 16) {
      std::ranges::fill(accounts_, Account{});
    } else {
      for (const AccountId account : touched_) accounts_[account] = {};
    }
    touched_.clear(), exposed_.clear(), waves_.clear();
    infected_ = recovered_ = tried_ = seen_ = won_ = 0, depth_ = 0;
    draws_ = process_.setting.stream(Purpose::fractional_share, replicate);
    arrivals_.begin(process_.seeds, replicate);
  }

  double chance(AccountId account) const {
    const Fsir& model = process_.model;
    const double followees = network_.followees[account];
    const double divisor = model.overload == 1 ? followees : power(followees, model.overload);
    return model.share * accounts_[account].sharing / divisor;
  }

  // Of those who see someone share, by what the last step left.
  std::uint64_t decide(std::uint32_t step) {
    std::uint64_t won = 0;
    std::size_t kept = 0;
    for (const AccountId account : exposed_) {
      Account& a = accounts_[account];
      if (a.sharing > 0 && a.status == Status::susceptible) {
        if (uniform(draws_(account, 0, step)[0]) >= chance(account)) {
          exposed_[kept++] = account;
          continue;
        }
        infect(account), ++won;
      }
      a.listed = false;
    }
    exposed_.resize(kept);
    return won;
  }

  void infect(AccountId account) {
    if (accounts_[account].fresh()) touched_.push_back(account);
    accounts_[account].status = Status::infected;
    ++infected_, waves_.back().push_back(account);
  }

  // Those who began `shares_for` steps ago were seen in that many steps.
  void retire(std::uint32_t step) {
    const auto length = static_cast<std::uint64_t>(process_.model.shares_for);
    if (step < length) return;
    for (const AccountId account : waves_[step - length]) {
      accounts_[account].status = Status::recovered;
      --infected_, ++recovered_;
      for (const AccountId follower : network_.followers_of(account)) --accounts_[follower].sharing;
    }
    waves_[step - length] = {};
  }

  void strike(std::uint32_t step) {
    arrivals_.take(step, [&](AccountId account) {
      if (accounts_[account].status == Status::susceptible) infect(account);
    });
  }

  // Its followers see it begin.
  void show(AccountId account) {
    tried_ += network_.follower_count(account);
    for (const AccountId follower : network_.followers_of(account)) {
      Account& a = accounts_[follower];
      if (a.fresh()) touched_.push_back(follower);
      ++a.sharing;
      if (a.status != Status::susceptible) continue;
      ++seen_;
      if (!a.listed) a.listed = true, exposed_.push_back(follower);
    }
  }

  void note(ProcessRecord& record) const {
    const auto all = static_cast<double>(accounts_.size());
    const auto infected = static_cast<double>(infected_), recovered = static_cast<double>(recovered_);
    record.series.insert(record.series.end(),
                         {all - infected - recovered, infected, recovered, static_cast<double>(waves_.back().size())});
  }

  const FsirProcess& process_;
  const Network& network_;
  std::vector<Account> accounts_;
  std::vector<AccountId> exposed_;  // susceptible, and a followee shares
  std::vector<AccountId> touched_;  // not as at the start
  std::vector<std::vector<AccountId>> waves_;
  std::uint64_t infected_ = 0, recovered_ = 0, tried_ = 0, seen_ = 0, won_ = 0;
  std::uint32_t depth_ = 0;
  Stream draws_;
  Arrivals arrivals_;
};

std::unique_ptr<Player> FsirProcess::player(Team&) const { return std::make_unique<FsirPlayer>(*this); }

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Fsir>(); }

std::unique_ptr<Process> process(const ProcessSetting& setting, Team&) {
  return std::make_unique<FsirProcess>(*std::static_pointer_cast<Fsir>(setting.scenario->parameters), setting);
}

ProcessDemand demand(const Scenario&, double accounts, double follows) {
  return contagion_demand(accounts, 2 * follows, 8);
}

}  // namespace

const ModelEntry fsir =
    process_entry({.name = "fsir",
                   .summary = "SIR in which the chance of sharing goes with the fraction of followees who share",
                   .parameters = parameters},
                  process, demand);

}  // namespace passalong
