// HubSpot's own SDK with the sandbox as its server: every call of it that the sandbox emulates.
//
//     npm install && node hubspot.mjs http://127.0.0.1:4400
//
// Ends with "HubSpot SDK: N calls agree", or with the first that does not.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { Client } = createRequire(import.meta.url)("@hubspot/api-client");
const base = process.argv[2] ?? "http://127.0.0.1:4400";

const json = async (path, options) => (await fetch(base + path, options)).json();
const { app, urls } = await json("/__sandbox/state");
const made = await json("/__sandbox/portals", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ name: "SDK" }),
});
const { contacts, companies, deals, users } = made.hubspot;

// The super admin presses "Connect app".
const scopes = [
  "oauth",
  ...["contacts", "companies", "deals"].flatMap((kind) => [
    `crm.objects.${kind}.read`,
    `crm.objects.${kind}.write`,
    `crm.schemas.${kind}.read`,
    `crm.schemas.${kind}.write`,
  ]),
  "crm.objects.owners.read",
  "settings.users.read",
  "files",
];
const consent = await fetch(`${base}/oauth/authorize`, {
  method: "POST",
  redirect: "manual",
  body: new URLSearchParams({
    client_id: app.HUBSPOT_CLIENT_ID,
    redirect_uri: urls.hubspotRedirectUri,
    scope: scopes.join(" "),
    portal: made.portalId,
    decision: "connect",
  }),
});
const code = new URL(consent.headers.get("location")).searchParams.get("code");

let calls = 0;
const agree = async (what, promise, check) => {
  let answer;
  try {
    answer = await promise;
    check(answer);
  } catch (problem) {
    console.error(`${what}: ${problem.stack ?? problem}`);
    process.exit(1);
  }
  calls += 1;
  return answer;
};

const client = new Client({ basePath: base });
const tokens = await agree(
  "oauth.tokensApi.create",
  client.oauth.tokensApi.create("authorization_code", code, urls.hubspotRedirectUri, app.HUBSPOT_CLIENT_ID, app.HUBSPOT_CLIENT_SECRET),
  (t) => assert.ok(t.accessToken && t.refreshToken && t.expiresIn === 1800),
);
await agree(
  "oauth.tokensApi.create, refresh",
  client.oauth.tokensApi.create("refresh_token", undefined, undefined, app.HUBSPOT_CLIENT_ID, app.HUBSPOT_CLIENT_SECRET, tokens.refreshToken),
  (t) => assert.ok(t.accessToken !== tokens.accessToken),
);
client.setAccessToken(tokens.accessToken);
const { crm } = client;

const ann = contacts["Ann Lee"];
const fleet = deals["Fleet renewal 2027"];
const nordhavn = companies["Nordhavn Logistics A/S"];

await agree("contacts.getById", crm.contacts.basicApi.getById(ann, ["email", "fax"], undefined, ["companies"]), (c) => {
  assert.equal(c.properties.email, "ann.lee@nordhavn.example");
  assert.equal(c.associations.companies.results.length, 3);
  assert.ok(c.createdAt instanceof Date);
});
await agree(
  "contacts.getById by e-mail",
  crm.contacts.basicApi.getById("ann.lee@nordhavn.example", ["email"], undefined, undefined, false, "email"),
  (c) => assert.equal(c.id, ann),
);
await agree("contacts.getPage", crm.contacts.basicApi.getPage(5), (p) => {
  assert.equal(p.results.length, 5);
  assert.ok(p.paging.next.after);
});
await json("/__sandbox/clock", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"advanceSeconds":10}' });
await agree(
  "contacts.search",
  crm.contacts.searchApi.doSearch({ query: "nordhavn", limit: 5, after: "0", properties: ["email"], filterGroups: [], sorts: [] }),
  (p) => assert.deepEqual([p.total, p.results.length, p.paging.next.after], [8, 5, "5"]),
);
await agree(
  "contacts.batch.read",
  crm.contacts.batchApi.read({ inputs: [{ id: ann }], properties: ["firstname"], propertiesWithHistory: [] }),
  (b) => assert.equal(b.results[0].properties.firstname, "Ann"),
);
await agree("contacts.update", crm.contacts.basicApi.update(ann, { properties: { jobtitle: "CEO" } }), (c) =>
  assert.equal(c.properties.jobtitle, "CEO"),
);
await agree(
  "contacts.batch.update",
  crm.contacts.batchApi.update({ inputs: [{ id: ann, properties: { jobtitle: "COO" } }] }),
  (b) => assert.equal(b.status, "COMPLETE"),
);
const fresh = await agree(
  "contacts.create",
  crm.contacts.basicApi.create({ properties: { email: "sdk@late.example", firstname: "Sdk" }, associations: [] }),
  (c) => assert.ok(c.id),
);
await agree("contacts.archive", crm.contacts.basicApi.archive(fresh.id), () => {});
await agree("companies.getById", crm.companies.basicApi.getById(nordhavn, ["name"]), (c) =>
  assert.equal(c.properties.name, "Nordhavn Logistics A/S"),
);
await agree("deals.getById", crm.deals.basicApi.getById(fleet, ["dealname"], undefined, ["contacts"]), (d) =>
  assert.equal(d.associations.contacts.results.length, 3),
);
await agree("associations.v4.getPage", crm.associations.v4.basicApi.getPage("deals", fleet, "contacts"), (p) => {
  assert.equal(p.results.length, 3);
  assert.ok(p.results.flatMap((r) => r.associationTypes).some((t) => t.label === "Signatory"));
});
await agree(
  "associations.v4.batch.getPage",
  crm.associations.v4.batchApi.getPage("deals", "contacts", { inputs: [{ id: fleet }] }),
  (b) => assert.equal(b.results[0].to.length, 3),
);
const note = await agree(
  "notes.create",
  crm.objects.notes.basicApi.create({
    properties: { hs_note_body: "From the SDK", hs_timestamp: new Date().toISOString() },
    associations: [{ to: { id: fleet }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 214 }] }],
  }),
  (n) => assert.ok(n.id),
);
await agree(
  "associations.v4.createDefault",
  crm.associations.v4.basicApi.createDefault("notes", note.id, "contacts", ann),
  (b) => assert.equal(b.status, "COMPLETE"),
);
await agree("properties.getAll", crm.properties.coreApi.getAll("contacts"), (p) =>
  assert.ok(p.results.some((one) => one.name === "email")),
);
await agree("properties.groups.create", crm.properties.groupsApi.create("deals", { name: "docusign", label: "DocuSign", displayOrder: -1 }), (g) =>
  assert.equal(g.name, "docusign"),
);
await agree(
  "properties.create",
  crm.properties.coreApi.create("deals", { name: "docusign_sdk", label: "From the SDK", type: "string", fieldType: "text", groupName: "docusign" }),
  (p) => assert.equal(p.name, "docusign_sdk"),
);
await agree("properties.getByName", crm.properties.coreApi.getByName("deals", "docusign_sdk"), (p) =>
  assert.equal(p.groupName, "docusign"),
);
await agree("owners.getPage", crm.owners.ownersApi.getPage(), (p) => assert.equal(p.results.length, 5));
await agree("owners.getById", crm.owners.ownersApi.getById(Number(users[0].ownerId)), (o) =>
  assert.equal(o.userId, users[0].id),
);
await agree("users.getById", client.settings.users.usersApi.getById(String(users[0].id)), (u) => assert.equal(u.superAdmin, true));
const file = await agree(
  "files.upload",
  client.files.filesApi.upload({ data: Buffer.from("%PDF-1.7"), name: "signed.pdf" }, undefined, "/docusign", "signed.pdf", undefined, JSON.stringify({ access: "PRIVATE" })),
  (f) => assert.equal(f.access, "PRIVATE"),
);
await agree("files.getSignedUrl", client.files.filesApi.getSignedUrl(file.id), (s) => assert.ok(s.url));
await agree("files.archive", client.files.filesApi.archive(file.id), () => {});
await agree(
  "an error is an ApiException with the category",
  crm.contacts.basicApi.getById("1").then(
    () => null,
    (problem) => problem,
  ),
  (problem) => assert.deepEqual([problem?.code, problem?.body?.category], [404, "OBJECT_NOT_FOUND"]),
);
console.log(`HubSpot SDK: ${calls} calls agree`);
