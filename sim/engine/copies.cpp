// The batches: 128 events, 256 groups of 32 followers, about a thousand readers at once.
#include "sim/engine/copies.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>

namespace passalong {
namespace {
constexpr std::size_t batch = 128;          // events
constexpr std::size_t groups = 256;         // of followers
constexpr std::size_t readers = 1024;       // who may see; a group adds at most 32 to what is there
constexpr std::size_t long_row = 1U << 15;  // followers; longer rows are cut, so that none holds a worker
constexpr std::size_t together = Glance::together;

template <std::size_t size>
struct Columns4 {
  std::uint32_t actor[size], author[size], ordinal[size], last[size];
  std::uint32_t words[4][size];
  void put(std::size_t at, AccountId sharer, const PostId& post, std::uint32_t fourth) {
    actor[at] = sharer, author[at] = post.author, ordinal[at] = post.ordinal, last[at] = fourth;
  }
  void fill(const Stream& stream, std::size_t count) {
    stream.fill({actor, author, ordinal, last}, count, {{words[0], words[1], words[2], words[3]}});
  }
};

// Byte k of eight words, the lowest first: the same on any machine.
std::array<std::uint8_t, 32> bytes_of(const std::uint32_t (&words)[8]) {
  std::array<std::uint8_t, 32> bytes;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(bytes.data(), words, 32);
  } else {
    for (std::size_t k = 0; k < 32; ++k) bytes[k] = static_cast<std::uint8_t>(words[k / 4] >> 8 * (k % 4));
  }
  return bytes;
}
}  // namespace

struct Copies::Piece {
  const Repost* shares;           // null: a block of the plan
  std::size_t block, begin, end;  // of the shares, or of the block's posts at the tick
};

struct Copies::Long {
  AccountId sharer;
  PostId post;
  Tick born;
};

struct Copies::Desk {
  // The batch's events.
  std::size_t events = 0;
  AccountId sharer[batch];
  PostId post[batch];
  Tick born[batch];
  bool described[batch];
  float value[batch];
  std::uint32_t packed[batch];
  const AccountId* row[batch];
  const std::uint8_t* classes[batch];
  std::uint32_t length[batch];

  // Groups of followers that wait for their bytes.
  std::size_t group_count = 0;
  std::uint32_t group_event[groups], group_number[groups], mask[groups];
  Glance::Group group[groups];
  Columns4<2 * groups> bytes;

  // Followers who may see it.
  std::size_t reader_count = 0;
  std::uint32_t reader_event[readers + together];
  const AccountId* reader_at[readers + together];

  Columns4<batch> names;  // of the events that are given content
  std::uint32_t named[batch];

  ImpressionBins* bins = nullptr;
  CopyCounts counts;
  std::vector<Long> long_events;
};

Copies::Copies(const Setting& setting, const Publisher& publisher, const Follows& follows, const Partitions& partitions,
               unsigned workers)
    : setting_(setting),
      publisher_(publisher),
      follows_(follows),
      partitions_(partitions),
      glance_(setting.stream(Purpose::glance)),
      content_(setting.stream(Purpose::post_content)),
      desks_(workers) {
  for (unsigned w = 0; w < workers; ++w) bins_.emplace_back(partitions.count());
  for (unsigned w = 0; w < workers; ++w) desks_[w].bins = &bins_[w];
}
Copies::~Copies() = default;

void Copies::lay_out(std::span<const std::span<const Repost>> due, const DayPlan& plan, std::uint32_t tick) {
  pieces_.clear();
  for (const std::span<const Repost>& shares : due)
    if (!shares.empty()) pieces_.push_back({shares.data(), 0, 0, shares.size()});
  for (std::size_t b = 0; b < plan.blocks(); ++b)
    if (const std::size_t posts = plan.posts(b, tick).size(); posts > 0) pieces_.push_back({nullptr, b, 0, posts});
}

CopyCounts Copies::deliver(const Columns& c, const Glance& glance, std::span<const std::span<const Repost>> due,
                           const DayPlan& plan, std::uint32_t tick, Team& team) {
  columns_ = &c, bound_ = &glance, plan_ = &plan, tick_ = tick;
  lay_out(due, plan, tick);
  for (Desk& desk : desks_) desk.counts = {}, desk.long_events.clear();
  team.each(pieces_.size(), [&](std::size_t piece, unsigned worker) { work_on(pieces_[piece], desks_[worker]); });
  std::vector<std::pair<Long, std::size_t>> parts;
  for (const Desk& desk : desks_)
    for (const Long& event : desk.long_events)
      for (std::size_t part = 0; part * long_row < follows_.list(event.sharer).size(); ++part)
        parts.emplace_back(event, part);
  team.each(parts.size(),
            [&](std::size_t k, unsigned worker) { walk_long(parts[k].first, parts[k].second, desks_[worker]); });
  CopyCounts sum;
  for (const Desk& desk : desks_)
    sum.posts += desk.counts.posts, sum.shares += desk.counts.shares, sum.deliveries += desk.counts.deliveries;
  return sum;
}

void Copies::work_on(const Piece& piece, Desk& desk) {
  for (std::size_t begin = piece.begin; begin < piece.end; begin += batch) {
    take_names(piece, begin, std::min(piece.end, begin + batch), desk);
    take_rows(desk);
    walk(desk);
  }
}

// Who shares what; where rows lie is fetched.
void Copies::take_names(const Piece& piece, std::size_t begin, std::size_t end, Desk& desk) {
  desk.events = end - begin;
  for (std::size_t e = 0; e < desk.events; ++e) {
    desk.described[e] = false;
    if (piece.shares != nullptr) {
      const Repost& share = piece.shares[begin + e];
      desk.sharer[e] = share.sharer, desk.post[e] = share.post, desk.born[e] = share.born;
    } else {
      desk.post[e] = plan_->name(piece.block, plan_->posts(piece.block, tick_)[begin + e]);
      desk.sharer[e] = desk.post[e].author, desk.born[e] = columns_->now;
    }
    follows_.expect(desk.sharer[e]);
    bound_->expect(desk.sharer[e]);
  }
  (piece.shares != nullptr ? desk.counts.shares : desk.counts.posts) += desk.events;
}

void Copies::take_rows(Desk& desk) {
  for (std::size_t e = 0; e < desk.events; ++e) {
    take_row(e, desk);
    desk.counts.deliveries += desk.length[e];
    if (desk.length[e] <= long_row) continue;
    desk.long_events.push_back({desk.sharer[e], desk.post[e], desk.born[e]});
    desk.length[e] = 0;
  }
}

void Copies::take_row(std::size_t e, Desk& desk) {
  const auto row = follows_.list(desk.sharer[e]);
  desk.row[e] = row.data(), desk.length[e] = static_cast<std::uint32_t>(row.size());
  desk.classes[e] =
      row.empty() ? nullptr : bound_->row(desk.sharer[e], bound_->begin(desk.sharer[e], setting_.network()));
  __builtin_prefetch(desk.classes[e]);
}

void Copies::walk(Desk& desk) {
  for (std::uint32_t e = 0; e < desk.events; ++e)
    for (std::uint32_t g = 0; g * together < desk.length[e]; ++g) look_at(e, g, desk);
  look_at_groups(desk);
  look_at_readers(desk);
}

void Copies::look_at(std::uint32_t e, std::uint32_t group, Desk& desk) {
  const std::size_t g = desk.group_count++;
  desk.group_event[g] = e, desk.group_number[g] = group;
  desk.bytes.put(2 * g, desk.sharer[e], desk.post[e], 2 * group);
  desk.bytes.put(2 * g + 1, desk.sharer[e], desk.post[e], 2 * group + 1);
  if (desk.group_count == groups) look_at_groups(desk);
}

// Who may see a copy; each bit becomes a reader, whose id is fetched.
void Copies::look_at_groups(Desk& desk) {
  desk.bytes.fill(glance_, 2 * desk.group_count);
  const auto& words = desk.bytes.words;
  for (std::size_t g = 0; g < desk.group_count; ++g) {
    std::uint32_t random[8];
    for (std::size_t k = 0; k < 8; ++k) random[k] = words[k % 4][2 * g + k / 4];
    desk.group[g] = {desk.classes[desk.group_event[g]] + desk.group_number[g] * together / 2, bytes_of(random)};
  }
  Glance::find_passing({desk.group, desk.group_count}, desk.mask);
  for (std::size_t g = 0; g < desk.group_count; ++g) {
    take_readers(g, desk);
    if (desk.reader_count >= readers) look_at_readers(desk);
  }
  desk.group_count = 0;
}

void Copies::take_readers(std::size_t g, Desk& desk) {
  const std::uint32_t e = desk.group_event[g], first = desk.group_number[g] * static_cast<std::uint32_t>(together);
  std::uint32_t mask = desk.mask[g];
  if (const std::uint32_t left = desk.length[e] - first; left < together) mask &= (1U << left) - 1;
  std::size_t n = desk.reader_count;
  for (; mask != 0; mask &= mask - 1, ++n) {
    desk.reader_event[n] = e, desk.reader_at[n] = desk.row[e] + first + std::countr_zero(mask);
    __builtin_prefetch(desk.reader_at[n]);
  }
  desk.reader_count = n;
}

void Copies::look_at_readers(Desk& desk) {
  describe(desk);
  for (std::size_t k = 0; k < desk.reader_count; ++k) {
    const AccountId reader = *desk.reader_at[k];
    const std::uint32_t e = desk.reader_event[k];
    if (reader == desk.post[e].author) continue;
    desk.bins->push(partitions_.of(reader), {reader, desk.sharer[e], desk.post[e], desk.value[e], desk.packed[e]});
  }
  desk.reader_count = 0;
}

// Content for what may be seen.
void Copies::describe(Desk& desk) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < desk.reader_count; ++k) {
    const std::uint32_t e = desk.reader_event[k];
    if (desk.described[e]) continue;
    desk.described[e] = true;
    publisher_.expect(desk.post[e].author);
    desk.named[count] = e, desk.names.put(count++, desk.post[e].author, {0, desk.post[e].ordinal}, 0);
  }
  desk.names.fill(content_, count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t e = desk.named[k];
    const auto& w = desk.names.words;
    const Content content = publisher_.ordinary_content(desk.post[e].author, {w[0][k], w[1][k], w[2][k], w[3][k]});
    desk.value[e] = content.value;
    desk.packed[e] = OrdinaryImpression::pack(columns_->now - desk.born[e], content.kind, content.topic);
  }
}

// One part of a long row, as a batch of one event whose groups begin further on.
void Copies::walk_long(const Long& event, std::size_t part, Desk& desk) {
  desk.events = 1, desk.described[0] = false;
  desk.sharer[0] = event.sharer, desk.post[0] = event.post, desk.born[0] = event.born;
  take_row(0, desk);
  const std::size_t begin = part * long_row, end = std::min<std::size_t>(desk.length[0], begin + long_row);
  for (std::size_t g = begin / together; g * together < end; ++g) look_at(0, static_cast<std::uint32_t>(g), desk);
  look_at_groups(desk);
  look_at_readers(desk);
}

std::uint64_t Copies::bytes() const {
  std::uint64_t sum = pieces_.capacity() * sizeof(Piece);
  for (const ImpressionBins& bins : bins_) sum += bins.bytes();
  return sum + desks_.capacity() * sizeof(Desk);
}

}  // namespace passalong
