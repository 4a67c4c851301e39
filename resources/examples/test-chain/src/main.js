// Prints the newest of the versions given as arguments.
import { newest } from "./newest.js";

const answer = newest(process.argv.slice(2));
if (answer === undefined) {
  console.error("usage: newest VERSION…");
  process.exitCode = 2;
} else {
  console.log(answer);
}
