// DocuSign's own SDK with the sandbox as its server: every REST call of it that the sandbox emulates.
// Its OAuth calls work over https only and are not part of this.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createRequire } from "node:module";

const docusign = createRequire(import.meta.url)("docusign-esign");

const post = async (url, body) => (await fetch(url, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}),
})).json();

/** Login and consent as a browser does them, then the code for a token. */
async function logIn(base, app, redirectUri, user) {
  const verifier = randomBytes(64).toString("hex");
  const words = {
    response_type: "code", client_id: app.DOCUSIGN_INTEGRATION_KEY, redirect_uri: redirectUri,
    scope: "signature extended", state: "s", code_challenge_method: "S256",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  };
  const form = (path, more, headers = {}) => fetch(base + path, {
    method: "POST", redirect: "manual", headers, body: new URLSearchParams({ ...words, ...more }),
  });
  const login = await form("/oauth/login", { email: user.email });
  const cookie = login.headers.get("set-cookie").split(";")[0];
  const consent = await form("/oauth/consent", { user_id: user.userId, allow: "yes" }, { cookie });
  const code = new URL(consent.headers.get("location")).searchParams.get("code");
  const secret = Buffer.from(`${app.DOCUSIGN_INTEGRATION_KEY}:${app.DOCUSIGN_SECRET_KEY}`).toString("base64");
  const answer = await fetch(`${base}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${secret}` },
    body: new URLSearchParams({ grant_type: "authorization_code", code, code_verifier: verifier }),
  });
  return (await answer.json()).access_token;
}

/** Answers how many calls agreed. */
export async function check(sandbox) {
  const { app, urls } = await (await fetch(`${sandbox}/__sandbox/state`)).json();
  const made = await post(`${sandbox}/__sandbox/portals`, { name: "DocuSign SDK" });
  const { user, accounts: [account] } = made.docusign;
  const token = await logIn(urls.docusign, app, urls.docusignRedirectUri, user);
  const client = new docusign.ApiClient();
  client.setBasePath(`${urls.docusign}/restapi`);
  client.addDefaultHeader("Authorization", `Bearer ${token}`);
  const templates = new docusign.TemplatesApi(client);
  const envelopes = new docusign.EnvelopesApi(client);
  const folders = new docusign.FoldersApi(client);
  const accounts = new docusign.AccountsApi(client);
  const fields = new docusign.CustomTabsApi(client);
  const connect = new docusign.ConnectApi(client);
  const users = new docusign.UsersApi(client);
  const a = account.accountId;

  let calls = 0;
  const agree = async (what, promise, isRight = () => true) => {
    let answer;
    try {
      answer = await promise;
    } catch (problem) {
      throw new Error(`${what}: ${problem.status ?? ""} ${JSON.stringify(problem.response?.data ?? problem.message)}`);
    }
    assert.ok(isRight(answer), `${what}: ${JSON.stringify(answer)?.slice(0, 400)}`);
    calls += 1;
    return answer;
  };
  const refuses = async (what, promise, code) => {
    try {
      await promise;
    } catch (problem) {
      assert.equal(problem.response?.data?.errorCode, code, what);
      calls += 1;
      return;
    }
    assert.fail(`${what} was not refused`);
  };

  // Templates
  const list = await agree("listTemplates", templates.listTemplates(a, { count: "25", include: "folders,recipients" }),
    (r) => r.resultSetSize === "25" && r.totalSetSize === "65" && r.envelopeTemplates[0].name === "Mutual NDA");
  const nda = list.envelopeTemplates[0].templateId;
  await agree("get template", templates.get(a, nda, { include: "tabs,documents" }),
    (r) => r.recipients.signers[0].tabs.signHereTabs.length === 1 && r.documents.length === 1);
  await agree("template recipients", templates.listRecipients(a, nda, { includeTabs: "true" }), (r) => r.recipientCount === "1");
  await agree("template documents", templates.listDocuments(a, nda), (r) => r.templateDocuments[0].pages.length === 2);
  await agree("template document", templates.getDocument(a, nda, "1"), (r) => r.length > 1000);
  await agree("template pages", templates.getPages(a, nda, "1", {}), (r) => r.pages.length === 2);
  await agree("template page image", templates.getDocumentPageImage(a, nda, "1", "1", { maxWidth: "100" }));
  await agree("template document tabs", templates.getDocumentTabs(a, nda, "1"), (r) => r.signHereTabs.length === 1);
  await agree("template custom fields", templates.listCustomFields(a, nda));
  await agree("template notification", templates.getNotificationSettings(a, nda), (r) => r.expirations.expireAfter === "120");
  await agree("template edit view", templates.createEditView(a, nda, { templateViewRequest: { returnUrl: "https://x.example/", viewAccess: "template" } }),
    (r) => r.url.startsWith(urls.docusign));
  await agree("template preview", templates.createTemplateRecipientPreview(a, nda, { recipientPreviewRequest: { returnUrl: "https://x.example/", recipientId: "1" } }));
  await agree("lock template", templates.createLock(a, nda, { lockRequest: { lockDurationInSeconds: "60", lockedByApp: "check", lockType: "edit" } }),
    (r) => r.lockToken.length > 10);
  await agree("template lock", templates.getLock(a, nda));
  await agree("unlock template", templates.deleteLock(a, nda));
  await refuses("a template that does not exist", templates.get(a, a), "TEMPLATE_ID_INVALID");

  // Folders and favourites
  const tree = await agree("folders", folders.list(a, { include: "template_folders" }), (r) => r.folders.length === 4);
  await agree("one folder", folders.listItems(a, tree.folders[0].folderId));
  await agree("favor", accounts.updateFavoriteTemplate(a, { favoriteTemplatesInfo: { favoriteTemplates: [{ templateId: nda }] } }), (r) => r.templatesUpdatedCount === 1);
  await agree("favourites", accounts.getFavoriteTemplates(a), (r) => r.favoriteTemplates.some((f) => f.templateId === nda));
  await agree("unfavor", accounts.unFavoriteTemplate(a, { favoriteTemplatesInfo: { favoriteTemplates: [{ templateId: nda }] } }));

  // A draft, edited in every way, and sent
  const definition = docusign.EnvelopeDefinition.constructFromObject({
    status: "created", emailSubject: "Check", transactionId: "11111111-2222-4333-8444-555555555555",
    compositeTemplates: [{
      compositeTemplateId: "1",
      serverTemplates: [{ sequence: "1", templateId: nda }],
      inlineTemplates: [{
        sequence: "2",
        customFields: { textCustomFields: [{ name: "hs_object", value: "0-1:7", show: "false" }] },
        recipients: { signers: [{ recipientId: "1", roleName: "Client", name: "Ann Lee", email: "ann@x.example", routingOrder: "1" }] },
      }],
    }],
  });
  const { envelopeId: e } = await agree("createEnvelope", envelopes.createEnvelope(a, { envelopeDefinition: definition, mergeRolesOnDraft: "true" }),
    (r) => r.status === "created" && r.envelopeId.length === 36);
  const people = await agree("listRecipients", envelopes.listRecipients(a, e, { includeTabs: "true" }),
    (r) => r.signers[0].name === "Ann Lee" && r.signers[0].recipientId !== "1");
  const ann = people.signers[0].recipientId;
  await agree("createRecipient", envelopes.createRecipient(a, e, { recipients: { carbonCopies: [{ recipientId: "50", name: "Bo", email: "bo@x.example", routingOrder: "2" }, { recipientId: "51", name: "Cy", email: "cy@x.example", routingOrder: "3" }] } }),
    (r) => r.carbonCopies.length === 2);
  await agree("updateRecipients", envelopes.updateRecipients(a, e, { recipients: { carbonCopies: [{ recipientId: "50", note: "Hello" }] } }),
    (r) => r.recipientUpdateResults[0].recipientId === "50");
  await agree("deleteRecipient", envelopes.deleteRecipient(a, e, "51"));
  const documents = await agree("listDocuments", envelopes.listDocuments(a, e), (r) => r.envelopeDocuments.length === 1);
  const d = documents.envelopeDocuments[0].documentId;
  const tabs = await agree("createTabs", envelopes.createTabs(a, e, ann, { tabs: { textTabs: [{ documentId: d, pageNumber: "1", xPosition: "80", yPosition: "90", tabLabel: "more", value: "1" }] } }),
    (r) => r.textTabs[0].tabId.length > 10);
  await agree("updateTabs", envelopes.updateTabs(a, e, ann, { tabs: { textTabs: [{ tabId: tabs.textTabs[0].tabId, value: "2" }] } }));
  await agree("listTabs", envelopes.listTabs(a, e, ann), (r) => r.textTabs[0].value === "2");
  await agree("deleteTabs", envelopes.deleteTabs(a, e, ann, { tabs: { textTabs: [{ tabId: tabs.textTabs[0].tabId }] } }));
  await agree("updateDocuments", envelopes.updateDocuments(a, e, { envelopeDefinition: { documents: [{ documentId: "9", name: "terms.txt", fileExtension: "txt", documentBase64: "cGxhaW4=" }] } }),
    (r) => r.envelopeDocuments.length === 2);
  await agree("updateDocumentTabs", envelopes.updateDocumentTabs(a, e, "9", { tabs: { prefillTabs: { textTabs: [{ tabLabel: "p", value: "v", pageNumber: "1", xPosition: "9", yPosition: "9" }] } } }));
  await agree("getDocumentTabs", envelopes.getDocumentTabs(a, e, "9"), (r) => r.prefillTabs.textTabs[0].value === "v");
  await agree("deleteDocuments", envelopes.deleteDocuments(a, e, { envelopeDefinition: { documents: [{ documentId: "9" }] } }));
  const kept = await agree("listCustomFields", envelopes.listCustomFields(a, e), (r) => r.textCustomFields[0].value === "0-1:7");
  await agree("createCustomFields", envelopes.createCustomFields(a, e, { customFields: { textCustomFields: [{ name: "more", value: "1" }] } }));
  await agree("updateCustomFields", envelopes.updateCustomFields(a, e, { customFields: { textCustomFields: [{ fieldId: kept.textCustomFields[0].fieldId, name: "hs_object", value: "0-1:8" }] } }),
    (r) => r.textCustomFields.some((f) => f.value === "0-1:8"));
  await agree("deleteCustomFields", envelopes.deleteCustomFields(a, e, { customFields: { textCustomFields: [{ fieldId: kept.textCustomFields[0].fieldId }] } }));
  await agree("updateNotificationSettings", envelopes.updateNotificationSettings(a, e, { envelopeNotificationRequest: { useAccountDefaults: "false", expirations: { expireEnabled: "true", expireAfter: "30", expireWarn: "3" } } }));
  await agree("getNotificationSettings", envelopes.getNotificationSettings(a, e), (r) => r.expirations.expireAfter === "30");
  await agree("createEmailSettings", envelopes.createEmailSettings(a, e, { emailSettings: { replyEmailAddressOverride: "desk@x.example" } }));
  await agree("getEmailSettings", envelopes.getEmailSettings(a, e), (r) => r.replyEmailAddressOverride === "desk@x.example");
  await agree("deleteEmailSettings", envelopes.deleteEmailSettings(a, e));
  await agree("createSenderView", envelopes.createSenderView(a, e, { envelopeViewRequest: { returnUrl: "https://x.example/", viewAccess: "envelope", settings: { startingScreen: "Prepare", sendButtonAction: "send" } } }),
    (r) => r.url.startsWith(urls.docusign));
  await refuses("a correct view of a draft", envelopes.createCorrectView(a, e, { envelopeViewRequest: { returnUrl: "https://x.example/" } }), "ENVELOPE_INVALID_STATUS");
  await agree("createEnvelopeRecipientPreview", envelopes.createEnvelopeRecipientPreview(a, e, { recipientPreviewRequest: { returnUrl: "https://x.example/", recipientId: ann } }));
  await agree("update: message", envelopes.update(a, e, { envelope: { emailSubject: "Check, better" } }));
  await agree("update: send", envelopes.update(a, e, { envelope: { status: "sent" } }), (r) => r.envelopeId === e);

  // Under way
  await agree("getEnvelope", envelopes.getEnvelope(a, e, { include: "recipients,custom_fields" }),
    (r) => r.status === "sent" && r.emailSubject === "Check, better" && r.recipients.signers[0].status === "sent");
  await agree("listStatusChanges", envelopes.listStatusChanges(a, { fromDate: "2020-01-01", customField: "more=1", include: "custom_fields,recipients" }),
    (r) => r.totalSetSize === "1" && r.envelopes[0].envelopeId === e);
  await agree("by transaction", envelopes.listStatusChanges(a, { transactionIds: "11111111-2222-4333-8444-555555555555" }), (r) => r.envelopes[0].envelopeId === e);
  await refuses("a list from no date", envelopes.listStatusChanges(a, {}), "INVALID_REQUEST_PARAMETER");
  await agree("listStatus", envelopes.listStatus(a, { envelopeIdsRequest: { envelopeIds: [e] } }), (r) => r.envelopes.length === 1);
  await agree("createCorrectView", envelopes.createCorrectView(a, e, { envelopeViewRequest: { returnUrl: "https://x.example/", viewAccess: "envelope" } }));
  await agree("createLock", envelopes.createLock(a, e, { lockRequest: { lockDurationInSeconds: "300", lockedByApp: "check", lockType: "edit" } }), (r) => r.lockToken.length > 10);
  const held = await agree("getLock", envelopes.getLock(a, e));
  await refuses("a change without the lock's token", envelopes.update(a, e, { envelope: { emailBlurb: "x" } }), "EDIT_LOCK_NOT_LOCK_OWNER");
  client.addDefaultHeader("X-DocuSign-Edit", JSON.stringify({ LockToken: held.lockToken, LockDurationInSeconds: "300" }));
  await agree("updateLock", envelopes.updateLock(a, e, { lockRequest: { lockDurationInSeconds: "600" } }));
  await agree("update under the lock", envelopes.update(a, e, { envelope: { emailBlurb: "x" } }));
  await agree("deleteLock", envelopes.deleteLock(a, e));
  delete client.defaultHeaders["X-DocuSign-Edit"];
  await agree("updateRecipientsDocumentVisibility", envelopes.updateRecipientsDocumentVisibility(a, e, { documentVisibilityList: { documentVisibility: [{ recipientId: ann, documentId: d, visible: "true" }] } }));
  await agree("resend", envelopes.update(a, e, { envelope: {}, resendEnvelope: "true" }));
  await post(`${sandbox}/__sandbox/docusign/envelopes/${e}/recipients/${ann}/sign`);

  // Done
  await agree("completed", envelopes.getEnvelope(a, e), (r) => r.status === "completed" && r.completedDateTime.length === 28);
  await agree("getFormData", envelopes.getFormData(a, e), (r) => r.formData.some((f) => f.value === "Ann Lee"));
  await agree("listAuditEvents", envelopes.listAuditEvents(a, e), (r) => r.auditEvents.length > 3);
  for (const id of [d, "combined", "certificate"]) {
    await agree(`getDocument ${id}`, envelopes.getDocument(a, e, id), (r) => Buffer.isBuffer(r) && r.subarray(0, 5).toString() === "%PDF-");
  }
  await agree("getPages", envelopes.getPages(a, e, d, {}), (r) => r.pages.length === 2);
  await agree("getDocumentPageImage", envelopes.getDocumentPageImage(a, e, d, "1", { dpi: "50" }));
  await refuses("voiding what is over", envelopes.update(a, e, { envelope: { status: "voided", voidedReason: "x" } }), "ENVELOPE_CANNOT_VOID_INVALID_STATE");

  // By template roles; for an embedded signer; voided
  const roles = { status: "sent", templateId: nda, templateRoles: [{ roleName: "Client", name: "Ann Lee", email: "ann@x.example", clientUserId: "7" }] };
  const second = await agree("createEnvelope by roles", envelopes.createEnvelope(a, { envelopeDefinition: roles }), (r) => r.status === "sent");
  await agree("createRecipientView", envelopes.createRecipientView(a, second.envelopeId, { recipientViewRequest: { returnUrl: "https://x.example/", authenticationMethod: "none", clientUserId: "7", userName: "Ann Lee", email: "ann@x.example" } }),
    (r) => r.url.startsWith(urls.docusign));
  await agree("void", envelopes.update(a, second.envelopeId, { envelope: { status: "voided", voidedReason: "A mistake" } }));
  const third = await agree("another draft", envelopes.createEnvelope(a, { envelopeDefinition: { ...roles, status: "created" } }));
  await agree("discard", folders.moveEnvelopes(a, "recyclebin", { foldersRequest: { envelopeIds: [third.envelopeId] } }), (r) => r.envelopes.length === 1);
  await refuses("a place left empty", envelopes.createEnvelope(a, { envelopeDefinition: { status: "sent", templateId: nda } }), "ENVELOPE_IS_INCOMPLETE");

  // The account
  const field = await agree("create field", fields.create(a, { tabMetadata: { type: "text", name: "HS Test", tabLabel: "hs_test", shared: "true" } }), (r) => r.customTabId.length > 10);
  await agree("get field", fields.get(a, field.customTabId), (r) => r.name === "HS Test");
  await agree("update field", fields.update(a, field.customTabId, { tabMetadata: { name: "HS Test 2" } }), (r) => r.name === "HS Test 2");
  await agree("list fields", fields.list(a, { customTabOnly: "true" }), (r) => r.tabs.some((t) => t.name === "HS Test 2"));
  await agree("delete field", (fields._delete ?? fields.delete).call(fields, a, field.customTabId));
  await agree("create custom field", accounts.createCustomField(a, { customField: { name: "hs_more", customFieldType: "text", show: "false" } }));
  await agree("custom fields", accounts.listCustomFields(a), (r) => r.textCustomFields.some((f) => f.name === "hs_more"));
  await agree("settings", accounts.listSettings(a), (r) => r.allowDocumentVisibility === "true");
  const everybody = await agree("users", users.list(a), (r) => r.users.length === 3);
  await agree("one user", users.getInformation(a, everybody.users[0].userId));

  // Connect
  const configuration = await agree("create configuration", connect.createConfiguration(a, { connectCustomConfiguration: {
    configurationType: "custom", urlToPublishTo: `${urls.worker}/docusign/connect/1`, name: "Check", allUsers: "true", allowEnvelopePublish: "true",
    eventData: { version: "restv2.1", format: "json", includeData: [] }, events: ["envelope-completed"], enableLog: "true" } }), (r) => r.connectId.length > 1);
  await agree("configurations", connect.listConfigurations(a), (r) => r.totalRecords === "1");
  await agree("configuration", connect.getConfiguration(a, configuration.connectId), (r) => r.configurations[0].name === "Check");
  await agree("update configuration", connect.updateConfiguration(a, { connectCustomConfiguration: { connectId: configuration.connectId, name: "Check 2" } }), (r) => r.name === "Check 2");
  await agree("retry one", connect.retryEventForEnvelope(a, e), (r) => r.retryQueue[0].status === "queued");
  await agree("retry some", connect.retryEventForEnvelopes(a, { connectFailureFilter: { envelopeIds: [e], synchronous: "false" } }));
  await agree("logs", connect.listEventLogs(a, {}), (r) => Array.isArray(r.logs));
  await agree("failures", connect.listEventFailureLogs(a, {}), (r) => Array.isArray(r.failures));
  await agree("delete configuration", connect.deleteConfiguration(a, configuration.connectId));
  return calls;
}
