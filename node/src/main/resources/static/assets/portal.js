// Everything works without this file. With it, leaving replaces this page in the history and empties it at once.
(() => {
  const leave = document.getElementById('leave');
  if (!leave) return;
  const LEFT = 'left';
  const visit = new URL(leave.href).searchParams.get('visit');
  const empty = () => {
    document.title = '';
    document.body.replaceChildren();
  };
  const away = () => location.replace(leave.dataset.to || leave.href);

  // Random numbers of visits that ended; they end with this tab.
  const left = () => {
    try {
      return (sessionStorage.getItem(LEFT) || '').split(' ');
    } catch {
      return [];
    }
  };
  const go = event => {
    event.preventDefault();
    empty();
    if (visit) {
      // The portal then shows nothing of this visit any more, however a browser asks.
      navigator.sendBeacon(leave.href);
      try {
        sessionStorage.setItem(LEFT, [...left(), visit].join(' '));
      } catch { /* Closed to us: the portal knows all the same. */ }
    }
    away();
  };
  leave.addEventListener('click', go);
  let escapes = 0;
  document.addEventListener('keydown', event => {
    escapes = event.key === 'Escape' ? escapes + 1 : 0;
    if (escapes === 2) go(event);
  });

  // A browser may keep earlier pages whole and show them again without asking anybody.
  addEventListener('pageshow', event => {
    if (!event.persisted || !visit || !left().includes(visit)) return;
    empty();
    away();
  });

  // What was said to close after half an hour does: an abandoned page must not go on showing a mailbox.
  const close = document.getElementById('main').dataset.close;
  if (close) {
    const PATIENCE = 30 * 60 * 1000;
    let touched = Date.now();
    for (const kind of ['keydown', 'pointerdown', 'scroll']) addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
    setInterval(() => {
      if (Date.now() - touched < PATIENCE) return;
      empty();
      location.replace(close);
    }, 10_000);
  }

  const errors = document.getElementById('errors');
  if (errors) errors.focus();
})();
