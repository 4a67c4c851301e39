import semver from "semver";

/** The newest of some version numbers; those that are none do not count. Undefined where nothing is left. */
export function newest(versions) {
  return versions.filter((each) => semver.valid(each)).sort(semver.rcompare)[0];
}
