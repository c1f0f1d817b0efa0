// A Poisson number an account by inversion, at times that are uniform or follow the rhythm. Draws are made in columns.
#include "sim/engine/day_plan.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/math.hpp"
#include "sim/engine/poisson.hpp"

namespace passalong {

struct DayPlan::Desk {
  // Counters and their words; grown to what a block needs, and kept.
  std::vector<std::uint32_t> account, author, day, last, words[4];
  std::size_t asked = 0;
  std::uint32_t counts[block_size];                 // posts of each account of the block
  std::vector<std::uint32_t> packed, tick, cursor;  // of each post; where the next one of a tick goes

  void make_room(std::size_t size) {
    if (size <= account.size()) return;
    for (auto* column : {&account, &author, &day, &last, &words[0], &words[1], &words[2], &words[3]})
      column->resize(size);
  }
  void ask(AccountId who, std::uint32_t of_day, std::uint32_t which_block) {
    account[asked] = who, day[asked] = of_day, last[asked] = which_block << 16, ++asked;
  }
  void answer(const Stream& stream) {
    stream.fill({account.data(), author.data(), day.data(), last.data()}, asked,
                {{words[0].data(), words[1].data(), words[2].data(), words[3].data()}});
  }
};

void DayPlan::draw(std::uint32_t day, AccountId present, Team& team) {
  day_ = day;
  used_ = (std::size_t{present} + block_size - 1) / block_size;
  if (blocks_.size() < used_) blocks_.resize(used_);
  std::vector<Desk> desks(team.workers());
  team.each(used_, [&](std::size_t b, unsigned worker) {
    draw_block(b, static_cast<AccountId>(std::min<std::uint64_t>(present, (b + 1) * block_size)), desks[worker]);
  });
}

void DayPlan::draw_block(std::size_t which, AccountId end, Desk& desk) {
  const Stream stream = setting_->stream(Purpose::background_count);
  const auto begin = static_cast<AccountId>(which * block_size);
  count_posts(begin, end, stream, desk);
  draw_times(begin, end, stream, desk);
  Block& b = blocks_[which];
  b.first.assign(ticks_ + 1, 0);
  for (const std::uint32_t t : desk.tick) ++b.first[t + 1];
  std::partial_sum(b.first.begin(), b.first.end(), b.first.begin());
  desk.cursor.assign(b.first.begin(), b.first.end());
  b.posts.resize(desk.packed.size());
  for (std::size_t k = 0; k < desk.packed.size(); ++k) b.posts[desk.cursor[desk.tick[k]]++] = desk.packed[k];
}

double DayPlan::posts_of(AccountId account) const {
  const double mean = static_cast<double>(setting_->population->activity[account]);
  return std::min(500.0, rhythm_ == nullptr ? mean : mean * rhythm_->day(day_, account).posts);
}

void DayPlan::count_posts(AccountId begin, AccountId end, const Stream& stream, Desk& desk) const {
  desk.make_room(block_size), desk.asked = 0;
  for (AccountId a = begin; a < end; ++a) desk.ask(a, day_, 0);
  desk.answer(stream);
  double mean = 0, none = 1;
  for (std::size_t k = 0; k < end - begin; ++k) {
    const double wanted = posts_of(begin + static_cast<AccountId>(k));
    if (wanted != mean) mean = wanted, none = exp(-mean);
    desk.counts[k] = poisson(mean, none, uniform(desk.words[0][k]));
  }
}

// Four times a draw.
void DayPlan::draw_times(AccountId begin, AccountId end, const Stream& stream, Desk& desk) const {
  std::size_t draws = 0, posts = 0;
  for (std::size_t k = 0; k < end - begin; ++k) posts += desk.counts[k], draws += (desk.counts[k] + 3) / 4;
  desk.make_room(draws), desk.asked = 0;
  for (std::size_t k = 0; k < end - begin; ++k)
    for (std::uint32_t n = 0; n < desk.counts[k]; n += 4) desk.ask(begin + static_cast<AccountId>(k), day_, 1 + n / 4);
  desk.answer(stream);
  desk.packed.resize(posts), desk.tick.resize(posts);
  if (rhythm_ == nullptr)
    return place_posts(end - begin, desk, [&](std::uint32_t, std::uint32_t word) {
      return static_cast<std::uint32_t>(std::uint64_t{word} * ticks_ >> 32);
    });
  place_posts(end - begin, desk,
              [&](std::uint32_t k, std::uint32_t word) { return rhythm_->day(day_, begin + k).tick(word); });
}

template <class TickOf>
void DayPlan::place_posts(std::size_t accounts, Desk& desk, const TickOf& tick_of) const {
  std::size_t post = 0, draw = 0;
  for (std::uint32_t k = 0; k < accounts; draw += (desk.counts[k++] + 3) / 4)
    for (std::uint32_t n = 0; n < desk.counts[k]; ++n, ++post) {
      desk.packed[post] = k << posts_a_day_bits | n;
      desk.tick[post] = tick_of(k, desk.words[n % 4][draw + n / 4]);
    }
}

std::uint64_t DayPlan::bytes() const {
  std::uint64_t sum = 0;
  for (const Block& b : blocks_) sum += (b.posts.capacity() + b.first.capacity()) * 4 + sizeof b;
  return sum;
}

}  // namespace passalong
