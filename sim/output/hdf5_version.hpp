// Which HDF5 library this program runs with.
#pragma once
#include <string>

namespace passalong {

std::string hdf5_version();  // "1.10.8"

}  // namespace passalong
