// Where all act at once every feed gathers what those it follows have posted, whose number is small beside a cache;
// where one acts after the other each post is put into its readers' feeds.
#include "sim/engine/processes/feed_market.hpp"

#include "sim/base/math.hpp"

namespace passalong {
namespace {
constexpr std::size_t ahead = 8;  // feeds fetched before they are needed

template <class Ids, class Body>
void each_fetched(const Ids& ids, const FeedRows& feeds, const Body& body) {
  for (std::size_t i = 0; i < std::min(ahead, ids.size()); ++i) feeds.fetch(ids[i]);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i + ahead < ids.size()) feeds.fetch(ids[i + ahead]);
    body(ids[i]);
  }
}
}  // namespace

FeedMarket::FeedMarket(const FeedRule& rule, const ProcessSetting& setting, const Followees* followees)
    : rule_(rule),
      setting_(setting),
      network_(*setting.network),
      followees_(followees),
      accounts_(network_.accounts()),
      all_(accounts_ + rule.bots.bots) {
  weights_.resize(rule.slots);
}

void FeedMarket::begin(std::uint32_t replicate) {
  actions_ = setting_.stream(Purpose::feed_action, replicate);
  turns_.clear();
  turns_.emplace_back(setting_.stream(Purpose::feed_turn, replicate), all_);
  bots_.draw(rule_.bots, setting_.stream(Purpose::bot_follower, replicate),
             setting_.stream(Purpose::bot_follow, replicate));
  book_.reset(rule_.messages, setting_.stream(Purpose::message_traits, replicate), accounts_, all_);
  feeds_.reset(all_, rule_.slots);
  carried_.assign(all_, {nothing, 0});
  held_.clear();
  log_.clear();
  counts_ = {};
}

void FeedMarket::play_tick(std::uint32_t tick) {
  if (rule_.together)
    act_together(tick);
  else
    act_in_turn(tick);
}

double FeedMarket::recency(std::uint32_t age) {
  if (rule_.recency <= 0) return 1;
  while (age >= recency_.size())
    recency_.push_back(
        passalong::exp(-rule_.recency * passalong::power(static_cast<double>(recency_.size()), rule_.recency_power)));
  return recency_[age];
}

// A place in the row, drawn by weight; nothing where no message has any.
std::uint32_t FeedMarket::pick(const FeedRows::Row& row, std::uint32_t word, std::uint32_t now) {
  double sum = 0;
  for (std::uint32_t i = 0; i < row.size; ++i) {
    const double shares = rule_.popularity ? row.shares[i] : 1;
    sum += book_.appeal(row.messages[i]) * shares * recency(now - row.since[i]);
    weights_[i] = sum;
  }
  if (sum <= 0) return nothing;
  const double target = uniform(word) * sum;
  std::uint32_t place = 0;
  while (place + 1 < row.size && weights_[place] <= target) ++place;
  return place;
}

// What the account posts: the message, noted.
std::uint32_t FeedMarket::choose(AccountId account, std::uint32_t fresh, std::uint32_t which, std::uint32_t tick) {
  const FeedRows::Row row = feeds_.of(account);
  std::uint32_t message = nothing;
  if (row.size > 0 && uniform(fresh) >= rule_.fresh)
    if (const std::uint32_t place = pick(row, which, tick); place != nothing) message = row.messages[place];
  if (message == nothing)
    message = book_.write(account, tick);
  else
    ++counts_.shares;
  book_.note_post(message, account, tick);
  if (rule_.logged && account < accounts_) log_.note(message, account);
  ++counts_.posts;
  return message;
}

void FeedMarket::act_together(std::uint32_t tick) {
  for (AccountId a = 0; a < all_; ++a) {
    const Words words = actions_(a, tick);
    carried_[a] = {choose(a, words[0], words[1], tick), words[2]};
  }
  for (AccountId a = 0; a < all_; ++a) renew(a, tick + 1);
}

void FeedMarket::renew(AccountId reader, std::uint32_t tick) {
  const FeedRows::Row row = feeds_.of(reader);
  const auto bots = bots_.followed_by(reader);
  const auto followed = reader < accounts_ ? followees_->of(reader) : std::span<const AccountId>{};
  if (followed.size() + bots.size() == 0) return;
  arrivals_.begin(row, followed.size() + bots.size());
  const auto add = [&](AccountId from, std::uint32_t copies) {
    const Carried& c = carried_[from];
    arrivals_.add(c.message, copies, std::uint64_t{c.order} << 32 | from);
  };
  for (const AccountId from : followed) add(from, 1);
  for (const AccountId from : bots) add(from, rule_.flooding);
  counts_.deliveries += followed.size() + bots.size();
  counts_.placed += arrivals_.end(row, rule_.slots, tick);
}

void FeedMarket::act_in_turn(std::uint32_t tick) {
  const std::uint64_t first = std::uint64_t{tick} * all_;
  for (std::uint64_t step = first; step < first + all_; ++step) {
    const Turns::Turn turn = turns_.front().at(step);
    const Turns::Turn& later = turns_.front().soon(step, 6);
    feeds_.fetch(later.who);
    if (later.who < accounts_) __builtin_prefetch(&network_.offsets[later.who]);
    hand_out(turn.who, choose(turn.who, turn.first, turn.second, tick), tick);
  }
}

void FeedMarket::hand_out(AccountId author, std::uint32_t message, std::uint32_t tick) {
  const bool bot = author >= accounts_;
  const auto readers = bot ? bots_.followers_of(author) : network_.followers_of(author);
  const std::uint32_t copies = bot ? rule_.flooding : 1;
  each_fetched(readers, feeds_,
               [&](AccountId reader) { counts_.placed += feeds_.put(reader, message, copies, tick) ? 1 : 0; });
  counts_.deliveries += readers.size();
}

FeedState FeedMarket::look() {
  FeedState state;
  held_.resize(book_.size(), 0);
  double sum = 0;
  for (AccountId a = 0; a < accounts_; ++a)
    for (const std::uint32_t message : feeds_.of(a).all()) {
      sum += book_.quality(message);
      state.bots += book_.is_bots(message) ? 1 : 0;
      if (held_[message]++ == 0) touched_.push_back(message);
    }
  Entropy entropy;
  for (const std::uint32_t message : touched_) entropy.add(held_[message]), held_[message] = 0;
  touched_.clear();
  state.slots = entropy.total(), state.messages = entropy.kinds(), state.diversity = entropy.value();
  state.quality = state.slots > 0 ? sum / static_cast<double>(state.slots) : 0;
  return state;
}

}  // namespace passalong
