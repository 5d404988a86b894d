// Takes the launch token out of the address before anything else can see it, then starts the app.
const found = /[#&]launch=([^&]+)/.exec(location.hash);
history.replaceState(null, "", location.pathname + location.search);

const base = new URL(".", import.meta.url).pathname.replace(/\/$/, "");
try {
  const app = await import("./app.js");
  await app.default({ module_or_path: new URL("app_bg.wasm", import.meta.url) });
  app.start(base, found ? decodeURIComponent(found[1]) : undefined);
} catch (error) {
  console.error(error);
  document.getElementById("unloaded").hidden = false;
}
