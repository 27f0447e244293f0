package io.tenantry.people;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * Accessibility problems of the current page at its current width, for people who are sensitive to motion, read from right to left, or use the
 * keyboard (WCAG 2.2: 2.3.3, 2.4.11). Everything is checked by scripts in the page: a key press for each link would take as long as all other
 * checks. The page is left unchanged except for the focus.
 */
final class AccessibilityCheck {
    private static final String NAMED = """
            const named = it => `${it.tagName}#${it.id}.${it.getAttribute('class') ?? ''} `
              + (it.getAttribute('aria-label') ?? it.innerText ?? '').trim().slice(0, 20);
            """;

    /** With reduced motion there is no animation. */
    private static final String MOVES = "() => {" + NAMED + """
              return !matchMedia('(prefers-reduced-motion: reduce)').matches ? [] : document.getAnimations()
                .filter(it => it.playState === 'running' && it.effect?.getComputedTiming().activeDuration > 50)
                .map(it => it.effect.target ? named(it.effect.target) : 'something').slice(0, 3);
            }
            """;

    /** No right-to-left language is supported yet; layout by physical sides would already show up here. */
    private static final String FROM_THE_RIGHT = "() => {" + NAMED + """
              const page = document.documentElement;
              page.dir = 'rtl';
              const sticksOut = it => {
                const box = it.getBoundingClientRect();
                return box.width > 0 && (box.right > page.clientWidth + 1 || box.left < -1);
              };
              const out = page.scrollWidth <= page.clientWidth + 1 ? []
                : ['something', ...[...document.querySelectorAll('body *')].filter(sticksOut).map(named)].slice(0, 4);
              page.removeAttribute('dir');
              return out;
            }
            """;

    /**
     * Every focusable element is focused once and must then be in the window; neither it nor a corner of its focus ring is behind a fixed bar.
     * An element too small to be seen, such as a checkbox's input, counts by its label or its container. An element taller than half of the
     * window cannot be fully visible; the ring of an element on a bar lies on the bar too.
     */
    private static final String HIDES_THE_FOCUS = "() => {" + NAMED + """
              const RING = 3;
              const modal = document.querySelector('dialog:modal');
              const isSmall = it => {
                const box = it.getBoundingClientRect();
                return box.width < 3 || box.height < 3;
              };
              const seen = it => {
                let one = it;
                while (isSmall(one) && one.parentElement) {
                  one = [...(one.labels ?? [])].find(label => !isSmall(label)) ?? one.parentElement;
                }
                return one.getBoundingClientRect();
              };
              const bar = (it, x, y) => {
                const isThere = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
                let one = isThere ? document.elementFromPoint(x, y) : null;
                while (one && !one.contains(it)) {
                  if (['sticky', 'fixed'].includes(getComputedStyle(one).position)) {
                    return one;
                  }
                  one = one.parentElement;
                }
                return null;
              };
              const isApart = (bar, box) => {
                const edge = bar.getBoundingClientRect();
                return edge.bottom <= box.top + 1 || edge.top >= box.bottom - 1 || edge.right <= box.left + 1 || edge.left >= box.right - 1;
              };
              const judge = it => {
                it.focus();
                if (document.activeElement !== it) {
                  return ['does not take the focus'];
                }
                const box = seen(it);
                if (box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight) {
                  return ['is outside of the window'];
                }
                const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
                const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
                const isTall = box.height > innerHeight / 2;
                const itself = isTall ? [[x, y]] : [[x, y], [x, box.top + 1], [x, box.bottom - 1], [box.left + 1, y], [box.right - 1, y]];
                const ring = isTall ? [] : [box.left - RING, box.right + RING]
                  .flatMap(x => [box.top - RING, box.bottom + RING].map(y => [x, y]));
                const by = itself.map(([x, y]) => bar(it, x, y)).find(Boolean)
                  ?? ring.map(([x, y]) => bar(it, x, y)).find(one => one && isApart(one, box));
                return by ? ['is behind ' + named(by)] : [];
              };
              const all = [...(modal ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                .filter(it => it.tabIndex >= 0 && !it.matches(':disabled') && !it.closest('[inert]')
                  && it.checkVisibility({visibilityProperty: true}));
              const hidden = all.flatMap(it => judge(it).map(why => named(it) + ' ' + why));
              document.activeElement?.blur();
              scrollTo(0, 0);
              return all.length === 0 ? ['nothing takes the focus'] : hidden.slice(0, 5);
            }
            """;

    private AccessibilityCheck() {}

    /** Returns the problems, in words. */
    static List<String> of(Page page) {
        var faults = new ArrayList<String>();
        add(faults, "moves all the same", page.evaluate(MOVES));
        add(faults, "sticks out, from the right", page.evaluate(FROM_THE_RIGHT));
        add(faults, "focus", page.evaluate(HIDES_THE_FOCUS));
        return faults;
    }

    private static void add(List<String> faults, String kind, Object found) {
        ((List<?>) found).forEach(each -> faults.add(kind + ": " + each));
    }
}
