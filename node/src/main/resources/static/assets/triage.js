// The queue without reloading: news every few seconds, a sound for an alarm, keys for the rows. The page works without.
"use strict";
(() => {
  const news = document.getElementById("news");
  if (!news) return;
  const EVERY = 5000;
  // A page that nobody touches must not keep a session open, unless an officer keeps watch with the sound on.
  const QUIET_AFTER = 15 * 60 * 1000;
  const watch = document.getElementById("watch");
  const sound = document.getElementById("sound");
  const quiet = document.getElementById("quiet");
  let touched = Date.now();
  let audio = null;
  let overdue = Number(news.dataset.overdue);
  watch.hidden = false;

  const touch = () => {
    touched = Date.now();
    quiet.hidden = true;
  };
  for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, touch, { passive: true });

  const ring = () => {
    if (!audio) return;
    for (const [at, pitch] of [[0, 880], [0.25, 660], [0.5, 880]]) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.25, audio.currentTime + at);
      loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.22);
      tone.connect(loudness).connect(audio.destination);
      tone.start(audio.currentTime + at);
      tone.stop(audio.currentTime + at + 0.23);
    }
  };
  sound.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(on));
    if (on) {
      audio = new AudioContext();
      ring();
    } else {
      audio.close();
      audio = null;
    }
  });

  const show = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.closest?.("#queue") ? document.activeElement.getAttribute("href") : null;
    for (const part of ["queue", "news"]) {
      const old = document.getElementById(part);
      const replacement = fresh.getElementById(part);
      if (old && replacement) old.replaceChildren(...replacement.childNodes);
    }
    news.dataset.mark = fresh.getElementById("news").dataset.mark;
    const counts = fresh.querySelectorAll(".tabs a");
    document.querySelectorAll(".tabs a").forEach((tab, i) => tab.replaceChildren(...counts[i].childNodes));
    if (focused) document.querySelector(`#queue a[href="${CSS.escape(focused)}"]`)?.focus();
  };
  const look = async () => {
    try {
      if (!audio && Date.now() - touched > QUIET_AFTER) {
        quiet.hidden = false;
        return;
      }
      const answer = await fetch(news.dataset.news, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      overdue = told.overdue;
      if (told.mark !== news.dataset.mark) await show();
      if (overdue > 0) ring();
    } catch {
      // The line is down; the next look tries again.
    } finally {
      setTimeout(look, EVERY);
    }
  };
  setTimeout(look, EVERY);

  // Whoever speaks to the machine says letters: single keys can be switched off, and stay off (WCAG 2.1.4).
  const keys = document.getElementById("keys");
  const OFF = "triage.keys.off";
  keys.checked = localStorage.getItem(OFF) === null;
  keys.addEventListener("change", () => {
    if (keys.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const links = [...document.querySelectorAll("#queue tbody tr a")];
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + step))].focus();
    event.preventDefault();
  });
})();
