import assert from "node:assert/strict";
import { test } from "node:test";
import { newest } from "../src/newest.js";

test("counts numbers, not letters", () => assert.equal(newest(["1.9.0", "1.10.0"]), "1.10.0"));
test("a release is newer than its candidate", () => assert.equal(newest(["2.0.0", "2.0.0-rc.1"]), "2.0.0"));
test("what is no version does not count", () => assert.equal(newest(["latest", "0.1.0"]), "0.1.0"));
test("nothing is the newest of nothing", () => assert.equal(newest([]), undefined));
