// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/plan.h"

#include "core/checks/image_traits.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/cautions.h"
#include "core/multistage/fates.h"
#include "core/multistage/lacking_packages.h"
#include "core/multistage/refusals.h"
#include "core/multistage/work.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

constexpr std::string_view kLibraries = "/usr/local/lib"; // of what the builder has installed beside the program
constexpr std::string_view kNobody = "65532";             // the user that distroless calls nonroot

/// One behind the last step that builds.
std::size_t endOfBuilder(const Reading& reading)
{
    std::size_t end = reading.steps.size();
    while (end > 0) {
        const Work work = workOf(reading, reading.steps[end - 1]);
        if (work == Work::Build || work == Work::Packages)
            break;
        --end;
    }
    return end;
}

std::string toolsOf(const Reading& reading, const Toolchain& toolchain)
{
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            if (toolchain.works(command))
                return command.programme;
        }
    }
    return "make";
}

/// A folder of tools and no program of its own: an image to work in.
bool isWorkshop(const Reading& reading, const std::vector<Product>& products)
{
    const bool isNamed = std::ranges::any_of(products, [](const Product& product) {
        return !product.isFolder && product.how != "go install" && product.how != "cargo install" &&
               !product.how.starts_with("COPY") && !product.how.starts_with("ADD");
    });
    return !reading.start.isThere && !isNamed;
}

/// Libraries that were built beside and installed into /usr/local: the program may be linked against them.
void takeInstalledLibraries(Contents& contents, const Reading& reading)
{
    const auto made = everythingMade(reading);
    const bool isInstalled = std::ranges::any_of(
        made, [](const Product& one) { return one.path == "/usr/local" && one.how.ends_with("install"); });
    const auto holdsIt = [](const Product& product) { return covers(product.path, kLibraries); };
    if (!isInstalled || std::ranges::any_of(contents.products, holdsIt))
        return;
    if (reading.base.repository == "gcc")
        contents.refusal = Refusal{"Something is installed into /usr/local, where the compiler of this image lies too: "
                                   "nobody can tell by the text what of it the program needs",
                                   "Install it into a folder of its own by --prefix."};
    else
        contents.products.push_back({std::string(kLibraries), std::string(kLibraries), "make install", true});
}

Contents contentsOf(const Reading& reading, const Toolchain& toolchain, std::size_t split)
{
    switch (toolchain.language) {
    case Language::Python:
        return pythonContents(reading, split);
    case Language::Node:
        return nodeContents(reading, split);
    case Language::Ruby:
        return rubyContents(reading, split);
    case Language::Php:
        return phpContents(reading, split);
    default:
        break;
    }
    Contents contents;
    contents.products = programsOf(reading, toolchain);
    const auto isCpp = [](const ShellCommand& command) {
        return command.programme == "g++" || command.programme == "c++" || command.programme == "cmake" ||
               command.programme == "make" || command.programme == "ninja";
    };
    if (reading.base.repository == "gcc" && reading.anyCommand(isCpp)) {
        contents.products.push_back({"/usr/local/lib64/libstdc++.so.6", "/usr/local/lib/libstdc++.so.6",
                                     "the compiler's own C++ library, which is newer than the distribution's", false});
        contents.lines.push_back({"RUN ldconfig", "Lets programs find that library"});
    }
    takeInstalledLibraries(contents, reading);
    const auto isInstalled = [](const Product& product) { return covers(product.path, kLibraries); };
    if (std::ranges::any_of(contents.products, isInstalled) && traitsOf(reading.stage.baseName).libc != Libc::Musl &&
        contents.lines.empty())
        contents.lines.push_back({"RUN ldconfig", "Lets programs find the libraries in /usr/local/lib"});
    return contents;
}

/// A file that a COPY below the split brings anyway.
bool isBroughtBelow(const Reading& reading, std::size_t split, const Product& product)
{
    const bool isCopied = product.how == "COPY" || product.how == "ADD" || product.how == "started by the image";
    for (std::size_t at = split; at < reading.steps.size() && isCopied; ++at) {
        const Step& step = reading.steps[at];
        if (!isContextCopy(step))
            continue;
        const std::string place = destinationOf(reading, step);
        if (covers(place, product.path) || covers(product.path, place))
            return true;
    }
    return false;
}

bool healthNeedsShell(const Reading& reading)
{
    const Step* health = reading.last(Keyword::Healthcheck);
    return health != nullptr && reading.textOf(*health).contains("CMD") && !reading.textOf(*health).contains('[');
}

bool isCertificate(std::string_view package)
{
    return package == "ca-certificates" || package == "tzdata" || package == "bash";
}

/// curl and git bring certificates along, which the program may have used as well.
bool fetchesSafely(const Reading& reading)
{
    return reading.anyCommand([](const ShellCommand& command) {
        constexpr std::array kFetchers = std::to_array<std::string_view>({"curl", "wget", "git"});
        const auto install = packagesOf(command);
        return install && install->family == Family::Apt && !command.has("--no-install-recommends") &&
               std::ranges::any_of(kFetchers, [&](std::string_view fetcher) {
                   return std::ranges::contains(install->packages, fetcher);
               });
    });
}

/// Packages that the RUNs which stay with the builder install, and the program needs when it runs.
RuntimePackages packagesToInstall(const Reading& reading, const std::vector<Fate>& fates)
{
    RuntimePackages all = runtimePackages(reading);
    std::vector<std::string> brought;
    for (std::size_t at = 0; at < reading.steps.size(); ++at) {
        if (fates[at] == Fate::Stays)
            continue;
        for (const ShellCommand& command : reading.steps[at].commands) {
            if (auto install = packagesOf(command))
                std::ranges::move(install->packages, std::back_inserter(brought));
        }
    }
    std::erase_if(all.names, [&](const std::string& name) { return std::ranges::contains(brought, name); });
    return all;
}

class Planner {
public:
    Planner(const Reading& reading, const Toolchain& toolchain, const MultiStageOptions& options,
            std::string_view builder)
        : m_reading(reading), m_toolchain(toolchain), m_options(options), m_builder(builder)
    {
    }

    std::expected<Plan, Refusal> plan()
    {
        m_plan.split = endOfBuilder(m_reading);
        if (auto refusal = refusalOfStart(m_reading))
            return std::unexpected(std::move(*refusal));
        m_contents = contentsOf(m_reading, m_toolchain, m_plan.split);
        if (m_contents.refusal && m_options.artifacts.empty())
            return std::unexpected(std::move(*m_contents.refusal));
        m_plan.shipsDevelopment = m_contents.keepsDevelopment;
        takeProducts();
        if (auto refusal = refusalOfProducts())
            return std::unexpected(std::move(*refusal));
        m_plan.fates = fatesOf(m_reading, m_toolchain, m_plan.split, m_contents);
        m_packages = packagesToInstall(m_reading, m_plan.fates);
        chooseBase();
        if (auto refusal =
                m_contents.isWebServer ? std::nullopt : refusalOfSources(m_reading, m_plan.split, m_packages))
            return std::unexpected(std::move(*refusal));
        if (auto refusal = refusalOfBase())
            return std::unexpected(std::move(*refusal));
        choosePackages();
        chooseUser();
        m_plan.userStep = behindRootsWork();
        m_plan.insertions = m_contents.insertions;
        m_plan.changes = m_contents.changes;
        writeHead(m_plan, m_reading, m_toolchain, m_contents, m_packages, m_builder);
        for (std::string& caution : m_contents.cautions)
            m_plan.cautions.push_back(std::move(caution));
        std::ranges::move(cautionsFor(m_reading, m_toolchain, m_plan, m_packages, m_needs),
                          std::back_inserter(m_plan.cautions));
        return std::move(m_plan);
    }

private:
    void takeProducts()
    {
        auto& products = m_contents.products;
        std::erase_if(products,
                      [&](const Product& product) { return isBroughtBelow(m_reading, m_plan.split, product); });
        if (!m_options.artifacts.empty()) {
            products.clear();
            for (const std::string& path : m_options.artifacts)
                products.push_back({pathFrom("/", path), pathFrom("/", path), "chosen", false});
        }
        std::vector<Product> kept; // none that another one holds
        for (const Product& product : products) {
            const auto holds = [&](const Product& other) {
                return &other != &product && other.path == other.destination && covers(other.path, product.path) &&
                       (other.path != product.path || &other < &product);
            };
            if (product.path != "/" && std::ranges::none_of(products, holds))
                kept.push_back(product);
        }
        products = kept;
        m_plan.products = std::move(kept);
    }

    std::optional<Refusal> refusalOfProducts() const
    {
        const std::string tool = toolsOf(m_reading, m_toolchain);
        const auto isBeside = [](const Product& product) { return product.path == kLibraries; };
        if (std::ranges::all_of(m_plan.products, isBeside) && m_options.artifacts.empty() && !m_contents.copiesContext)
            return Refusal{std::format("Nobody can tell by the text what {} leaves behind", tool),
                           "Say where it goes, as in go build -o /app, or let CMD start it by its path."};
        const bool isOpen = m_options.artifacts.empty() && m_toolchain.language != Language::Php;
        if (isOpen && isWorkshop(m_reading, m_plan.products))
            return Refusal{"The file says neither ENTRYPOINT nor CMD, and makes no program: it is an image to work in",
                           "Add a CMD that starts what the image is for."};
        return m_options.artifacts.empty() && !m_contents.isWebServer
                   ? refusalOfFetched(m_reading, m_toolchain, m_plan.split, m_plan.products)
                   : std::nullopt;
    }

    void chooseBase()
    {
        m_needs.isStatic = isLinkedStatically(m_reading, m_toolchain);
        m_needs.isWebServer = m_contents.isWebServer;
        m_needs.keepsImage = m_contents.needsImage;
        m_needs.packages = !std::ranges::all_of(m_packages.names, isCertificate);
        m_needs.shell = m_reading.start.needsShell || !m_reading.start.isThere || m_reading.start.isScript() ||
                        healthNeedsShell(m_reading) || runsBelow();
        m_plan.bases = basesFor(m_reading, m_toolchain, m_needs);
        m_plan.base = m_options.runtimeBase.empty() ? m_plan.bases.front().image : m_options.runtimeBase;
    }

    /// An image that nobody here knows, with the toolchain in it: the same again would leave nothing behind.
    std::optional<Refusal> refusalOfBase() const
    {
        const ImageTraits traits = traitsOf(m_reading.stage.baseName);
        const bool isKnown = traits.libc != Libc::Unknown && traits.compiler.empty();
        if (m_toolchain.isInterpreted() || isKnown || !m_options.runtimeBase.empty() ||
            m_plan.base != m_reading.stage.baseWord.text)
            return std::nullopt;
        return Refusal{std::format("No lean image is known that fits {}", m_reading.stage.baseName),
                       "Choose the image of the final stage."};
    }

    /// A RUN of the final stage, others than for certificates alone.
    bool runsBelow() const
    {
        const auto isRun = [](const Line& line) { return line.text.starts_with("RUN"); };
        if (std::ranges::any_of(m_contents.lines, isRun))
            return true;
        for (std::size_t at = 0; at < m_reading.steps.size(); ++at) {
            const Step& step = m_reading.steps[at];
            const bool isThere = m_plan.fates[at] != Fate::Stays && m_plan.fates[at] != Fate::Goes;
            if (step.keyword() == Keyword::Run && isThere && !isForCertificates(step))
                return true;
        }
        return false;
    }

    static bool isForCertificates(const Step& step)
    {
        bool some = false;
        for (const ShellCommand& command : step.commands) {
            const auto install = packagesOf(command);
            if ((install && !std::ranges::all_of(install->packages, isCertificate)) ||
                (!install && !tendsPackages(command)))
                return false;
            some = some || install.has_value();
        }
        return some;
    }

    /// Certificates are in some images, and in others that the builder was built on.
    void choosePackages()
    {
        const bool hasNone = !hasShell(m_plan.base);
        if (m_contents.isWebServer)
            m_packages.names.clear();
        if (hasNone || m_contents.isWebServer) {
            std::erase_if(m_packages.names, [](const std::string& name) { return isCertificate(name); });
            for (std::size_t at = 0; at < m_plan.split; ++at) {
                if (m_reading.steps[at].keyword() == Keyword::Run && isForCertificates(m_reading.steps[at]))
                    m_plan.fates[at] = Fate::Stays;
            }
            return;
        }
        const bool isOther = m_plan.base != m_reading.stage.baseWord.text;
        const bool isNet = m_toolchain.language == Language::Go || m_toolchain.language == Language::Rust;
        const bool hadCertificates = isNet && (hasCertificates(m_reading.stage.baseName) || fetchesSafely(m_reading));
        const bool isBrought = std::ranges::any_of(m_reading.steps, [&](const Step& step) {
            const auto at = static_cast<std::size_t>(&step - m_reading.steps.data());
            return m_plan.fates[at] != Fate::Stays && step.keyword() == Keyword::Run &&
                   m_reading.textOf(step).contains("ca-certificates");
        });
        const bool isThere = std::ranges::contains(m_packages.names, "ca-certificates") || isBrought;
        if ((isOther || fetchesSafely(m_reading)) && hadCertificates && !hasCertificates(m_plan.base) && !isThere)
            m_packages.names.insert(m_packages.names.begin(), "ca-certificates");
        addWhatTheBaseLacks(m_packages, m_reading, m_toolchain, {m_plan.base, m_needs.isStatic});
    }

    void chooseUser()
    {
        if (m_options.user) {
            m_plan.user = *m_options.user;
            m_plan.userWhy = "Chosen";
            return;
        }
        if (m_reading.last(Keyword::User) != nullptr || m_contents.isWebServer || !m_reading.start.isThere)
            return dropNonroot();
        if (std::string doubt = doubtOfUser(m_reading, m_toolchain, m_plan.products); !doubt.empty()) {
            m_plan.cautions.push_back(std::move(doubt));
            return dropNonroot();
        }
        const std::string own = userOf(m_plan.base);
        if (own == "nonroot" || m_plan.base == "scratch") // the tag says it, or nobody is there
            return;
        m_plan.user = own.empty() ? std::string(kNobody) : own;
        m_plan.userWhy = own.empty() ? "Not root: the file names no user, and a number needs no account"
                                     : std::format("Not root: the user that {} brings for this", m_plan.base);
        if (m_toolchain.isInterpreted())
            m_plan.cautions.push_back(
                std::format("It ran as root: {} may read {}, but not write into it; what it writes there (caches, "
                            "uploads, a database) needs a folder that it owns",
                            m_plan.user == kNobody ? "user " + m_plan.user : m_plan.user,
                            m_reading.end.folder == "/" ? "what is copied" : m_reading.end.folder));
    }

    /// Behind the last line of the final stage that root has to run.
    std::size_t behindRootsWork() const
    {
        std::size_t at = m_reading.steps.size();
        while (at > m_plan.split) {
            const Keyword keyword = m_reading.steps[at - 1].keyword();
            const bool isWork = keyword == Keyword::Run || keyword == Keyword::Copy || keyword == Keyword::Add ||
                                keyword == Keyword::Workdir;
            if (isWork && m_plan.fates[at - 1] == Fate::Untouched)
                break;
            --at;
        }
        return at;
    }

    /// The file has its own user, or root is needed: the image of that tag would start as another.
    void dropNonroot()
    {
        constexpr std::string_view kTag = ":nonroot";
        if (m_options.runtimeBase.empty() && m_plan.base.ends_with(kTag))
            m_plan.base.resize(m_plan.base.size() - kTag.size());
    }

    const Reading& m_reading;
    const Toolchain& m_toolchain;
    const MultiStageOptions& m_options;
    std::string_view m_builder;
    Plan m_plan;
    Contents m_contents;
    RuntimePackages m_packages;
    Needs m_needs;
};

} // namespace

std::expected<Plan, Refusal> planSplit(const Reading& reading, const Toolchain& toolchain,
                                       const MultiStageOptions& options, std::string_view builder)
{
    return Planner(reading, toolchain, options, builder).plan();
}

} // namespace stagelift::multistage
