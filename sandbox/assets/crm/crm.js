// Small conveniences of the CRM's pages. Everything but the dialogs works without it.

// A menu closes on Escape and when something else is clicked.
for (const menu of document.querySelectorAll("details.who-menu")) {
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Tabs: arrows move, the panel follows.
for (const list of document.querySelectorAll("[role=tablist]")) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const choose = (tab) => {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    }
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.focus();
      choose(next);
    });
  });
}

for (const opener of document.querySelectorAll("[data-dialog]")) {
  const dialog = document.getElementById(opener.dataset.dialog);
  opener.addEventListener("click", () => dialog.showModal());
}
for (const closer of document.querySelectorAll("dialog [data-dismiss]")) {
  closer.addEventListener("click", () => closer.closest("dialog").close());
}

// A choice that takes effect at once.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// Search among what is already on the page.
for (const input of document.querySelectorAll("input[data-filter]")) {
  const items = [...document.querySelectorAll(input.dataset.filter)];
  const none = document.querySelector(input.dataset.none);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let left = 0;
    for (const item of items) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      if (!item.hidden) left += 1;
    }
    for (const month of document.querySelectorAll("[data-month]")) {
      month.hidden = !month.querySelector("li:not([hidden])");
    }
    if (none) none.hidden = left > 0;
  });
}
