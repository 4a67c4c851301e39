// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes are a Dockerfile: reading them neither ends nor hangs the program, every piece stands where it says, and
// instructions and gaps, put together, are the text.

#include "core/dockerfile/parser.h"
#include "core/report/json.h"
#include "core/report/text.h"
#include "tests/core/span_properties.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

using namespace stagelift;
using namespace stagelift::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const SourceText source{std::string(viewOf(bytes, size))};
    const Dockerfile dockerfile = parse(source);
    const std::string flaw = test::ReadingJudge(dockerfile).flaw();
    require(flaw.empty(), flaw);
    requireForTerminal(parseAsText("f", dockerfile));
    (void)parseAsJson("f", dockerfile);
    return 0;
}
