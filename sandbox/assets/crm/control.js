// The control page: its forms speak to /__sandbox and then show the page anew.

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!answer.ok) {
    document.querySelector("[data-problem]").textContent = `Not done: ${await answer.text()}`;
    return;
  }
  location.reload();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-call]");
  if (!button) return;
  const [method, path] = button.dataset.call.split(" ");
  call(method, path, button.dataset.body ? JSON.parse(button.dataset.body) : undefined);
});

document.querySelector("[data-fault]").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const text = (name) => form.get(name).trim() || undefined;
  const number = (name) => (text(name) === undefined ? undefined : Number(text(name)));
  const what = text("effect");
  const effect = { delayMs: number("delayMs") };
  if (/^\d+$/.test(what)) effect.status = Number(what);
  if (what === "cutBefore") effect.cut = "before";
  if (what === "cutAfter") effect.cut = "after";
  if (["drop", "duplicate", "delay", "reorder"].includes(what)) effect.message = what;
  call("POST", "/__sandbox/faults", {
    vendor: text("vendor"),
    method: text("method"),
    path: text("path"),
    portalId: text("portalId"),
    count: number("count"),
    effect,
  });
});

document.querySelector("[data-clock]").addEventListener("submit", (event) => {
  event.preventDefault();
  call("POST", "/__sandbox/clock", { advanceSeconds: Math.round(Number(new FormData(event.target).get("minutes")) * 60) });
});
