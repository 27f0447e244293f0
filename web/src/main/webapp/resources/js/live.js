/*
 * Keeps an open page true. The server says over a WebSocket that something changed; the page then asks for itself again and
 * shows the parts that are concerned (data-live names what changes them, the id tells which part is which). Without the
 * socket it asks once a minute. What is under way is not told of step by step: while there is something with data-again in a
 * part, the part is asked for after so many seconds, silently.
 */
(() => {
  'use strict';

  const { say, words } = window.shellParts;
  const POLL = 60000;
  const PAUSE_MAX = 60000;
  const SETTLED = 500;
  const GAP = 3000;
  // By us when the session ended anywhere, by the container when it ended here.
  const ENDED = [4001, 1008];
  // By us when newer pages of the session have all places.
  const TOO_MANY = 1013;
  // A balance changes with a run and with a service, whoever is told of which.
  const MEANS = { run: ['run', 'balance', 'service'], balance: ['balance'], service: ['service', 'balance'], notice: ['notice'], finding: ['finding'], work: ['work'], again: ['run', 'balance', 'service', 'notice', 'finding', 'work'] };

  let pause = 1000;
  let socket;
  let due;
  let asked = -GAP;
  let again;
  let wanted = new Set();
  let told = false;

  const parts = (kinds) => [...document.querySelectorAll('[data-live]')].filter((part) => part.dataset.live.split(' ').some((kind) => kinds.has(kind)));

  // What somebody has picked of a list, or is choosing, stays so when a part is shown anew.
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
  // A field that is typed into is not taken away.
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

  // ---- what is under way
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
        // Offline: the next word or minute asks again.
      }
    }
    watch();
  };

  // Many words at once are one question, a page does not ask all the time, and not all pages ask at the same moment.
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

  // A socket that is refused does not say why; an ordinary request does, by leading to the sign-in page.
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

  // What changes between the asking for a page and the opening of its first socket is told on opening; later ones ask again.
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
        return; // Newer pages have their places; this one looks by itself, and connects again when somebody looks at it.
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
  // A page that is left must not hold its socket: the browser could not keep it for the way back.
  addEventListener('pagehide', () => socket?.readyState === WebSocket.OPEN && socket.close());
  addEventListener('pageshow', (event) => event.persisted && !socket && connect());

  watch();
  // Whoever only passes through opens nothing.
  setTimeout(connect, SETTLED);
})();
