// `require` of an ES module works from Node 20.19.
const assert = require("node:assert/strict");
const { apportion } = require("evenstead");
const { optimize } = require("evenstead/kernel");

assert.deepEqual(apportion(24, [20004, 4902, 7027], "webster"), [15, 4, 5]);
assert.equal(typeof optimize, "function");
console.log("package: require works");
