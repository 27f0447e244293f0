/* An empty state has its action, if it has room for one. */
window.emptyFaults = () =>
  [...document.querySelectorAll('.empty .acts')]
    .filter((acts) => acts.checkVisibility() && ![...acts.querySelectorAll('a[href], button')].some((it) => it.checkVisibility() && it.textContent.trim()))
    .map((acts) => `"${acts.parentElement.textContent.trim().slice(0, 30)}" has no action`);

/*
 * Sticky elements that stick nowhere, wherever the page is scrolled to; the page is left where it was. A bar that is only there when something is chosen
 * is shown for it.
 */
window.stickyFaults = () => {
  const faults = [];
  const bars = [...document.querySelectorAll('form.picked:not(.some)')];
  bars.forEach((it) => it.classList.add('some'));
  const named = (it) => `${it.tagName.toLowerCase()}.${(it.getAttribute('class') ?? '').trim().replace(/\s+/g, '.')}`;
  const all = [...document.querySelectorAll('body *')].filter((it) => getComputedStyle(it).position === 'sticky' && it.checkVisibility());
  const room = document.documentElement.scrollHeight - innerHeight;
  for (const at of room > 0 ? [0, room / 2, room] : []) {
    scrollTo({ top: at, behavior: 'instant' });
    for (const it of all) {
      const looks = getComputedStyle(it);
      const box = it.getBoundingClientRect();
      const around = it.parentElement.getBoundingClientRect();
      const top = parseFloat(looks.top);
      const bottom = parseFloat(looks.bottom);
      // A phone's window may be lower than what sticks to its top.
      if (!Number.isNaN(bottom) && around.top < innerHeight - bottom - box.height && box.bottom > innerHeight - bottom + 1) {
        faults.push(`${named(it)} is ${Math.round(box.bottom - innerHeight)} px below the window at ${Math.round(at)}`);
      }
      if (!Number.isNaN(top) && Number.isNaN(bottom) && around.bottom > top + box.height + parseFloat(looks.marginBottom || 0) + 1 && box.top < Math.min(top, 0) - 1) {
        faults.push(`${named(it)} is ${Math.round(-box.top)} px above the window at ${Math.round(at)}`);
      }
      const taller = document.documentElement.scrollHeight > 2 * innerHeight;
      if (taller && around.height <= box.height + 1 && it.parentElement.children.length === 1) {
        faults.push(`${named(it)} has nowhere to stick in ${named(it.parentElement)}`);
      }
    }
  }
  scrollTo({ top: 0, behavior: 'instant' });
  bars.forEach((it) => it.classList.remove('some'));
  return [...new Set(faults)];
};
