// The ties, by place in the list of names.
#include "sim/network/generators/florentine.hpp"

#include <utility>

namespace passalong {
namespace {
enum Family : AccountId {
  acciaiuoli,
  albizzi,
  barbadori,
  bischeri,
  castellani,
  ginori,
  guadagni,
  lamberteschi,
  medici,
  pazzi,
  peruzzi,
  ridolfi,
  salviati,
  strozzi,
  tornabuoni,
  families
};
constexpr const char* names[families] = {"Acciaiuoli", "Albizzi",  "Barbadori",    "Bischeri", "Castellani",
                                         "Ginori",     "Guadagni", "Lamberteschi", "Medici",   "Pazzi",
                                         "Peruzzi",    "Ridolfi",  "Salviati",     "Strozzi",  "Tornabuoni"};
constexpr std::pair<Family, Family> marriages[] = {
    {acciaiuoli, medici},    {albizzi, ginori},     {albizzi, guadagni},   {albizzi, medici},
    {barbadori, castellani}, {barbadori, medici},   {bischeri, guadagni},  {bischeri, peruzzi},
    {bischeri, strozzi},     {castellani, peruzzi}, {castellani, strozzi}, {guadagni, lamberteschi},
    {guadagni, tornabuoni},  {medici, ridolfi},     {medici, salviati},    {medici, tornabuoni},
    {pazzi, salviati},       {peruzzi, strozzi},    {ridolfi, strozzi},    {ridolfi, tornabuoni}};
}  // namespace

Network generate_florentine(const NetworkSection& section, std::uint64_t, std::uint32_t, Team&) {
  std::vector<std::pair<AccountId, AccountId>> follows;
  for (const auto& [earlier, later] : marriages) {
    follows.emplace_back(later, earlier);
    if (section.is_mutual()) follows.emplace_back(earlier, later);
  }
  Network network = network_from_edges(families, std::move(follows));
  network.labels.assign(std::begin(names), std::end(names));
  return network;
}
double mean_florentine(const NetworkSection& section) {
  return static_cast<double>(std::size(marriages)) * (section.is_mutual() ? 2 : 1) / AccountId{families};
}

}  // namespace passalong
