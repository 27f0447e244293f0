package io.tenantry.people;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the page that is shown, at the width it has, for people who get dizzy, read from right to left, or go by keys (WCAG 2.2:
 * 2.3.3, 2.4.11). All is asked of the page where it stands: a key for each link would take as long as all else together. The page is
 * left as it was, but for what had the focus.
 */
final class Comfort {
    private static final String NAMED = """
            const named = it => `${it.tagName}#${it.id}.${it.getAttribute('class') ?? ''} `
              + (it.getAttribute('aria-label') ?? it.innerText ?? '').trim().slice(0, 20);
            """;

    /** Of whoever wants no motion there is none. */
    private static final String MOVES = "() => {" + NAMED + """
              return !matchMedia('(prefers-reduced-motion: reduce)').matches ? [] : document.getAnimations()
                .filter(it => it.playState === 'running' && it.effect?.getComputedTiming().activeDuration > 50)
                .map(it => it.effect.target ? named(it.effect.target) : 'something').slice(0, 3);
            }
            """;

    /** Nobody writes from right to left here yet; what is laid out by sides would show it already. */
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
     * Whatever can have the focus has it once, and is in the window then; neither it nor a corner of the ring around it is behind a bar that
     * stays where it is. What is too small to be seen, as the box of a label, is where its label is, or what it is in. Something taller
     * than half of the window cannot be seen from end to end; and what lies on a bar has its ring there too.
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

    private Comfort() {}

    /** Each thing that is wrong, in words. */
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
