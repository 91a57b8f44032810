// Conversations without reloading: asks every few seconds whether something changed, and shows it. The page works without.
"use strict";
(() => {
  const news = document.getElementById("news");
  const part = document.getElementById("fresh-part");
  if (!news || !part) return;
  const EVERY = 3000;
  // A page that nobody touches must not keep a session open.
  const QUIET_AFTER = 15 * 60 * 1000;
  // What nobody is there to read is not read for them: opening it is entered under their name.
  const AWAY_AFTER = 2 * 60 * 1000;
  const away = () => document.hidden || Date.now() - touched > AWAY_AFTER;
  const quiet = document.getElementById("quiet");
  const fresh = document.getElementById("fresh");
  let touched = Date.now();
  for (const kind of ["keydown", "pointerdown", "scroll"])
    document.addEventListener(
      kind,
      () => {
        touched = Date.now();
        quiet.hidden = true;
      },
      { passive: true },
    );

  // Nobody loses what they are typing, nor a form that they stand in.
  const busy = (one) =>
    (one.contains(document.activeElement) && document.activeElement.matches("input, textarea, select, button, summary")) ||
    one.querySelector(".uploads li") !== null ||
    [...one.querySelectorAll("textarea, input")].some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  const nameOf = (details) => (details.closest("li[id]")?.id ?? "") + details.querySelector("summary").textContent;

  const put = (old, replacement) => {
    const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.replaceChildren(...replacement.childNodes);
    for (const one of old.querySelectorAll("details")) if (open.has(nameOf(one))) one.open = true;
    old.dispatchEvent(new Event("fresh", { bubbles: true }));
    if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  };
  const show = async () => {
    // The answer to a form that was sent stands at an address of its own; what is fresh stands at the conversation's.
    const answer = await fetch(fresh?.querySelector("a")?.href ?? location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const replacement = page.getElementById("fresh-part");
    const mark = page.getElementById("news")?.dataset.mark;
    if (!replacement || !mark) return;
    put(part, replacement);
    const reply = document.getElementById("reply-part");
    if (reply && !busy(reply)) put(reply, page.getElementById("reply-part"));
    const counts = page.querySelectorAll(".tabs a");
    document.querySelectorAll(".tabs a").forEach((tab, i) => counts[i] && tab.replaceChildren(...counts[i].childNodes));
    news.dataset.mark = mark;
  };
  const look = async () => {
    try {
      if (Date.now() - touched > QUIET_AFTER) {
        quiet.hidden = false;
        return;
      }
      const answer = await fetch(news.dataset.news, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      if (told.mark === news.dataset.mark) return;
      if (fresh && (busy(part) || away())) fresh.hidden = false;
      else {
        if (fresh) fresh.hidden = true;
        await show();
      }
    } catch {
      // The line is down; the next look tries again.
    } finally {
      setTimeout(look, EVERY);
    }
  };
  setTimeout(look, EVERY);
})();
