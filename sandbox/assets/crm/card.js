// What HubSpot's page does around the app: asks for a launch (hubspot.fetch), frames what it gets, and opens a
// modal as openIframeModal does. The frame is on another origin and has no channel back but one message.

const card = document.querySelector("[data-card]");
if (card) start(card);
const settings = document.querySelector("[data-settings]");
if (settings) offer(settings);

// The settings page of the app, in HubSpot's Connected apps.
function offer(button) {
  const told = document.querySelector("[data-settings-told]");
  const ask = () => launch(button.dataset, { view: "settings", locale: button.dataset.locale });
  opens(button, ask, (problem) => {
    told.textContent = problem ? `The settings could not be opened. Nothing was changed. ${problem}` : "";
  });
}

// The address of a fresh session of the app, or the reason why there is none. `body` is what the app is asked for.
async function launch({ portal, user, worker }, body) {
  const answer = await fetch("/__sandbox/hubspot/fetch", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      portalId: Number(portal),
      userId: Number(user),
      method: "POST",
      url: `${worker}/hubspot/launch`,
      body,
    }),
  });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok && typeof told.url === "string") return told.url;
  const said = told.responseBody?.message || told.message || "The app gave no address to open.";
  const status = told.context?.appServerStatusCode?.[0];
  throw new Error(status ? `${said} (${status})` : said);
}

function frame(url, title) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads");
  frame.src = url;
  return frame;
}

// Lets a button open the app in the page's window; `settled` is told of a failure and of the window's end.
function opens(button, ask, settled) {
  const modal = document.querySelector("[data-modal]");
  const body = modal.querySelector("[data-modal-body]");

  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      const url = await ask();
      body.replaceChildren(frame(url, "DocuSign, in a window"));
      modal.showModal();
    } catch (problem) {
      settled(problem.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  modal.querySelector("[data-close]").addEventListener("click", () => modal.close());
  modal.addEventListener("close", () => {
    body.replaceChildren();
    button.focus();
    settled();
  });

  // The only message HubSpot listens for: a JSON text that says the work is done or given up.
  window.addEventListener("message", (event) => {
    const framed = body.querySelector("iframe");
    if (!modal.open || !framed || event.source !== framed.contentWindow || typeof event.data !== "string") return;
    let action;
    try {
      action = JSON.parse(event.data).action;
    } catch {
      return;
    }
    if (action === "DONE" || action === "CANCEL") modal.close();
  });
}

function start(card) {
  const { type, object, locale } = card.dataset;
  const stage = card.querySelector("[data-stage]");
  const live = card.querySelector("[data-live]");
  const ask = () => launch(card.dataset, { objectTypeId: type, objectId: object, view: "panel", locale });
  let attempt = 0;

  function waiting() {
    const box = document.createElement("div");
    box.className = "waiting";
    box.setAttribute("aria-hidden", "true");
    for (const width of ["60%", "100%", "85%", "92%"]) {
      const line = document.createElement("span");
      line.className = "skeleton";
      line.style.inlineSize = width;
      box.append(line);
    }
    return box;
  }

  async function show() {
    const mine = ++attempt;
    const cover = waiting();
    stage.style.minBlockSize = "160px";
    stage.replaceChildren(cover);
    stage.setAttribute("aria-busy", "true");
    try {
      const url = await ask();
      if (mine !== attempt) return;
      const inline = frame(url, "DocuSign");
      inline.addEventListener("load", () => cover.remove(), { once: true });
      stage.replaceChildren(inline, cover);
    } catch (problem) {
      if (mine !== attempt) return;
      failed(problem.message);
    } finally {
      if (mine === attempt) stage.removeAttribute("aria-busy");
    }
  }

  function failed(reason) {
    const told = document.createElement("div");
    told.className = "told";
    const text = document.createElement("p");
    text.textContent = "DocuSign could not be opened here. Nothing was sent or changed.";
    const detail = document.createElement("p");
    detail.className = "detail subtle";
    detail.textContent = reason;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn small";
    again.textContent = "Try again";
    again.addEventListener("click", show);
    told.append(text, detail, again);
    stage.style.minBlockSize = "";
    stage.replaceChildren(told);
    live.textContent = "DocuSign could not be opened.";
  }

  opens(card.querySelector("[data-open]"), ask, (problem) => (problem ? failed(problem) : show()));

  show();
}
