/*
 * The command palette (Ctrl or Cmd with K, "/") and the keyboard shortcuts ("?", G and a letter). A combobox over a list of options;
 * suggestions come from the server, recently opened pages are kept in this browser for this person.
 */
(() => {
  'use strict';

  const { chooseTheme, icon, say, words } = window.layoutParts;
  const palette = document.getElementById('palette');
  const input = document.getElementById('palette-text');
  const list = document.getElementById('palette-list');
  const help = document.getElementById('keys-help');
  const RECENT = `recent:${words.root}:${words.person}`;
  const RECENT_MAX = 5;
  const PAUSE = 140;
  const LATE = 300;
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);

  let options = [];
  let current = -1;
  let asked = 0;
  let timer;
  let answered;
  let line;

  const recent = () => {
    try {
      return JSON.parse(localStorage.getItem(RECENT)) ?? [];
    } catch {
      return [];
    }
  };

  const remember = (entry) => {
    const kept = [entry, ...recent().filter((one) => one.href !== entry.href)].slice(0, RECENT_MAX);
    localStorage.setItem(RECENT, JSON.stringify(kept));
  };

  // Marks the matching parts of a text.
  const marked = (text, typed) => {
    const line = document.createElement('b');
    const parts = typed.trim().split(/\s+/).filter(Boolean).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (parts.length === 0) {
      line.textContent = text;
      return line;
    }
    for (const part of text.split(new RegExp(`(${parts.join('|')})`, 'i'))) {
      if (part) {
        const hit = new RegExp(`^(${parts.join('|')})$`, 'i').test(part);
        line.append(hit ? Object.assign(document.createElement('mark'), { textContent: part }) : part);
      }
    }
    return line;
  };

  const choose = (number) => {
    options[current]?.node.removeAttribute('aria-selected');
    current = options.length ? (number + options.length) % options.length : -1;
    const chosen = options[current]?.node;
    if (chosen) {
      chosen.setAttribute('aria-selected', 'true');
      chosen.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', chosen.id);
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  };

  const act = (what) => {
    palette.close();
    if (what.startsWith('theme:')) {
      chooseTheme(what.slice('theme:'.length));
    } else if (what.startsWith('language:')) {
      document.querySelector(`form[action="/preferences"] button[name="language"][value="${what.slice('language:'.length)}"]`).click();
    } else if (what === 'keys') {
      help.showModal();
    } else if (what === 'sign-out') {
      document.querySelector('form[action="/sign-out"] button').click();
    }
  };

  const go = (entry, event) => {
    if (entry.act) {
      event.preventDefault();
      act(entry.act);
      return;
    }
    remember({ title: entry.title, detail: entry.detail, icon: entry.icon, href: entry.href, act: '' });
    if (event.type === 'keydown') {
      if (event.ctrlKey || event.metaKey) {
        open(entry.href, '_blank', 'noopener');
      } else {
        location.assign(entry.href);
      }
    }
    palette.close();
  };

  const option = (entry, typed) => {
    const node = document.createElement(entry.href ? 'a' : 'div');
    node.id = `palette-${options.length}`;
    node.className = 'option';
    node.setAttribute('role', 'option');
    node.tabIndex = -1;
    if (entry.href) {
      node.href = entry.href;
    }
    node.append(icon(entry.icon), marked(entry.title, typed));
    if (entry.detail) {
      node.append(Object.assign(document.createElement('small'), { textContent: entry.detail }));
    }
    node.addEventListener('click', (event) => go(entry, event));
    options.push({ node, entry });
    return node;
  };

  const show = (groups, typed) => {
    options = [];
    list.replaceChildren();
    groups.forEach((group, number) => {
      const section = document.createElement('div');
      const label = document.createElement('h3');
      label.id = `palette-group-${number}`;
      label.textContent = group.label;
      section.setAttribute('role', 'group');
      section.setAttribute('aria-labelledby', label.id);
      section.append(label, ...group.entries.map((entry) => option(entry, typed)));
      list.append(section);
    });
    if (options.length === 0) {
      const nothing = document.createElement('p');
      nothing.textContent = words.nothing.replace('%s', typed);
      list.append(nothing);
    }
    choose(0);
    list.scrollTop = 0;
    say(typed ? words.found.replace('%s', options.length) : '');
  };

  const ask = async () => {
    const typed = input.value.trim();
    const mine = ++asked;
    line?.abort(); // Results for earlier input are not waited for.
    line = new AbortController();
    const late = setTimeout(() => list.setAttribute('aria-busy', 'true'), LATE);
    try {
      const answer = await fetch(`${words.root}/palette?q=${encodeURIComponent(typed)}`, { headers: { Accept: 'application/json' }, signal: line.signal });
      if (answer.redirected || !answer.ok) {
        location.reload();
        return;
      }
      const { groups } = await answer.json();
      if (mine === asked) {
        answered = typed;
        const before = recent();
        show(typed || before.length === 0 ? groups : [{ label: words.recent, entries: before }, ...groups], typed);
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        list.replaceChildren(Object.assign(document.createElement('p'), { textContent: words.failed }));
      }
    } finally {
      clearTimeout(late);
      if (mine === asked) {
        list.removeAttribute('aria-busy');
      }
    }
  };

  const start = (typed = '') => {
    if (!palette.open) {
      input.value = typed;
      palette.showModal();
      ask();
    }
    input.focus();
    input.select();
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  // With fast typing, Enter applies to the typed text, not to results for earlier input.
  const enter = async (event) => {
    if (answered !== input.value.trim()) {
      clearTimeout(timer);
      await ask();
    }
    if (palette.open && options[current]) {
      go(options[current].entry, event);
    }
  };

  input.addEventListener('keydown', (event) => {
    const moves = { ArrowDown: current + 1, ArrowUp: current - 1 };
    if (event.isComposing) {
      return;
    }
    if (event.key in moves) {
      event.preventDefault();
      choose(moves[event.key]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      enter(event);
    } else if (event.key === 'Tab') {
      event.preventDefault();
      choose(current + (event.shiftKey ? -1 : 1));
    }
  });

  list.addEventListener('mousemove', (event) => {
    const number = options.findIndex((one) => one.node === event.target.closest('.option'));
    if (number >= 0 && number !== current) {
      choose(number);
    }
  });

  for (const dialog of [palette, help]) {
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) {
        dialog.close();
      }
    });
  }

  for (const way of document.querySelectorAll('[data-palette]')) {
    way.addEventListener('click', (event) => {
      event.preventDefault();
      way.blur();
      start();
    });
    // Typed into the field before it opened: continues in the palette.
    way.addEventListener('input', () => {
      const typed = way.value;
      way.value = '';
      start(typed);
      input.setSelectionRange(typed.length, typed.length);
    });
  }
  if (mac) {
    document.querySelectorAll('.finder kbd').forEach((key) => {
      key.textContent = '⌘ K';
    });
    document.querySelector('#keys-help dd kbd').textContent = '⌘';
  }

  // Letters are shortcuts only outside of text input.
  palette.addEventListener('close', () => {
    line?.abort();
    input.blur();
  });
  const typing = (target) =>
    document.querySelector('dialog[open]') ?? (target.closest?.('dialog') ? null : target.closest?.('input, textarea, select, [contenteditable], .ui-inputfield'));
  let jumping = 0;

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (palette.open) {
        palette.close();
      } else if (!document.querySelector('dialog[open]')) {
        start();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      start();
    } else if (event.key === '?') {
      help.showModal();
    } else if (event.key.toLowerCase() === 'g') {
      jumping = Date.now();
    } else if (Date.now() - jumping < 1500) {
      jumping = 0;
      const way = document.querySelector(`[data-jump="${CSS.escape(event.key.toUpperCase())}"]`);
      if (way) {
        location.assign(way.dataset.to);
      }
    }
  });

  document.addEventListener('submit', (event) => {
    if (event.target.getAttribute('action') === '/sign-out') {
      localStorage.removeItem(RECENT);
    }
  });
})();
