// What cannot wait, on every page: asks every few seconds whether it rings. The page works without, and shows it when it is loaded.
"use strict";
(() => {
  const bars = [...document.querySelectorAll("[data-alarm]")];
  if (bars.length === 0) return;
  const EVERY = 5000;
  // A page that nobody touches must not keep a session open, unless an officer keeps watch with the sound on.
  const QUIET_AFTER = 15 * 60 * 1000;
  const sound = document.getElementById("alarm-sound");
  const title = document.title;
  let touched = Date.now();
  let audio = null;
  for (const kind of ["keydown", "pointerdown", "scroll"])
    document.addEventListener(kind, () => (touched = Date.now()), { passive: true });

  const ring = () => {
    if (!audio) return;
    for (const [at, pitch] of [[0, 988], [0.25, 740], [0.5, 988]]) {
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
  if (sound) {
    sound.closest("[hidden]")?.removeAttribute("hidden");
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
  }
  // Whoever stands behind the officer reads a title too: it says that something rings and not what.
  const entitle = () => (document.title = bars.some((bar) => !bar.querySelector("a").hidden) ? `(!) ${title}` : title);
  entitle();

  const look = async () => {
    try {
      if (!audio && Date.now() - touched > QUIET_AFTER) return;
      for (const bar of bars) {
        const answer = await fetch(bar.dataset.alarm, { headers: { Accept: "application/json" } });
        if (!answer.ok || answer.redirected) continue;
        const told = await answer.json();
        const link = bar.querySelector("a");
        if (told.ringing > 0) ring();
        if (told.mark === bar.dataset.mark) continue;
        bar.dataset.mark = told.mark;
        link.hidden = told.ringing === 0;
        link.textContent = told.text;
      }
      entitle();
    } catch {
      // The line is down; the next look tries again.
    } finally {
      setTimeout(look, EVERY);
    }
  };
  setTimeout(look, EVERY);
})();
