package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** The customer's path by keyboard only: sign in, order, open and close dialogs and menus. */
final class KeyboardStory {
    private KeyboardStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-k");
        try (var olga = chromium.visitor("path-k.localhost")) {
            walks(olga);
        }
    }

    static void tellInTheDark(Chromium chromium) {
        BrowserTestSetup.brand("path-kd");
        try (var olga = chromium.visitor("path-kd.localhost", new PageVariant("de", "dark", 1280))) {
            walks(olga);
            PlaywrightAssertions.assertThat(olga.page().locator("html[lang=de][data-theme=dark]"))
                    .hasCount(1);
        }
    }

    private static void walks(Visitor olga) {
        var keys = new Keys(olga);
        keys.signIn("olga@kiosk.example");
        olga.awaitUrl("/portal");
        skips(olga, keys);
        orders(olga, keys);
        looksIntoADialog(olga, keys);
        looksIntoTheMenu(olga, keys);
        olga.assertNoComplaints();
    }

    /** The first Tab stop of a page skips the navigation. */
    private static void skips(Visitor olga, Keys keys) {
        olga.open("/portal");
        keys.press("Tab");
        keys.standsOn(".skip");
        keys.press("Enter");
        keys.press("Tab");
        assertThat(isWithin(olga, "main")).isTrue();
    }

    private static void orders(Visitor olga, Keys keys) {
        keys.walkTo("main a[href^='/portal/order']");
        keys.press("Enter");
        olga.page().waitForURL("**/portal/order*");
        keys.walkTo("a.tile.plan");
        assertThat(outline(olga)).isNotEqualTo("none");
        keys.press("Enter");
        olga.page().waitForURL("**step=region**");
        keys.walkTo("a.tile.place");
        keys.press("Enter");
        olga.page().waitForURL("**step=image**");
        keys.walkTo("button[value=keys]");
        keys.press("Enter");
        olga.page().waitForURL("**step=keys**");
        keys.walkTo("[name=key]");
        keys.press("Space");
        keys.walkTo("button[value=review]");
        keys.press("Enter");
        olga.page().waitForURL("**step=review**");
        PlaywrightAssertions.assertThat(olga.page().locator(".chosen")).containsText("Olga's laptop");
        keys.walkTo("[id='order:name']");
        keys.type("no good name!");
        keys.press("Enter");
        var name = olga.id("order:name");
        PlaywrightAssertions.assertThat(name).hasAttribute("aria-invalid", "true");
        keys.standsOn("[id='order:name']");
        assertThat(name.getAttribute("aria-describedby")).contains("order:name_error");
        keys.retype("[id='order:name']", "by-keys");
        keys.press("Enter");
        olga.page().waitForURL("**/portal/service?id=*");
    }

    /** A dialog takes the focus, traps it, and returns it to the control that opened it. */
    private static void looksIntoADialog(Visitor olga, Keys keys) {
        for (var dialog : new String[] {"change", "end"}) {
            keys.walkTo("[data-opens='" + dialog + "']");
            keys.press("Enter");
            PlaywrightAssertions.assertThat(olga.id(dialog)).isVisible();
            for (var key = 0; key < 12; key++) {
                assertThat(isWithin(olga, "dialog[open]") || isOutsideThePage(olga))
                        .isTrue();
                keys.press("Tab");
            }
            keys.press("Escape");
            PlaywrightAssertions.assertThat(olga.id(dialog)).isHidden();
            keys.standsOn("[data-opens='" + dialog + "']");
        }
    }

    private static void looksIntoTheMenu(Visitor olga, Keys keys) {
        olga.open("/portal");
        keys.walkTo(".top .person");
        keys.press("Enter");
        PlaywrightAssertions.assertThat(olga.page().locator("#person-menu")).isVisible();
        keys.press("Tab");
        assertThat(isWithin(olga, "#person-menu")).isTrue();
        keys.press("Escape");
        PlaywrightAssertions.assertThat(olga.page().locator("#person-menu")).isHidden();
        keys.standsOn(".top .person");
    }

    private static boolean isWithin(Visitor olga, String selector) {
        return (Boolean)
                olga.page().evaluate("selector => document.activeElement.closest(selector) !== null", selector);
    }

    /** Between the last and the first control of a dialog, the browser's own toolbar gets the focus, which shows as the body. */
    private static boolean isOutsideThePage(Visitor olga) {
        return (Boolean) olga.page().evaluate("document.activeElement === document.body");
    }

    private static String outline(Visitor olga) {
        return (String) olga.page().evaluate("getComputedStyle(document.activeElement).outlineStyle");
    }
}
