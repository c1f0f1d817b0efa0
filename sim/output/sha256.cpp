// The only door to OpenSSL.
#include "sim/output/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "sim/base/failure.hpp"
#include "sim/output/input_file.hpp"

namespace passalong {
namespace {
void expect(bool ok) {
  if (!ok) throw Failure(Exit::run, "the cryptographic library offers no SHA-256", "check the installation of OpenSSL");
}
}  // namespace

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  expect(context_->sum && EVP_DigestInit_ex(context_->sum.get(), EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  expect(EVP_DigestUpdate(context_->sum.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  expect(EVP_DigestFinal_ex(context_->sum.get(), sum.data(), &size) == 1);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", sum[i]);
  return text;
}

std::string sha256_of_file(const std::string& path) {
  const InputFile file(path);
  Sha256 sum;
  std::string block(1 << 20, '\0');  // a network may be larger than memory is
  for (std::uint64_t at = 0; const std::size_t size = file.read_at(at, block.data(), block.size()); at += size)
    sum.add(std::string_view(block).substr(0, size));
  return sum.hex();
}

}  // namespace passalong
