// The feed form of attention. Accounts put up copies of posts; readers check now and then, and pull what those they
// follow have put up since: the top `slots` of it, ranked, is what they see. Each check is one reader's own work, over
// the list of those it follows, so no copy is moved before somebody looks.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/engine/columns.hpp"
#include "sim/engine/copies.hpp"
#include "sim/engine/feed_board.hpp"
#include "sim/engine/follows.hpp"
#include "sim/engine/publish.hpp"
#include "sim/engine/rhythm.hpp"
#include "sim/scenario/feed_form.hpp"

namespace passalong {

// A post as one reader's feed holds it.
struct FeedEntry {
  PostId id;
  std::uint32_t post, node;  // on the board
  AccountId sharer;
  std::uint32_t moment;
  Tick tick;  // when the sharer put it up
  double rank;
  std::uint32_t copies;  // of those the reader follows
};

// What an ordinary account's planned post turns out to be.
struct FeedChoice {
  static constexpr std::uint32_t new_post = ~0U;
  std::uint32_t post = new_post;  // else that of the board is passed on
  std::uint32_t parent = no_node;
  AccountId from = 0;  // whose copy of it
};

class Feed {
 public:
  struct Desk {                      // a worker's scratch
    std::vector<AccountId> studied;  // those of them that the reader follows
    std::vector<AccountId> blocked;  // ... has shut out
    struct Front {
      AccountId sharer;
      std::uint32_t copy;
    };
    std::vector<Front> fronts, passed;  // how far along each sharer's copies
    std::vector<FeedEntry> entries;
    std::vector<double> weights;
    bool shared = false;  // some entries are not their authors' own copies
  };
  // Fills desk.studied and desk.blocked; and whether an account has passed a post on already.
  using Following = std::function<void(AccountId reader, Desk& desk)>;
  using HasShared = std::function<bool(AccountId account, const FeedPost& post)>;

  Feed(const Setting& setting, const Publisher& publisher, const Follows& follows, const Rhythm& rhythm, Team& team);

  bool on() const { return form_.has_value(); }
  bool copies() const { return on() && form_->fresh < 1; }  // planned posts may be copies
  const FeedBoard& board() const { return board_; }
  Desk& desk(unsigned worker) { return desks_[worker]; }

  // Publish: what this tick's planned posts turn out to be, from what was up before it. Each block's choices stand
  // beside plan.posts(block, tick) in choices(block); there are none where all posts are new.
  void choose(Tick now, const DayPlan& plan, std::uint32_t tick, const Following& following,
              const HasShared& has_shared, Team& team);
  std::span<const FeedChoice> choices(std::size_t block) const { return blocks_[block].choices; }
  bool of_studied(const FeedChoice& choice) const {
    return choice.post != FeedChoice::new_post && board_.posts[choice.post].id.author >= accounts_;
  }
  // Puts up what has been chosen, shares that are due and the studied accounts' events.
  CopyCounts put_up(const Columns& c, const std::vector<Event>& events, std::span<const std::span<const Repost>> due,
                    const DayPlan& plan, std::uint32_t tick, Team& team);

  // How many checks each of the readers begin .. begin + count - 1 makes now, at most `together` of them.
  static constexpr std::size_t together = 256;
  void count_checks(AccountId begin, std::size_t count, Tick now, std::uint32_t* checks) const;
  // Leaves in desk.entries what so many checks show; desk.studied and desk.blocked are filled.
  void look(AccountId reader, std::uint32_t checks, Tick now, Desk& desk);

  std::uint64_t bytes() const;
  bool sound() const { return board_.sound(board_accounts()) && last_.size() == accounts_; }
  // Takes over what has been loaded: state alone.
  void take(Feed&& loaded) { board_ = std::move(loaded.board_), last_ = std::move(loaded.last_); }
  template <class Archive>
  void visit(Archive& a) {
    a(board_), a(last_);
  }

 private:
  enum class Ranking { chronological, engagement, interest, random };
  struct Block {  // of the day's plan
    std::vector<FeedChoice> choices;
    std::size_t posts = 0, copies = 0;             // new ones; what ordinary copies it puts up
    std::uint32_t first_post = 0, first_copy = 0;  // their numbers
    std::uint64_t deliveries = 0;
  };

  double mean_checks(AccountId reader) const {  // in a tick of a mean hour
    return static_cast<double>(setting_.population->attention[reader]) * checks_a_post_;
  }
  template <class Mean>
  void count_checks(AccountId begin, std::size_t count, Tick now, std::uint32_t* checks, const Mean& mean) const;
  std::size_t board_accounts() const { return accounts_ + setting_.studied.size(); }
  void find_idle(Team& team);
  void gather(AccountId reader, Tick after, Desk& desk) const;
  void gather_from(std::span<const AccountId> sharers, AccountId reader, Tick after, Desk& desk) const;
  void advance(AccountId sharer, std::uint32_t copy, Desk& desk) const;
  void take_fronts(Tick after, Desk& desk) const;
  void keep_one_each(Desk& desk) const;
  void keep_top(AccountId reader, std::size_t most, Tick now, Desk& desk) const;
  double rank(AccountId reader, const FeedEntry& entry, Tick now) const;
  double appeal(const FeedPost& post, Tick now) const;
  FeedChoice pick(AccountId account, std::uint32_t word, Tick now, Desk& desk) const;
  void choose_block(std::size_t block, Tick now, const DayPlan& plan, std::uint32_t tick, const Following& following,
                    const HasShared& has_shared, Desk& desk);
  void lay_out(const DayPlan& plan, std::uint32_t tick, CopyCounts& counts);
  void put_up_shares(Tick now, std::span<const std::span<const Repost>> due, CopyCounts& counts);
  void put_up_studied(const Columns& c, const std::vector<Event>& events, std::uint32_t before);
  void put_up_block(std::size_t block, Tick now, const DayPlan& plan, std::uint32_t tick);
  static FeedPost post_of(const PostId& id, Tick now, const Content& content) {
    return {.id = id, .born = now, .value = content.value, .kind = content.kind, .topic = content.topic};
  }
  FeedCopy copy_of(std::uint32_t post, std::uint32_t node, AccountId sharer, const PostId& id, Tick now) const {
    return {.post = post, .node = node, .moment = rank_(sharer, id.author, id.ordinal)[0], .tick = now};
  }

  const Setting& setting_;
  const Publisher& publisher_;
  const Follows& follows_;
  const Rhythm& rhythm_;
  std::optional<FeedForm> form_;  // none: attention has another form
  Ranking ranking_ = Ranking::chronological;
  std::size_t accounts_ = 0;
  Tick lifetime_ = 0, window_ = 0;
  double checks_a_post_ = 0;        // checks a tick for each post read a day
  std::vector<double> novelty_;     // by age in ticks
  HugeColumn<std::uint32_t> idle_;  // words below which a reader does not check
  Stream check_, rank_, pick_, content_;

  FeedBoard board_;
  HugeColumn<Tick> last_;  // check of each reader

  // Of the tick in hand:
  std::vector<Block> blocks_;
  std::vector<Repost> shares_;
  std::vector<Desk> desks_;  // by worker
};

}  // namespace passalong
