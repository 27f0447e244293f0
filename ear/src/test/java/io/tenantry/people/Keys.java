package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.regex.Pattern;

/** Keyboard input only. At the end of each walk, the focused element is visible and has a name. */
final class Keys {
    private static final int KEYS_MAX = 120;
    private static final String HAS_THE_FOCUS =
            "selector => document.querySelector(selector) === document.activeElement";
    private static final Pattern SOMETHING = Pattern.compile("\\S");

    private final Visitor person;

    Keys(Visitor person) {
        this.person = person;
    }

    void signIn(String email) {
        person.open("/sign-in");
        standsOn("[id='door:email']");
        type(email);
        press("Tab");
        standsOn("[id='door:password']");
        type(BrowserTestSetup.PASSWORD);
        press("Enter");
    }

    /** Uses the palette: the first result must be the intended one. */
    void find(String typed, String meant) {
        press("Control+K");
        standsOn("#palette-text");
        type(typed);
        assertThat(person.page().locator("#palette-list [role=option][aria-selected=true]"))
                .containsText(meant);
        press("Enter");
    }

    /** Presses Tab as often as needed. */
    void walkTo(String selector) {
        walk(selector, "Tab");
    }

    /** Presses Shift+Tab as often as needed. */
    void walkBackTo(String selector) {
        walk(selector, "Shift+Tab");
    }

    private void walk(String selector, String key) {
        for (var pressed = 0; pressed < KEYS_MAX; pressed++) {
            if ((Boolean) person.page().evaluate(HAS_THE_FOCUS, selector)) {
                standsOn(selector);
                return;
            }
            press(key);
        }
        throw new AssertionError(
                "no key leads to " + selector + " of " + person.page().url());
    }

    /** Replaces a field's content: Tab selects it entirely. */
    void retype(String selector, String text) {
        walkTo(selector);
        press("Shift+Tab");
        press("Tab");
        standsOn(selector);
        type(text);
    }

    /** Requires that the element is focused, visible and has a name. */
    void standsOn(String selector) {
        var it = person.page().locator(selector).first();
        assertThat(it).isFocused();
        assertThat(it).isInViewport();
        assertThat(it).hasAccessibleName(SOMETHING);
    }

    void press(String key) {
        person.page().keyboard().press(key);
    }

    void type(String text) {
        person.page().keyboard().type(text);
    }
}
