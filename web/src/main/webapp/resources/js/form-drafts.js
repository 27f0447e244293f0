/*
 * Keeps typed input: the content of a page's fields is kept in this tab while the page is open, and restored when the person returns after the
 * session ended or the connection was lost. Never passwords, never files. Also shows the offline banner.
 */
(() => {
  'use strict';

  const { toast, wait, words } = window.layoutParts;
  const KEPT = `kept:${words.person}:${location.pathname}${location.search}`;
  const LOST = `lost:${words.person}`;

  const fields = () =>
    [...document.querySelectorAll('main input, main textarea, main select')].filter(
      (field) => (field.id || field.name) && !['password', 'hidden', 'file', 'submit', 'button', 'search'].includes(field.type)
        && !field.autocomplete.includes('password') && !/password|secret|token|key/i.test(field.name) && field.dataset.confirms === undefined,
    );
  const nameOf = (field) => `${field.id || field.name}${['radio', 'checkbox'].includes(field.type) ? `=${field.value}` : ''}`;
  const valueOf = (field) => (['radio', 'checkbox'].includes(field.type) ? field.checked : field.value);

  let touched = new Set();
  let timer;
  const keep = () => {
    const values = Object.fromEntries(fields().filter((field) => touched.has(nameOf(field))).map((field) => [nameOf(field), valueOf(field)]));
    if (Object.keys(values).length > 0) {
      sessionStorage.setItem(KEPT, JSON.stringify(values));
    }
  };
  for (const kind of ['input', 'change']) {
    document.addEventListener(kind, (event) => {
      if (event.isTrusted && fields().includes(event.target)) {
        touched.add(nameOf(event.target));
        clearTimeout(timer);
        timer = setTimeout(keep, 200);
      }
    });
  }

  const lost = () => {
    keep();
    sessionStorage.setItem(LOST, location.pathname + location.search);
  };

  const restore = () => {
    const values = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
    const dialogs = new Set();
    let filled = 0;
    for (const field of fields()) {
      const value = values[nameOf(field)];
      if (value !== undefined && value !== valueOf(field)) {
        if (typeof value === 'boolean') {
          field.checked = value;
        } else {
          field.value = value;
        }
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        touched.add(nameOf(field));
        dialogs.add(field.closest('dialog'));
        filled += 1;
      }
    }
    if (filled > 0) {
      [...dialogs].find((dialog) => dialog)?.showModal();
      toast(words.kept, { tone: 'ok' });
    }
  };

  // Every page of the shell deletes what was lost on the way to it. If that still exists, and the browser went back to this
  // page, the navigation failed: there was no response.
  const returned = performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
  if ((returned || sessionStorage.getItem('away')) && sessionStorage.getItem(LOST) === location.pathname + location.search) {
    restore();
  }
  for (const key of Object.keys(sessionStorage)) {
    if (key === 'away' || key.startsWith('kept:') || key.startsWith('lost:')) {
      sessionStorage.removeItem(key);
    }
  }

  // ---- session end: the page stays as it is, and every link away returns to it
  const signIn = () => `/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`;
  // One window after the other: the first gets a new session, which the others share; concurrently, each would get its own
  // and only the last one's form would be known.
  document.addEventListener('session-ended', () => {
    lost();
    setTimeout(() => {
      lost();
      location.assign(signIn());
    }, 1200 + Math.random() * 1500);
  });
  // A submitted form may find that the session has ended: only the server knows the page it then leads to.
  document.addEventListener('submit', (event) => {
    if (event.target.getAttribute('action') === '/sign-out') {
      sessionStorage.clear();
    } else if (event.target.method === 'post') {
      lost();
    }
  });

  const ajax = (document_, handlers) => {
    if (window.jQuery) {
      window.jQuery(document_).on('pfAjaxSend', handlers.begin).on('pfAjaxComplete', handlers.end).on('pfAjaxError', handlers.failed);
    }
    window.faces?.ajax.addOnEvent((event) => (event.status === 'begin' ? handlers.begin() : event.status === 'success' ? handlers.end() : undefined));
  };

  // ---- background requests of the page; they may change something, so they are waited for
  let running = 0;
  let waited;
  const begin = () => {
    running += 1;
    lost();
    waited ??= wait();
  };
  const end = () => {
    running = Math.max(0, running - 1);
    if (running === 0) {
      sessionStorage.removeItem(LOST);
      waited?.();
      waited = undefined;
    }
  };
  const failed = () => {
    end();
    lost();
    sessionStorage.setItem('away', 'true');
    toast(navigator.onLine ? words.failed : words.offline, { tone: navigator.onLine ? 'bad' : 'warn' });
  };
  ajax(document, { begin, end, failed });

  // ---- offline: leaving this page fails, and returns to it
  const banner = document.getElementById('offline');
  const strand = () => {
    lost();
    sessionStorage.setItem('away', 'true');
    banner.hidden = false;
  };
  const recover = () => {
    sessionStorage.removeItem(LOST);
    sessionStorage.removeItem('away');
    if (!banner.hidden) {
      banner.hidden = true;
      toast(words.online, { tone: 'ok' });
    }
  };
  addEventListener('offline', strand);
  addEventListener('online', recover);
  // A page restored from the cache is as it was left, but has missed signals meanwhile.
  addEventListener('pageshow', (event) => event.persisted && (navigator.onLine ? recover : strand)());
  if (!navigator.onLine) {
    strand();
  }
  // A submission would be lost: the input stays in its fields. Registered before all other handlers, so that none waits for
  // a response.
  addEventListener('submit', (event) => {
    if (!navigator.onLine && event.target.method !== 'dialog' && !event.target.matches('[data-keep-view]')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      keep();
      toast(words.offline, { tone: 'warn' });
    }
  }, true);
})();
