/*
 * Enhancement of lists (app:table), which work without it: filters apply when selected, columns and views are remembered, rows can be selected
 * together, and placeholder rows are shown while the next rows load. All by data attributes and delegation.
 */
(() => {
  'use strict';

  if (window.listsAreThere) {
    return;
  }
  window.listsAreThere = true;

  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const prefix = secure ? '__Host-' : '';
  const listing = (inside) => inside.closest('.listing');

  // ---- while the next rows load
  const wait = (list) => {
    const rows = list?.querySelector('table.rows');
    if (!rows) {
      return;
    }
    rows.dataset.waiting = setTimeout(() => {
      rows.setAttribute('aria-busy', 'true');
    }, 150);
  };

  const waited = () => {
    for (const rows of document.querySelectorAll('table.rows[data-waiting]')) {
      clearTimeout(Number(rows.dataset.waiting));
      delete rows.dataset.waiting;
      rows.removeAttribute('aria-busy');
    }
  };

  // Navigating back shows the state of the URL, not the last input: browsers restore fields as they were left.
  addEventListener('pageshow', () => {
    document.querySelectorAll('form.narrow').forEach((form) => form.reset());
    waited();
  });
  document.addEventListener('stayed', waited);

  // ---- views: named URLs, kept by this browser for this person
  const shelf = (list) => `views.${list.dataset.list}.${list.dataset.person}`;
  const views = (list) => {
    try {
      const kept = JSON.parse(localStorage.getItem(shelf(list)) ?? '[]');
      return Array.isArray(kept) ? kept.filter((view) => typeof view.name === 'string' && /^\?/.test(view.query)) : [];
    } catch {
      return [];
    }
  };
  const keep = (list, all) => localStorage.setItem(shelf(list), JSON.stringify(all));

  const showViews = (list) => {
    const place = list.querySelector('[data-views]');
    const pattern = list.querySelector('.views template');
    place.replaceChildren(...views(list).map((view) => {
      const row = pattern.content.cloneNode(true);
      const link = row.querySelector('a');
      link.textContent = view.name;
      link.href = location.pathname + view.query;
      if (location.search === view.query) {
        link.setAttribute('aria-current', 'true');
      }
      row.querySelector('button').addEventListener('click', () => {
        keep(list, views(list).filter((other) => other.name !== view.name));
        showViews(list);
      });
      return row;
    }));
  };

  // ---- selecting rows
  const picks = (list) => [...list.querySelectorAll('tbody .pick input')];
  const count = (list) => {
    const all = picks(list);
    const chosen = all.filter((box) => box.checked).length;
    list.querySelectorAll('[data-picked-count]').forEach((place) => {
      place.textContent = String(chosen);
    });
    const confirm = list.querySelector('[data-confirms-count]');
    if (confirm) {
      confirm.dataset.confirms = String(chosen);
    }
    list.querySelector('.picked')?.classList.toggle('some', chosen > 0);
    const head = list.querySelector('[data-pick-all]');
    if (head) {
      head.checked = chosen === all.length;
      head.indeterminate = chosen > 0 && chosen < all.length;
    }
  };

  document.addEventListener('change', (event) => {
    const list = listing(event.target);
    if (!list) {
      return;
    }
    if (event.target.matches('form.narrow select')) {
      event.target.form.requestSubmit();
    } else if (event.target.matches('[data-pick-all]')) {
      picks(list).forEach((box) => {
        box.checked = event.target.checked;
      });
      count(list);
    } else if (event.target.closest('.pick')) {
      count(list);
    }
  });

  document.addEventListener('click', (event) => {
    const list = listing(event.target);
    if (!list) {
      return;
    }
    if (event.target.closest('[data-pick-none]')) {
      picks(list).forEach((box) => {
        box.checked = false;
      });
      count(list);
    }
    const link = event.target.closest('th a, .paging a, a.token');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      wait(list);
    }
  });

  document.addEventListener('submit', (event) => {
    const list = listing(event.target);
    if (!list) {
      return;
    }
    if (event.target.matches('[data-keep-view]')) {
      event.preventDefault();
      const input = event.target.querySelector('input');
      const name = input.value.trim();
      const query = location.search || '?';
      keep(list, [...views(list).filter((view) => view.name !== name), { name, query }]);
      input.value = '';
      showViews(list);
    } else if (event.target.matches('[data-columns]')) {
      event.preventDefault();
      const chosen = [...event.target.querySelectorAll('input:checked')].map((box) => box.value);
      document.cookie = `${prefix}columns-${list.dataset.list}=${chosen.join('.')}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
      location.reload();
    } else if (event.target.matches('form.narrow')) {
      wait(list);
    }
  });

  // Empty fields are left out of the URL.
  document.addEventListener('formdata', (event) => {
    if (event.target.matches('form.narrow')) {
      for (const [name, value] of [...event.formData]) {
        if (value === '') {
          event.formData.delete(name);
        }
      }
    }
  });

  const reveal = (list) => {
    list.querySelectorAll('.scripted').forEach((one) => {
      one.hidden = false;
    });
    count(list);
  };

  // Refreshed rows start as rendered by the server.
  document.addEventListener('refreshed', (event) => {
    const list = listing(event.target);
    if (list) {
      reveal(list);
    }
  });

  for (const list of document.querySelectorAll('.listing')) {
    list.classList.add('lively');
    if (list.querySelector('[data-views]')) {
      showViews(list);
    }
    reveal(list);
  }
})();
