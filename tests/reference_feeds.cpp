// Feeds as lists of cards that are dealt by hand.
#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

#include "sim/base/math.hpp"
#include "sim/base/uniform_below.hpp"
#include "tests/reference_memes.hpp"

namespace passalong {
namespace {

struct Card {
  std::size_t message;
  double shares;
  std::uint32_t since;
};
struct PlainMessage {
  AccountId author;
  double quality, appeal;
  std::vector<std::pair<std::uint32_t, AccountId>> posts{};  // (tick, by whom)
};

struct Hall {
  const PlainFeedRule& rule;
  const Network& network;
  std::uint64_t seed;
  std::uint32_t replicate;
  AccountId accounts = network.accounts();
  AccountId all = accounts + static_cast<AccountId>(rule.bots * accounts + 0.5);
  std::set<std::pair<AccountId, AccountId>> bot_follows{};  // (follower, bot)
  std::vector<std::deque<Card>> feeds = std::vector<std::deque<Card>>(all);
  std::vector<std::uint32_t> written = std::vector<std::uint32_t>(all);
  std::vector<PlainMessage> messages{};
  double delivered = 0;

  Stream stream(Purpose purpose) const { return {seed, replicate, purpose}; }
  bool follows(AccountId reader, AccountId author) const {
    if (author >= accounts) return bot_follows.contains({reader, author});
    return reader < accounts && network.follows(reader, author);
  }

  void tie_bots() {
    const AccountId bots = all - accounts;
    for (AccountId b = 0; b < bots; ++b) {
      double next = 0;
      for (std::uint32_t draw = 0; rule.infiltration > 0; ++draw, ++next) {
        const double u = uniform(stream(Purpose::bot_follower)(b, draw)[0]);
        if (rule.infiltration < 1) next += std::floor(passalong::log(u) / passalong::log(1 - rule.infiltration));
        if (next >= accounts) break;
        bot_follows.insert({static_cast<AccountId>(next), accounts + b});
      }
      for (std::uint32_t slot = 0; slot < rule.bot_follows && bots > 1; ++slot) {
        const Words w = stream(Purpose::bot_follow)(b, slot);
        std::vector<AccountId> others;
        for (AccountId o = 0; o < bots; ++o)
          if (o != b) others.push_back(accounts + o);
        bot_follows.insert({accounts + b, others[uniform_below(others.size(), w[0], w[1])]});
      }
    }
  }

  std::size_t write(AccountId author) {
    const Words w = stream(Purpose::message_traits)(author, 0, written[author]++);
    const double u = uniform(w[0]), s = rule.slope;
    PlainMessage m{author, s == 0 ? u : passalong::log(1 + u * (passalong::exp(s) - 1)) / s, 1};
    if (rule.appealing) m.appeal = 1 - passalong::power(1 - uniform(w[1]), 1 / (1 + rule.appeal));
    if (author >= accounts) {
      m.quality = 0;
      if (uniform(w[2]) < rule.deception) m.appeal = 1;
    }
    messages.push_back(m);
    return messages.size() - 1;
  }

  std::size_t choose(AccountId who, std::uint32_t fresh, std::uint32_t which, std::uint32_t tick) {
    double sum = 0;
    std::vector<double> upto;
    for (const Card& card : feeds[who]) {
      const double age = tick - card.since;
      const double recency = rule.recent ? passalong::exp(-rule.recency * passalong::power(age, rule.power)) : 1;
      sum += messages[card.message].appeal * (rule.popular ? card.shares : 1) * recency;
      upto.push_back(sum);
    }
    std::size_t message = messages.size();
    if (sum > 0 && uniform(fresh) >= rule.fresh) {
      std::size_t place = 0;
      while (place + 1 < upto.size() && uniform(which) * sum >= upto[place]) ++place;
      message = feeds[who][place].message;
    } else {
      write(who);
    }
    messages[message].posts.emplace_back(tick, who);
    return message;
  }

  static Card* find(std::deque<Card>& feed, std::size_t message) {
    const auto found = std::ranges::find(feed, message, &Card::message);
    return found == feed.end() ? nullptr : &*found;
  }
  double copies(AccountId author) const { return author >= accounts ? rule.flooding : 1; }

  void act_together(std::uint32_t tick) {
    struct Carrier {
      std::uint32_t order;
      AccountId who;
      std::size_t message;
    };
    std::vector<Carrier> carriers;
    for (AccountId a = 0; a < all; ++a) {
      const Words w = stream(Purpose::feed_action)(a, tick);
      carriers.push_back({w[2], a, choose(a, w[0], w[1], tick)});
    }
    std::ranges::sort(carriers, [](const Carrier& a, const Carrier& b) {
      return std::pair(a.order, a.who) < std::pair(b.order, b.who);
    });
    for (AccountId reader = 0; reader < all; ++reader) {
      std::deque<Card> fresh;
      for (const Carrier& c : carriers) {
        if (!follows(reader, c.who)) continue;
        ++delivered;
        Card* card = find(feeds[reader], c.message);
        if (card == nullptr) card = find(fresh, c.message);
        if (card != nullptr)
          card->shares += copies(c.who);
        else
          fresh.push_back({c.message, copies(c.who), tick + 1});
      }
      fresh.insert(fresh.end(), feeds[reader].begin(), feeds[reader].end());
      if (fresh.size() > rule.slots) fresh.resize(rule.slots);
      feeds[reader] = fresh;
    }
  }

  void act_in_turn(std::uint32_t tick) {
    for (std::uint64_t step = std::uint64_t{tick} * all; step < (tick + 1ULL) * all; ++step) {
      const Words w =
          stream(Purpose::feed_turn)(static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32));
      const auto who = static_cast<AccountId>(uniform_below(all, w[0], w[1]));
      const std::size_t message = choose(who, w[2], w[3], tick);
      for (AccountId reader = 0; reader < all; ++reader) {
        if (!follows(reader, who)) continue;
        ++delivered;
        if (Card* card = find(feeds[reader], message))
          card->shares += copies(who);
        else
          feeds[reader].push_front({message, copies(who), tick});
        if (feeds[reader].size() > rule.slots) feeds[reader].pop_back();
      }
    }
  }
};

// tau-b by all pairs.
double tau_b(const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0, in_x = 0, in_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double dx = (x[i] > x[j]) - (x[i] < x[j]), dy = (y[i] > y[j]) - (y[i] < y[j]);
      sum += dx * dy, in_x += dx * dx, in_y += dy * dy;
    }
  return in_x > 0 && in_y > 0 ? sum / std::sqrt(in_x * in_y) : 0;
}

double look(const Hall& hall, PlainFigures& figures) {
  double slots = 0, quality = 0, bots = 0;
  std::map<std::uint64_t, double> by_message;
  for (AccountId a = 0; a < hall.accounts; ++a)
    for (const Card& card : hall.feeds[a]) {
      ++slots, quality += hall.messages[card.message].quality, ++by_message[card.message];
      bots += hall.messages[card.message].author >= hall.accounts ? 1 : 0;
    }
  const double mean = slots > 0 ? quality / slots : 0;
  figures["feed_quality"].push_back(mean), figures["feed_diversity"].push_back(plain_entropy(by_message));
  figures["feed_messages"].push_back(static_cast<double>(by_message.size()));
  figures["bot_slots"].push_back(slots > 0 ? bots / slots : 0);
  return mean;
}

void close_run(const Hall& hall, PlainFigures& figures) {
  std::vector<double> quality, popularity;
  double all_posts = 0, size = 0;
  for (std::size_t i = 0; i < hall.messages.size(); ++i) {
    const PlainMessage& m = hall.messages[i];
    std::set<AccountId> users;
    double posts = 0;
    for (const auto& [tick, who] : m.posts)
      if (who < hall.accounts) ++posts, users.insert(who);
    if (m.author < hall.accounts) quality.push_back(m.quality), popularity.push_back(posts);
    all_posts += static_cast<double>(m.posts.size()), size = std::max(size, static_cast<double>(users.size()));
    figures["messages/number"].push_back(static_cast<double>(i)), figures["messages/author"].push_back(m.author);
    figures["messages/born"].push_back(m.posts.front().first);
    figures["messages/quality"].push_back(m.quality), figures["messages/appeal"].push_back(m.appeal);
    figures["messages/posts"].push_back(posts);
    figures["messages/bot_posts"].push_back(static_cast<double>(m.posts.size()) - posts);
    figures["messages/lifetime"].push_back(m.posts.back().first - m.posts.front().first + 1.0);
    figures["messages/users"].push_back(static_cast<double>(users.size()));
  }
  figures["posts"] = {all_posts}, figures["message_count"] = {static_cast<double>(hall.messages.size())};
  figures["diversity"] = {figures["feed_diversity"].back()};
  figures["discrimination"] = {tau_b(quality, popularity)}, figures["size"] = {size};
  figures["delivered"] = {hall.delivered};
}
}  // namespace

PlainFigures play_feeds_plainly(const PlainFeedRule& rule, const Network& network, std::uint64_t seed,
                                std::uint32_t replicate) {
  Hall hall{rule, network, seed, replicate};
  hall.tie_bots();
  PlainFigures figures;
  for (const char* name : {"feed_quality", "feed_diversity", "feed_messages", "bot_slots"}) figures[name] = {0};
  double quality = 1;
  std::uint32_t tick = 0;
  for (bool on = true; on && (rule.ticks == 0 || tick < rule.ticks); ++tick) {
    if (rule.together)
      hall.act_together(tick);
    else
      hall.act_in_turn(tick);
    const double before = quality;
    quality = rule.smoothing * quality + (1 - rule.smoothing) * look(hall, figures);
    on = rule.converged == 0 || (before > 0 && std::abs(quality - before) / before > rule.converged);
  }
  figures["ticks"] = {static_cast<double>(tick)}, figures["quality"] = {quality};
  close_run(hall, figures);
  return figures;
}

}  // namespace passalong
