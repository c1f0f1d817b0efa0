// Where everybody looks to everybody all have the same hazard: accounts adopt in the order in which they hold out, and
// only the number of adopters decides when. n log n for sorting, however many ticks.
#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/engine/processes/adoption.hpp"

namespace passalong {
namespace {
class AdoptionInCrowd final : public Player {
 public:
  explicit AdoptionInCrowd(const Adoption& adoption)
      : adoption_(adoption), people_(adoption.setting.network->accounts()), adopted_(people_) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate);
    Ledger ledger(adoption_.last_step, record);
    if (!(adoption_.plan.continuous ? flow(ledger, go_on) : tick(ledger, go_on))) return false;
    ledger.finish();
    ledger.close(moved_, 0, 0);
    return true;
  }

 private:
  struct Turn {
    double left;
    AccountId account;
  };

  void begin(std::uint32_t replicate) {
    const Stream draws = adoption_.draws(replicate);
    adopted_.assign(people_, false);
    turns_.resize(people_);
    for (AccountId a = 0; a < people_; ++a) turns_[a] = {hold_out(draws, a), a};
    std::ranges::sort(turns_, [](const Turn& a, const Turn& b) {
      return a.left != b.left ? a.left > b.left : a.account < b.account;
    });
    arrivals_.begin(adoption_.seeds, replicate);
    next_ = moved_ = 0;
  }

  double hazard(const Ledger& ledger) const {
    const double share = static_cast<double>(ledger.adopters()) / people_;
    return adoption_.plan.innovation + adoption_.plan.imitation * share;
  }

  // Whose turn it is; those who are adopters as seeds have none.
  const Turn* turn() {
    while (next_ < turns_.size() && adopted_[turns_[next_].account]) ++next_;
    return next_ < turns_.size() ? &turns_[next_] : nullptr;
  }

  void adopt(AccountId account, Ledger& ledger) {
    adopted_[account] = true;
    ledger.adopt();
  }
  void strike(Ledger& ledger) {
    const AccountId account = arrivals_.take_next();
    if (!adopted_[account]) adopt(account, ledger);
  }

  // In continuous time: between two adoptions the hazard is constant.
  bool flow(Ledger& ledger, const std::function<bool()>& go_on) {
    double now = 0, accumulated = 0;
    for (std::uint64_t event = 0; now <= adoption_.last_step; ++event) {
      if (event % 65536 == 0 && !go_on()) return false;
      const Turn* first = turn();
      const double rate = hazard(ledger);
      const double until = first != nullptr ? -log(first->left) : 0;
      const double moment = first != nullptr && rate > 0 ? now + std::max(0.0, until - accumulated) / rate
                                                         : std::numeric_limits<double>::infinity();
      const double seed = arrivals_.next_moment();
      const double next = std::min(moment, seed);
      if (next > adoption_.last_step) break;
      ledger.pass(next);
      accumulated = moment <= seed ? until : accumulated + rate * (seed - now);
      now = next;
      if (seed < moment) {
        strike(ledger);
      } else {
        adopt(first->account, ledger), ++moved_;
      }
    }
    return true;
  }

  // In steps: all who hold out less than what is left of the product of chances of not adopting.
  bool tick(Ledger& ledger, const std::function<bool()>& go_on) {
    double left = 1;
    for (std::uint32_t step = 0;; ++step) {
      arrivals_.take(step, [&](AccountId account) {
        if (!adopted_[account]) adopt(account, ledger);
      });
      if (step == adoption_.last_step) return true;
      if (!go_on()) return false;
      left *= 1 - hazard(ledger);
      ledger.pass(step + 1.0);
      for (const Turn* first; (first = turn()) != nullptr && first->left > left; ++moved_)
        adopt(first->account, ledger);
    }
  }

  const Adoption& adoption_;
  AccountId people_;
  std::vector<bool> adopted_;
  std::vector<Turn> turns_;
  std::size_t next_ = 0;
  std::uint64_t moved_ = 0;
  Arrivals arrivals_;
};
}  // namespace

std::unique_ptr<Player> crowd_player(const Adoption& adoption) { return std::make_unique<AdoptionInCrowd>(adoption); }

}  // namespace passalong
