package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The main page of each surface for those who see, move or read otherwise: at twice the size, from right to left, without motion, and by
 * keys, where what has the focus is always seen (WCAG 2.2: 1.4.4, 1.4.10, 2.3.3, 2.4.11).
 */
final class ComfortStory {
    private static final String SLUG = "path-m";
    private static final int KEYS_MAX = 50;

    private static final List<String> OF_STRANGERS = List.of("/", "/contact");
    private static final List<String> OF_CUSTOMERS = List.of("/portal", "/portal/services", "/portal/order");
    private static final List<String> OF_STAFF = List.of("/staff/customers", "/staff/brand", "/staff/audit");
    private static final List<String> OF_OPERATORS = List.of("/console/runs", "/console/audit");

    private final List<String> faults = new ArrayList<>();

    private ComfortStory() {}

    static void tell(Chromium chromium) {
        Stage.brand(SLUG);
        Stage.operator("milo@platform.example");
        var story = new ComfortStory();
        story.visit(chromium, SLUG + ".localhost", "", OF_STRANGERS);
        story.visit(chromium, SLUG + ".localhost", "olga@kiosk.example", OF_CUSTOMERS);
        story.visit(chromium, SLUG + ".localhost", "sam@" + SLUG + ".example", OF_STAFF);
        story.visit(chromium, "platform.localhost", "milo@platform.example", OF_OPERATORS);
        assertThat(story.faults).as("what is uncomfortable").isEmpty();
    }

    private void visit(Chromium chromium, String host, String email, List<String> paths) {
        try (var person = chromium.visitor(host)) {
            if (!email.isEmpty()) {
                person.signsInSomehow(email, Stage.PASSWORD);
            }
            for (var path : paths) {
                enlarged(person, path);
                fromTheRight(person, path);
                atRest(person, path);
                byKeys(person, path, 1280, 720);
                byKeys(person, path, 390, 700);
            }
            person.isContent();
        }
    }

    /** At 200 % a window of 1280 pixels has room for 640, and at 400 % for 320. */
    private void enlarged(Visitor person, String path) {
        for (var width : new int[] {640, 320}) {
            person.page().setViewportSize(width, 512);
            person.go(path);
            sticksOut(person.page()).ifPresent(what -> faults.add(path + " at " + width + " pixels: " + what));
        }
        person.page().setViewportSize(1280, 800);
    }

    /** Nobody writes from right to left here yet; what is laid out by sides would show it already. */
    private void fromTheRight(Visitor person, String path) {
        for (var width : new int[] {1280, 390}) {
            person.page().setViewportSize(width, 800);
            person.go(path);
            person.page().evaluate("document.documentElement.dir = 'rtl'");
            sticksOut(person.page()).ifPresent(what -> faults.add(path + " from the right, " + width + ": " + what));
        }
        person.page().setViewportSize(1280, 800);
    }

    private void atRest(Visitor person, String path) {
        person.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        person.go(path);
        var moving = person.page().evaluate("""
                document.getAnimations()
                  .filter(it => it.playState === 'running' && (it.effect.getComputedTiming().activeDuration > 50))
                  .map(it => it.effect.target && (it.effect.target.className || it.effect.target.tagName)).join(' ')
                """);
        if (!"".equals(moving)) {
            faults.add(path + " moves all the same: " + moving);
        }
        person.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
    }

    /** What has the focus is in the window and not behind something else, and shows that it has it. */
    private void byKeys(Visitor person, String path, int width, int height) {
        person.page().setViewportSize(width, height);
        person.go(path);
        for (var key = 0; key < KEYS_MAX; key++) {
            person.page().keyboard().press("Tab");
            @SuppressWarnings("unchecked")
            var seen = (Map<String, Object>) person.page().evaluate("""
                    () => {
                      const it = document.activeElement;
                      if (it === document.body || it === null) return {end: true};
                      const box = it.getBoundingClientRect();
                      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
                      const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
                      const there = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                      const top = document.elementFromPoint(x, y);
                      const own = top && (top === it || it.contains(top) || top.contains(it)
                        || (it.labels && [...it.labels].some(label => label.contains(top))));
                      return {end: false, name: it.tagName + '.' + it.className + '#' + it.id, there, own: !!own,
                              by: top ? top.tagName + '.' + top.className : ''};
                    }
                    """);
            if (Boolean.TRUE.equals(seen.get("end"))) {
                break;
            }
            if (!Boolean.TRUE.equals(seen.get("there")) || !Boolean.TRUE.equals(seen.get("own"))) {
                faults.add(path + ", " + width + ", key " + key + ": " + seen);
            }
        }
        person.page().setViewportSize(1280, 800);
    }

    private static java.util.Optional<String> sticksOut(Page page) {
        var out = (String) page.evaluate("""
                () => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1 ? ''
                  : [...document.querySelectorAll('body *')]
                      .filter(it => { const box = it.getBoundingClientRect();
                        return box.width > 0 && (box.right > document.documentElement.clientWidth + 1 || box.left < -1); })
                      .map(it => it.tagName + '.' + it.className + '#' + it.id).slice(0, 4).join(' ') + ' !'
                """);
        return java.util.Optional.of(out).filter(text -> !text.isEmpty());
    }
}
