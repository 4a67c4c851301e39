// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Node's package managers install, and where bundlers and generators of pages put what they build.

#include "core/artifacts/tool.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// With --global what is installed is a programme of the system; with --prefix it is below that folder.
Paths installed(const ShellCommand& command)
{
    const bool isGlobal = command.has("-g") || command.has("--global") || command.has("global");
    if (!isGlobal)
        return {"node_modules"};
    const std::string prefix = command.option("--prefix").value_or(valueOf(command, "NPM_CONFIG_PREFIX", "/usr/local"));
    return {prefix + "/lib/node_modules"};
}

/// `yarn` alone installs.
Paths yarn(const ShellCommand& command)
{
    const auto isOption = [](std::string_view word) { return word.starts_with('-'); };
    const bool asks = command.has("--version") || command.has("-v") || command.has("--help");
    return std::ranges::all_of(command.words, isOption) && !asks ? Paths{"node_modules"} : Paths();
}

/// `pnpm --filter=app deploy --prod /out`.
Paths deployed(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    return words.back() == "deploy" ? Paths() : Paths{words.back()};
}

/// Those that say where on the command line mostly do so as `--output-path=x`; a build without it goes where the
/// project's own settings say, which most leave at one of two places.
Paths scriptRun(const ShellCommand& command)
{
    if (auto place = firstOption(command, {"--outfile", "--outdir", "--outDir", "--out-dir", "--output-path"}))
        return {*place};
    return {"dist", "build"};
}

constexpr Names kFolders{"--prefix", "--cwd", "--dir", "-C"};

constexpr Tool kWebTools[]{
    {"npm run build",
     {"npm", "pnpm", "yarn", "bun"},
     {"build*", "compile", "bundle", "dist"},
     {},
     {},
     scriptRun,
     kFolders},
    {"npm run generate",
     {"npm", "pnpm", "yarn", "bun"},
     {"generate"},
     {},
     {"dist", ".output/public"},
     nullptr,
     kFolders},
    {"npm run export", {"npm", "pnpm", "yarn", "bun"}, {"export"}, {}, {"out"}, nullptr, kFolders},
    {"npm install",
     {"npm", "pnpm", "yarn", "bun"},
     {"ci", "install", "i", "clean-install", "add", "focus", "fetch"},
     {},
     {},
     installed,
     kFolders},
    {"yarn install", {"yarn"}, {}, {}, {}, yarn, kFolders},
    {"pnpm deploy", {"pnpm"}, {"deploy"}, {}, {}, deployed, kFolders},
    {"npm pack",
     {"npm", "pnpm", "yarn"},
     {"pack"},
     {"--pack-destination", "--out", "-o"},
     {"*.tgz"},
     nullptr,
     kFolders},
    {"vite build", {"vite"}, {"build"}, {"--outDir"}, {"dist"}},
    {"vitepress build", {"vitepress"}, {"build"}, {"--outDir"}, {".vitepress/dist"}},
    {"next build", {"next"}, {"build"}, {}, {".next", ".next/standalone", ".next/static"}},
    {"next export", {"next"}, {"export"}, {"-o", "--outdir"}, {"out"}},
    {"nuxt build", {"nuxt", "nuxi"}, {"build"}, {}, {".output"}},
    {"nuxt generate", {"nuxt", "nuxi"}, {"generate"}, {}, {".output/public", "dist"}},
    {"ng build", {"ng"}, {"build"}, {"--output-path"}, {"dist"}},
    {"astro build",
     {"astro", "nest", "vue-cli-service", "quasar", "turbo", "nx"},
     {"build"},
     {"--outDir", "--dest"},
     {"dist"}},
    {"react-scripts build", {"react-scripts", "remix", "docusaurus"}, {"build"}, {"--out-dir"}, {"build"}},
    {"gatsby build", {"gatsby", "hexo"}, {"build", "generate"}, {}, {"public"}},
    {"expo export", {"expo"}, {"export*"}, {"--output-dir"}, {"dist"}},
    {"storybook build", {"storybook", "build-storybook"}, {}, {"--output-dir", "-o"}, {"storybook-static"}},
    {"tsc", {"tsc"}, {}, {"--outDir", "--outFile"}, {"dist"}},
    {"webpack", {"webpack", "webpack-cli"}, {}, {"--output-path", "-o"}, {"dist"}},
    {"rollup", {"rollup"}, {}, {"--file", "--dir", "-o", "-d"}, {"dist"}},
    {"parcel build", {"parcel"}, {"build"}, {"--dist-dir", "--out-dir", "-d"}, {"dist"}},
    {"esbuild", {"esbuild"}, {}, {"--outfile", "--outdir"}, {}},
    {"ncc build", {"ncc"}, {"build"}, {"--out", "-o"}, {"dist"}},
    {"babel", {"babel", "swc"}, {}, {"--out-dir", "-d", "--out-file", "-o"}, {}},
    {"pkg", {"pkg"}, {}, {"--output", "-o", "--out-path"}, {}},
    {"bun build", {"bun"}, {"build"}, {"--outfile", "--outdir"}, {}},
    {"deno compile", {"deno"}, {"compile"}, {"--output", "-o"}, {}},
    {"tailwindcss", {"tailwindcss", "sass", "lessc", "elm"}, {}, {"--output", "-o"}, {}},
    {"hugo", {"hugo"}, {}, {"--destination", "-d"}, {"public"}, nullptr, {"--source", "-s"}},
    {"zola build", {"zola"}, {"build"}, {"--output-dir", "-o"}, {"public"}},
    {"mdbook build", {"mdbook"}, {"build"}, {"--dest-dir", "-d"}, {"book"}},
    {"eleventy", {"eleventy", "@11ty/eleventy"}, {}, {"--output"}, {"_site"}},
    {"flutter build web", {"flutter"}, {"web"}, {"--output"}, {"build/web"}},
};

} // namespace

std::span<const Tool> webTools()
{
    return kWebTools;
}

} // namespace stagelift
