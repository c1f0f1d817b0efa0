#include "sim/engine/processes/adoption.hpp"

namespace passalong {
namespace {
class AdoptionProcess final : public Process {
 public:
  explicit AdoptionProcess(Adoption adoption) : adoption_(std::move(adoption)) {}
  const ProcessForm& form() const override {
    static const ProcessForm form{
        {{"size", "accounts", "accounts that adopted"}, {"depth", "1", "last tick in which anyone adopted"}},
        {{"active", "accounts", "accounts that have adopted"},
         {"newly_active", "accounts", "accounts that adopted", true, true}}};
    return form;
  }
  std::unique_ptr<Player> player(Team&) const override {
    if (adoption_.plan.well_mixed) return crowd_player(adoption_);
    return adoption_.plan.continuous ? network_moment_player(adoption_) : network_step_player(adoption_);
  }

 private:
  Adoption adoption_;
};
}  // namespace

double hold_out(const Stream& draws, AccountId account) {
  const Words words = draws(account);
  const std::uint64_t bits = (std::uint64_t{words[0]} << 32 | words[1]) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

std::unique_ptr<Process> adoption_process(const AdoptionPlan& plan, const SeedParameters& seeds,
                                          const ProcessSetting& setting) {
  return std::make_unique<AdoptionProcess>(
      Adoption{plan, setting, seeds_of(seeds, setting), last_step_of(*setting.scenario)});
}

}  // namespace passalong
