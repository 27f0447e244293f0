/*
 * Long-running operations: after 300 ms a bar and a skeleton of the content; after five seconds the elapsed time and, where that is safe, a
 * cancel button. Cancelling a page or a file closes its connection, and the server stops processing: both only read. A change is done
 * completely or not at all, so it cannot be cancelled, and the page says so.
 */
(() => {
  'use strict';

  const { say, toast, words } = window.layoutParts;
  const SHOWN_AFTER = 300;
  const LONG_AFTER = 5000;
  const AGAIN_AFTER = 10000;
  const FILE = /(\.(csv|xlsx|pdf|xml)|\/mail-file)$/;

  const main = document.getElementById('main');
  const panel = document.getElementById('busy');
  const stop = document.getElementById('busy-stop');
  const time = document.getElementById('busy-time');
  const bar = Object.assign(document.createElement('div'), { className: 'busy-bar', hidden: true });
  bar.setAttribute('role', 'progressbar');
  bar.setAttribute('aria-label', words.working);
  document.body.append(bar);

  // ---- pending operations, the oldest first
  const waiting = new Set();
  let ticking;
  const passed = (one) => Date.now() - one.since;
  const slow = () => [...waiting].find((one) => passed(one) >= LONG_AFTER);

  const look = () => {
    const shown = [...waiting].some((one) => passed(one) >= SHOWN_AFTER);
    const long = slow();
    bar.hidden = !shown;
    if (shown) {
      main.setAttribute('aria-busy', 'true');
    } else {
      main.removeAttribute('aria-busy');
    }
    if (long && panel.hidden) {
      say(words.long);
    } else if (!long && panel.contains(document.activeElement)) {
      main.focus({ preventScroll: true });
    }
    panel.hidden = !long;
    if (long) {
      const seconds = Math.floor(passed(long) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      stop.hidden = !long.cancel;
      document.getElementById('busy-whole').hidden = Boolean(long.cancel);
    }
  };

  const settled = (one) => {
    if (waiting.delete(one)) {
      one.timers.forEach(clearTimeout);
      if (waiting.size === 0) {
        clearInterval(ticking);
        ticking = undefined;
      }
      look();
    }
  };

  // Lasts until the returned function is called; with a cancel function, people may cancel.
  const wait = ({ cancel } = {}) => {
    const one = { cancel, since: Date.now() };
    one.timers = [SHOWN_AFTER, LONG_AFTER].map((after) => setTimeout(look, after));
    waiting.add(one);
    ticking ??= setInterval(look, 1000);
    return () => settled(one);
  };
  window.layoutParts.wait = wait;

  stop.addEventListener('click', () => {
    slow()?.cancel?.();
    say(words.stopped);
  });

  // ---- navigation: a skeleton stands in for the next page if it does not arrive at once
  let arrived;
  let shape;
  const skeleton = () => {
    main.classList.add('leaving');
    [...main.querySelectorAll('.card, .stat')].slice(0, 6).forEach((card) => card.classList.add('skeleton'));
    say(words.loading);
  };
  const rest = () => {
    clearTimeout(shape);
    arrived?.();
    arrived = undefined;
  };
  const stay = () => {
    rest();
    main.classList.remove('leaving');
    main.querySelectorAll('.skeleton').forEach((card) => card.classList.remove('skeleton'));
    document.dispatchEvent(new CustomEvent('stayed'));
  };
  const leave = () => {
    rest();
    arrived = wait({
      cancel: () => {
        window.stop();
        stay();
      },
    });
    shape = setTimeout(skeleton, SHOWN_AFTER);
  };
  // ---- a form is sent once: further clicks before the response do nothing, unless it was cancelled and nothing came for long
  let sent = new WeakMap();
  // Navigating back may restore the page as it was left.
  addEventListener('pageshow', () => {
    stay();
    [...waiting].forEach(settled);
    sent = new WeakMap();
  });

  // ---- a file is fetched by the page, so that its arrival is known and it can be cancelled
  const hand = (content, name) => {
    const way = Object.assign(document.createElement('a'), { href: URL.createObjectURL(content), download: name });
    document.body.append(way);
    way.click();
    way.remove();
    setTimeout(() => URL.revokeObjectURL(way.href), 60000);
  };
  const take = async (link) => {
    const line = new AbortController();
    const done = wait({ cancel: () => line.abort() });
    link.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(link.href, { signal: line.signal });
      if (answer.redirected) {
        document.dispatchEvent(new CustomEvent('session-ended'));
      } else if (answer.ok) {
        const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '');
        hand(await answer.blob(), name ? name[1] : link.pathname.split('/').pop());
        say(words.fetched);
      } else {
        toast(words.failed, { tone: 'bad' });
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        toast(words.failed, { tone: 'bad' });
      }
    } finally {
      done();
      link.removeAttribute('aria-busy');
    }
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    const plain = link && !link.target && !link.hasAttribute('download') && link.origin === location.origin
      && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (plain && FILE.test(link.pathname)) {
      event.preventDefault();
      if (!link.hasAttribute('aria-busy')) {
        take(link);
      }
    } else if (plain && !(link.pathname === location.pathname && link.hash)) {
      // Other handlers may have claimed the click.
      setTimeout(() => event.defaultPrevented || leave());
    }
  });
  // At the window: handlers of the document and of the form have decided before.
  addEventListener('submit', (event) => {
    const form = event.target;
    const file = FILE.test(new URL(event.submitter?.formAction || form.action, location.href).pathname);
    if (form.method === 'get' && !form.target && !file) {
      setTimeout(() => event.defaultPrevented || leave());
    } else if (form.method === 'post') {
      if (Date.now() - (sent.get(form) ?? 0) < AGAIN_AFTER) {
        event.preventDefault();
      } else if (!event.defaultPrevented) {
        sent.set(form, Date.now());
        setTimeout(() => event.defaultPrevented || wait());
      }
    }
  });
})();
