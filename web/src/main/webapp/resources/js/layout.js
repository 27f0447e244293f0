/*
 * The shell's behavior in the browser: theme and sidebar applied at once (the server remembers them by cookie), copying, dialogs, confirmation
 * by typed name. Everything is driven by data attributes, so pages need no script of their own.
 */
(() => {
  'use strict';

  const root = document.documentElement;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const prefix = secure ? '__Host-' : '';

  const remember = (name, value) => {
    document.cookie = `${prefix}${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  };

  const chooseTheme = (theme) => {
    root.dataset.theme = theme;
    remember('theme', theme);
    for (const button of document.querySelectorAll('button[name=theme]')) {
      button.setAttribute('aria-pressed', String(button.value === theme));
    }
  };

  // Shared with other modules of the shell: texts, an icon, a toast, an announcement to screen readers.
  const words = document.getElementById('shell')?.dataset ?? {};

  const icon = (name) => {
    const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `${words.sprite}#${name}`);
    drawn.setAttribute('class', 'ico');
    drawn.setAttribute('aria-hidden', 'true');
    drawn.append(use);
    return drawn;
  };

  const say = (text) => {
    const said = document.getElementById('said');
    if (said && text) {
      said.textContent = '';
      setTimeout(() => {
        said.textContent = text;
      }, 50);
    }
  };

  const STAYS = 6000;
  const UNDO_STAYS = 20000;

  // Toasts must not cover the focused element (WCAG 2.2, 2.4.11): they move between the bottom and the top of the window.
  const clear = (focused) => {
    const all = document.getElementById('toasts');
    if (!all?.childElementCount || !focused || focused === document.body || all.contains(focused)) {
      return;
    }
    const ring = 4;
    const [one, other] = [all.getBoundingClientRect(), focused.getBoundingClientRect()];
    if (one.left < other.right + ring && one.right > other.left - ring && one.top < other.bottom + ring && one.bottom > other.top - ring) {
      all.classList.toggle('above');
    }
  };
  document.addEventListener('focusin', ({ target }) => clear(target));

  // A toast stays while it is hovered or focused; one with undo stays longer. The undo is a form of the server, or a
  // function.
  const toast = (text, { tone = 'info', form, undo, href } = {}) => {
    const all = document.getElementById('toasts');
    if (!all) {
      return;
    }
    const one = document.createElement('div');
    one.className = `toast ${tone}`;
    const line = document.createElement(href ? 'a' : 'span');
    line.textContent = text;
    if (href) {
      line.href = href;
    }
    one.append(icon({ ok: 'done', warn: 'alert', bad: 'error' }[tone] ?? 'info'), line);
    if (form) {
      one.append(form);
    } else if (undo) {
      const back = document.createElement('button');
      back.type = 'button';
      back.className = 'link';
      back.dataset.undo = 'true';
      back.setAttribute('aria-keyshortcuts', 'Control+Z');
      back.textContent = words.undo;
      back.addEventListener('click', () => {
        one.remove();
        undo();
      });
      one.append(back);
    }
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'tool';
    close.setAttribute('aria-label', words.close);
    close.append(icon('close'));
    close.addEventListener('click', () => one.remove());
    one.append(close);
    all.append(one);
    clear(document.activeElement);
    const leave = () => (one.matches(':hover, :focus-within') ? setTimeout(leave, 2000) : one.remove());
    setTimeout(leave, form || undo ? UNDO_STAYS : STAYS);
  };

  // Messages rendered by the server become toasts like the others; without this script they stay in place.
  const tell = () => {
    if (document.getElementById('toasts')) {
      for (const one of document.querySelectorAll('#growl > [data-tone]')) {
        toast(one.querySelector('span').textContent.trim(), { tone: one.dataset.tone, form: one.querySelector('form') });
        one.remove();
      }
    }
  };

  // Pages outside the shell (sign-in, a form that was open for too long) notify those within of the interruption.
  if (!document.getElementById('shell')) {
    sessionStorage.setItem('away', 'true');
  }

  window.layoutParts = { chooseTheme, icon, say, toast, words };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(words.copied);
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1600);
  };

  // A button that interrupts or destroys something asks for confirmation. Its form is validated first; a form without
  // client-side validation is validated by the server. A part of the page may be replaced meanwhile: the button is then
  // found by its id.
  let sure = null;
  document.addEventListener(
    'click',
    (event) => {
      const button = event.target.closest?.('[data-asks]');
      const dialog = document.getElementById('ask');
      const chooser = document.getElementById(button?.dataset.asksOf);
      if (!button || button === sure || !dialog || (chooser && !chooser.value)) {
        return; // Nothing selected: the form itself reports this.
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (button.form && !button.formNoValidate && !button.form.noValidate && !button.form.reportValidity()) {
        return;
      }
      const of = chooser?.selectedOptions?.[0];
      document.getElementById('ask-title').textContent = button.dataset.asks.replace('%s', of?.textContent.trim() ?? '');
      document.getElementById('ask-text').textContent = button.dataset.effect;
      const does = document.getElementById('ask-do');
      does.textContent = (button.value || button.textContent).trim();
      does.onclick = () => {
        dialog.close();
        sure = button.isConnected ? button : document.getElementById(button.id);
        sure?.click();
        sure = null;
      };
      dialog.showModal();
    },
    true
  );

  // A termination dialog lists what is currently deleted and kept.
  const tellConsequences = async (sheet) => {
    const place = sheet.querySelector('[data-consequences]');
    if (!place) {
      return;
    }
    const picked = [...(sheet.closest('form')?.querySelectorAll('input[name=id]:checked') ?? []), ...document.querySelectorAll('.pick input[name=id]:checked')].map((box) => box.value);
    const ids = place.dataset.ids ? [place.dataset.ids] : [...new Set(picked)];
    const query = new URLSearchParams([...ids.map((id) => ['id', id]), ['backups', place.dataset.backups ?? '']]);
    const parts = (kind) => place.querySelectorAll(`:scope > .${kind}`);
    for (const part of place.children) {
      part.hidden = true;
    }
    let all;
    try {
      const answer = await fetch(`${place.dataset.consequences}?${query}`);
      all = answer.ok ? await answer.json() : null;
    } catch {
      all = null; // Offline, or a page instead of the response: the session has ended.
    }
    if (!all) {
      parts('failed').forEach((part) => (part.hidden = false));
      return;
    }
    for (const kind of ['gone', 'kept']) {
      for (const part of parts(kind)) {
        part.hidden = all[kind].length === 0;
        part.querySelector('ul').replaceChildren(...all[kind].map((line) => Object.assign(document.createElement('li'), { textContent: line })));
      }
    }
    parts('none').forEach((part) => (part.hidden = all.kept.length > 0));
  };

  document.addEventListener('click', (event) => {
    const hit = (selector) => event.target.closest(selector);
    const theme = hit('button[name=theme]');
    const opens = hit('[data-opens]');
    const closes = hit('[data-closes]');
    const copies = hit('[data-copy]');
    const reveals = hit('[data-reveals]');

    if (theme) {
      event.preventDefault();
      chooseTheme(theme.value);
    } else if (hit('[data-sidebar-toggle]')) {
      root.dataset.sidebar = root.dataset.sidebar === 'narrow' ? 'wide' : 'narrow';
      remember('sidebar', root.dataset.sidebar);
    } else if (opens) {
      event.preventDefault();
      const sheet = document.getElementById(opens.dataset.opens);
      sheet.showModal();
      tellConsequences(sheet);
    } else if (closes) {
      document.getElementById(closes.dataset.closes).close();
    } else if (copies) {
      copy(copies);
    } else if (reveals) {
      const input = document.getElementById(reveals.dataset.reveals);
      const hidden = input.type === 'password';
      input.type = hidden ? 'text' : 'password';
      reveals.setAttribute('aria-pressed', String(hidden));
    }
  });

  // The usual keys undo the last action too, unless they belong to a text being edited.
  document.addEventListener('keydown', (event) => {
    const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
    if (wanted && !event.target.closest?.('input, textarea, select, [contenteditable]')) {
      const latest = [...document.querySelectorAll('#toasts [data-undo]')].pop();
      if (latest) {
        event.preventDefault();
        latest.click();
      }
    }
  });

  // A one-time link's secret is in the URL's fragment, which is never sent: it is moved into the page's form and removed
  // from the URL.
  const opening = document.getElementById('opening:secret');
  if (opening && location.hash.length > 1) {
    opening.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
    document.getElementById('opening:look').click();
  }
  if (location.pathname === '/link') {
    addEventListener('hashchange', () => location.reload());
  }

  // A field's error is associated with the field, for screen readers and for keyboard navigation.
  const describe = () => {
    for (const field of document.querySelectorAll('.field')) {
      const input = field.querySelector('input:not([type=hidden]), select, textarea');
      const about = [...field.querySelectorAll('.help, .ui-message')].filter((one) => one.textContent.trim());
      if (input && about.length) {
        about.forEach((one) => {
          one.id ||= `${input.id}_about`;
        });
        input.setAttribute('aria-describedby', about.map((one) => one.id).join(' '));
        input.setAttribute('aria-invalid', String(about.some((one) => one.matches('.ui-message-error'))));
      }
    }
  };

  // The input of a file chooser is hidden behind its button; the keyboard must not reach it there.
  const unhide = () => {
    for (const input of document.querySelectorAll('input[type=file][aria-hidden=true]')) {
      input.tabIndex = -1;
    }
  };

  // The name of a selected or dropped file replaces the placeholder text.
  document.addEventListener('change', ({ target }) => {
    const chosen = target.closest?.('.file-choice')?.querySelector('.chosen');
    if (chosen) {
      chosen.textContent = [...target.files].map((file) => file.name).join(', ') || chosen.dataset.none;
    }
  });
  for (const [kind, over] of [['dragenter', true], ['dragleave', false], ['drop', false]]) {
    document.addEventListener(kind, ({ target }) => target.closest?.('.file-choice')?.classList.toggle('over', over));
  }

  // Enter in a field presses the main button of its form, whichever button comes first; in a dialog, that of the dialog.
  document.addEventListener('keydown', (event) => {
    const field = event.target.closest?.('input:not([type=checkbox], [type=radio], [type=file], [type=submit], [type=button], [role=combobox])');
    if (event.key !== 'Enter' || !field?.form || event.isComposing || event.defaultPrevented) {
      return;
    }
    const dialog = field.closest('dialog');
    const shown = (kind) => [...(dialog ?? field.form).querySelectorAll(`.btn.${kind}:is(button, input)`)].find((it) => it.form === field.form && it.checkVisibility());
    const main = shown('pri') ?? (dialog ? shown('danger') : null);
    if (main) {
      event.preventDefault();
      if (!main.disabled) {
        main.click();
      }
    }
  });

  // A card scrolls where its table is wider: by keyboard too, even if it has no focusable content.
  const reach = (card) => {
    if (!card.isConnected) {
      sliding.unobserve(card); // A response has replaced it.
      return;
    }
    const alone = !card.querySelector('a[href], button, input, select, textarea, summary, [tabindex]');
    const title = card.parentElement.querySelector('h2');
    if (alone && card.scrollWidth > card.clientWidth) {
      card.tabIndex = 0;
      card.setAttribute('role', 'group');
      card.setAttribute('aria-label', title?.textContent.trim() ?? document.title);
    } else if (card.matches('[role=group][tabindex]')) {
      ['tabindex', 'role', 'aria-label'].forEach((name) => card.removeAttribute(name));
    }
  };

  const sliding = new ResizeObserver((seen) => seen.forEach(({ target }) => reach(target)));
  const known = new WeakSet();

  // New cards are handled at once, not only after painting: key presses may come sooner.
  const slide = () => {
    for (const card of document.querySelectorAll('.card > .flush')) {
      if (!known.has(card)) {
        known.add(card);
        reach(card);
        sliding.observe(card);
      }
    }
  };

  // A composite widget, a chart, is a single tab stop. Arrow keys, Home and End move within it, and it is re-entered at its
  // last position.
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener('keydown', (event) => {
    const group = event.target.closest?.('[data-roving]');
    const all = group ? [...group.querySelectorAll('[tabindex]')] : [];
    const at = all.indexOf(event.target);
    const to = { Home: 0, End: all.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? NaN);
    if (at >= 0 && all[to] && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      all.forEach((one) => one.setAttribute('tabindex', one === all[to] ? '0' : '-1'));
      all[to].focus();
    }
  });

  // Input typed while waiting for a response is not overwritten by the response.
  const typed = new Map();
  document.addEventListener('input', ({ target, isTrusted }) => {
    if (isTrusted && target.id && target.matches('input:not([type=file]), textarea, select')) {
      typed.set(target.id, { at: performance.now(), value: target.value, checked: target.checked });
    }
  });
  const askedAt = new WeakMap();
  const keepTyped = (since) => {
    for (const [id, { at, value, checked }] of typed) {
      const field = document.getElementById(id);
      if (field && at > since && (field.value !== value || field.checked !== checked)) {
        field.value = value;
        field.checked = checked;
      }
    }
  };
  if (window.PrimeFaces?.ajax) {
    const { Utils } = window.PrimeFaces.ajax;
    const { updateElement } = Utils;
    window.jQuery.ajaxPrefilter((options, original, xhr) => askedAt.set(xhr, performance.now()));
    // Synchronously, because the next request is sent right after the response.
    Utils.updateElement = (id, content, xhr) => {
      updateElement.call(Utils, id, content, xhr);
      keepTyped(askedAt.get(xhr) ?? Infinity);
    };
  }

  const begin = () => {
    describe();
    unhide();
    const refused = document.querySelector('.field:has(.ui-message-error) :is(input:not([type=hidden]), select, textarea)');
    refused?.focus();
  };

  new MutationObserver((changes) => {
    tell();
    slide();
    if (changes.some((change) => [...change.addedNodes].some((node) => node.nodeType === 1 && node.querySelector('.field, .ui-message')))) {
      begin();
    }
  }).observe(document.body, { childList: true, subtree: true });

  // On a phone, the row of links to the pages of an object is wider than the screen: the current page is centered.
  for (const here of document.querySelectorAll('.tabs [aria-current]')) {
    const row = here.closest('.tabs');
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

  // The sidebar may have more entries than fit into the window: the current one is in view, with its neighbors.
  const places = document.querySelector('.side .nav');
  const place = places?.querySelector('[aria-current]');
  if (place) {
    const at = place.getBoundingClientRect();
    const room = places.getBoundingClientRect();
    if (at.top < room.top || at.bottom > room.bottom) {
      places.scrollTop += at.top - room.top - (room.height - at.height) / 2;
    }
  }

  // A dialog with rejected fields reopens.
  for (const refused of document.querySelectorAll('dialog.sheet:has(.ui-message-error, .ui-messages-error)')) {
    refused.showModal();
  }
  begin();
  slide();
  tell();

  // The browser scrolls the text cursor's line into view, but not the field: its end would stay behind a bar.
  document.addEventListener('focusin', (event) => {
    if (event.target.matches('textarea')) {
      event.target.scrollIntoView({ block: 'nearest' });
    }
  });

  document.addEventListener('input', (event) => {
    const wanted = event.target.dataset.confirms;
    if (wanted !== undefined) {
      const button = event.target.form.querySelector('.danger');
      button.disabled = event.target.value.trim() !== wanted;
    }
  });
})();
