package io.tenantry.people;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * Problems of the current page's components: native controls have the page's theme, composite widgets are a single tab stop, the phone's bar
 * marks the current page, and columns of cards end together. Checked by a script in the page, at its current width.
 */
final class Widgets {
    /**
     * Each control has the page's color scheme. Browsers render a control whose accent is too dark for the dark scheme in the light one (3:1
     * against their dark background).
     */
    private static final String OUT_OF_THEME = """
            theme => {
              const shown = it => it.checkVisibility({visibilityProperty: true}) && it.getBoundingClientRect().width > 2;
              const named = it => `${it.tagName}#${it.id}[${it.type ?? ''}]`;
              const part = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
              const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              const light = colour => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(one => part(one / 255));
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
              };
              const GROUND = light('#3b3b3b');
              return [...document.querySelectorAll('input, select, textarea, progress, meter')].filter(shown).flatMap(it => {
                const style = getComputedStyle(it);
                const wrong = [];
                if (!style.colorScheme.split(' ').includes(theme) || (theme === 'dark' && style.colorScheme !== 'dark')) {
                  wrong.push(`is drawn ${style.colorScheme}`);
                }
                if (theme === 'dark' && ['checkbox', 'radio', 'range'].includes(it.type) && style.appearance !== 'none'
                    && (style.accentColor === 'auto' || (light(style.accentColor) + 0.05) / (GROUND + 0.05) < 3)) {
                  wrong.push(`is drawn light for its accent ${style.accentColor}`);
                }
                return wrong.map(why => named(it) + ' ' + why);
              }).slice(0, 3);
            }
            """;

    /** A drawing, or an element declared as one widget, has at most one tab stop. */
    private static final String MANY_STOPS = """
            () => [...document.querySelectorAll('svg, [data-roving], [role=toolbar], [role=tablist], [role=menubar], [role=grid], [role=listbox]')]
              .map(it => [it, [...it.querySelectorAll('a, button, input, select, [tabindex]')]
                .filter(one => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility({visibilityProperty: true})).length])
              .filter(([, stops]) => stops > 1)
              .map(([it, stops]) => `${it.tagName}.${it.getAttribute('class') ?? ''} "${it.getAttribute('aria-label') ?? ''}" has ${stops}`)
              .slice(0, 3)
            """;

    /** The current page has the same name in the sidebar and in the phone's bar. */
    private static final String NOWHERE = """
            () => {
              const bar = document.querySelector('.tabbar');
              const here = document.querySelectorAll('.side .nav [aria-current]').length;
              const there = bar && bar.checkVisibility() ? bar.querySelectorAll('[aria-current]').length : here;
              return there === here ? [] : [`${there} of ${here}`];
            }
            """;

    /** Adjacent columns end at the same height, and none is empty. */
    private static final String HOLES = """
            () => [...document.querySelectorAll('.packed')].flatMap(it => {
              const columns = [...it.children].filter(one => one.checkVisibility());
              const boxes = columns.map(one => one.getBoundingClientRect());
              const beside = boxes.length > 1 && boxes.every(box => Math.abs(box.top - boxes[0].top) < 2);
              const ends = columns.map(one => [...one.querySelectorAll(':scope > .card')].pop()?.getBoundingClientRect().bottom ?? 0);
              return beside && Math.max(...ends) - Math.min(...ends) > 2 ? [`columns end at ${ends.map(Math.round).join(', ')}`] : [];
            })
            """;

    private Widgets() {}

    /** Returns the problems, in words. */
    static List<String> of(Page page, PageVariant pageVariant) {
        var faults = new ArrayList<String>();
        add(faults, "control", page.evaluate(OUT_OF_THEME, pageVariant.theme()));
        add(faults, "stops for the keyboard", page.evaluate(MANY_STOPS));
        add(faults, "marked in the phone's bar", page.evaluate(NOWHERE));
        add(faults, "hole", page.evaluate(HOLES));
        return faults;
    }

    private static void add(List<String> faults, String kind, Object found) {
        ((List<?>) found).forEach(each -> faults.add(kind + ": " + each));
    }
}
