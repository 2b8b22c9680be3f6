/* Everything works without this file; it makes some of it quicker. */

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
