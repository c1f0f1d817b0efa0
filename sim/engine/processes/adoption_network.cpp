// On a network an account's hazard changes only when one it follows adopts. In continuous time that re-times its own
// adoption; in steps everybody who is left is looked at.
#include <algorithm>
#include <queue>

#include "sim/base/math.hpp"
#include "sim/engine/processes/adoption.hpp"

namespace passalong {
namespace {
class OnNetwork : public Player {
 public:
  explicit OnNetwork(const Adoption& adoption) : adoption_(adoption), network_(*adoption.setting.network) {}

 protected:
  double hazard(AccountId account, std::uint32_t adopters) const {
    const std::uint32_t followees = network_.followees[account];
    const double share = followees > 0 ? static_cast<double>(adopters) / followees : 0;
    return adoption_.plan.innovation + adoption_.plan.imitation * share;
  }

  const Adoption& adoption_;
  const Network& network_;
  std::uint64_t moved_ = 0, tried_ = 0, heard_ = 0;
  Arrivals arrivals_;
};

class InSteps final : public OnNetwork {
 public:
  using OnNetwork::OnNetwork;

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate);
    Ledger ledger(adoption_.last_step, record);
    for (std::uint32_t step = 0;; ++step) {
      arrivals_.take(step, [&](AccountId account) {
        if (!accounts_[account].adopted) adopt(account, ledger);
      });
      if (step == adoption_.last_step) break;
      if (!go_on()) return false;
      for (const AccountId account : wave_) show(account);
      wave_.clear();
      ledger.pass(step + 1.0);
      decide(ledger);
    }
    ledger.finish();
    ledger.close(moved_, tried_, heard_);
    return true;
  }

 private:
  struct Account {
    double holds_out, left;
    std::uint32_t adopters;  // of those it follows
    bool adopted;
  };

  void begin(std::uint32_t replicate) {
    const Stream draws = adoption_.draws(replicate);
    accounts_.resize(network_.accounts());
    waiting_.resize(network_.accounts());
    for (AccountId a = 0; a < network_.accounts(); ++a)
      accounts_[a] = {hold_out(draws, a), 1, 0, false}, waiting_[a] = a;
    wave_.clear();
    moved_ = tried_ = heard_ = 0;
    arrivals_.begin(adoption_.seeds, replicate);
  }

  void adopt(AccountId account, Ledger& ledger) {
    accounts_[account].adopted = true;
    wave_.push_back(account);
    ledger.adopt();
  }

  void show(AccountId account) {
    tried_ += network_.follower_count(account);
    for (const AccountId follower : network_.followers_of(account))
      ++accounts_[follower].adopters, heard_ += !accounts_[follower].adopted;
  }

  void decide(Ledger& ledger) {
    std::size_t kept = 0;
    for (const AccountId account : waiting_) {
      Account& a = accounts_[account];
      if (a.adopted) continue;
      a.left *= 1 - hazard(account, a.adopters);
      if (a.left < a.holds_out) {
        adopt(account, ledger), ++moved_;
      } else {
        waiting_[kept++] = account;
      }
    }
    waiting_.resize(kept);
  }

  std::vector<Account> accounts_;
  std::vector<AccountId> waiting_, wave_;  // those who have not adopted, in order; those who did in the last step
};

class InMoments final : public OnNetwork {
 public:
  using OnNetwork::OnNetwork;

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate);
    Ledger ledger(adoption_.last_step, record);
    for (std::uint64_t event = 0;; ++event) {
      if (event % 65536 == 0 && !go_on()) return false;
      const double moment = next_moment(), seed = arrivals_.next_moment();
      if (std::min(moment, seed) > adoption_.last_step) break;
      ledger.pass(std::min(moment, seed));
      if (seed < moment) {
        const AccountId account = arrivals_.take_next();
        if (!accounts_[account].adopted) adopt(account, seed, ledger);
      } else {
        adopt(calendar_.top().account, moment, ledger), ++moved_;
      }
    }
    ledger.finish();
    ledger.close(moved_, tried_, heard_);
    return true;
  }

 private:
  struct Account {
    double until, accumulated, since;  // hazard it holds out to; what it had accumulated at that moment
    std::uint32_t adopters;
    bool adopted;
  };
  struct Date {  // of an adoption, as long as no more of those the account follows have adopted
    double moment;
    AccountId account;
    std::uint32_t adopters;
    bool operator>(const Date& other) const {
      return moment != other.moment ? moment > other.moment : account > other.account;
    }
  };

  void begin(std::uint32_t replicate) {
    const Stream draws = adoption_.draws(replicate);
    accounts_.resize(network_.accounts());
    std::vector<Date> dates;
    for (AccountId a = 0; a < network_.accounts(); ++a) {
      accounts_[a] = {-log(hold_out(draws, a)), 0, 0, 0, false};
      if (adoption_.plan.innovation > 0) dates.push_back({accounts_[a].until / hazard(a, 0), a, 0});
    }
    calendar_ = Calendar({}, std::move(dates));
    moved_ = tried_ = heard_ = 0;
    arrivals_.begin(adoption_.seeds, replicate);
  }

  double next_moment() {
    while (!calendar_.empty()) {
      const Account& a = accounts_[calendar_.top().account];
      if (!a.adopted && a.adopters == calendar_.top().adopters) return calendar_.top().moment;
      calendar_.pop();
    }
    return std::numeric_limits<double>::infinity();
  }

  void adopt(AccountId account, double now, Ledger& ledger) {
    accounts_[account].adopted = true;
    ledger.adopt();
    tried_ += network_.follower_count(account);
    for (const AccountId follower : network_.followers_of(account)) {
      Account& a = accounts_[follower];
      if (!a.adopted) ++heard_, retime(follower, a, now);
    }
  }

  void retime(AccountId account, Account& a, double now) {
    a.accumulated += hazard(account, a.adopters) * (now - a.since);
    a.since = now;
    const double rate = hazard(account, ++a.adopters);
    if (rate > 0) calendar_.push({now + std::max(0.0, a.until - a.accumulated) / rate, account, a.adopters});
  }

  using Calendar = std::priority_queue<Date, std::vector<Date>, std::greater<>>;
  std::vector<Account> accounts_;
  Calendar calendar_;
};
}  // namespace

std::unique_ptr<Player> network_step_player(const Adoption& adoption) { return std::make_unique<InSteps>(adoption); }
std::unique_ptr<Player> network_moment_player(const Adoption& adoption) {
  return std::make_unique<InMoments>(adoption);
}

}  // namespace passalong
