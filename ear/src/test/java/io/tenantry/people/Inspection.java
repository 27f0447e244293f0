package io.tenantry.people;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Accessibility and layout problems of the current page. The rules are those of axe for WCAG 2.2 AA, including target size; all findings that
 * it rates serious or critical count. Moreover, at no width may content overflow the page or a cell be cut off by its card, nor at 200 % or 400
 * % zoom (1.4.4, 1.4.10).
 */
final class Inspection {
    private static final String AXE = script("/axe.min.js");

    /** Text that is cut off or overlaps other text, empty states without their action, bars that do not stick. */
    private static final String LAYOUT = script("/layout.js");

    /** All rules of WCAG 2.2 AA. */
    private static final List<String> EVERYTHING = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** The rules about colors, the only ones affected by another theme. */
    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    /** Elements that are the same on every page: the bars above, beside and below it, and the phone's menu. */
    private static final List<String> FRAME = List.of("aside.side", "header.top", "nav.tabbar", "#more-menu");

    /** Rows and cards of a list are alike; only the first ones are checked. */
    private static final String REPEATED = "main tbody tr:nth-child(n+6)";

    /** The findings of axe: rule, impact, place and reason. Frames run no scripts and could not respond. */
    private static final String RUN = """
            ([rules, without]) => axe.run({exclude: without}, {runOnly: rules, resultTypes: ['violations'], iframes: false})
              .then(found => found.violations
                .filter(it => it.impact === 'serious' || it.impact === 'critical')
                .flatMap(it => it.nodes.slice(0, 3).map(node => it.id + ' at ' + node.target.join(' ') + ': '
                  + [...node.any, ...node.all, ...node.none].map(why => why.message).slice(0, 1).join('; '))))
            """;

    /** Switches the theme and waits for transitions; paused and infinite animations are not waited for. */
    private static final String DRESS = """
            theme => { document.documentElement.dataset.theme = theme;
                       const changes = document.getAnimations()
                         .filter(it => it.playState === 'running' && it.effect?.getComputedTiming().endTime !== Infinity)
                         .map(it => it.finished);
                       const enough = new Promise(done => setTimeout(done, 1000));
                       return Promise.race([Promise.allSettled(changes), enough]).then(() => true); }
            """;

    /** Content that overflows the page; and cells and fields that are cut off by their card and cannot be scrolled into view. */
    private static final String TOO_WIDE = """
            () => {
              const page = document.documentElement.clientWidth;
              const out = document.documentElement.scrollWidth <= page ? [] : [...document.querySelectorAll('body *')]
                .filter(it => it.getBoundingClientRect().right > page + 1)
                .map(it => 'sticks out: ' + it.tagName + '.' + (it.getAttribute('class') ?? '') + '#' + it.id);
              const cut = [...document.querySelectorAll('.card')].flatMap(card => {
                const edge = card.getBoundingClientRect().right + 1;
                const slides = it => it !== card && (getComputedStyle(it).overflowX === 'auto' || slides(it.parentElement));
                return [...card.querySelectorAll('td, th, input, select, textarea, .btn')]
                  .filter(it => it.offsetParent && !it.closest('.ui-helper-hidden-accessible') && it.getBoundingClientRect().right > edge && !slides(it))
                  .map(it => 'cut off: ' + it.tagName + ' ' + (it.innerText || it.id).slice(0, 20));
              });
              return [...out.slice(0, 3), ...cut.slice(0, 2)];
            }
            """;

    private static final int PHONE = 390;

    /** Content that is cut off, overlaps or overflows when figures have their maximum length; the page is restored afterwards. */
    private static final String STRETCHED = """
            () => {
              stretched();
              try {
                const page = document.documentElement;
                const out = page.scrollWidth > page.clientWidth + 1 ? ['sticks out of the page'] : [];
                return [...out, ...layoutFaults()].slice(0, 4);
              } finally {
                unstretched();
              }
            }
            """;

    /** Remaining page widths of a window of 1280 pixels at 200 % and at 400 %. */
    private static final List<Integer> ENLARGED = List.of(640, 320);

    /** All texts that people can perceive: text, title, labels, descriptions, metadata for search engines. */
    private static final String WORDS = """
            () => [document.title, document.body.innerText,
                ...[...document.querySelectorAll('[title],[alt],[aria-label],[placeholder]')]
                  .flatMap(it => ['title', 'alt', 'aria-label', 'placeholder'].map(name => it.getAttribute(name) ?? '')),
                ...[...document.querySelectorAll('meta')].map(it => it.content)].join(' ').toLowerCase()
            """;

    private Inspection() {}

    /** Returns which of these words are on the page. */
    static List<String> names(Page page, List<String> words) {
        var text = (String) page.evaluate(WORDS);
        return words.stream().filter(text::contains).toList();
    }

    /** Returns the problems in both themes, in words. */
    static List<String> of(Page page, PageVariant pageVariant) {
        var faults = byTheRules(page, List.of());
        page.evaluate(DRESS, pageVariant.otherTheme());
        add(faults, "axe, " + pageVariant.otherTheme(), page.evaluate(RUN, List.of(COLOURS, List.of())));
        page.evaluate(DRESS, pageVariant.theme());
        faults.addAll(atAllWidths(page, pageVariant));
        return faults;
    }

    /**
     * Returns the findings for a page in its current theme. Of a table, only the first rows are checked.
     *
     * @param framed whether its frame is checked as well, which takes a third of the time and is the same on all pages of one person
     */
    static List<String> inThisTheme(Page page, boolean framed) {
        var without = new ArrayList<String>(framed ? List.of() : FRAME);
        without.add(REPEATED);
        return byTheRules(page, without);
    }

    private static List<String> byTheRules(Page page, List<String> without) {
        var faults = new ArrayList<String>();
        page.evaluate(AXE);
        add(faults, "axe", page.evaluate(RUN, List.of(EVERYTHING, without)));
        return faults;
    }

    /**
     * Returns what does not fit, is cut off or does not stick at the supported widths; the last one is the page's original width. On a phone,
     * figures and timestamps are tried at maximum length.
     */
    static List<String> atAllWidths(Page page, PageVariant pageVariant) {
        var faults = new ArrayList<String>();
        page.evaluate(LAYOUT);
        var widths = new ArrayList<>(ENLARGED);
        widths.addAll(PageVariant.WIDTHS);
        widths.remove(Integer.valueOf(pageVariant.width()));
        widths.add(pageVariant.width());
        for (var width : widths) {
            page.setViewportSize(width, pageVariant.height());
            add(faults, "at " + width, page.evaluate(TOO_WIDE));
            add(faults, "at " + width, page.evaluate("() => layoutFaults().slice(0, 4)"));
            if (width <= PHONE) {
                add(faults, "with the longest figures at " + width, page.evaluate(STRETCHED));
            }
        }
        add(faults, "at " + pageVariant.width(), page.evaluate("() => stickyFaults().slice(0, 2)"));
        return faults;
    }

    private static void add(List<String> faults, String kind, Object found) {
        ((List<?>) found).forEach(each -> faults.add(kind + ": " + each));
    }

    private static String script(String name) {
        try (var file = Inspection.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
