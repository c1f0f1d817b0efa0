// A run that ends waits for a watcher who is looking, which takes as long as copying the rows does.
#include "sim/experiment/live_board.hpp"

namespace passalong {

void LiveBoard::tell(const Progress& progress) {
  const std::scoped_lock lock(telling_);
  progress_ = progress;
  if (progress.ticks_done > 0 && !ticking_since_) ticking_since_ = progress.seconds;
}

Progress LiveBoard::progress() const {
  const std::scoped_lock lock(telling_);
  return progress_;
}

std::optional<double> LiveBoard::seconds_left() const {
  const std::scoped_lock lock(telling_);
  const auto done = static_cast<double>(progress_.ticks_done), total = static_cast<double>(progress_.ticks_total);
  if (!ticking_since_ || done <= 0 || progress_.seconds <= *ticking_since_) return {};
  return (progress_.seconds - *ticking_since_) * (total - done) / done;
}

Headway LiveBoard::headway() const {
  const std::scoped_lock lock(showing_);
  return so_far_ == nullptr ? last_ : so_far_->headway();
}

std::optional<Result> LiveBoard::result() const {
  const std::scoped_lock lock(showing_);
  return so_far_ == nullptr ? std::nullopt : so_far_->result();
}

std::vector<RunningCurve> LiveBoard::running() const {
  const std::scoped_lock lock(showing_);
  return so_far_ == nullptr ? std::vector<RunningCurve>() : so_far_->running();
}

LiveBoard::Showing::Showing(LiveBoard* board, const SoFar* so_far) : board_(board) {
  if (board_ == nullptr) return;
  const std::scoped_lock lock(board_->showing_);
  board_->so_far_ = so_far;
}

LiveBoard::Showing::~Showing() {
  if (board_ == nullptr) return;
  const std::scoped_lock lock(board_->showing_);
  board_->last_ = board_->so_far_->headway();
  board_->so_far_ = nullptr;
}

}  // namespace passalong
