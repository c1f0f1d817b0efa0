// Every step looks through all posts there are.
#include "tests/reference_memes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/base/math.hpp"
#include "sim/base/uniform_below.hpp"

namespace passalong {
namespace {

struct PlainPost {
  std::uint64_t step;
  AccountId author;
  std::uint64_t meme;
};

struct Table {
  const PlainMemeRule& rule;
  const Network& network;
  Stream actions, readings;
  std::uint64_t accounts, window;
  std::vector<PlainPost> posts{};
  std::uint64_t memes = 0;

  bool there(const PlainPost& post, std::uint64_t step) const { return post.step + window >= step; }

  // Of one author, later steps first.
  std::vector<std::uint64_t> posts_of(AccountId author, std::uint64_t step) const {
    std::vector<PlainPost> found;
    const auto gone = [&](const PlainPost& post) { return !there(post, step); };
    for (auto post = std::ranges::partition_point(posts, gone); post != posts.end(); ++post)
      if (post->author == author) found.push_back(*post);
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.step > b.step; });
    std::vector<std::uint64_t> about;
    for (const PlainPost& post : found) about.push_back(post.meme);
    return about;
  }

  std::vector<std::uint64_t> screen_of(AccountId reader, std::uint64_t step) const {
    std::vector<std::uint64_t> screen;
    for (AccountId a = 0; a < accounts; ++a)
      if (network.follows(reader, a))
        for (const std::uint64_t meme : posts_of(a, step)) screen.push_back(meme);
    return screen;
  }

  void act(std::uint64_t step) {
    const auto low = static_cast<std::uint32_t>(step), high = static_cast<std::uint32_t>(step >> 32);
    const Words w = actions(low, high, 0);
    const auto who = static_cast<AccountId>(uniform_below(accounts, w[0], w[1]));
    std::vector<std::uint64_t> said;
    if (uniform(w[2]) < rule.fresh)
      said.push_back(memes++);
    else
      said = answers(who, step, low, high);
    for (const std::uint64_t meme : said) posts.push_back({step, who, meme});
  }

  std::vector<std::uint64_t> answers(AccountId who, std::uint64_t step, std::uint32_t low, std::uint32_t high) const {
    std::vector<std::uint64_t> said;
    const auto screen = screen_of(who, step), memory = posts_of(who, step);
    double place = 0;
    for (std::uint32_t k = 0; rule.reading > 0; ++k, ++place) {
      const Words w = readings(low, high, k);
      if (rule.reading < 1) place += std::floor(passalong::log(uniform(w[0])) / passalong::log(1 - rule.reading));
      if (place >= static_cast<double>(screen.size())) break;
      const bool reminded = !memory.empty() && uniform(w[1]) < rule.memory;
      said.push_back(reminded ? memory[uniform_below(memory.size(), w[2], w[3])]
                              : screen[static_cast<std::size_t>(place)]);
    }
    return said;
  }
};

void close_tick(const Table& table, std::uint64_t tick, PlainFigures& figures) {
  std::map<std::uint64_t, double> by_meme, on_screens;
  std::map<AccountId, std::map<std::uint64_t, double>> by_user;
  double posts = 0, fresh = 0, entropies = 0;
  std::map<std::uint64_t, std::uint64_t> born;
  const std::uint64_t end = (tick + 1) * table.accounts;
  for (const PlainPost& post : table.posts) {
    born.emplace(post.meme, post.step / table.accounts);
    if (post.step + table.window >= end - 1) on_screens[post.meme] += table.network.follower_count(post.author);
    if (post.step / table.accounts != tick) continue;
    ++posts, ++by_meme[post.meme], ++by_user[post.author][post.meme];
    if (born[post.meme] == tick) ++fresh;
  }
  for (const auto& [user, own] : by_user) entropies += plain_entropy(own);
  std::erase_if(on_screens, [](const auto& entry) { return entry.second == 0; });
  const auto users = static_cast<double>(by_user.size());
  figures["posts_made"].push_back(posts), figures["new_posts"].push_back(fresh);
  figures["memes_posted"].push_back(static_cast<double>(by_meme.size())), figures["users"].push_back(users);
  figures["system_entropy"].push_back(plain_entropy(by_meme));
  figures["user_entropy"].push_back(users > 0 ? entropies / users : 0);
  figures["screen_memes"].push_back(static_cast<double>(on_screens.size()));
  figures["screen_entropy"].push_back(plain_entropy(on_screens));
  figures["entropies"].push_back(entropies);
}

void close_run(const Table& table, PlainFigures& figures) {
  double lifetimes = 0, size = 0, entropies = 0, users_of_ticks = 0;
  for (std::uint64_t meme = 0; meme < table.memes; ++meme) {
    std::set<std::uint64_t> ticks;
    std::set<AccountId> users;
    double posts = 0;
    for (const PlainPost& post : table.posts)
      if (post.meme == meme) ++posts, ticks.insert(post.step / table.accounts), users.insert(post.author);
    double longest = 0;
    for (const std::uint64_t tick : ticks) {
      double run = 1;
      while (ticks.contains(tick + static_cast<std::uint64_t>(run))) ++run;
      longest = std::max(longest, run);
    }
    lifetimes += longest, size = std::max(size, static_cast<double>(users.size()));
    figures["memes/number"].push_back(static_cast<double>(meme));
    figures["memes/born"].push_back(static_cast<double>(*ticks.begin()));
    figures["memes/posts"].push_back(posts), figures["memes/lifetime"].push_back(longest);
    figures["memes/users"].push_back(static_cast<double>(users.size()));
  }
  for (const double e : figures["entropies"]) entropies += e;
  for (const double u : figures["users"]) users_of_ticks += u;
  figures.erase("entropies");
  figures["posts"] = {static_cast<double>(table.posts.size())};
  figures["meme_count"] = {static_cast<double>(table.memes)};
  figures["mean_lifetime"] = {table.memes > 0 ? lifetimes / static_cast<double>(table.memes) : 0};
  figures["user_diversity"] = {users_of_ticks > 0 ? entropies / users_of_ticks : 0};
  figures["size"] = {size};
}
}  // namespace

double plain_entropy(const std::map<std::uint64_t, double>& counts) {
  double total = 0, sum = 0;
  for (const auto& [what, count] : counts) total += count;
  for (const auto& [what, count] : counts)
    if (count > 0) sum -= count / total * passalong::log(count / total);
  return sum;
}

PlainFigures play_memes_plainly(const PlainMemeRule& rule, const Network& network, std::uint64_t seed,
                                std::uint32_t replicate) {
  const double accounts = network.accounts();
  Table table{rule,
              network,
              Stream(seed, replicate, Purpose::meme_action),
              Stream(seed, replicate, Purpose::meme_reading),
              network.accounts(),
              std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rule.window * accounts + 0.5))};
  PlainFigures figures;
  for (const char* name : {"posts_made", "new_posts", "memes_posted", "users", "system_entropy", "user_entropy",
                           "screen_memes", "screen_entropy", "entropies"})
    figures[name] = {0};  // before the first tick
  for (std::uint64_t tick = 0; tick < rule.ticks; ++tick) {
    for (std::uint64_t step = tick * table.accounts; step < (tick + 1) * table.accounts; ++step) table.act(step);
    close_tick(table, tick, figures);
  }
  close_run(table, figures);
  return figures;
}

}  // namespace passalong
