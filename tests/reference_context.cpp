// mechanisms/context
#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {
struct ContextWitness : Witness {
  Context c;
  double worth(const Meeting& e, const Pair& r) const override {
    const double amid = e.tier(r) >= 2 ? c.conversing * (1 - e.view.a) : 0;
    return e.post.s * (c.combined * e.post.v * e.sim + amid);
  }
};
}  // namespace

std::unique_ptr<Witness> witness_context(const Mechanisms& m) {
  const Context& c = std::get<Context>(m.further.all);
  if (!c.on) return nullptr;
  auto w = std::make_unique<ContextWitness>();
  w->c = c;
  return w;
}
}  // namespace passalong::reference
