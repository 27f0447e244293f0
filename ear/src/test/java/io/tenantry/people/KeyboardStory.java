package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** The customer's path by keys alone: sign in, order, look into dialogs and menus and out of them again. */
final class KeyboardStory {
    private static final int KEYS_MAX = 80;

    private KeyboardStory() {}

    static void tell(Chromium chromium) {
        Stage.brand("path-k");
        try (var olga = chromium.visitor("path-k.localhost")) {
            signsIn(olga);
            skips(olga);
            orders(olga);
            looksIntoADialog(olga);
            looksIntoTheMenu(olga);
            olga.isContent();
        }
    }

    private static void signsIn(Visitor olga) {
        olga.open("/sign-in");
        types(olga, "olga@kiosk.example");
        press(olga, "Tab");
        types(olga, Stage.PASSWORD);
        press(olga, "Enter");
        olga.arrives("/portal");
    }

    /** The first key on a page leads past the navigation. */
    private static void skips(Visitor olga) {
        olga.open("/portal");
        press(olga, "Tab");
        PlaywrightAssertions.assertThat(olga.page().locator(".skip")).isFocused();
        PlaywrightAssertions.assertThat(olga.page().locator(".skip")).isInViewport();
        press(olga, "Enter");
        press(olga, "Tab");
        assertThat(isWithin(olga, "main")).isTrue();
    }

    private static void orders(Visitor olga) {
        olga.open("/portal/order");
        walksTo(olga, "a.tile.plan");
        assertThat(outline(olga)).isNotEqualTo("none");
        press(olga, "Enter");
        olga.page().waitForURL("**plan=**");
        walksTo(olga, "[id='order:name']");
        types(olga, "no good name!");
        press(olga, "Enter");
        var name = olga.id("order:name");
        PlaywrightAssertions.assertThat(name).isFocused();
        PlaywrightAssertions.assertThat(name).hasAttribute("aria-invalid", "true");
        assertThat(name.getAttribute("aria-describedby")).contains("order:name_error");
        name.fill("");
        types(olga, "by-keys");
        press(olga, "Enter");
        olga.page().waitForURL("**/portal/service?id=*");
    }

    /** A dialog takes the focus, keeps it, and gives it back to what opened it. */
    private static void looksIntoADialog(Visitor olga) {
        for (var dialog : new String[] {"change", "end"}) {
            var opener = olga.page().locator("[data-opens='" + dialog + "']");
            walksTo(olga, "[data-opens='" + dialog + "']");
            press(olga, "Enter");
            PlaywrightAssertions.assertThat(olga.id(dialog)).isVisible();
            for (var key = 0; key < 12; key++) {
                assertThat(isWithin(olga, "dialog[open]") || isOutsideThePage(olga))
                        .isTrue();
                press(olga, "Tab");
            }
            press(olga, "Escape");
            PlaywrightAssertions.assertThat(olga.id(dialog)).isHidden();
            PlaywrightAssertions.assertThat(opener).isFocused();
        }
    }

    private static void looksIntoTheMenu(Visitor olga) {
        olga.open("/portal");
        walksTo(olga, ".top .person");
        press(olga, "Enter");
        PlaywrightAssertions.assertThat(olga.page().locator("#person-menu")).isVisible();
        press(olga, "Tab");
        assertThat(isWithin(olga, "#person-menu")).isTrue();
        press(olga, "Escape");
        PlaywrightAssertions.assertThat(olga.page().locator("#person-menu")).isHidden();
        PlaywrightAssertions.assertThat(olga.page().locator(".top .person")).isFocused();
    }

    /** By Tab, as often as it takes. */
    private static void walksTo(Visitor olga, String selector) {
        Locator wanted = olga.page().locator(selector).first();
        for (var key = 0; key < KEYS_MAX; key++) {
            if ((Boolean) wanted.evaluate("it => it === document.activeElement")) {
                return;
            }
            press(olga, "Tab");
        }
        throw new AssertionError(
                "no key leads to " + selector + " of " + olga.page().url());
    }

    private static boolean isWithin(Visitor olga, String selector) {
        return (Boolean)
                olga.page().evaluate("selector => document.activeElement.closest(selector) !== null", selector);
    }

    /** Between the last and the first thing of a dialog the browser's own bar is reached, which counts as the body. */
    private static boolean isOutsideThePage(Visitor olga) {
        return (Boolean) olga.page().evaluate("document.activeElement === document.body");
    }

    private static String outline(Visitor olga) {
        return (String) olga.page().evaluate("getComputedStyle(document.activeElement).outlineStyle");
    }

    private static void press(Visitor olga, String key) {
        olga.page().keyboard().press(key);
    }

    private static void types(Visitor olga, String text) {
        olga.page().keyboard().type(text);
    }
}
