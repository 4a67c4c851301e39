// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Make this multi-stage": a file of one build stage becomes one of two. What builds stays in a builder; a new final
// stage, on a lean image that fits what was built, takes what the builder leaves behind and all that describes the
// running image.
//
//   1. read      each instruction with the folder and the variables it knows, each RUN as its commands   reading.h
//   2. know      the toolchain, by the base image and the commands                                        toolchains.h
//   3. decide    the runtime base, the products, the packages, the user                                   bases.h …
//   4. sort      each instruction: it stays with the builder, moves to the final stage, or both need it   plan.h
//   5. write     the fewest edits: the instructions at the end of the file stay where they are, because
//                the new FROM is put in ahead of them                                                     draft_split.h
//   6. look      the text after is read and checked again: what brings a finding in is not proposed
//
// It is a proposal, not a promise: what a program opens at run time is in no Dockerfile. So each line says why it
// stands there, and what a person has to check is said too.

#pragma once

#include "core/edits/analysis.h"
#include "core/edits/edits.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace stagelift {

/// Lines of the text after, and why they stand there.
struct Explanation {
    LineRange lines; // 1-based, of the text after the edits
    std::string why;
};

/// A change that is shown before it is made.
struct Proposal {
    std::string title;                     // "A Go program, built in golang:1.22 and shipped in …"
    TextEdits edits;                       // lines that stay are not touched
    Span select;                           // the new base image, in the text after
    std::vector<Explanation> explanations; // in the order of the lines, no line twice
    std::vector<std::string> cautions;     // what a person must check
};

/// What a person has chosen; what is left empty is proposed.
struct MultiStageOptions {
    std::string runtimeBase;            // the image of the final stage
    std::vector<std::string> artifacts; // absolute paths in the builder, copied to the same place
    std::string builderName;            // of the stage that has none yet
    std::optional<std::string> user;    // that the final stage runs as; "" for none of its own
};

/// Splits a file of one stage.
/// @returns edits and their reasons; or why it can't be: errors in the file, more stages than one, no toolchain that is
/// known, a running image that needs its toolchain, or nothing that would be left behind.
[[nodiscard]] std::expected<Proposal, Refusal> makeMultiStage(const Analysis& before,
                                                              const MultiStageOptions& options = {});

struct BaseChoice {
    std::string image;
    std::string why; // a word on it: "no shell, no package manager; for a static program"
};

struct ArtifactChoice {
    std::string path; // absolute in the builder
    std::string how;  // how it is known: "go build -o"
    bool isProposed = false;
};

/// What can be chosen, for a dialog. Where `refusal` is set, all else is empty.
struct MultiStageChoices {
    std::optional<Refusal> refusal;
    std::string toolchain; // "A Go program"
    std::string builderName;
    std::vector<BaseChoice> bases; // the proposed one first
    std::vector<ArtifactChoice> artifacts;
    std::string user; // that is proposed, "" for none; or that the file has
};

[[nodiscard]] MultiStageChoices multiStageChoices(const Analysis& before);

} // namespace stagelift
