package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.regex.Pattern;

/** Somebody's keyboard; nothing else is touched. Where a walk ends, what has the focus is seen and says what it is. */
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

    /** By the palette: what is chosen first is what was meant. */
    void find(String typed, String meant) {
        press("Control+K");
        standsOn("#palette-text");
        type(typed);
        assertThat(person.page().locator("#palette-list [role=option][aria-selected=true]"))
                .containsText(meant);
        press("Enter");
    }

    /** By Tab, as often as it takes. */
    void walkTo(String selector) {
        walk(selector, "Tab");
    }

    /** The other way round. */
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

    /** In place of what stands in a field: what is come upon by Tab is chosen whole. */
    void retype(String selector, String text) {
        walkTo(selector);
        press("Shift+Tab");
        press("Tab");
        standsOn(selector);
        type(text);
    }

    /** That has the focus, is seen and has a name. */
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
