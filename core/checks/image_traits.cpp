// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/image_traits.h"

#include "core/stages/image_name.h"

#include <algorithm>

namespace stagelift {

namespace {

struct KnownImage {
    std::string_view repository; // without registry and "library/"; with "*" at its end: all that begin so
    Libc libc = Libc::Glibc;
    bool hasAlpine = false; // its tags say which of the two they are
    std::string_view compiler = {};
};

constexpr KnownImage kKnown[]{
    {"alpine", Libc::Musl},
    {"almalinux", Libc::Glibc},
    {"amazonlinux", Libc::Glibc},
    {"amazoncorretto", Libc::Glibc, true},
    {"archlinux", Libc::Glibc},
    {"astral-sh/uv", Libc::Glibc, true},
    {"buildpack-deps", Libc::Glibc, false, "C"},
    {"centos", Libc::Glibc},
    {"debian", Libc::Glibc},
    {"distroless/static*", Libc::None},
    {"distroless/*", Libc::Glibc},
    {"chainguard/static", Libc::None},
    {"chainguard/wolfi-base", Libc::Glibc},
    {"dotnet/aspnet", Libc::Glibc, true},
    {"dotnet/runtime*", Libc::Glibc, true},
    {"dotnet/sdk", Libc::Glibc, true, ".NET"},
    {"eclipse-temurin", Libc::Glibc, true},
    {"emscripten/emsdk", Libc::Glibc, false, "C"},
    {"fedora", Libc::Glibc},
    {"gcc", Libc::Glibc, false, "C"},
    {"golang", Libc::Glibc, true, "Go"},
    {"gradle", Libc::Glibc, true, "Java"},
    {"haskell", Libc::Glibc, false, "Haskell"},
    {"lukemathwalker/cargo-chef", Libc::Glibc, true, "Rust"},
    {"maven", Libc::Glibc, true, "Java"},
    {"nginx", Libc::Glibc, true},
    {"node", Libc::Glibc, true},
    {"opensuse/*", Libc::Glibc},
    {"oraclelinux", Libc::Glibc},
    {"php", Libc::Glibc, true},
    {"postgres", Libc::Glibc, true},
    {"python", Libc::Glibc, true},
    {"redis", Libc::Glibc, true},
    {"rockylinux", Libc::Glibc},
    {"ruby", Libc::Glibc, true},
    {"rust", Libc::Glibc, true, "Rust"},
    {"redhat/ubi*", Libc::Glibc},
    {"ubi*", Libc::Glibc},
    {"ubuntu", Libc::Glibc},
};

struct Name {
    std::string_view repository;
    std::string_view tag;
    bool hasDigest = false;
};

/// The host, where the name has one, is no part of what it means: mirrors keep the rest.
Name split(std::string_view image)
{
    Name name;
    const ImageCut cut = cutImage(image);
    name.hasDigest = cut.tagEnd < image.size();
    name.tag = image.substr(cut.tagBegin, cut.tagEnd - cut.tagBegin);
    image = image.substr(0, cut.nameEnd);
    const std::string_view host = image.substr(0, image.find('/'));
    if (host.size() < image.size() && (host.contains('.') || host.contains(':') || host == "localhost"))
        image.remove_prefix(host.size() + 1);
    for (const std::string_view ahead : {"docker/", "library/"}) {
        if (image.starts_with(ahead) && (ahead == "library/" || image.substr(ahead.size()).starts_with("library/")))
            image.remove_prefix(ahead.size());
    }
    name.repository = image;
    return name;
}

bool isIt(const KnownImage& known, std::string_view repository)
{
    const std::string_view wanted = known.repository;
    return wanted.ends_with('*') ? repository.starts_with(wanted.substr(0, wanted.size() - 1)) : repository == wanted;
}

/// "3.12" of "3.12.1-slim"; nothing of "3".
std::string_view minorVersion(std::string_view tag)
{
    const std::size_t dot = tag.find_first_not_of("0123456789");
    if (dot == 0 || dot == std::string_view::npos || tag[dot] != '.')
        return {};
    const std::size_t end = std::min(tag.find_first_not_of("0123456789", dot + 1), tag.size());
    return end > dot + 1 ? tag.substr(0, end) : std::string_view();
}

Libc libcOf(const KnownImage& known, const Name& name)
{
    if (!known.hasAlpine)
        return known.libc;
    if (name.tag.contains("alpine"))
        return Libc::Musl;
    // A digest may stand for either; so may a tag that an argument has yet to fill in.
    const bool isTold = name.tag.empty() ? !name.hasDigest : !name.tag.contains('$');
    return isTold ? known.libc : Libc::Unknown;
}

} // namespace

ImageTraits traitsOf(std::string_view image)
{
    const Name name = split(image);
    const auto* known =
        std::ranges::find_if(kKnown, [&](const KnownImage& each) { return isIt(each, name.repository); });
    if (known == std::end(kKnown))
        return {};
    ImageTraits traits;
    traits.libc = libcOf(*known, name);
    // The smaller ones of buildpack-deps hold none yet.
    const bool isSmall = name.tag.contains("scm") || name.tag.contains("curl");
    traits.compiler = isSmall ? std::string_view() : known->compiler;
    constexpr std::string_view kPython = "python";
    if (known->repository == kPython)
        traits.python = minorVersion(name.tag);
    else if (name.tag.starts_with(kPython))
        traits.python = minorVersion(name.tag.substr(kPython.size()));
    return traits;
}

std::vector<ImageTraits> traitsOfStages(const StageGraph& graph)
{
    std::vector<ImageTraits> all(graph.stages.size());
    for (const Stage& stage : graph.stages) {
        ImageTraits& traits = all[static_cast<std::size_t>(stage.index)];
        if (stage.base.kind == NodeKind::Scratch)
            traits.libc = Libc::None;
        else if (stage.base.kind == NodeKind::Image)
            traits = traitsOf(stage.baseName);
        else if (stage.base.kind == NodeKind::Stage && stage.base.index < stage.index)
            traits = all[static_cast<std::size_t>(stage.base.index)];
    }
    return all;
}

std::string_view libcName(Libc libc)
{
    switch (libc) {
    case Libc::Glibc:
        return "glibc";
    case Libc::Musl:
        return "musl";
    case Libc::None:
    case Libc::Unknown:
        break;
    }
    return {};
}

} // namespace stagelift
