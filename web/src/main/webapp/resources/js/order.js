/*
 * Enhancement of the steps of an order, which work without it: choices and input are in the URL at once, so that no link, reload or adjacent
 * form loses them, and the total is requested from the server, which alone can compute it.
 */
(() => {
  'use strict';

  const CHOICES = ['radio', 'checkbox', 'select-one'];
  const main = document.getElementById('main');
  let line;

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

  const sum = async (id) => {
    line?.abort();
    line = new AbortController();
    try {
      const answer = await fetch(location.href, { signal: line.signal, headers: { 'X-Show': 'parts' } });
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.getElementById(id);
        if (fresh) {
          document.getElementById(id).replaceWith(fresh);
        }
      }
    } catch {
      // Offline, or the choice has changed: the next step shows the total.
    }
  };

  main.addEventListener('change', (event) => {
    const { form, dataset, value } = event.target;
    if (form?.matches('form[data-kept]')) {
      const names = [...new Set([...form.elements].filter((one) => CHOICES.includes(one.type)).map((one) => one.name))];
      keep(names, [...new FormData(form)].filter(([name, chosen]) => names.includes(name) && chosen !== ''));
      if (form.dataset.sums) {
        sum(form.dataset.sums);
      }
    } else if (dataset.kept) {
      keep([dataset.kept], value.trim() === '' ? [] : [[dataset.kept, value.trim()]]);
    }
  });
})();
