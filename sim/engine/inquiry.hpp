// Why something was decided: whoever inquires into an account or a post is told, decision by decision, the terms it
// came from. Nobody inquires in a run; an inquiry reads and changes nothing, so the world goes on bit for bit the same.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/posts.hpp"

namespace passalong {

struct Term {
  const char* name;
  double value;
};

// How a value comes from its terms: they are what it was asked for with, add up to it, or multiply to it.
enum class Form : std::uint8_t { given, sum, product };

// A value, by its name in models/ODD.md, with its terms.
struct Reckoning {
  const char* name;
  double value;
  Form form = Form::given;
  std::vector<Term> terms{};
  double drawn = none;   // of chances: what is reckoned happens where this uniform is below the value
  double before = none;  // of what is learnt: the value as it was
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
};

// One decision of an account, as it was made.
struct Moment {
  // sight: of a studied post; ordinary: of anyone else's. review: the end of a follower's day. step: what a mechanism
  // did at the serial end of the tick.
  enum class Kind : std::uint8_t { sight, ordinary, review, step };
  Kind kind = Kind::sight;
  Tick tick = 0;
  AccountId account = 0;
  PostId post{};  // of a review or a step the author alone
  // Of sights:
  Content content{};
  Tick age = 0;
  AccountId from = 0;  // the account whose copy it was: the author's own, or the first sharer's
  std::uint32_t copies = 1;
  bool fresh = true, follows = false;  // not seen before; the author is followed
  bool would_share = false, shares = false, follow = false, check = false, adopt = false;
  Tick delay = 0;  // of the share
  bool leave = false, stay = false;
  std::uint32_t cause = 0;     // of leaving
  const char* mechanism = "";  // of a step
  std::string event{};         // ... and what it was, in words; empty: it changed the relation alone
  std::vector<Reckoning> reckonings{};
};

// A studied post, put before somebody's followers: the author's, or those of an account that passes it on.
struct Copy {
  Tick tick;
  AccountId sharer, through;  // through whom the sharer had it; the author had it from itself
  std::uint64_t followers;
};

// Where reckonings go.
using Notes = std::vector<Reckoning>;

// What is asked, and what has been answered since the answers were last taken, tick by tick; within a tick by reader.
struct Inquiry {
  std::optional<AccountId> account;  // of this one alone
  std::optional<PostId> post;        // about this one alone
  std::vector<Moment> moments{};
  std::vector<Copy> copies{};  // of the post

  // Asked by several workers at once.
  bool about(AccountId who, const PostId& of) const { return is(who) && (!post || *post == of); }
  bool about(AccountId who) const { return is(who) && !post; }  // beyond sights of posts
  std::vector<Moment> take() { return std::exchange(moments, {}); }

 private:
  bool is(AccountId who) const { return !account || *account == who; }
};

// A world that can be asked.
class Explicable {
 public:
  virtual ~Explicable() = default;
  virtual void explain(Inquiry* inquiry) = 0;  // where to note it from now on; null: nowhere
};

}  // namespace passalong
