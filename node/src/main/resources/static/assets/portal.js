// Everything works without this file. With it, leaving replaces this page in the history and empties it at once.
(() => {
  const leave = document.getElementById('leave');
  if (!leave) return;
  const go = event => {
    event.preventDefault();
    document.title = '';
    document.body.replaceChildren();
    location.replace(leave.href);
  };
  leave.addEventListener('click', go);
  let escapes = 0;
  document.addEventListener('keydown', event => {
    escapes = event.key === 'Escape' ? escapes + 1 : 0;
    if (escapes === 2) go(event);
  });
  const errors = document.getElementById('errors');
  if (errors) errors.focus();
})();
