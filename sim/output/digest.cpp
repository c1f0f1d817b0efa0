// The digest: one SHA-256 that says whether two results are the same, whatever machine, thread count or file made them.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

#include "sim/base/failure.hpp"
#include "sim/output/arrays.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    expect(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(std::string_view bytes) { expect(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1); }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned int size = 0;
    expect(EVP_DigestFinal_ex(context_.get(), sum.data(), &size) == 1);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", sum[i]);
    return text;
  }

 private:
  static void expect(bool ok) {
    if (!ok)
      throw Failure(Exit::run, "the cryptographic library offers no SHA-256", "check the installation of OpenSSL");
  }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// No name holds a line break, and the length of the values is stated, so no two results read the same.
std::string heading(const Array& array, std::size_t bytes) {
  std::string names, sizes;
  for (const std::string& name : array.variable->dimensions) names.append(names.empty() ? "" : ",").append(name);
  for (const std::size_t size : array.shape) sizes.append(sizes.empty() ? "" : ",").append(std::to_string(size));
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", array.path(), array.variable->dtype, names, sizes, bytes);
}

}  // namespace

std::string digest_of(const Result& result) {
  std::vector<Array> arrays = arrays_of(result);
  std::ranges::sort(arrays, {}, &Array::path);
  Sha256 sum;
  sum.add("passalong result 1\n");
  for (const Array& array : arrays) {
    const std::string bytes = bytes_of(array);
    sum.add(heading(array, bytes.size()));
    sum.add(bytes);
  }
  return sum.hex();
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

}  // namespace passalong
