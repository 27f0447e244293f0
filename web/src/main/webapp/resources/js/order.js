/*
 * Comfort for the steps of an order, which work without it: what is ticked or typed stands in the address at once, so that no link, no
 * reload and no form beside it loses it.
 */
(() => {
  'use strict';

  const main = document.getElementById('main');

  const keep = (names, values) => {
    const changed = (address) => {
      const url = new URL(address, location.href);
      names.forEach((name) => url.searchParams.delete(name));
      values.forEach(([name, value]) => url.searchParams.append(name, value));
      return url.pathname + url.search + url.hash;
    };
    history.replaceState(history.state, '', changed(location.href));
    for (const link of main.querySelectorAll('a[href*="/order?"]')) {
      link.setAttribute('href', changed(link.getAttribute('href')));
    }
    for (const form of main.querySelectorAll('form[method=post]')) {
      form.setAttribute('action', changed(form.getAttribute('action')));
    }
  };

  main.addEventListener('change', (event) => {
    const { form, dataset, value } = event.target;
    if (form?.matches('form[data-kept]')) {
      const names = [...new Set([...form.elements].filter((one) => ['radio', 'checkbox'].includes(one.type)).map((one) => one.name))];
      keep(names, [...new FormData(form)].filter(([name, chosen]) => names.includes(name) && chosen !== ''));
    } else if (dataset.kept) {
      keep([dataset.kept], value.trim() === '' ? [] : [[dataset.kept, value.trim()]]);
    }
  });
})();
