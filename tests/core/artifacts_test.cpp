// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/artifacts.h"
#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// "/path (reason)", with a "!" where it is certain; a line each.
QString listed(const std::vector<Artifact>& artifacts)
{
    QStringList lines;
    for (const Artifact& artifact : artifacts)
        lines += u"%1%2 (%3)"_s.arg(artifact.certain ? u"!"_s : QString(), QString::fromStdString(artifact.path),
                                    QString::fromStdString(artifact.reason));
    return lines.join(u'\n');
}

} // namespace

class ArtifactsTest : public QObject {
    Q_OBJECT

private slots:
    void knowsWhatACommandLeaves_data();
    void knowsWhatACommandLeaves();
    void listsAStage_data();
    void listsAStage();
    void pointsAtTheInstruction();
    void tellsFoldersFromFiles_data();
    void tellsFoldersFromFiles();
};

void ArtifactsTest::knowsWhatACommandLeaves_data()
{
    QTest::addColumn<QString>("run");
    QTest::addColumn<QString>("paths"); // in WORKDIR /src; several are separated by a blank

    QTest::newRow("go build -o") << "go build -o /out/app ./cmd/app" << "/out/app";
    QTest::newRow("go build -o, from WORKDIR on")
        << "CGO_ENABLED=0 go build -ldflags='-s -w' -o bin/app ." << "/src/bin/app";
    QTest::newRow("go build -o=") << "go build -o=../app ." << "/app";
    QTest::newRow("go build of a package") << "go build ./cmd/app" << "/src/app";
    QTest::newRow("go build of everything") << "go build ./..." << "";
    QTest::newRow("into the home") << "echo x >> ~/.bashrc" << "/root/.bashrc";
    QTest::newRow("into another home") << "HOME=/home/a; cp x ~/bin/x" << "/home/a/bin/x";
    QTest::newRow("go install") << "go install ./..." << "/go/bin";
    QTest::newRow("go install of a tool") << "go install example.com/team/tool/v2@v2.1.0" << "/go/bin/tool";
    QTest::newRow("go install with GOBIN") << "GOBIN=/out go install ./..." << "/out";
    QTest::newRow("xx-go") << "xx-go build -o /out/app && xx-verify /out/app" << "/out/app";
    QTest::newRow("cargo build --release") << "cargo build --release --locked" << "/src/target/release";
    QTest::newRow("cargo build for another target")
        << "cargo build --release --target x86_64-unknown-linux-musl --bin app"
        << "/src/target/x86_64-unknown-linux-musl/release/app";
    QTest::newRow("cargo build into another folder") << "CARGO_TARGET_DIR=/t cargo build" << "/t/debug";
    QTest::newRow("cargo install --root") << "cargo install --root /out --path ." << "/out";
    QTest::newRow("npm run build") << "npm ci && npm run build" << "/src/node_modules /src/dist /src/build";
    QTest::newRow("yarn build") << "yarn build" << "/src/dist /src/build";
    QTest::newRow("pnpm in a folder") << "cd web && pnpm run build" << "/src/web/dist /src/web/build";
    QTest::newRow("pip install --prefix")
        << "pip install --no-cache-dir --prefix=/install -r requirements.txt" << "/install";
    QTest::newRow("pip install --target") << "pip3 install -t /libs flask" << "/libs";
    QTest::newRow("pip install --user") << "python3 -m pip install --user flask" << "/root/.local";
    QTest::newRow("pip install leaves nothing of its own") << "pip install flask" << "";
    QTest::newRow("pip wheel") << "pip wheel --wheel-dir /wheels -r requirements.txt" << "/wheels";
    QTest::newRow("python -m venv") << "python -m venv --copies /opt/venv" << "/opt/venv";
    QTest::newRow("uv sync") << "uv sync --frozen" << "/src/.venv";
    QTest::newRow("make install DESTDIR") << "make -j4 && make install DESTDIR=/rootfs" << "/rootfs";
    QTest::newRow("make install DESTDIR with a prefix") << "make DESTDIR=/rootfs PREFIX=/usr install" << "/rootfs/usr";
    QTest::newRow("make install") << "./configure && make && make install" << "/usr/local";
    QTest::newRow("cmake --install") << "cmake --build build && cmake --install build --prefix /opt/app"
                                     << "/src/build /opt/app";
    QTest::newRow("mvn package") << "./mvnw -B -DskipTests package" << "/src/target/*.jar";
    QTest::newRow("gradle bootJar") << "./gradlew --no-daemon bootJar" << "/src/build/libs/*.jar";
    QTest::newRow("dotnet publish") << "dotnet publish -c Release -o /app/publish" << "/app/publish";
    QTest::newRow("composer install") << "composer install --no-dev" << "/src/vendor";
    QTest::newRow("bundle install") << "bundle install" << "/usr/local/bundle";
    QTest::newRow("bundle install --path") << "bundle install --path /gems" << "/gems";
    QTest::newRow("curl -o") << "curl -fsSLo /usr/local/bin/tool https://example.com/tool" << "/usr/local/bin/tool";
    QTest::newRow("curl -O") << "curl -LO https://example.com/a/tool.tgz?x=1" << "/src/tool.tgz";
    QTest::newRow("curl to the next command") << "curl -L https://example.com/x | tar xz" << "";
    QTest::newRow("wget -O") << "wget -qO /bin/tool https://example.com/tool" << "/bin/tool";
    QTest::newRow("wget to the next command") << "wget -qO- https://example.com/tool | sh" << "";
    QTest::newRow("wget") << "wget https://example.com/tool" << "/src/tool";
    QTest::newRow("a compiler") << "gcc -static -o /hello hello.c" << "/hello";
    QTest::newRow("a copy") << "make && mkdir -p /out && cp bin/app /out/" << "/out/app /out";
    QTest::newRow("what is removed again is not left")
        << "curl -o a.tgz https://example.com/a && wget https://example.com/b && tar xf a.tgz && rm -f *.tgz b" << "";
    QTest::newRow("what is removed with its folder")
        << "git clone https://example.com/x.git && cd x && make install && rm -rf /src/x"
        << "/usr/local";
    QTest::newRow("what is moved is where it went") << "go build -o app . && mv app /usr/bin/app" << "/usr/bin/app";
    QTest::newRow("what has a longer name stays") << "go build -o app . && rm -rf ap a*b" << "/src/app";
    QTest::newRow("a signature is nothing of its own") << "curl -O https://example.com/a.tgz.asc" << "";
    QTest::newRow("what is made comes ahead of what is fetched")
        << "wget https://example.com/a && cp a /out && go build -o b ." << "/src/b /out /src/a";
    QTest::newRow("what goes to /tmp passes") << "curl -o /tmp/x https://example.com/x" << "";
    QTest::newRow("what a variable decides is not guessed") << "go build -o /out/$NOBODY_KNOWS ." << "";
    QTest::newRow("what the shell finds out is not guessed") << "go build -o \"/out/$(go env GOOS)\" ." << "";
    QTest::newRow("in a subshell") << "(cd sub && go build -o a .); go build -o b ." << "/src/sub/a /src/b";
    QTest::newRow("under a condition") << "if [ -f go.mod ]; then go build -o a .; else cargo build -r; fi"
                                       << "/src/a /src/target/release";
    QTest::newRow("with quotes") << "go build -o \"/out/my app\" ." << "/out/my app";
    QTest::newRow("quoted words are not commands") << "echo \"go build -o /x\" # go build -o /y" << "";
    QTest::newRow("exported variables") << "export GOBIN=/b; go install ./..." << "/b";
    QTest::newRow("redirected") << "go build -o /out/app . > /dev/null 2>&1" << "/out/app";

    // Go, Rust, C and C++.
    QTest::newRow("go install of one package") << "go install ./cmd/tool" << "/go/bin/tool";
    QTest::newRow("go install with GOPATH") << "GOPATH=/gp go install ./..." << "/gp/bin";
    QTest::newRow("go build in another folder") << "go -C cmd build -o app ." << "/src/cmd/app";
    QTest::newRow("go mod vendor") << "go mod vendor" << "/src/vendor";
    QTest::newRow("go mod download") << "go mod download" << "/go/pkg/mod";
    QTest::newRow("cargo install") << "cargo install ripgrep" << "/usr/local/cargo/bin";
    QTest::newRow("cargo install with CARGO_HOME") << "CARGO_HOME=/c cargo install --git https://x.com/y" << "/c/bin";
    QTest::newRow("cargo chef prepare") << "cargo chef prepare --recipe-path recipe.json" << "/src/recipe.json";
    QTest::newRow("cargo chef cook") << "cargo chef cook --release" << "/src/target/release";
    QTest::newRow("cargo build by profile") << "cargo build --profile dist" << "/src/target/dist";
    QTest::newRow("DESTDIR as a variable") << "DESTDIR=/out ninja -C build install" << "/out";
    QTest::newRow("make install with a prefix") << "make prefix=/opt/x install" << "/opt/x";
    QTest::newRow("make install of a library alone") << "make install_sw" << "/usr/local";
    QTest::newRow("make INSTALL_ROOT") << "make INSTALL_ROOT=/out install" << "/out";
    QTest::newRow("configure --prefix") << "./configure --prefix=/opt/nginx && make" << "/opt/nginx";
    QTest::newRow("cmake -DCMAKE_INSTALL_PREFIX")
        << "cmake -B build -DCMAKE_INSTALL_PREFIX=/opt/app && cmake --build build" << "/opt/app /src/build";
    QTest::newRow("cmake --install with DESTDIR") << "DESTDIR=/out cmake --install build --prefix /usr" << "/out/usr";
    QTest::newRow("cmake --build --target install") << "cmake --build build --target install" << "/usr/local";
    QTest::newRow("meson") << "meson setup build --prefix=/usr/local/x && meson install -C build --destdir /out"
                           << "/usr/local/x /out";
    QTest::newRow("a cross compiler") << "aarch64-linux-gnu-gcc -o app main.c" << "/src/app";
    QTest::newRow("a compiler without -o") << "gcc main.c" << "/src/a.out";
    QTest::newRow("a compiler that does not link") << "gcc -c main.c" << "";
    QTest::newRow("zig build") << "zig build -Doptimize=ReleaseSafe" << "/src/zig-out";
    QTest::newRow("zig build-exe") << "zig build-exe main.zig -femit-bin=/out/app" << "/out/app";
    QTest::newRow("swift build") << "swift build -c release" << "/src/.build/release";
    QTest::newRow("strip") << "make && strip /out/app" << "/out/app";
    QTest::newRow("upx") << "make && upx --best bin/app" << "/src/bin/app";

    // Node and pages.
    QTest::newRow("yarn alone") << "yarn --frozen-lockfile" << "/src/node_modules";
    QTest::newRow("yarn asked for its version") << "yarn --version" << "";
    QTest::newRow("yarn workspaces focus") << "yarn workspaces focus --production" << "/src/node_modules";
    QTest::newRow("npm in another folder") << "npm --prefix web ci" << "/src/web/node_modules";
    QTest::newRow("npm install --global") << "npm install -g typescript" << "/usr/local/lib/node_modules";
    QTest::newRow("pnpm deploy") << "pnpm --filter=app --prod deploy /prod/app" << "/prod/app";
    QTest::newRow("a build script of its own name") << "npm run build:client" << "/src/dist /src/build";
    QTest::newRow("vite by npx") << "npx vite build --outDir public" << "/src/public";
    QTest::newRow("next build") << "npx next build" << "/src/.next /src/.next/standalone /src/.next/static";
    QTest::newRow("webpack by yarn") << "yarn webpack --mode production" << "/src/dist";
    QTest::newRow("hugo") << "hugo --minify" << "/src/public";
    QTest::newRow("hugo of another folder") << "hugo -s docs -d /out" << "/out";

    // Python, Ruby, PHP.
    QTest::newRow("uv venv") << "uv venv" << "/src/.venv";
    QTest::newRow("uv venv of another place") << "uv venv /opt/venv" << "/opt/venv";
    QTest::newRow("uv sync elsewhere") << "UV_PROJECT_ENVIRONMENT=/app/.venv uv sync --locked" << "/app/.venv";
    QTest::newRow("uv pip install --target") << "uv pip install --target /libs -r requirements.txt" << "/libs";
    QTest::newRow("poetry install in the project") << "POETRY_VIRTUALENVS_IN_PROJECT=1 poetry install --no-root"
                                                   << "/src/.venv";
    QTest::newRow("poetry config") << "poetry config virtualenvs.in-project true && poetry install" << "/src/.venv";
    QTest::newRow("poetry install elsewhere is not known") << "poetry install" << "";
    QTest::newRow("poetry export") << "poetry export -f requirements.txt --output requirements.txt"
                                   << "/src/requirements.txt";
    QTest::newRow("poetry export into its output") << "poetry export > requirements.txt" << "/src/requirements.txt";
    QTest::newRow("poetry run") << "poetry run pyinstaller app.py" << "/src/dist";
    QTest::newRow("python -m build") << "python -m build --wheel" << "/src/dist";
    QTest::newRow("setup.py bdist_wheel") << "python setup.py bdist_wheel" << "/src/dist";
    QTest::newRow("setup.py build is not told") << "python setup.py build" << "";
    QTest::newRow("conda create -p") << "conda create -p /env python=3.12" << "/env";
    QTest::newRow("mkdocs build") << "python -m mkdocs build --site-dir /site" << "/site";
    QTest::newRow("bundle config path") << "bundle config set --local path vendor/bundle && bundle install"
                                        << "/src/vendor/bundle /usr/local/bundle";
    QTest::newRow("bundle install --deployment") << "bundle install --deployment" << "/src/vendor/bundle";
    QTest::newRow("BUNDLE_PATH") << "BUNDLE_PATH=/gems bundle install" << "/gems";
    QTest::newRow("gem install") << "gem install rails" << "/usr/local/bundle";
    QTest::newRow("jekyll") << "bundle exec jekyll build" << "/src/_site";
    QTest::newRow("assets") << "bin/rails assets:precompile" << "/src/public/assets";
    QTest::newRow("composer in another folder") << "composer install -d api" << "/src/api/vendor";
    QTest::newRow("composer create-project") << "composer create-project laravel/laravel app" << "/src/app";

    // Java, .NET, Erlang.
    QTest::newRow("mvn of a module") << "mvn -pl web -am package" << "/src/web/target/*.jar";
    QTest::newRow("mvn -fae is no folder") << "mvn -fae package" << "/src/target/*.jar";
    QTest::newRow("mvn of another file") << "mvn -f app/pom.xml package" << "/src/app/target/*.jar";
    QTest::newRow("gradle shadowJar") << "gradle shadowJar" << "/src/build/libs/*.jar";
    QTest::newRow("gradle of a project") << "./gradlew :server:bootJar" << "/src/server/build/libs/*.jar";
    QTest::newRow("gradle installDist") << "gradle installDist" << "/src/build/install";
    QTest::newRow("Spring's layers")
        << "java -Djarmode=layertools -jar app.jar extract"
        << "/src/dependencies /src/spring-boot-loader /src/snapshot-dependencies /src/application";
    QTest::newRow("jlink") << "jlink --add-modules java.base --output /jre" << "/jre";
    QTest::newRow("dotnet publish of a project") << "dotnet publish web/web.csproj"
                                                 << "/src/web/bin/Release/*/publish";
    QTest::newRow("dotnet publish by a property") << "dotnet publish -p:PublishDir=/out" << "/out";
    QTest::newRow("mix release") << "MIX_ENV=prod mix release" << "/src/_build/prod/rel";

    // Files.
    QTest::newRow("several copies into a folder") << "mv bin/a bin/b /build" << "/build/a /build/b";
    QTest::newRow("many copies into a folder") << "cp a b c d e /build" << "/build";
    QTest::newRow("copies by a pattern") << "cp bin/* /build/" << "/build";
    QTest::newRow("a copy into a folder of the system") << "mv tool /usr/local/bin" << "/usr/local/bin/tool";
    QTest::newRow("install with a mode") << "install -D -m 755 app /out/bin/app" << "/out/bin/app";
    QTest::newRow("install -t") << "install -t /out a b" << "/out/a /out/b";
    QTest::newRow("a file that is written") << "echo x > /etc/app.conf" << "/etc/app.conf";
    QTest::newRow("a file that is appended to") << "echo x >>notes" << "/src/notes";
    QTest::newRow("a log is nothing of its own") << "make 2> errors" << "";
    QTest::newRow("tee") << "echo x | tee /etc/app.conf" << "/etc/app.conf";
    QTest::newRow("tar -C") << "curl -L https://example.com/x | tar -xz -C /opt/x" << "/opt/x";
    QTest::newRow("tar that packs") << "tar czf /out/app.tgz app" << "/out/app.tgz";
    QTest::newRow("unzip -d") << "unzip x.zip -d /opt/x" << "/opt/x";
    QTest::newRow("chmod") << "curl -L https://example.com/x > /usr/local/bin/x && chmod +x /usr/local/bin/x"
                           << "/usr/local/bin/x";
    QTest::newRow("ln -s") << "ln -s /opt/x/bin/x /usr/local/bin/x" << "/usr/local/bin/x";
    QTest::newRow("a makefile that is told where") << "PREFIX=/out/ make" << "/out";
    QTest::newRow("a makefile's own target") << "make server" << "/src/bin";
    QTest::newRow("a tool that nobody knows") << "./gen.sh --output /out/gen" << "/out/gen";
    QTest::newRow("what only reads") << "grep -o /usr list" << "";
    QTest::newRow("folders come last") << "mkdir -p /out && go build -o app ." << "/src/app /out";
    QTest::newRow("certificates") << "apk add --no-cache ca-certificates tzdata"
                                  << "/etc/ssl/certs/ca-certificates.crt /usr/share/zoneinfo";
}

void ArtifactsTest::knowsWhatACommandLeaves()
{
    QFETCH(QString, run);
    QFETCH(QString, paths);

    const auto analysis = analysisOf(u"FROM a\nWORKDIR /src\nRUN "_s + run + u'\n');
    QStringList found;
    for (const Artifact& artifact : artifacts(analysis->dockerfile, analysis->graph, 0)) {
        QVERIFY(!artifact.certain);
        found += QString::fromStdString(artifact.path);
    }
    QCOMPARE(found.join(u' '), paths);
}

void ArtifactsTest::listsAStage_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("list");

    QTest::newRow("what is copied already comes first, once")
        << "FROM go AS build\nCOPY . /src\nRUN go build -o /out/b . && go build -o /out/a .\nFROM x AS runtime\nCOPY "
           "--from=build /out/a /a\n"
        << 0 << "!/out/a (copied by runtime)\n/out/b (go build)\n!/src (COPY)";
    QTest::newRow("what is mounted")
        << "FROM go AS build\nFROM x\nRUN --mount=from=build,source=/m,target=/t cp /t/a /b\n"
        << 0 << "!/m (mounted by stage 1)";
    QTest::newRow("what an ONBUILD takes")
        << "FROM go AS build\nFROM x AS y\nONBUILD COPY --from=build /m /m\nFROM y AS z\n"
        << 0 << "!/m (copied by z)";
    QTest::newRow("what the last stage takes from others is its own")
        << "FROM go AS build\nFROM x\nWORKDIR /app\nCOPY --from=build /src/dist ./dist\n"
        << 1 << "!/app/dist (COPY --from)";
    QTest::newRow("files keep their names in a folder")
        << "FROM x\nWORKDIR /app\nCOPY package.json yarn.lock ./\nCOPY src ./src/\nADD https://example.com/a.zip /dl/\n"
        << 0 << "!/app/package.json (COPY)\n!/app/yarn.lock (COPY)\n!/app/src (COPY)\n!/dl/a.zip (ADD)";
    QTest::newRow("a programme keeps its name in bin") << "FROM x\nCOPY --from=tool /opt/tool /usr/local/bin/\n"
                                                       << 0 << "!/usr/local/bin/tool (COPY --from)";
    QTest::newRow("an archive is unpacked") << "FROM x\nADD rootfs.tar.xz /rootfs/\n" << 0 << "!/rootfs (ADD)";
    QTest::newRow("an archive that is copied stays one") << "FROM x\nCOPY rootfs.tar.xz /in/\n"
                                                         << 0 << "!/in/rootfs.tar.xz (COPY)";
    QTest::newRow("a repository is a folder")
        << "FROM x\nWORKDIR /src\nADD https://github.com/x/y.git?ref=v1.2&keep-git-dir=1 .\n"
           "ADD https://github.com/x/z.git#v1.2 /z/\nADD git@github.com:x/w.git /w/\n"
        << 0 << "!/src (ADD)\n!/z (ADD)\n!/w (ADD)";
    QTest::newRow("an address names its file ahead of the query")
        << "FROM x\nADD https://example.com/a/b.json?x=1&y=c.d#e /dl/\nADD https://example.com/tool.tgz /dl/\n"
        << 0 << "!/dl/b.json (ADD)\n!/dl/tool.tgz (ADD)";
    QTest::newRow("a heredoc's file") << "FROM x\nCOPY <<run.sh /opt/\necho\nrun.sh\nCOPY <<EOF /etc/motd\nhello\nEOF\n"
                                      << 0 << "!/opt/run.sh (COPY)\n!/etc/motd (COPY)";
    QTest::newRow("a heredoc's script") << "FROM x\nWORKDIR /src\nRUN <<EOF\nset -e\ngo build -o app \\\n  ./cmd\nEOF\n"
                                        << 0 << "/src/app (go build)";
    QTest::newRow("a heredoc's script in another language")
        << "FROM x\nRUN <<EOF\n#!/usr/bin/env python3\ngo build -o app\nEOF\n"
        << 0 << "";
    QTest::newRow("the JSON form")
        << "FROM x\nRUN [\"go\", \"build\", \"-o\", \"/a\", \".\"]\nRUN [\"/bin/sh\", \"-c\", \"go build -o /b .\"]\n"
        << 0 << "/a (go build)\n/b (go build)";
    QTest::newRow("with variables") << "ARG NAME=app\nFROM x\nARG NAME\nENV OUT=/out DIR=${NAME}-dir\nWORKDIR "
                                       "/src/$DIR\nRUN go build -o ${OUT}/$NAME . && go build -o here .\n"
                                    << 0 << "/out/app (go build)\n/src/app-dir/here (go build)";
    QTest::newRow("with what the base knows")
        << "FROM x AS base\nWORKDIR /work\nENV OUT=/out\nFROM base\nRUN go build -o $OUT/a . && go build -o b .\n"
        << 1 << "/out/a (go build)\n/work/b (go build)";
    QTest::newRow("over continuation lines and comments")
        << "FROM x\nRUN make \\\n  # all of it\n  && go build \\\n    -o /a .\n"
        << 0 << "/a (go build)";
    QTest::newRow("a stage that makes nothing has what its base made")
        << "FROM go AS build\nRUN go build -o /out/app .\nFROM build AS linux\nFROM linux AS tool\nLABEL a=b\n"
        << 2 << "/out/app (go build)";
    QTest::newRow("a stage that makes something has that alone")
        << "FROM go AS build\nRUN go build -o /out/app .\nFROM build AS test\nRUN go test -c -o /out/test .\n"
        << 1 << "/out/test (go test -c)";
    QTest::newRow("what is certain comes ahead of what was fetched")
        << "FROM x\nRUN curl -o /dl/a.tgz https://example.com/a.tgz\nCOPY --from=y /opt/venv /opt/venv\n"
        << 0 << "!/opt/venv (COPY --from)\n/dl/a.tgz (curl)";
    QTest::newRow("accounts that nobody below asks for are left out")
        << "FROM x\nRUN useradd app\nCOPY --from=y /opt/venv /opt/venv\nUSER app\n"
        << 0 << "!/opt/venv (COPY --from)";
    QTest::newRow("accounts that a stage below names a user of")
        << "FROM x AS a\nRUN adduser -D app\nFROM scratch\nUSER app\n"
        << 0 << "/etc/passwd (adduser)\n/etc/group (adduser)";
    QTest::newRow("accounts, where the stage below makes its own")
        << "FROM x AS a\nRUN adduser -D app\nFROM x\nRUN adduser -D app\nUSER app\n"
        << 0 << "";
    QTest::newRow("accounts, where the stage below names a number")
        << "FROM x AS a\nRUN adduser -D app\nFROM scratch\nUSER 1000:1000\n"
        << 0 << "";
    QTest::newRow("what Go has fetched to build from is left out")
        << "FROM go\nRUN go mod download\nRUN go build -o /a .\n"
        << 0 << "/a (go build)";
    QTest::newRow("nothing") << "FROM x\nRUN apt-get update\nCMD x\n" << 0 << "";
    QTest::newRow("a stage that is not there") << "FROM x\n" << 4 << "";
}

void ArtifactsTest::listsAStage()
{
    QFETCH(QString, text);
    QFETCH(int, stage);
    QFETCH(QString, list);

    const auto analysis = analysisOf(text);
    QCOMPARE(listed(artifacts(analysis->dockerfile, analysis->graph, stage)), list);
}

void ArtifactsTest::pointsAtTheInstruction()
{
    const auto analysis = analysisOf(u"FROM x AS a\nRUN go build -o /b .\nFROM y\nCOPY --from=a /c /c\n"_s);
    const auto found = artifacts(analysis->dockerfile, analysis->graph, 0);
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(analysis->source.at(found[0].span), std::string_view("COPY --from=a /c /c"));
    QCOMPARE(analysis->source.at(found[1].span), std::string_view("RUN go build -o /b ."));
}

void ArtifactsTest::tellsFoldersFromFiles_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("folders"); // of all that the stage holds

    const auto row = [](const char* name, const std::string& text, int stage, const char* folders) {
        QTest::newRow(name) << text << stage << QString::fromLatin1(folders);
    };
    row("a slash says so", "FROM a\nCOPY pages/ /site\nCOPY style.css /www/\n", 0, "/site");
    row("from the context: no ending", "FROM a\nCOPY artwork /artwork\nCOPY Makefile /w/m\n", 0, "/artwork");
    row("all of the context", "FROM a\nCOPY . /app\n", 0, "/app");
    row("an archive that is unpacked, and a repository",
        "FROM a\nADD a.tar.gz /one\nADD https://x.org/y.git /two\nADD https://x.org/z /three\n", 0, "/one /two");
    row("WORKDIR makes one", "FROM a\nWORKDIR /notes/x\nRUN go build -o /notes/y\nCOPY app.py /notes\n", 0, "/notes");
    row("what something else is in",
        "FROM a\nRUN go build -o /o/x\nFROM b\nCOPY --from=0 /o /o\nCOPY --from=0 /o/x /x\n", 0, "/o");
    row("a compiler makes a file", "FROM a\nRUN go build -o /server .\n", 0, "");
    row("an environment is one", "FROM a\nRUN python -m venv /srv/env\n", 0, "/srv/env");
    row("names that only folders have", "FROM a\nCOPY --from=x /x/dist /y/dist\nCOPY --from=x /x/tool /y/tool\n", 0,
        "/y/dist");
    row("what it is in the stage that it comes from",
        "FROM a AS one\nCOPY pages/ /site/pages\nRUN go build -o /tool\nFROM b\nCOPY --from=one /site/pages /www\n"
        "COPY --from=one /tool /tool\n",
        1, "/www");
}

void ArtifactsTest::tellsFoldersFromFiles()
{
    QFETCH(std::string, text);
    QFETCH(int, stage);
    QFETCH(QString, folders);
    const AnalysisPtr analysis = analyse(text);
    QStringList found;
    for (const Artifact& artifact : artifacts(analysis->dockerfile, analysis->graph, stage))
        if (artifact.folder)
            found += QString::fromStdString(artifact.path);
    QCOMPARE(found.join(u' '), folders);
}

QTEST_GUILESS_MAIN(ArtifactsTest)
#include "artifacts_test.moc"
