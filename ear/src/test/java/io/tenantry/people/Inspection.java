package io.tenantry.people;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is wrong with the page that is shown, for people who see it small, large or not at all. The rules are those of axe for WCAG
 * 2.2 AA, the size of targets among them; of what it finds, all that it calls serious or critical counts. Besides: at no width may anything
 * stick out of the page, or a cell be cut off by its card, enlarged twice or four times neither (1.4.4, 1.4.10).
 */
final class Inspection {
    private static final String AXE = script("/axe.min.js");

    /** Text that is cut off or lies over other text, empty states without their action, bars that do not stick. */
    private static final String LAYOUT = script("/layout.js");

    /** All rules of WCAG 2.2 AA. */
    private static final List<String> EVERYTHING = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** The rules that ask for colours, which is all that another theme changes. */
    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    /** What is alike on every page: the bars above, beside and below it, and the menu of the phone. */
    private static final List<String> FRAME = List.of("aside.side", "header.top", "nav.tabbar", "#more-menu");

    /** Rows and cards of a list are alike; the first of them are judged. */
    private static final String REPEATED = "main tbody tr:nth-child(n+6)";

    /** Of what axe found: the rule, how bad, where, and why. Frames run no script, so nobody there would answer it. */
    private static final String RUN = """
            ([rules, without]) => axe.run({exclude: without}, {runOnly: rules, resultTypes: ['violations'], iframes: false})
              .then(found => found.violations
                .filter(it => it.impact === 'serious' || it.impact === 'critical')
                .flatMap(it => it.nodes.slice(0, 3).map(node => it.id + ' at ' + node.target.join(' ') + ': '
                  + [...node.any, ...node.all, ...node.none].map(why => why.message).slice(0, 1).join('; '))))
            """;

    /** In another theme, once all that changes slowly has changed; what stands still or goes round for ever is not waited for. */
    private static final String DRESS = """
            theme => { document.documentElement.dataset.theme = theme;
                       const changes = document.getAnimations()
                         .filter(it => it.playState === 'running' && it.effect?.getComputedTiming().endTime !== Infinity)
                         .map(it => it.finished);
                       const enough = new Promise(done => setTimeout(done, 1000));
                       return Promise.race([Promise.allSettled(changes), enough]).then(() => true); }
            """;

    /** What sticks out of the page; and cells and fields that their card cuts off, and that cannot be brought into it by sliding. */
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

    /** What is cut off, lies over something or sticks out when figures are as long as they can be; the page is as it was afterwards. */
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

    /** Of a window of 1280 pixels that much is left for a page at 200 % and at 400 %. */
    private static final List<Integer> ENLARGED = List.of(640, 320);

    /** What people read, hear or see in passing: text, title, labels, descriptions, what search engines take. */
    private static final String WORDS = """
            () => [document.title, document.body.innerText,
                ...[...document.querySelectorAll('[title],[alt],[aria-label],[placeholder]')]
                  .flatMap(it => ['title', 'alt', 'aria-label', 'placeholder'].map(name => it.getAttribute(name) ?? '')),
                ...[...document.querySelectorAll('meta')].map(it => it.content)].join(' ').toLowerCase()
            """;

    private Inspection() {}

    /** Which of these words are on the page. */
    static List<String> names(Page page, List<String> words) {
        var text = (String) page.evaluate(WORDS);
        return words.stream().filter(text::contains).toList();
    }

    /** Each thing that is wrong, in words, in both themes. */
    static List<String> of(Page page, Looks looks) {
        var faults = byTheRules(page, List.of());
        page.evaluate(DRESS, looks.otherTheme());
        add(faults, "axe, " + looks.otherTheme(), page.evaluate(RUN, List.of(COLOURS, List.of())));
        page.evaluate(DRESS, looks.theme());
        faults.addAll(atAllWidths(page, looks));
        return faults;
    }

    /**
     * What the rules say of a page in the theme it has. Of a table's rows the first are judged.
     *
     * @param framed whether its frame is judged with it, which takes a third of the time and is alike on all pages of one person
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
     * What does not fit, is cut off or does not stick at the widths there are; the last one is the width that the page had. On a phone, figures
     * and moments are tried as long as they can be.
     */
    static List<String> atAllWidths(Page page, Looks looks) {
        var faults = new ArrayList<String>();
        page.evaluate(LAYOUT);
        var widths = new ArrayList<>(ENLARGED);
        widths.addAll(Looks.WIDTHS);
        widths.remove(Integer.valueOf(looks.width()));
        widths.add(looks.width());
        for (var width : widths) {
            page.setViewportSize(width, looks.height());
            add(faults, "at " + width, page.evaluate(TOO_WIDE));
            add(faults, "at " + width, page.evaluate("() => layoutFaults().slice(0, 4)"));
            if (width <= PHONE) {
                add(faults, "with the longest figures at " + width, page.evaluate(STRETCHED));
            }
        }
        add(faults, "at " + looks.width(), page.evaluate("() => stickyFaults().slice(0, 2)"));
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
