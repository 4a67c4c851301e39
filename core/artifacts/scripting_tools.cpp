// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the package managers of Python, Ruby and PHP leave behind, and what is built with them.

#include "core/artifacts/tool.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

Paths pipUser(const ShellCommand& command)
{
    const std::string home = valueOf(command, "PYTHONUSERBASE", valueOf(command, "HOME", "/root") + "/.local");
    return command.has("--user") ? Paths{home} : Paths();
}

/// The environment that is named last; `python -m venv` names itself too.
Paths environment(const ShellCommand& command)
{
    Paths words = command.plainWords();
    std::erase_if(words, [](std::string_view word) { return word == "venv" || word == "virtualenv"; });
    if (words.empty())
        return command.has("venv") && command.programme == "uv" ? Paths{".venv"} : Paths();
    return {words.back()};
}

Paths uvEnvironment(const ShellCommand& command)
{
    return {valueOf(command, "UV_PROJECT_ENVIRONMENT", ".venv")};
}

bool isOn(const ShellCommand& command, std::string_view variable)
{
    return isIn({"1", "true", "True", "yes"}, valueOf(command, variable, ""));
}

/// Poetry's and Pipenv's environment is in the project only where they are told so.
Paths projectEnvironment(const ShellCommand& command)
{
    const bool inProject = isOn(command, "POETRY_VIRTUALENVS_IN_PROJECT") || isOn(command, "PIPENV_VENV_IN_PROJECT");
    return inProject ? Paths{".venv"} : Paths();
}

Paths poetryConfig(const ShellCommand& command)
{
    return command.has("virtualenvs.in-project") && command.has("true") ? Paths{".venv"} : Paths();
}

Paths setupPy(const ShellCommand& command)
{
    if (!command.has("setup.py"))
        return {};
    if (auto place = firstOption(command, {"--dist-dir", "-d", "--prefix", "--root"}))
        return {*place};
    const auto isPackaging = [](std::string_view word) { return word.starts_with("bdist") || word == "sdist"; };
    return std::ranges::any_of(command.words, isPackaging) ? Paths{"dist"} : Paths();
}

/// `python -m build`, but not `python setup.py build`.
Paths pythonBuild(const ShellCommand& command)
{
    const auto module = std::ranges::find(command.words, "-m");
    const bool isIt = command.programme == "pyproject-build" ||
                      (module != command.words.end() && module + 1 != command.words.end() && *(module + 1) == "build");
    return isIt ? Paths{firstOption(command, {"--outdir", "-o"}).value_or("dist")} : Paths();
}

Paths uvTool(const ShellCommand& command)
{
    const std::string home = valueOf(command, "HOME", "/root");
    return command.has("tool") ? Paths{valueOf(command, "UV_TOOL_BIN_DIR", home + "/.local/bin")} : Paths();
}

Paths uvPython(const ShellCommand& command)
{
    const std::string home = valueOf(command, "HOME", "/root");
    return command.has("python") ? Paths{valueOf(command, "UV_PYTHON_INSTALL_DIR", home + "/.local/share/uv/python")}
                                 : Paths();
}

Paths sphinx(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    return words.size() > 1 ? Paths{words.back()} : Paths();
}

Paths bundleInstall(const ShellCommand& command)
{
    const bool deploys = command.has("--deployment") || isOn(command, "BUNDLE_DEPLOYMENT");
    const std::string otherwise = deploys ? "vendor/bundle" : "/usr/local/bundle";
    return {command.option("--path").value_or(valueOf(command, "BUNDLE_PATH", otherwise))};
}

/// `bundle config set --local path vendor/bundle`.
Paths bundleConfig(const ShellCommand& command)
{
    const auto name = std::ranges::find(command.words, "path");
    if (name != command.words.end() && name + 1 != command.words.end())
        return {*(name + 1)};
    return command.has("deployment") && command.has("true") ? Paths{"vendor/bundle"} : Paths();
}

Paths gemInstall(const ShellCommand& command)
{
    if (auto place = firstOption(command, {"--install-dir", "-i"}))
        return {*place};
    return {valueOf(command, "GEM_HOME", "/usr/local/bundle")};
}

Paths composerInstall(const ShellCommand& command)
{
    const std::string home = valueOf(command, "COMPOSER_HOME", valueOf(command, "HOME", "/root") + "/.composer");
    return {command.has("global") ? home + "/vendor" : valueOf(command, "COMPOSER_VENDOR_DIR", "vendor")};
}

/// `composer create-project vendor/name folder`.
Paths composerProject(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    if (words.size() < 2)
        return {};
    return {words.size() > 2 ? words[2] : std::string(lastPart(words[1]))};
}

constexpr Tool kScriptingTools[]{
    {"pip install --prefix", {"pip*", "python*", "uv"}, {"install"}, {"--prefix", "--target", "-t", "--root"}, {}},
    {"pip install --user", {"pip*", "python*"}, {"install"}, {}, {}, pipUser},
    {"pip wheel", {"pip*", "python*"}, {"wheel"}, {"--wheel-dir", "-w"}, {"."}},
    {"pip download", {"pip*"}, {"download"}, {"--dest", "-d"}, {"."}, nullptr, {}, Origin::Fetched},
    {"python -m venv", {"python*"}, {"venv", "virtualenv"}, {}, {}, environment},
    {"virtualenv", {"virtualenv"}, {}, {}, {}, environment},
    {"setup.py", {"python*"}, {"setup.py"}, {}, {}, setupPy},
    {"python -m build", {"python*", "pyproject-build"}, {}, {}, {}, pythonBuild},
    {"uv venv", {"uv"}, {"venv"}, {}, {}, environment, {"--directory", "--project"}},
    {"uv sync", {"uv"}, {"sync"}, {}, {}, uvEnvironment, {"--directory", "--project"}},
    {"uv build", {"uv"}, {"build"}, {"--out-dir", "-o"}, {"dist"}, nullptr, {"--directory", "--project"}},
    {"uv export", {"uv"}, {"export", "compile"}, {"--output-file", "-o"}, {}, nullptr, {"--directory", "--project"}},
    {"uv tool install", {"uv"}, {"tool"}, {}, {}, uvTool},
    {"uv python install", {"uv"}, {"python"}, {}, {}, uvPython, {}, Origin::Fetched},
    {"poetry install", {"poetry", "pipenv"}, {"install", "sync"}, {}, {}, projectEnvironment, {"--directory", "-C"}},
    {"poetry config virtualenvs.in-project", {"poetry"}, {"config"}, {}, {}, poetryConfig},
    {"poetry build", {"poetry", "hatch", "flit", "pdm"}, {"build"}, {"--output", "-o", "--dest", "-d"}, {"dist"}},
    {"poetry export", {"poetry", "pdm"}, {"export"}, {"--output", "-o"}, {}},
    {"pdm install", {"pdm", "rye"}, {"install", "sync"}, {}, {".venv"}},
    {"conda create", {"conda", "mamba", "micromamba"}, {"create", "install"}, {"--prefix", "-p"}, {}},
    {"conda-pack", {"conda-pack"}, {}, {"--output", "-o"}, {}},
    {"pyinstaller", {"pyinstaller"}, {}, {"--distpath"}, {"dist"}},
    {"pex", {"pex", "shiv"}, {}, {"--output-file", "-o"}, {}},
    {"mkdocs build", {"mkdocs"}, {"build"}, {"--site-dir", "-d"}, {"site"}},
    {"sphinx-build", {"sphinx-build"}, {}, {}, {}, sphinx},
    {"bundle install", {"bundle", "bundler"}, {"install"}, {}, {}, bundleInstall},
    {"bundle config path", {"bundle", "bundler"}, {"config"}, {}, {}, bundleConfig},
    {"gem install", {"gem"}, {"install"}, {}, {}, gemInstall, {}, Origin::Fetched},
    {"assets:precompile", {"rake", "rails"}, {"assets:precompile"}, {}, {"public/assets"}},
    {"jekyll build", {"jekyll"}, {"build"}, {"--destination", "-d"}, {"_site"}},
    {"composer install",
     {"composer", "composer.phar"},
     {"install", "update", "require"},
     {},
     {},
     composerInstall,
     {"--working-dir", "-d"}},
    {"composer create-project", {"composer"}, {"create-project"}, {}, {}, composerProject, {"--working-dir", "-d"}},
    {"docker-php-ext-install",
     {"docker-php-ext-install", "pecl", "pickle", "install-php-extensions"},
     {},
     {},
     {"/usr/local/lib/php/extensions"}},
};

} // namespace

std::span<const Tool> scriptingTools()
{
    return kScriptingTools;
}

} // namespace stagelift
