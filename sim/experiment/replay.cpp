#include "sim/experiment/replay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/base/version.hpp"
#include "sim/network/labels.hpp"

namespace passalong {
namespace {

std::size_t place_of_name(const Result& result, const std::string& name) {
  const std::vector<std::string>& arms = result.arms();
  const auto at = std::ranges::find(arms, name);
  if (at != arms.end()) return static_cast<std::size_t>(at - arms.begin());
  const auto near = suggest(name, arms);
  throw Failure(Exit::usage, fmt::format("there is no {} '{}' in this result", result.arm(), harmless(name, 60)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", fmt::join(arms, ", ")));
}

std::string ranges_text(const std::vector<std::int64_t>& all) {
  if (all.back() - all.front() + 1 == static_cast<std::int64_t>(all.size()) && all.size() > 2)
    return fmt::format("{} to {}", all.front(), all.back());
  return fmt::format("{}", fmt::join(all, ", "));
}

void refuse_what_has_no_story(const Scenario& scenario) {
  if (find_model(scenario.model).make == nullptr)
    throw Failure(
        Exit::usage,
        fmt::format("`explain` knows accounts that live on from tick to tick; the model `{}` has none", scenario.model),
        "name a result of a model with strategies, such as conversation; /cascades and the series tell what "
        "there is of this one");
}

// The arms of a branched result that are its past's own come first.
void refuse_futures(const Result& result, const Scenario& scenario, const Replay::Place& place) {
  if (result.text_of("branch_of").empty() || (scenario.brands.empty() && place.arm < scenario.arms())) return;
  const std::string what = scenario.brands.empty() ? "'" + result.strategies[place.arm] + "' is a future that branched"
                                                   : "brands of a result that was branched";
  throw Failure(Exit::usage, what + (scenario.brands.empty() ? " off: it is" : " are") + " not simulated again here",
                scenario.brands.empty() ? fmt::format("explain a strategy of its past: {}", scenario.strategies[0].name)
                                        : "explain the result it was branched from");
}

}  // namespace

Replay::Place place_of(const Result& result, const std::string& strategy, std::optional<std::int64_t> replicate) {
  Replay::Place place;
  if (result.replicates.empty())
    throw Failure(Exit::usage, "there is no whole replicate in this result", "name a result with at least one");
  if (!strategy.empty()) {
    const std::size_t at = place_of_name(result, strategy);
    if (result.brands.empty())
      place.arm = at;
    else
      place.brand = at;
  }
  place.replicate = replicate.value_or(result.replicates.front());
  if (std::ranges::find(result.replicates, place.replicate) == result.replicates.end())
    throw Failure(Exit::usage, fmt::format("there is no replicate {} in this result", place.replicate),
                  fmt::format("it has {}", ranges_text(result.replicates)));
  return place;
}

Replay::Replay(const Result& result, const Question& question)
    : result_(result), scenario_(scenario_of(result, question.file, question.inputs)) {
  refuse_what_has_no_story(scenario_);
  place_ = place_of(result, question.strategy, question.replicate);
  refuse_futures(result, scenario_, place_);
  world_ = std::make_unique<ResimulatedWorld>(scenario_, place_.arm, static_cast<std::uint32_t>(place_.replicate),
                                              question.threads);
  const Ground& ground = *stage().ground;
  played_.strategy = place_.arm < result.strategies.size() ? result.strategies[place_.arm] : std::string();
  for (const StrategySection& brand : scenario_.brands) played_.authors.push_back(brand.name);
  if (scenario_.brands.empty()) played_.authors.push_back(played_.strategy);
  played_.replicate = place_.replicate;
  played_.accounts = static_cast<AccountId>(ground.network.accounts() + scenario_.dynamics.newcomers);
  played_.tick_hours = scenario_.tick, played_.warm_up = scenario_.ticks(scenario_.warm_up);
  played_.lifetime = scenario_.ticks(scenario_.content.lifetime);
  played_.source = result.text_of("source"), played_.commit = result.text_of("git_commit");
  played_.ground = stage().ground;
}

Tick Replay::first_of_day(double day) const {
  const double tick = played_.warm_up + std::round(day * scenario_.ticks_per_day());
  return static_cast<Tick>(std::clamp(tick, 0.0, static_cast<double>(last())));
}

void Replay::play(Tick until, Inquiry& inquiry, const Each& each) {
  std::vector<Happening> happenings;
  auto* explicable = dynamic_cast<Explicable*>(&world_->world());
  played_.told_terms = explicable != nullptr;
  world_->world().record(&happenings);
  if (explicable != nullptr) explicable->explain(&inquiry);
  while (now() < std::min(until, last())) {
    world_->step();
    each(happenings);
    happenings.clear(), inquiry.moments.clear(), inquiry.copies.clear();
  }
  world_->world().record(nullptr);
  if (explicable != nullptr) explicable->explain(nullptr);
}

Played Replay::check() {
  try {
    world_->verify(result_);
  } catch (const Failure& failure) {
    if (played_.commit == git_commit()) throw;  // it says what else it can be
    throw Failure(failure.code(),
                  std::string("this program or its inputs are not those that made the result: ") + failure.what(),
                  fmt::format("it was made by {} (commit {}); this is passalong {} (commit {})", played_.source,
                              played_.commit, version(), git_commit()));
  }
  const WorldRecord& record = world_->record();
  played_.ticks = now();
  played_.rows_checked = record.columns.empty() ? 0 : std::min(record.columns.front().size(), result_.time.size());
  played_.series_checked = record.columns.size();
  return played_;
}

std::string Played::name_of(AccountId account) const {
  if (account >= accounts) return account - accounts < authors.size() ? authors[account - accounts] : "?";
  if (account >= ground->network.accounts()) return fmt::format("newcomer {}", account - ground->network.accounts());
  return label_of(ground->network, account);
}

std::string Played::post_name(const PostId& post) const {
  if (post.author >= accounts) return fmt::format("{}:{}:{}", name_of(post.author), replicate, post.ordinal);
  return fmt::format("{}/{}", name_of(post.author), post.ordinal);
}

const char* cause_name(std::uint32_t cause) {
  constexpr std::array names{"other", "promotion", "irrelevance", "volume", "routine", "block"};
  return cause < names.size() ? names[cause] : "other";
}

}  // namespace passalong
