/* Everything works without this file; it makes some of it quicker. */

/* every page: a line where messages stand, when what a script asked for did not come */
const wentWrong = (text, place, called) => {
  const before = document.getElementById("went-wrong");
  if (before?.dataset.text === text) return;
  before?.remove();
  const list = document.createElement("ul");
  list.id = "went-wrong";
  list.className = "messages";
  list.dataset.text = text;
  list.setAttribute("role", "alert");
  const line = document.createElement("li");
  line.className = "error";
  line.append(`${text} `);
  if (place) {
    const link = document.createElement("a");
    link.href = place;
    link.textContent = called;
    line.append(link, ".");
  }
  list.append(line);
  document.getElementById("main")?.prepend(list);
  list.scrollIntoView({ block: "nearest" });
};
const notAnswered = (status) => {
  const here = location.pathname + location.search;
  const reload = [here, "Reload the page"];
  if (status === 401)
    wentWrong("You are not signed in any more, so nothing was done.",
      `${document.body.dataset.signIn}?next=${encodeURIComponent(here)}`, "Sign in");
  else if (!status) wentWrong("No answer came: the connection is broken, or premortem is not running.", ...reload);
  else if (status === 429) wentWrong("That was asked for too often. Try again in a minute.");
  else if (status >= 500) wentWrong("This went wrong on our side.", ...reload);
  else wentWrong("This did not work: it is not there any more, or not yours to do.", ...reload);
};
document.addEventListener("htmx:responseError", (event) => notAnswered(event.detail.xhr.status));
document.addEventListener("htmx:sendError", () => notAnswered(0));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.getElementById("went-wrong")?.remove();
});

/* touch: keys from fact to fact, and a fact added from what is selected */
(() => {
  const transcript = document.querySelector("[data-transcript]");
  const keys = document.querySelector("[data-keys]");
  if (!transcript || !keys) return;
  const asked = keys.querySelector("input");
  const remembered = "premortem.keys";
  keys.hidden = false;
  asked.checked = localStorage.getItem(remembered) !== "off";
  asked.addEventListener("change", () => localStorage.setItem(remembered, asked.checked ? "on" : "off"));

  const facts = () => [...document.querySelectorAll("[data-fact]")];
  const current = () => document.activeElement?.closest("[data-fact]");
  const go = (step) => {
    const all = facts();
    const at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (!asked.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
    else if ("ync".includes(event.key)) current()?.querySelector(`[data-key="${event.key}"]`)?.click();
    else return;
    event.preventDefault();
  });

  let judged = null;
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    judged = event.detail.elt.closest("[data-fact]")?.id ?? null;
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const fact = judged && document.getElementById(judged);
    judged = null;
    (fact?.querySelector("[data-first]") ?? fact)?.focus();
  });

  const add = document.getElementById("add");
  const plain = (range) => {
    const part = range.cloneContents();
    part.querySelectorAll(".claim").forEach((label) => label.remove());
    return part.textContent;
  };
  const take = () => {
    const chosen = document.getSelection();
    if (!add || !chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    const words = range.startContainer.parentElement?.closest(".words");
    if (!words || !words.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const text = plain(range);
    const blank = text.length - text.trimStart().length;
    if (!text.trim()) return;
    const form = add.querySelector("form");
    form.elements.words.value = text.trim();
    form.elements.turn.value = words.closest("[data-turn]").dataset.turn;
    /* Places are counted in characters, as the ledger counts them; the browser counts some of them twice. */
    form.elements.start.value = [...(plain(before) + text.slice(0, blank))].length;
    add.open = true;
  };
  transcript.addEventListener("mouseup", () => setTimeout(take));
  transcript.addEventListener("keyup", (event) => { if (event.shiftKey) take(); });
})();

/* import: more than is taken is told before it is sent */
const tooMuch = (form, dropped) => {
  const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  const bytes = [...chosen, ...dropped].reduce((sum, one) => sum + one.size, 0);
  if (bytes <= Number(form.dataset.most)) return false;
  wentWrong(form.dataset.tooLarge);
  return true;
};
document.querySelector("form[data-too-large]")?.addEventListener("submit", (event) => {
  if (!tooMuch(event.target, [])) return;
  event.preventDefault();
  event.stopImmediatePropagation();
});

/* import: files and folders that are dropped, sent with their paths; the file inputs do the same without a script */
(() => {
  const form = document.querySelector("[data-drop]");
  if (!form || !window.DataTransferItem?.prototype.webkitGetAsEntry) return;
  const area = form.querySelector(".drop");
  const told = form.querySelector("[data-drop-list]");
  const leave = form.querySelector("[data-drop-leave]");
  const most = 5000;
  let dropped = [];
  form.querySelector("[data-drop-told]").hidden = false;

  const file = (entry) => new Promise((done, failed) => entry.file(done, failed));
  const some = (reader) => new Promise((done, failed) => reader.readEntries(done, failed));
  const gather = async (entry, found) => {
    if (found.length > most) return;
    if (entry.isFile) found.push([entry.fullPath.replace(/^\//, ""), await file(entry)]);
    if (!entry.isDirectory) return;
    const reader = entry.createReader();
    for (let inside = await some(reader); inside.length; inside = await some(reader))
      for (const one of inside) await gather(one, found);
  };
  const tell = () => {
    const names = dropped.slice(0, 3).map(([path]) => path).join(", ");
    const more = dropped.length > 3 ? ` and ${dropped.length - 3} more` : "";
    told.textContent = dropped.length ? `Ready to send: ${names}${more}.` : "";
    leave.hidden = !dropped.length;
  };
  leave.addEventListener("click", () => { dropped = []; tell(); form.querySelector("input[type=file]").focus(); });
  form.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("over"); });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) area.classList.remove("over"); });
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    area.classList.remove("over");
    const given = [...event.dataTransfer.items].filter((one) => one.kind === "file");
    const each = given.map((one) => [one.webkitGetAsEntry(), one.getAsFile()]);
    try {
      for (const [entry, alone] of each) {
        if (entry) await gather(entry, dropped);
        else dropped.push([alone.name, alone]);
      }
      tell();
    } catch {
      told.textContent = "These could not be read by the browser. Choose them with the buttons below.";
    }
  });
  form.addEventListener("submit", async (event) => {
    if (!dropped.length) return;
    event.preventDefault();
    if (tooMuch(form, dropped.map(([, one]) => one))) return;
    const sent = new FormData(form);
    for (const [path, one] of dropped) sent.append("folder", one, path);
    told.textContent = `Sending ${dropped.length} file${dropped.length > 1 ? "s" : ""}`;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "HX-Request": "true" } });
      const place = answer.headers.get("HX-Redirect");
      if (place) return location.assign(place);
      notAnswered(answer.status);
      tell();
    } catch {
      told.textContent = "Sending went wrong. Try again, or choose the files with the buttons below.";
    }
  });
})();
