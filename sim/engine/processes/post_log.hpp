// Who posted about what, one entry a post, for how many accounts each thing had: 8 bytes a post.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

class PostLog {
 public:
  struct Entry {
    std::uint32_t what;
    AccountId who;
  };

  void clear() { entries_.clear(); }
  void note(std::uint32_t what, AccountId who) { entries_.push_back({what, who}); }
  const std::vector<Entry>& entries() const { return entries_; }
  std::uint64_t size() const { return entries_.size(); }

  // By what, 0 to things - 1: how many different accounts posted about it. accounts: ids are below it.
  std::vector<std::uint32_t> users(std::uint32_t things, AccountId accounts) const;

 private:
  std::vector<Entry> entries_;
};

// Entropy in nats of shares that are counts / total: ln total - sum c ln c / total, its terms added by add in the order
// they are given.
class Entropy {
 public:
  void add(std::uint64_t count);
  double value() const;  // 0 where nothing was counted
  std::uint64_t total() const { return total_; }
  std::uint64_t kinds() const { return kinds_; }  // with a count above 0

 private:
  double sum_ = 0;
  std::uint64_t total_ = 0, kinds_ = 0;
};

}  // namespace passalong
