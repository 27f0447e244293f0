/*
 * Keeps an open page up to date. The server sends a signal over a WebSocket that something changed; the page then fetches itself again and
 * replaces the affected parts (data-live names the signals, the id identifies the part). Without the socket it polls once a minute. The
 * progress of an operation is not signaled: while a part contains an element with data-again, the part is fetched silently after that many
 * seconds.
 */
(() => {
  'use strict';

  const { say, words } = window.layoutParts;
  const POLL = 60000;
  const PAUSE_MAX = 60000;
  const SETTLED = 500;
  const GAP = 3000;
  // Sent by the application when the session ended anywhere, by the container when it ended here.
  const ENDED = [4001, 1008];
  // Sent by the application when newer pages of the session occupy all places.
  const TOO_MANY = 1013;
  // A balance changes with a run and with a service, whichever is signaled.
  const MEANS = { run: ['run', 'balance', 'service'], balance: ['balance'], service: ['service', 'balance'], notification: ['notification'], discrepancy: ['discrepancy'], work: ['work'], again: ['run', 'balance', 'service', 'notification', 'discrepancy', 'work'] };

  let pause = 1000;
  let socket;
  let due;
  let asked = -GAP;
  let again;
  let wanted = new Set();
  let told = false;

  const parts = (kinds) => [...document.querySelectorAll('[data-live]')].filter((part) => part.dataset.live.split(' ').some((kind) => kinds.has(kind)));

  // Selections in a list, finished or in progress, survive the replacement of a part.
  const choices = (part) => [...part.querySelectorAll('input[name=id], input[type=radio]')];
  const nameOf = (box) => `${box.name}=${box.value}`;
  const chosen = (part) => new Set(choices(part).filter((box) => box.checked).map(nameOf));
  const choose = (part, kept, held) => {
    for (const box of choices(part)) {
      const again = kept.has(nameOf(box)) && !box.disabled;
      box.checked = again || (box.type === 'radio' && box.checked);
      if (held === nameOf(box) && !box.disabled) {
        box.focus({ preventScroll: true });
      }
    }
  };
  // A field that has the focus is not replaced.
  const heldIn = (part) => (part.contains(document.activeElement) ? document.activeElement : undefined);

  const replace = (fresh, kinds, silently) => {
    let changed = false;
    for (const part of parts(kinds)) {
      const next = fresh.getElementById(part.id);
      const held = heldIn(part);
      if (next && next.textContent !== part.textContent && (!held || held.type === 'radio')) {
        const kept = chosen(part);
        part.replaceChildren(...next.childNodes);
        choose(part, kept, held && nameOf(held));
        part.dispatchEvent(new CustomEvent('refreshed', { bubbles: true }));
        if (!silently) {
          part.classList.add('fresh');
          setTimeout(() => part.classList.remove('fresh'), 1600);
        }
        changed = true;
      }
    }
    if (changed && !silently) {
      say(words.updated);
    }
  };

  // ---- pending operations
  const watch = () => {
    const steps = [...document.querySelectorAll('[data-live] [data-again]')];
    if (steps.length === 0 || again) {
      return;
    }
    again = setTimeout(() => {
      again = undefined;
      if (document.visibilityState === 'hidden') {
        watch();
        return;
      }
      steps.forEach((step) => step.closest('[data-live]')?.dataset.live.split(' ').forEach((kind) => wanted.add(kind)));
      due ??= setTimeout(refresh, 0);
    }, 1000 * Math.min(...steps.map((step) => Number(step.dataset.again))));
  };

  const refresh = async () => {
    due = undefined;
    asked = performance.now();
    const kinds = wanted;
    const silently = !told;
    wanted = new Set();
    told = false;
    if (parts(kinds).length > 0) {
      try {
        const answer = await fetch(location.href, { headers: { 'X-Show': 'parts' } });
        if (answer.ok && !answer.redirected) {
          replace(new DOMParser().parseFromString(await answer.text(), 'text/html'), kinds, silently);
        }
      } catch {
        // Offline: the next signal or poll fetches again.
      }
    }
    watch();
  };

  // Many signals at once cause one request, requests of a page are throttled, and pages do not send them all at the same
  // moment.
  const heard = (word) => {
    for (const kind of MEANS[word] ?? []) {
      wanted.add(kind);
    }
    document.dispatchEvent(new CustomEvent('live', { detail: word }));
  };
  document.addEventListener('live', (event) => {
    (MEANS[event.detail] ?? []).forEach((kind) => wanted.add(kind));
    told = true;
    due ??= setTimeout(refresh, Math.max(0, asked + GAP - performance.now()) + 150 + Math.random() * 350);
  });

  // A refused socket gives no reason; an ordinary request does, by redirecting to the sign-in page.
  const ask = async () => {
    try {
      const answer = await fetch(`${words.root}/inbox`);
      if (answer.redirected || answer.status === 401) {
        document.dispatchEvent(new CustomEvent('session-ended'));
      }
    } catch {
      // Offline.
    }
  };

  // Changes between the page's request and the opening of its first socket are sent on opening; later sockets fetch again.
  let first = true;
  const age = () => Math.ceil(performance.now() - (performance.getEntriesByType('navigation')[0]?.requestStart ?? 0));

  const connect = () => {
    if (!navigator.onLine || document.visibilityState === 'hidden') {
      return;
    }
    let opened = false;
    const own = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live${first ? `?age=${age()}` : ''}`);
    socket = own;
    own.addEventListener('open', () => {
      opened = true;
      document.documentElement.dataset.live = 'on';
      if (!first) {
        heard('again');
      }
      first = false;
      pause = 1000;
    });
    own.addEventListener('message', (event) => heard(event.data));
    own.addEventListener('close', (event) => {
      document.documentElement.dataset.live = 'off';
      socket = undefined;
      if (ENDED.includes(event.code)) {
        document.dispatchEvent(new CustomEvent('session-ended'));
        return;
      }
      if (event.code === TOO_MANY) {
        return; // Newer pages have the places; this one polls, and reconnects when it becomes visible.
      }
      if (!opened) {
        ask();
      }
      pause = Math.min(PAUSE_MAX, pause * 2);
      setTimeout(() => socket ?? connect(), pause / 2 + (Math.random() * pause) / 2);
    });
  };

  setInterval(() => {
    if (socket?.readyState === WebSocket.OPEN) {
      socket.send('here');
    } else if (navigator.onLine && document.visibilityState === 'visible') {
      heard('again');
    }
  }, POLL);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !socket) {
      heard('again');
      connect();
    }
  });
  addEventListener('online', () => socket ?? connect());
  // A page that is left must close its socket: otherwise the browser could not cache it for navigating back.
  addEventListener('pagehide', () => socket?.readyState === WebSocket.OPEN && socket.close());
  addEventListener('pageshow', (event) => event.persisted && !socket && connect());

  watch();
  // A page that is left at once opens no socket.
  setTimeout(connect, SETTLED);
})();
