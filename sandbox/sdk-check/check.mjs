// The vendors' own SDKs with a running sandbox as their server.
//
//     npm install && SANDBOX_URL=http://127.0.0.1:4400 npm test

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { check } from "./docusign.mjs";

const sandbox = process.env.SANDBOX_URL ?? "http://127.0.0.1:4400";

test("DocuSign's SDK agrees with the sandbox", async (t) => {
  t.diagnostic(`${await check(sandbox)} calls agree`);
});

test("HubSpot's SDK agrees with the sandbox", (t) => {
  const script = fileURLToPath(new URL("hubspot.mjs", import.meta.url));
  const run = spawnSync(process.execPath, [script, sandbox], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  t.diagnostic(run.stdout.trim());
});
