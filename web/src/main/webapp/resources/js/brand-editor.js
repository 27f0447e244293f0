/*
 * The brand editor's preview: the panes show what the server computes from the draft while it is edited. Nothing is saved here. Leaving with
 * unsaved changes asks for confirmation.
 */
(() => {
  'use strict';

  const form = document.getElementById('brand');
  const panes = [...document.querySelectorAll('#panes .pane')];
  if (!form || !panes.length) {
    return;
  }
  const field = (name) => form.elements.namedItem(`brand:${name}`);
  const address = (kind) => form.querySelector(`[data-picture=${kind}]`)?.dataset.address ?? '';

  // ---- the draft's content ----
  const sign = (letter) => {
    const mark = document.createElement('span');
    mark.className = 'sign';
    mark.textContent = letter;
    return mark;
  };
  const words = () => {
    const name = field('name').value.trim() || '…';
    for (const mark of document.querySelectorAll('#panes [data-mark]')) {
      const logo = (mark.dataset.mark === 'dark' && address('LOGO_DARK')) || address('LOGO');
      if (logo) {
        const image = document.createElement('img');
        image.src = logo;
        image.alt = '';
        mark.replaceChildren(image);
      } else {
        const text = document.createElement('b');
        text.textContent = name;
        mark.replaceChildren(sign([...name][0]), text);
      }
    }
    for (const part of document.querySelectorAll('#panes [data-name]')) {
      part.textContent = name;
    }
    const foot = [name, field('support_email').value, field('support_phone').value].filter(Boolean).join(' · ');
    for (const part of document.querySelectorAll('#panes [data-foot]')) {
      part.textContent = foot;
    }
    for (const story of document.querySelectorAll('#panes .story')) {
      story.dataset.backdrop = field('backdrop').value.toLowerCase();
    }
  };

  // ---- its look ----
  const repairs = document.getElementById('repairs');
  const readable = document.getElementById('readable');
  const swatch = (colours) => {
    const space = 'http://www.w3.org/2000/svg';
    const image = document.createElementNS(space, 'svg');
    image.setAttribute('class', 'swatch');
    image.setAttribute('viewBox', '0 0 20 10');
    colours.forEach((colour, index) => {
      const part = document.createElementNS(space, 'rect');
      part.setAttribute('x', index * 10);
      part.setAttribute('width', 10);
      part.setAttribute('height', 10);
      part.setAttribute('fill', colour);
      image.append(part);
    });
    return image;
  };
  const tell = (found) => {
    repairs.hidden = !found.length;
    readable.hidden = !!found.length;
    repairs.querySelector('ul').replaceChildren(...found.map((one) => {
      const item = document.createElement('li');
      const text = document.createElement('span');
      text.textContent = one.text;
      item.append(swatch([one.chosen, one.used]), text);
      return item;
    }));
  };
  let asked = 0;
  const colours = async () => {
    const mine = ++asked;
    const query = new URLSearchParams();
    for (const name of ['primary', 'secondary', 'accent', 'neutral', 'font', 'radius', 'density', 'backdrop']) {
      query.set(name, field(name).value);
    }
    query.set('picture', address('BACKDROP').split('id=')[1] ?? '');
    const answer = await fetch(`/staff/brand-preview?${query}`);
    if (!answer.ok || mine !== asked) {
      return;
    }
    const draft = await answer.json();
    for (const pane of panes) {
      for (const [name, value] of Object.entries(draft.variables)) {
        pane.style.setProperty(name, value);
      }
    }
    tell(draft.repairs);
  };

  // ---- whether it differs from the published version ----
  const snapshot = () => JSON.stringify([...new FormData(form)]
    .filter(([name, value]) => typeof value === 'string' && !name.startsWith('jakarta.') && !name.startsWith('primefaces.')));
  const before = snapshot();
  let leaving = false;
  const isChanged = () => snapshot() !== before || !!form.querySelector('[data-touched], .ui-message-error');
  const state = () => {
    const changed = isChanged();
    form.querySelector('[data-state=same]').hidden = changed;
    form.querySelector('[data-state=changed]').hidden = !changed;
    form.querySelector('[data-undo]').setAttribute('aria-disabled', String(!changed));
  };

  let pause;
  const show = () => {
    words();
    state();
    clearTimeout(pause);
    pause = setTimeout(colours, 120);
  };

  form.addEventListener('input', show);
  form.addEventListener('change', show);
  form.addEventListener('click', (event) => {
    const preset = event.target.closest('[data-preset]');
    if (preset) {
      const values = preset.dataset.preset.split(' ');
      ['primary', 'secondary', 'accent', 'neutral', 'font', 'radius'].forEach((name, index) => {
        field(name).value = values[index];
      });
      show();
    }
    if (event.target.closest('[data-undo]')) {
      leaving = true;
    }
  });
  document.addEventListener('submit', () => {
    leaving = true;
  });
  addEventListener('beforeunload', (event) => {
    if (!leaving && isChanged()) {
      event.preventDefault();
    }
  });
  new MutationObserver(show).observe(form, { childList: true, subtree: true });
  show();
})();
