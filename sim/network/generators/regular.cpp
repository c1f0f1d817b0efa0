// Each kind says how long an account's row is, how many it follows, and what stands in the row.
#include "sim/network/generators/regular.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/network/generators/picks.hpp"
#include "sim/network/generators/written_rows.hpp"

namespace passalong {
namespace {
// Writes the `length` accounts of a ring of n from `first` on, ascending, without `skipped`.
void write_arc(AccountId first, AccountId length, AccountId n, AccountId skipped, AccountId* place) {
  const std::uint64_t end = std::uint64_t{first} + length;
  for (std::uint64_t a = 0; a + n < end; ++a)
    if (a != skipped) *place++ = static_cast<AccountId>(a);
  for (std::uint64_t a = first; a < std::min<std::uint64_t>(end, n); ++a)
    if (a != skipped) *place++ = static_cast<AccountId>(a);
}

// Ties of a tree whose children stand `children` a parent in breadth-first order; a path has one, a star has all.
Network write_tree(const NetworkSection& section, std::uint64_t children, Team& team) {
  const AccountId n = accounts_of(section);
  const bool mutual = section.is_mutual();
  const auto first_child = [=](AccountId a) { return std::min<std::uint64_t>(n, children * a + 1); };
  const auto count = [=](AccountId a) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, first_child(a) + children) - first_child(a));
  };
  const auto followers = [=](AccountId a) { return count(a) + (mutual && a > 0); };
  const auto followees = [=](AccountId a) { return (a > 0) + (mutual ? count(a) : 0); };
  return write_rows(n, team, followers, followees, [=](AccountId a, AccountId* place) {
    if (mutual && a > 0) *place++ = static_cast<AccountId>((a - 1) / children);
    std::iota(place, place + count(a), static_cast<AccountId>(first_child(a)));
  });
}

double mean_of_ties(const NetworkSection& section, double ties) {
  return ties * (section.is_mutual() ? 2 : 1) / static_cast<double>(section.accounts);
}

AccountId row_length(const NetworkSection& section) {
  const AccountId n = accounts_of(section);
  if (section.width > 0) return static_cast<AccountId>(section.width);
  auto width = static_cast<AccountId>(std::ceil(std::sqrt(static_cast<double>(n))));
  while (n % width != 0) ++width;
  return width;
}

class Torus {
 public:
  explicit Torus(const NetworkSection& section) : n_(accounts_of(section)), mutual_(section.is_mutual()) {
    width_ = row_length(section);
    height_ = n_ / width_;
  }
  double ties() const { return static_cast<double>(n_) * (per_place(width_) + per_place(height_)); }
  std::uint32_t followers(AccountId a) const {
    const auto count = [&](AccountId at, AccountId length) { return from_next(at, length) + from_last(at, length); };
    return count(a % width_, width_) + count(a / width_, height_);
  }
  std::uint32_t followees(AccountId a) const {  // the other way round on either axis
    const auto count = [&](AccountId at, AccountId length) {
      return has_last(at, length) + (mutual_ && has_next(at, length));
    };
    return count(a % width_, width_) + count(a / width_, height_);
  }
  void write_followers(AccountId a, AccountId* place) const {
    AccountId* end = write_axis(a, a % width_, width_, 1, place, place);
    write_axis(a, a / width_, height_, width_, place, end);
  }

 private:
  static double per_place(AccountId length) { return length > 2 ? 1 : length == 2 ? 0.5 : 0; }
  static bool has_next(AccountId at, AccountId length) { return length > 2 || at + 1 < length; }
  static bool has_last(AccountId at, AccountId length) { return length > 2 || at > 0; }
  bool from_next(AccountId at, AccountId length) const { return has_next(at, length); }
  bool from_last(AccountId at, AccountId length) const { return mutual_ && has_last(at, length); }
  AccountId* write_axis(AccountId a, AccountId at, AccountId length, AccountId stride, AccountId* begin,
                        AccountId* end) const {
    const AccountId line = a - at * stride;
    if (from_next(at, length)) end = insert(line + (at + 1) % length * stride, begin, end);
    if (from_last(at, length)) end = insert(line + (at + length - 1) % length * stride, begin, end);
    return end;
  }
  static AccountId* insert(AccountId account, AccountId* begin, AccountId* end) {  // in ascending order
    AccountId* at = end;
    for (; at > begin && at[-1] > account; --at) *at = at[-1];
    *at = account;
    return end + 1;
  }
  AccountId n_, width_ = 1, height_ = 1;
  bool mutual_;
};

// A torus with diagonals: the neighbours of an account, ascending.
class Mesh {
 public:
  struct Neighbours {
    AccountId accounts[8];
    std::uint32_t count = 0;
  };
  explicit Mesh(const NetworkSection& section)
      : width_(row_length(section)),
        height_(accounts_of(section) / width_),
        ways_(section.diagonals == "both" ? 8 : 6) {}

  Neighbours of(AccountId a) const {
    constexpr int ways[8][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, -1}, {-1, 1}, {1, 1}, {-1, -1}};
    Neighbours found;
    AccountId* const all = found.accounts;
    for (std::size_t w = 0; w < ways_; ++w) all[w] = at(a, ways[w][0], ways[w][1]);
    std::sort(all, all + ways_);
    AccountId* end = std::unique(all, all + ways_);
    end = std::remove(all, end, a);
    found.count = static_cast<std::uint32_t>(end - all);
    return found;
  }

 private:
  AccountId at(AccountId a, int right, int down) const {
    const auto step = [](AccountId from, int by, AccountId length) {
      return static_cast<AccountId>((std::uint64_t{from} + length + static_cast<std::uint64_t>(by)) % length);
    };
    return step(a / width_, down, height_) * width_ + step(a % width_, right, width_);
  }
  AccountId width_, height_;
  std::size_t ways_;
};

Network write_mesh(const NetworkSection& section, Team& team) {
  const Mesh mesh(section);
  const auto count = [&](AccountId a) { return mesh.of(a).count; };
  return write_rows(accounts_of(section), team, count, count, [&](AccountId a, AccountId* place) {
    const Mesh::Neighbours row = mesh.of(a);
    std::copy_n(row.accounts, row.count, place);
  });
}
}  // namespace

Network generate_ring(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  const AccountId n = accounts_of(section), side = static_cast<AccountId>(section.neighbours / 2);
  const bool mutual = section.is_mutual();
  const auto count = [=](AccountId) { return mutual ? 2 * side : side; };
  return write_rows(n, team, count, count, [=](AccountId a, AccountId* place) {
    const auto first = static_cast<AccountId>(mutual ? (std::uint64_t{a} + n - side) % n : (a + 1ULL) % n);
    write_arc(first, mutual ? 2 * side + 1 : side, n, a, place);
  });
}
double mean_ring(const NetworkSection& section) {
  return static_cast<double>(section.is_mutual() ? section.neighbours : section.neighbours / 2);
}

Network generate_lattice(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  if (section.diagonals != "none") return write_mesh(section, team);
  const Torus torus(section);
  return write_rows(
      accounts_of(section), team, [&](AccountId a) { return torus.followers(a); },
      [&](AccountId a) { return torus.followees(a); },
      [&](AccountId a, AccountId* place) { torus.write_followers(a, place); });
}
double mean_lattice(const NetworkSection& section) {
  if (section.diagonals != "none") return Mesh(section).of(0).count;
  return mean_of_ties(section, Torus(section).ties());
}

Network generate_complete(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  const AccountId n = accounts_of(section);
  const auto count = [=](AccountId) { return n - 1; };
  return write_rows(n, team, count, count, [=](AccountId a, AccountId* place) { write_arc(0, n, n, a, place); });
}
double mean_complete(const NetworkSection& section) { return static_cast<double>(section.accounts - 1); }

Network generate_star(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  return write_tree(section, accounts_of(section), team);
}
double mean_star(const NetworkSection& section) { return mean_of_ties(section, mean_complete(section)); }

Network generate_path(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  return write_tree(section, 1, team);
}
double mean_path(const NetworkSection& section) { return mean_star(section); }

Network generate_tree(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  return write_tree(section, static_cast<std::uint64_t>(section.children), team);
}
double mean_tree(const NetworkSection& section) { return mean_star(section); }

Network generate_well_mixed(const NetworkSection& section, std::uint64_t, std::uint32_t, Team& team) {
  const auto none = [](AccountId) { return 0U; };
  return write_rows(accounts_of(section), team, none, none, [](AccountId, AccountId*) {});
}
double mean_well_mixed(const NetworkSection&) { return 0; }

}  // namespace passalong
