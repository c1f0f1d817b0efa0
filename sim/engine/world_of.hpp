// The tick, for any model of readers: publish -> deliver -> react -> observe, over fixed partitions.
// Decisions read the state as at the tick's start; a reader's impressions are handled in the order (post, sharer), and
// its own relations move along with them; shares land at t + 1 or later; follows and unfollows take effect at t + 1.
#pragma once
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/stopwatch.hpp"
#include "sim/engine/archive.hpp"
#include "sim/engine/copies.hpp"
#include "sim/engine/deed.hpp"
#include "sim/engine/deliver.hpp"
#include "sim/engine/feed.hpp"
#include "sim/engine/heir.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/engine/publish.hpp"
#include "sim/engine/reading.hpp"
#include "sim/engine/relations.hpp"
#include "sim/engine/repost_wheel.hpp"
#include "sim/engine/rewiring.hpp"
#include "sim/engine/share_log.hpp"
#include "sim/engine/sharers.hpp"
#include "sim/network/labels.hpp"

namespace passalong {

// What a reader looks at.
struct Sight {
  AccountId reader;
  PostId post;
  Content content;
  Tick now;
  Tick age;
  double fame;               // of the author, at the tick's start
  bool follows_author;       // ... likewise
  std::uint32_t copies = 1;  // before the reader in this tick
  bool fresh = true;         // the reader has not seen the post before
  bool from_author = true;   // one of the copies is the author's own
};

// What a reader does about it.
struct Decision {
  double trust = 0.5;  // that the reader had in the author, for who observes
  bool share = false;
  Tick delay = 1;  // ticks, at least 1
  bool follow = false, check = false, adopt = false;
};

// The end of a follower's day.
struct Review {
  bool leave = false;
  std::uint32_t cause = 0;
  bool stay = false;   // becomes a client
  bool adopt = false;  // buys, by no post
};

// A model is a struct with a State per (reader, studied account) and these verbs. Its draws are keyed by identity.
template <class M>
concept ReaderModel = requires(const M& m, const Sight& sight, Tie& tie, typename M::State& state, AccountId id,
                               const Words& words, const OrdinaryImpression& impression, std::vector<Deed>& deeds) {
  { m.stranger(id) } -> std::same_as<typename M::State>;   // the author: of a pair that has not met
  {m.begin_spell(tie, state, id)};                         // following begins
  { m.see_probability(id, 0.0) } -> std::same_as<double>;  // reader, posts a day from all followees: falls with these
  { m.most_eager() } -> std::same_as<double>;              // at least 1
  { m.eager(state) } -> std::same_as<double>;              // factor on P(see) of this author's posts, at most that
  { m.closed(state) } -> std::same_as<bool>;               // the reader will not see the author, nor follow it
  { m.gathers(sight.content) } -> std::same_as<bool>;      // each tick's copies of a post count, not the first alone
  { m.react(sight, tie, state, deeds) } -> std::same_as<Decision>;  // to a studied account's post
  // To anyone else's, with the words of `reaction`, where `follows_author` means that it is known.
  { m.react(sight, words) } -> std::same_as<Willing>;
  { m.may_share(id) } -> std::same_as<bool>;  // words[1]; false: whatever the post is like, it will not be shared
  { m.guess(impression, id, id) } -> std::same_as<Willing>;  // words[0], words[1]: what `react` would say, or unsure
  { m.ordinary_delay(id) } -> std::same_as<Tick>;            // words[2]; of those who share it, at least 1
  {m.bring_readers_near(id, id)};                            // those from one to another will be asked soon
  { m.heeds_customers() } -> std::same_as<bool>;             // the review asks how common they are
  { m.bought(state) } -> std::same_as<bool>;                 // the reader is a customer
  // author, day, fame, posts a day from the author and from the reader's ordinary followees, now, share of customers
  { m.review(tie, state, id, id, 0.0, 0.0, 0.0, Tick{}, 0.0) } -> std::same_as<Review>;
};

template <ReaderModel Model>
class WorldOf : public World, public Heir, public Explicable {
 public:
  using State = typename Model::State;
  using Row = Relation<State>;

  WorldOf(const Setting& setting, const Model& model, Tick lifetime, Team& team);

  void step() override {
    phase(&PhaseSeconds::publish, [&] { publish(); });
    phase(&PhaseSeconds::deliver, [&] { deliver(); });
    phase(&PhaseSeconds::react, [&] { react(); });
    phase(&PhaseSeconds::settle, [&] { settle(); });
    ++c_.now;
  }
  Tick now() const override { return c_.now; }
  std::vector<PostRecord> take_closed() override { return std::exchange(closed_, {}); }
  std::vector<OrdinaryBirths> take_closed_births() override {
    return log_ != nullptr ? log_->take_closed(c_.now, publisher_.lifetime()) : std::vector<OrdinaryBirths>();
  }
  std::vector<TrustLedger> trust_ledgers() const override;
  void close_all() override { publisher_.close_all(c_, closed_); }
  std::string save() const override;
  void load(const std::string& bytes) override { take(bytes, signature(setting_)); }
  void inherit(const std::string& bytes, const Setting& before) override;
  std::uint64_t state_digest() const override { return hash_bytes(save()); }
  void record(std::vector<Happening>* happenings) override { happenings_ = happenings; }
  void explain(Inquiry* inquiry) override { inquiry_ = inquiry; }
  void time(PhaseSeconds* seconds) override { seconds_ = seconds; }
  std::uint64_t bytes() const override;

 protected:
  const Setting& setting() const { return setting_; }
  const Model& model() const { return model_; }
  const Columns& columns() const { return c_; }
  const Follows& follows() const { return follows_; }
  const Policy& policy(std::size_t studied) const { return publisher_.policy(studied); }
  const Row* relation(std::size_t studied, AccountId reader) const {
    return partitions_[cut_.of(reader)].relations[studied].find(reader);
  }

  virtual Model model_of(const Setting& setting) const = 0;  // with that scenario's parameters

  // The serial end of the tick, for what mechanisms do beyond a reader's own row: after all have reacted, before joins
  // and leaves take effect. deeds: of this tick, in order.
  virtual void follow_up([[maybe_unused]] std::span<const Deed> deeds) {}
  // What a world keeps beside readers' rows. What is loaded takes effect when it is accepted.
  virtual void save_further([[maybe_unused]] Saver& saver) const {}
  virtual void load_further([[maybe_unused]] Loader& loader) {}
  virtual void accept_further() {}
  Row* relation(std::size_t studied, AccountId reader) {
    return partitions_[cut_.of(reader)].relations[studied].find(reader);
  }
  // The row of a pair that may not have met.
  Row& meet(std::size_t studied, AccountId reader) {
    return partitions_[cut_.of(reader)].relations[studied].find_or_add(reader,
                                                                       [&] { return model_.stranger(id_of(studied)); });
  }
  void leave(std::size_t studied, AccountId reader, std::uint32_t cause);  // at the end of the tick
  void join(std::size_t studied, AccountId reader, bool reciprocal, bool old);
  // An ordinary account follows another, from the end of the day; only where the model says that follows change.
  void befriend(AccountId followed, AccountId follower) { rewiring_.note_met({followed, follower}); }
  void tell(What what, AccountId account, AccountId author, std::uint32_t ordinal) {
    if (happenings_ != nullptr) happenings_->push_back({c_.now, what, account, author, ordinal});
  }
  Inquiry* inquiry() const { return inquiry_; }
  // f(row) of each pair with a studied account that is inquired into.
  template <class F>
  void each_asked(std::size_t studied, const F& f) const {
    if (inquiry_->account) {
      const Row* row = *inquiry_->account < setting_.accounts() ? relation(studied, *inquiry_->account) : nullptr;
      if (row != nullptr && inquiry_->about(row->tie.reader)) f(*row);
      return;
    }
    for (const Partition& p : partitions_)
      for (const Row& row : p.relations[studied].rows())
        if (inquiry_->about(row.tie.reader)) f(row);
  }
  // Work put in beside posts.
  void spend(std::size_t studied, double hours) { c_.studied[studied].hours += hours; }
  bool day_ends() const { return (c_.now + 1) % ticks_per_day_ == 0; }
  std::uint32_t day() const { return static_cast<std::uint32_t>(c_.now / ticks_per_day_); }
  AccountId id_of(std::size_t studied) const { return static_cast<AccountId>(setting_.accounts() + studied); }

 private:
  struct Partition {
    std::vector<RelationTable<State>> relations;  // by studied account
    Sharers sharers;                              // of ordinary posts
    // Of the tick alone:
    std::vector<Impression> impressions;
    std::vector<std::pair<Tick, Share>> shares;
    std::vector<std::vector<AccountId>> joining, leaving;  // by studied account
    std::vector<std::uint32_t> seen;                       // impressions by live studied post
    std::vector<Counts> counts;                            // by studied account
    Counts everyone;
    std::vector<FollowPair> won;  // by a reshare
    std::vector<Deed> deeds;
    std::vector<OrdinaryShare> shared;  // where they are logged
    std::vector<TrustLedger> trust;     // by studied account; empty where it is not wanted
    std::vector<Happening> happenings;
    std::vector<Moment> moments;
    template <class Archive>
    void visit(Archive& a) {
      a(relations), a(sharers), a(trust);
    }
  };

  void publish();
  void deliver();
  void deliver_ordinary();
  void note_ordinary_posts(std::size_t block);
  void choose_copies();
  void take_copy(AccountId account, const FeedChoice& choice);
  void read_feeds(std::size_t partition, unsigned worker);
  void read_feed(std::size_t partition, AccountId reader, Feed::Desk& desk, Reading& r);
  void read_shown(Partition& p, Reading& r);
  void find_followed(AccountId reader, Feed::Desk& desk) const;
  std::uint32_t serial_of(const FeedPost& post) const;
  bool note_sharer(Partition& p, AccountId account, const PostId& post, Tick born);
  PostId named_by_day(const PostId& post, Tick born) const;
  void keep_followings();
  void react();
  void settle();
  void read(Partition& p);
  void read_studied(Partition& p, AccountId reader, const Event& event, const Post& post, std::uint32_t copies);
  void read_ordinary(std::size_t partition, unsigned worker);
  void read_ordinary(Partition& p, std::span<const OrdinaryImpression> some, Reading& r);
  void bring_readers_near(std::size_t partition) const;
  void win_followers(Partition& p, const Reading& r);
  void judge(Reading& r);
  void settle_doubts(Reading& r);
  static void sort_by_sharer(Reading& r);
  [[gnu::always_inline]] Sight sight_of(const OrdinaryImpression& impression) const;
  void repost(std::size_t partition, const Reading& r, unsigned worker);
  bool looks(const Partition& p, AccountId reader, const PostId& post) const;
  bool schedule(Partition& p, AccountId reader, const Event& event, const Post& post, Tick delay);
  bool asked(AccountId reader, const PostId& post) const {
    return inquiry_ != nullptr && inquiry_->about(reader, post);
  }
  Decision explain(Partition& p, const Sight& sight, AccountId from, Row& row);
  void explain_copy(const Event& event, AccountId author, std::uint64_t length);
  void explain_ordinary(Partition& p, const Reading& r);
  void explain_share(Partition& p, const Repost& share);
  void answer(Partition& p);
  Review explain_review(Partition& p, std::size_t studied, Row& row, std::uint32_t day);
  void count_customers();
  void review(std::size_t partition);
  void review(Partition& p, std::size_t studied, AccountId follower);
  void absorb(Partition& p);
  void rewire();
  void welcome_inflow();
  void turn_policies();
  std::vector<Population::Fan> audience_of_taken(std::size_t studied);
  void begin_attention();
  void arrange_glances(const HugeColumn<std::uint32_t>& most);
  HugeColumn<std::uint32_t> highest_attention() const;
  void refresh_attention(bool follows_changed);
  void set_attention(AccountId reader);
  std::uint32_t see(AccountId reader, double studied) const;
  bool sound(const std::vector<Partition>& partitions, const RepostWheel& reposts) const;
  void restore_ordinary();
  std::uint64_t signature(const Setting& setting) const;
  void take(const std::string& bytes, std::uint64_t whose);
  bool fits(const Setting& before) const;
  void inherit_policy(std::size_t studied, const Policy& before);
  void inherit_attention(const Model& before);
  void note(Partition& p, What what, AccountId account, AccountId author, std::uint32_t ordinal) {
    if (happenings_ != nullptr) p.happenings.push_back({c_.now, what, account, author, ordinal});
  }
  template <class F>
  void phase(double PhaseSeconds::*which, const F& work) {
    const Stopwatch watch;
    work();
    if (seconds_ != nullptr) seconds_->*which += watch.seconds();
  }

  Setting setting_;
  Model model_;
  Team& team_;
  Partitions cut_;
  Follows follows_;
  Rhythm rhythm_;
  Rewiring rewiring_;
  Publisher publisher_;
  Deliverer deliverer_;
  Copies copies_;
  Feed feed_;
  Tick ticks_per_day_;
  Stream inflow_, sight_, reaction_;
  bool simulated_;  // ordinary accounts post

  static constexpr AccountId no_account = ~AccountId{0};
  std::vector<AccountId> self_;  // whose place each studied account takes; no_account: it has joined

  Columns c_;
  std::vector<Partition> partitions_;
  RepostWheel reposts_;
  std::unique_ptr<ShareLog> log_;  // null: base rates are not wanted

  // Follow from the rest:
  DayPlan plan_;
  Glance glance_;

  std::vector<Event> events_;
  std::vector<Reading> readings_;  // by worker
  std::vector<double> fame_;       // of the studied accounts at the tick's start
  std::vector<double> customers_;  // ... as a share of those who follow or have bought
  std::vector<PostRecord> closed_;
  std::vector<Deed> deeds_;  // of the tick
  std::vector<Happening>* happenings_ = nullptr;
  Inquiry* inquiry_ = nullptr;
  PhaseSeconds* seconds_ = nullptr;
};

}  // namespace passalong

#include "sim/engine/explain.hpp"
#include "sim/engine/inherit.hpp"
#include "sim/engine/react.hpp"
#include "sim/engine/react_feed.hpp"
#include "sim/engine/react_ordinary.hpp"
#include "sim/engine/settle.hpp"
