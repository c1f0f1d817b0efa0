// Publish, for the studied accounts: what is due this tick, as events {sharer, post} in the order (post, sharer).
#pragma once
#include <vector>

#include "sim/engine/policy.hpp"
#include "sim/engine/world.hpp"

namespace passalong {

struct Event {
  AccountId sharer;    // a studied account's id for its own publication
  std::uint32_t post;  // serial
  std::uint32_t node;  // the sharer's node; no_node for the author's own publication
};

class Publisher {
 public:
  Publisher(const Setting& setting, Tick lifetime);

  // Closes posts past their lifetime into `closed`, publishes what is due, and leaves the events in order.
  void publish(Columns& c, std::vector<Event>& events, std::vector<PostRecord>& closed) const;
  void close_all(Columns& c, std::vector<PostRecord>& closed) const;

  Tick lifetime() const { return lifetime_; }
  const Policy& policy(std::size_t studied) const { return policies_[studied]; }
  Policy& policy(std::size_t studied) { return policies_[studied]; }
  // Of an ordinary account's post, from its words of `post_content`.
  Content ordinary_content(AccountId author, const Words& words) const;
  [[gnu::always_inline]] void expect(AccountId author) const {  // its content will be asked for soon
    __builtin_prefetch(setting_.population->topics->row(author));
    __builtin_prefetch(&setting_.population->seller[author]);
  }
  // What is kept of it in an impression, made whole again.
  Content ordinary_content(PostKind kind, std::uint8_t topic, float value) const;

 private:
  void close_front(Columns& c, std::vector<PostRecord>& closed) const;
  void publish_shares(Columns& c, std::vector<Event>& events) const;
  void publish_studied(Columns& c, std::vector<Event>& events) const;

  const Setting& setting_;
  Tick lifetime_;
  std::vector<Policy> policies_;  // by studied account
  double ordinary_mix_[2][4];  // shares of promotion, routine, conversation and news; of those who sell and of others
};

}  // namespace passalong
