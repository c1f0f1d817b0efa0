// The account's side: what it saw, decided and lived through, in the order in which it happened.
#include "sim/experiment/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/experiment/replay.hpp"
#include "sim/network/labels.hpp"

namespace passalong {
namespace {

// By number those who are to join are accounts too.
std::optional<AccountId> find(const Played& played, const std::string& label) {
  if (const auto found = find_account(played.ground->network, label)) return found;
  if (!played.ground->network.labels.empty() || label.empty() || label.size() > 9 ||
      label.find_first_not_of("0123456789") != label.npos)
    return {};
  const auto number = static_cast<AccountId>(std::stoul(label));
  return number < played.accounts ? std::optional(number) : std::nullopt;
}

[[noreturn]] void refuse_account(const Played& played, const Result& result, const std::string& label) {
  const std::string ways = "; or take --account leaver, sharer, buyer, follower or client: the first who did so";
  if (std::ranges::find(result.arms(), label) != result.arms().end())
    throw Failure(Exit::usage, fmt::format("'{}' is the account under study: its story is that of its posts", label),
                  fmt::format("--post '{}:{}:0' is its first", label, played.replicate));
  if (played.ground->network.labels.empty() && played.accounts > played.ground->network.accounts())
    throw Failure(
        Exit::usage, fmt::format("there is no account '{}'", harmless(label, 60)),
        fmt::format("accounts are numbered from 0 to {}, those who join from {} to {}",
                    played.ground->network.accounts() - 1, played.ground->network.accounts(), played.accounts - 1) +
            ways);
  try {
    account_labelled(played.ground->network, label);
  } catch (const Failure& failure) {
    throw Failure(Exit::usage, failure.what(), failure.faults().front().help + ways);
  }
  throw Failure(Exit::usage, fmt::format("there is no account '{}'", harmless(label, 60)), ways.substr(2));
}

// The last row of a result is its end.
void check_days(const Result& result, const Question& question) {
  if (!question.from || result.time.empty() || *question.from < result.time.back()) return;
  throw Failure(Exit::usage, fmt::format("--from {:g}: nothing is left of the run by then", *question.from),
                fmt::format("the run ends on day {:g}", result.time.back()));
}

bool is_what(const std::string& word, const Happening& h, AccountId accounts) {
  if (h.author < accounts) return false;
  return (word == "leaver" && h.what == What::unfollow) || (word == "sharer" && h.what == What::share) ||
         (word == "buyer" && h.what == What::adopt) || (word == "follower" && h.what == What::follow) ||
         (word == "client" && h.what == What::client);
}

// The first who did so, in a world of its own.
AccountId find_somebody(const Result& result, const Question& question) {
  Replay replay(result, question);
  const AccountId accounts = replay.played().accounts;
  const AccountId author = accounts + static_cast<AccountId>(replay.place().brand.value_or(0));
  const Tick end = question.to ? replay.first_of_day(*question.to + 1) : replay.last();
  const Tick begin = question.from ? replay.first_of_day(*question.from) : 0;
  std::optional<AccountId> found;
  Inquiry nobody;
  nobody.account = ~AccountId{0};
  while (!found && replay.now() < end) {
    replay.play(replay.now() + 1, nobody, [&](const std::vector<Happening>& happenings) {
      for (const Happening& h : happenings)
        if (!found && h.tick >= begin && is_what(question.account, h, accounts) &&
            (!replay.place().brand || h.author == author))
          found = h.account;
    });
  }
  if (!found)
    throw Failure(Exit::usage,
                  fmt::format("there is no {} in this world, in the days that were asked for", question.account),
                  "ask for other days, another --strategy or --replicate, or an account by its id");
  return *found;
}

std::vector<Term> traits_of(const Replay& replay, AccountId account) {
  const Population& people = *replay.stage().population;
  std::vector<Term> traits{{"affinity", people.affinity[account]},
                           {"attention", people.attention[account]},
                           {"activity", people.activity[account]},
                           {"load", people.load[account]},
                           {"seller", static_cast<double>(people.seller[account])},
                           {"expertise", people.expertise[account] / 255.0}};
  const Network& network = replay.stage().ground->network;
  if (account < network.accounts())
    traits.push_back({"followers", static_cast<double>(network.follower_count(account))});
  if (!people.cohort.empty()) traits.push_back({"cohort", static_cast<double>(people.cohort[account])});
  if (!people.place.empty()) traits.push_back({"place", people.place[account] + 1.0});
  return traits;
}

class AccountTeller {
 public:
  AccountTeller(AccountStory& story, const Replay& replay, Tick begin)
      : story_(story), replay_(replay), begin_(begin), accounts_(story.played.accounts) {
    story_.bonds.resize(story_.played.authors.size());
    spells_.resize(story_.bonds.size());
  }

  void tell(const std::vector<Happening>& happenings, std::vector<Moment> moments) {
    for (Moment& m : moments) {
      if (m.kind == Moment::Kind::review) weigh(m);
      count(m);
    }
    for (const Happening& h : happenings) count(h);
    if (replay_.now() <= begin_) return;
    for (const Happening& h : happenings)
      if (h.account == story_.account && h.what == What::post && wanted(h.author)) add(h);
    for (const Moment& m : moments)
      if (wanted(m.post.author)) story_.occurrences.push_back({m.tick, m, {}});
    for (const Happening& h : happenings)
      if (h.account == story_.account && wanted(h.author) && comes_of_itself(h, moments)) add(h);
  }

 private:
  struct Spell {         // of following
    bool known = false;  // whether it follows
    bool open = false;
    std::vector<Term> hazard;  // so far, by cause
  };

  void add(const Happening& h) { story_.occurrences.push_back({h.tick, {}, h}); }
  bool wanted(AccountId author) const {
    return author < accounts_ || !replay_.place().brand || author == accounts_ + *replay_.place().brand;
  }
  // What no moment tells of: joins out of the blue, follows among ordinary accounts, copies in place of posts.
  bool comes_of_itself(const Happening& h, const std::vector<Moment>& moments) const {
    if (h.what == What::follow) return h.author < accounts_ || h.ordinal == ~0U || !story_.played.told_terms;
    if (h.what == What::unfollow && h.author < accounts_) return true;
    if (h.what == What::share)
      return std::ranges::none_of(moments, [&](const Moment& m) {
        return m.shares && m.post == PostId{h.author, h.ordinal};
      });
    return h.what != What::post && !story_.played.told_terms;
  }

  void count(const Happening& h) {
    const bool inside = replay_.now() > begin_;
    if (h.author < accounts_) return;
    Bond& bond = story_.bonds[h.author - accounts_];
    if (h.what == What::post) bond.posts += inside;
    if (h.account != story_.account) return;
    Spell& spell = spells_[h.author - accounts_];
    if (h.what == What::follow) bond.followed += inside, bond.at_end = spell.known = true;
    if (h.what == What::unfollow) {
      bond.left += inside, bond.at_end = false, spell.known = true;
      bond.last_left = story_.played.day_of(h.tick), bond.cause = h.ordinal;
    }
    if (h.what == What::share) bond.shared += inside;
    if (h.what == What::check) bond.checks += inside;
    if (h.what == What::adopt) bond.adoptions += inside;
    if (h.what == What::client) bond.clients += inside;
  }
  void count(const Moment& m) {
    const bool inside = replay_.now() > begin_;
    if (m.kind == Moment::Kind::ordinary) story_.ordinary_seen += inside, story_.ordinary_shared += inside && m.shares;
    if (m.post.author < accounts_) return;
    Bond& bond = story_.bonds[m.post.author - accounts_];
    if (m.kind == Moment::Kind::sight) bond.seen += inside && m.fresh;
    const bool follows = m.kind == Moment::Kind::review || (m.kind == Moment::Kind::sight && m.follows);
    Spell& spell = spells_[m.post.author - accounts_];
    if (follows && !spell.known) bond.at_start = bond.at_end = spell.known = true;
  }

  // What of its patience a follower has used up, and for which causes, since it began to follow.
  void weigh(Moment& m) {
    Spell& spell = spells_[m.post.author - accounts_];
    const Reckoning *hazard = nullptr, *causes = nullptr;
    for (const Reckoning& r : m.reckonings) {
      if (r.name == std::string_view("hazard")) hazard = &r;
      if (r.name == std::string_view("causes")) causes = &r;
    }
    if (hazard == nullptr || causes == nullptr) return;
    if (!spell.open) {
      spell.hazard = causes->terms, spell.open = true;
      for (Term& t : spell.hazard) t.value = 0;
    }
    double all = 0;
    for (std::size_t c = 0; c < spell.hazard.size(); ++c) {
      if (causes->value > 0) spell.hazard[c].value += hazard->value * causes->terms[c].value / causes->value;
      all += spell.hazard[c].value;
    }
    m.reckonings.push_back({.name = "hazard_so_far", .value = all, .form = Form::sum, .terms = spell.hazard});
    if (m.leave) spell.open = false;
  }

  AccountStory& story_;
  const Replay& replay_;
  Tick begin_;  // what comes before is not told
  AccountId accounts_;
  std::vector<Spell> spells_;  // by account under study
};

}  // namespace

AccountStory explain_account(const Result& result, const Question& question) {
  AccountStory story;
  check_days(result, question);
  const bool by_word = std::ranges::find(somebodies, question.account) != somebodies.end();
  Replay replay(result, question);
  story.played = replay.played(), story.brand = replay.place().brand;
  std::optional<AccountId> account = find(story.played, question.account);
  if (!account && by_word) account = find_somebody(result, question);
  if (!account) refuse_account(story.played, result, question.account);
  story.account = *account, story.label = story.played.name_of(*account);
  story.traits = traits_of(replay, *account);
  const Tick begin = question.from ? replay.first_of_day(*question.from) : 0;
  const Tick end = question.to ? replay.first_of_day(*question.to + 1) : replay.last();
  AccountTeller teller(story, replay, begin);
  Inquiry inquiry;
  inquiry.account = *account;
  replay.play(end, inquiry, [&](const std::vector<Happening>& h) { teller.tell(h, inquiry.take()); });
  story.played = replay.check();
  return story;
}

}  // namespace passalong
