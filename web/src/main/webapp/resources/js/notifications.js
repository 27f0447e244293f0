/*
 * The bell: its number, the list under it, and read notifications. The list is fetched when it is opened; the number comes with the page and
 * again after a signal. Without this script the bell links to the page of notifications.
 */
(() => {
  'use strict';

  const { icon, say, toast, words } = window.layoutParts;
  const bell = document.getElementById('bell');
  const menu = document.getElementById('bell-menu');
  const list = document.getElementById('bell-list');
  const address = `${words.root}/inbox`;

  const count = (answer) => {
    const badge = bell.querySelector('b');
    badge.textContent = answer.shown;
    badge.dataset.count = answer.unread;
    bell.setAttribute('aria-label', answer.label);
    document.getElementById('read-all').hidden = answer.unread === 0;
  };

  const post = async (what) => {
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(what), keepalive: true });
    if (!answer.ok || answer.redirected) {
      throw new Error(`not done: ${answer.status}`);
    }
    const json = await answer.json();
    count(json);
    return json;
  };

  const line = (item) => {
    const row = document.createElement('li');
    row.className = item.read ? 'read' : 'new';
    const link = document.createElement('a');
    link.href = item.href;
    const dot = document.createElement('span');
    dot.className = `dot ${item.tone}`;
    dot.append(icon(item.icon));
    const what = document.createElement('span');
    what.className = 'what';
    what.append(Object.assign(document.createElement('b'), { textContent: item.title }));
    if (item.text) {
      what.append(Object.assign(document.createElement('span'), { textContent: item.text }));
    }
    const meta = Object.assign(document.createElement('small'), { className: 'meta' });
    if (item.place) {
      meta.append(Object.assign(document.createElement('span'), { className: 'place-name', textContent: item.place }), ' · ');
    }
    meta.append(Object.assign(document.createElement('time'), { textContent: item.ago, dateTime: item.at }));
    what.append(meta);
    link.append(dot, what);
    if (!item.read) {
      link.dataset.notice = item.id;
      const unread = Object.assign(document.createElement('span'), { className: 'unread' });
      unread.append(Object.assign(document.createElement('span'), { className: 'unseen', textContent: words.mark }));
      link.append(unread);
    }
    row.append(link);
    return row;
  };

  const fetched = async () => {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!answer.ok || answer.redirected) {
      throw new Error(`not read: ${answer.status}`);
    }
    return answer.json();
  };

  const fill = (answer) => {
    count(answer);
    list.replaceChildren(...answer.items.map(line));
    if (answer.items.length === 0) {
      list.append(Object.assign(document.createElement('li'), { className: 'none', textContent: words.empty }));
    }
  };

  const look = async () => {
    try {
      fill(await fetched());
    } catch {
      list.replaceChildren(Object.assign(document.createElement('li'), { className: 'none', textContent: words.failed }));
    }
  };

  // New notifications are announced once: briefly, visually and to screen readers.
  const news = async () => {
    try {
      const answer = await fetched();
      const before = Number(bell.querySelector('b').dataset.count);
      fill(answer);
      const first = answer.items[0];
      if (first && !first.read && answer.unread > before) {
        toast(first.said, { tone: first.tone, href: first.href });
        say(words.new.replace('%s', first.said));
      }
    } catch {
      // Offline, or the session ended: other scripts report this.
    }
  };

  const readAll = async () => {
    try {
      const done = await post({ do: 'all' });
      await look();
      document.dispatchEvent(new CustomEvent('live', { detail: 'notification' }));
      toast(words.readAll, {
        tone: 'ok',
        undo: async () => {
          await post({ do: 'undo', at: done.at });
          await look();
          document.dispatchEvent(new CustomEvent('live', { detail: 'notification' }));
        },
      });
    } catch {
      toast(words.failed, { tone: 'bad' });
    }
  };

  bell.setAttribute('role', 'button');
  bell.setAttribute('aria-haspopup', 'dialog');
  bell.setAttribute('aria-expanded', 'false');
  bell.addEventListener('click', (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      menu.togglePopover();
    }
  });
  bell.addEventListener('keydown', (event) => {
    if (event.key === ' ') {
      event.preventDefault();
      menu.togglePopover();
    }
  });
  menu.addEventListener('toggle', (event) => {
    bell.setAttribute('aria-expanded', String(event.newState === 'open'));
    if (event.newState === 'open') {
      look();
      document.getElementById('read-all').focus({ preventScroll: true });
    } else if (menu.contains(document.activeElement)) {
      bell.focus();
    }
  });
  document.getElementById('read-all').addEventListener('click', readAll);

  document.addEventListener('click', (event) => {
    const notice = event.target.closest('[data-notice]');
    if (notice) {
      post({ do: 'one', id: notice.dataset.notice }).catch(() => {});
    }
    if (event.target.closest('[data-read-all]')) {
      event.preventDefault();
      readAll();
    }
  });
  document.addEventListener('live', (event) => {
    if (['notification', 'again'].includes(event.detail) && !menu.matches(':popover-open')) {
      news();
    }
  });
})();
