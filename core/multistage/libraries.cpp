// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/libraries.h"

namespace stagelift::multistage {

namespace {

/// Of Debian; Ubuntu calls nearly all of them the same.
constexpr Library kAptLibraries[]{
    {"libpq-dev", "libpq5"},
    {"libssl-dev", "libssl3", {}, "libssl1.1"},
    {"libffi-dev", "libffi8", {}, "libffi7"},
    {"libcurl4-openssl-dev", "libcurl4"},
    {"libcurl4-gnutls-dev", "libcurl3-gnutls"},
    {"zlib1g-dev", "zlib1g"},
    {"libxml2-dev", "libxml2"},
    {"libxslt1-dev", "libxslt1.1"},
    {"libxslt-dev", "libxslt1.1"},
    {"libsqlite3-dev", "libsqlite3-0"},
    {"libyaml-dev", "libyaml-0-2"},
    {"default-libmysqlclient-dev", "libmariadb3"},
    {"libmariadb-dev", "libmariadb3"},
    {"libmariadb-dev-compat", "libmariadb3"},
    {"libjpeg-dev", "libjpeg62-turbo"},
    {"libjpeg62-turbo-dev", "libjpeg62-turbo"},
    {"libfreetype6-dev", "libfreetype6"},
    {"libfreetype-dev", "libfreetype6"},
    {"libpng-dev", "libpng16-16"},
    {"libwebp-dev", "libwebp7", {}, "libwebp6"},
    {"libldap2-dev", "libldap-2.5-0", "libldap2", "libldap-2.4-2"},
    {"libldap-dev", "libldap-2.5-0", "libldap2", "libldap-2.4-2"},
    {"libzip-dev", "libzip4", "libzip5", {}},
    {"libicu-dev", "libicu72", "libicu76", "libicu67"},
    {"libmagickwand-dev", "libmagickwand-6.q16-6", "libmagickwand-7.q16-10", {}},
    {"libtiff-dev", "libtiff6", {}, "libtiff5"},
    {"libavif-dev", "libavif15", "libavif16", "libavif9"},
    {"libvips-dev", "libvips42", {}, {}},
    {"libmemcached-dev", "libmemcached11", {}, {}},
    {"libgeos-dev", "libgeos-c1v5", {}, {}},
    {"libproj-dev", "libproj25", {}, "libproj19"},
    {"libopenblas-dev", "libopenblas0", {}, {}},
    {"libhdf5-dev", "libhdf5-103-1", "libhdf5-310", "libhdf5-103-1"},
    {"libsnappy-dev", "libsnappy1v5", {}, {}},
    {"libmagic-dev", "libmagic1", {}, {}},
    {"libxss-dev", "libxss1", {}, {}},
    {"libsasl2-dev", "libsasl2-2"},
    {"libzmq3-dev", "libzmq5"},
    {"libgmp-dev", "libgmp10"},
    {"libonig-dev", "libonig5"},
    {"libsodium-dev", "libsodium23"},
    {"librdkafka-dev", "librdkafka1"},
    {"libudev-dev", "libudev1"},
    {"libusb-1.0-0-dev", "libusb-1.0-0"},
    {"libreadline-dev", "libreadline8"},
    {"libbz2-dev", "libbz2-1.0"},
    {"liblzma-dev", "liblzma5"},
    {"libpcre3-dev", "libpcre3"},
    {"libpcre2-dev", "libpcre2-8-0"},
    {"libevent-dev", "libevent-2.1-7"},
    {"libseccomp-dev", "libseccomp2"},
    {"libcap-dev", "libcap2"},
    {"libxmlsec1-dev", "libxmlsec1-openssl"},
    {"libc6-dev", ""},
    {"libc-dev", ""},
    {"python3-dev", ""},
    {"python-dev", ""},
    {"python2-dev", ""},
    {"ruby-dev", ""},
    {"linux-libc-dev", ""},
    {"libltdl-dev", "libltdl7"},
    {"unixodbc-dev", "unixodbc"},
    {"uuid-dev", "libuuid1"},
    {"tk-dev", "tk"},
    {"libbluetooth-dev", "libbluetooth3"},
    {"libncurses-dev", "libncursesw6"},
    {"libncurses5-dev", "libncursesw6"},
    {"libgdbm-dev", "libgdbm6"},
    {"libdb-dev", "libdb5.3"},
};

constexpr Library kApkLibraries[]{
    {"postgresql-dev", "libpq"},
    {"libpq-dev", "libpq"},
    {"openssl-dev", "openssl"},
    {"libressl-dev", "libressl"},
    {"libffi-dev", "libffi"},
    {"curl-dev", "libcurl"},
    {"zlib-dev", "zlib"},
    {"libxml2-dev", "libxml2"},
    {"libxslt-dev", "libxslt"},
    {"sqlite-dev", "sqlite-libs"},
    {"yaml-dev", "yaml"},
    {"mariadb-dev", "mariadb-connector-c"},
    {"mariadb-connector-c-dev", "mariadb-connector-c"},
    {"jpeg-dev", "libjpeg-turbo"},
    {"libjpeg-turbo-dev", "libjpeg-turbo"},
    {"freetype-dev", "freetype"},
    {"libpng-dev", "libpng"},
    {"libwebp-dev", "libwebp"},
    {"libzip-dev", "libzip"},
    {"icu-dev", "icu-libs"},
    {"oniguruma-dev", "oniguruma"},
    {"gmp-dev", "gmp"},
    {"vips-dev", "vips"},
    {"readline-dev", "readline"},
    {"pcre-dev", "pcre"},
    {"pcre2-dev", "pcre2"},
    {"libsodium-dev", "libsodium"},
    {"librdkafka-dev", "librdkafka"},
    {"zeromq-dev", "libzmq"},
    {"libseccomp-dev", "libseccomp"},
    {"libcap-dev", "libcap"},
    {"musl-dev", ""},
    {"libc-dev", ""},
    {"python3-dev", ""},
    {"python2-dev", ""},
    {"ruby-dev", ""},
};

constexpr Library kDnfLibraries[]{
    {"openssl-devel", "openssl-libs"},
    {"libcurl-devel", "libcurl"},
    {"zlib-devel", "zlib"},
    {"libxml2-devel", "libxml2"},
    {"postgresql-devel", "libpq"},
    {"libpq-devel", "libpq"},
    {"libffi-devel", "libffi"},
    {"sqlite-devel", "sqlite-libs"},
    {"glibc-devel", ""},
    {"glibc-static", ""},
    {"python3-devel", ""},
};

} // namespace

std::span<const Library> librariesOf(Family family)
{
    if (family == Family::Apk)
        return kApkLibraries;
    return family == Family::Dnf ? std::span<const Library>(kDnfLibraries) : std::span<const Library>(kAptLibraries);
}

} // namespace stagelift::multistage
