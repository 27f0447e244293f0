/*
 * Layout problems of a page at its current width: text that is cut off or overlaps other text, bars that do not stick, empty states without
 * their action. Returns each problem in words.
 */
window.layoutFaults = () => {
  const GAP = 4;
  const ENOUGH = 56;
  const OVER = 2;
  const faults = [];
  const style = (it) => getComputedStyle(it);
  const named = (it) => `${it.tagName.toLowerCase()}.${(it.getAttribute('class') ?? '').trim().replace(/\s+/g, '.')} "${(it.textContent ?? '').trim().slice(0, 30)}"`;
  const ancestors = function* (it) {
    for (let one = it; one && one !== document.body; one = one.parentElement) {
      yield one;
    }
  };
  // Only for robots or screen readers; drawn by third-party code; or a preview of something else.
  const OTHERS = '.trap, .unseen, .ui-helper-hidden-accessible, .skip, .xterm, .axe, [hidden], [inert], option, script, style, template, iframe';

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const it = node.parentElement;
    if (!node.data.trim() || it.closest(OTHERS) || !it.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) {
        texts.push({ it, box });
      }
    }
  }

  // Cut off by its container, without an ellipsis, and not reachable by scrolling.
  const cut = ({ it, box }) => {
    let across = true;
    let down = true;
    for (const one of ancestors(it)) {
      const looks = style(one);
      const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
      const slides = (overflow) => overflow === 'auto' || overflow === 'scroll';
      if (looks.display !== 'inline' && looks.display !== 'contents') {
        const edge = one.getBoundingClientRect();
        const dots = looks.textOverflow === 'ellipsis' || looks.webkitLineClamp !== 'none';
        if (across && hides(looks.overflowX) && (box.right > edge.right + OVER || box.left < edge.left - OVER)) {
          return dots ? null : `is cut off by ${named(one)}`;
        }
        if (down && hides(looks.overflowY) && (box.bottom > edge.bottom + OVER + box.height / 4 || box.top < edge.top - OVER - box.height / 4)) {
          return looks.webkitLineClamp === 'none' ? `is cut off below by ${named(one)}` : null;
        }
        across &&= !slides(looks.overflowX);
        down &&= !slides(looks.overflowY);
      }
      if (looks.position === 'fixed') {
        return null;
      }
    }
    return null;
  };
  const seen = new Set();
  for (const text of texts) {
    const why = seen.has(text.it) ? null : cut(text);
    if (why) {
      seen.add(text.it);
      faults.push(`${named(text.it)} ${why}`);
    }
  }

  // Too little text is left beside the ellipsis to be understood; names below bars are in the chart's table too.
  for (const { it } of texts) {
    const looks = style(it);
    if (looks.textOverflow === 'ellipsis' && it.scrollWidth > it.clientWidth + 1 && it.clientWidth < ENOUGH && !it.closest('.axis, .days')) {
      faults.push(`${named(it)} is cut to ${it.clientWidth} px`);
    }
  }

  // Overlaps other text in the same layer.
  const layer = (it) => [...ancestors(it)].find((one) => ['fixed', 'sticky', 'absolute'].includes(style(one).position) || one.tagName === 'DIALOG') ?? document.body;
  const clear = texts.filter(({ it }) => !seen.has(it)).map((text) => ({ ...text, layer: layer(text.it) })).sort((one, other) => one.box.top - other.box.top);
  for (let at = 0; at < clear.length; at++) {
    for (let next = at + 1; next < clear.length && clear[next].box.top < clear[at].box.bottom - 3; next++) {
      const [one, other] = [clear[at], clear[next]];
      const apart = one.it === other.it || one.it.contains(other.it) || other.it.contains(one.it) || one.layer !== other.layer;
      const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      if (!apart && wide > OVER && high > Math.min(one.box.height, other.box.height) / 3 && !cut(one) && !cut(other)
        && !hiddenPart(one) && !hiddenPart(other)) {
        faults.push(`${named(one.it)} lies over ${named(other.it)}`);
      }
    }
  }

  // Scrolled or truncated text extends beyond its visible part.
  function hiddenPart({ it, box }) {
    return [...ancestors(it)].some((one) => {
      const edge = one.getBoundingClientRect();
      const hides = (overflow, from, to, start, end) => overflow !== 'visible' && (to > end + 1 || from < start - 1);
      return style(one).display !== 'inline' && (hides(style(one).overflowX, box.left, box.right, edge.left, edge.right)
        || hides(style(one).overflowY, box.top, box.bottom, edge.top, edge.bottom));
    });
  }

  // Adjacent elements of the top bar have a gap.
  for (const bar of document.querySelectorAll('header.top, .store-top .bar')) {
    const parts = [...bar.children].filter((it) => it.checkVisibility() && it.getBoundingClientRect().width > 0)
      .sort((one, other) => one.getBoundingClientRect().left - other.getBoundingClientRect().left);
    parts.slice(1).forEach((it, at) => {
      const gap = it.getBoundingClientRect().left - parts[at].getBoundingClientRect().right;
      if (gap < GAP) {
        faults.push(`${named(it)} touches ${named(parts[at])}`);
      }
    });
  }

  // An empty state has its action, if it has room for one.
  for (const acts of document.querySelectorAll('.empty .acts')) {
    if (acts.checkVisibility() && ![...acts.querySelectorAll('a[href], button')].some((it) => it.checkVisibility() && it.textContent.trim())) {
      faults.push(`${named(acts.parentElement)} has no action`);
    }
  }
  return [...new Set(faults)];
};

/*
 * Sticky elements that stick at no scroll position; the scroll position is restored. A bar that is only visible with a selection is shown for
 * the check.
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
      // A phone's window may be lower than the elements that stick to its top.
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

/* Sets figures and timestamps to their maximum length; returns the original content for restoring. */
window.stretched = () => {
  const kept = [];
  const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const it = node.parentElement;
    if (/\d/.test(node.data) && it.closest('.num, time, .stat > dd:not(.note), .figure') && !it.closest('.xterm, code, .crumbs, .problems, .uptime .rate')) {
      kept.push([node, node.data]);
      node.data = it.closest('time') ? 'September 28, 2026, 11:59 PM' : node.data.replace(/[−+]?[^\d\s−+(]?\d[\d.,]*/, (number) => (/[.,]\d\d/.test(number) ? number.replace(/\d[\d.,]*/, '123,456,789.12345678') : '123,456,789'));
    }
  }
  window.unstretched = () => kept.forEach(([node, text]) => {
    node.data = text;
  });
  return kept.length;
};

// Playwright would call the result of a script if it is a function.
void 0;
