package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** The frame around all pages: search, messages, live updates and kept input. */
final class ShellStory {
    private ShellStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand("frame-a");
        try (var olga = chromium.visitor("frame-a.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            findsByTheKeyboard(olga);
            findsWithoutScripts(olga);
            hasRoomForLongNames(olga);
            seesWhatChangesElsewhere(olga, made);
            readsWhatHappened(olga);
            losesNothingWhenTheSessionEnds(olga);
            olga.assertNoComplaints();
            losesNothingWithoutAConnection(olga);
        }
        try (var sam = chromium.visitor("frame-a.localhost")) {
            sam.signIn("sam@frame-a.example", BrowserTestSetup.PASSWORD);
            seesAsStaffWhatCustomersDo(sam, made);
            sam.assertNoComplaints();
        }
    }

    private static void seesAsStaffWhatCustomersDo(Visitor sam, BrowserTestSetup.Made made) {
        sam.awaitUrl("/staff");
        isLive(sam.page());
        var services = sam.page()
                .locator("#staff-part .stat:has([href^='/staff/services']) dd")
                .first();
        PlaywrightAssertions.assertThat(services).hasText("2");
        BrowserTestSetup.order("frame-a", made, "seen-by-staff");
        PlaywrightAssertions.assertThat(services).hasText("3");
    }

    private static void findsByTheKeyboard(Visitor olga) {
        var page = olga.page();
        page.keyboard().press("Control+K");
        PlaywrightAssertions.assertThat(olga.id("palette-text")).isFocused();
        PlaywrightAssertions.assertThat(page.locator("#palette-list")).containsText("Use dark theme");
        olga.fits();
        PlaywrightAssertions.assertThat(page.locator("#palette-list")).containsText("Snapshots");
        PlaywrightAssertions.assertThat(page.locator("#palette-list")).containsText("Deutsch");
        olga.id("palette-text").fill("fir");
        var first = page.locator("#palette-list [role=option]").first();
        PlaywrightAssertions.assertThat(first).containsText("first");
        PlaywrightAssertions.assertThat(first).hasAttribute("aria-selected", "true");
        assertThat(page.locator("#palette-list mark").first().innerText()).isEqualTo("fir");
        page.keyboard().press("Enter");
        page.waitForURL("**/portal/service?id=*");
        page.keyboard().press("/");
        PlaywrightAssertions.assertThat(page.locator("#palette-list h3").first())
                .hasText("Recently opened");
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(olga.id("palette")).isHidden();
        page.keyboard().press("?");
        PlaywrightAssertions.assertThat(olga.id("keys-help")).isVisible();
        olga.fits();
        page.keyboard().press("Escape");
        page.keyboard().press("g");
        page.keyboard().press("w");
        olga.awaitUrl("/portal/wallet");
    }

    private static void findsWithoutScripts(Visitor olga) {
        olga.open("/portal/search?q=first");
        PlaywrightAssertions.assertThat(olga.page().locator(".found a").first()).containsText("first");
        olga.open("/portal/search?q=nothing-is-called-so");
        olga.awaitText("No results");
    }

    private static void hasRoomForLongNames(Visitor olga) {
        olga.open("/portal");
        olga.fitsWithLongText("header.top", ".mark .name", "Aurora Cloud Hosting & Infrastructure International");
        olga.open("/portal/invoices");
        olga.page().locator("header.top button.person").click();
        PlaywrightAssertions.assertThat(olga.id("person-menu")).isVisible();
        olga.fitsWithLongText(
                "#person-menu", ".who small", "maya.sullivan-of-the-whole-office@hudson-and-pine-coffee.example");
        olga.page().keyboard().press("Escape");
    }

    private static void seesWhatChangesElsewhere(Visitor olga, BrowserTestSetup.Made made) {
        olga.open("/portal");
        isLive(olga.page());
        try (var wallet = olga.newPage()) {
            wallet.navigate(olga.page().url() + "/wallet");
            isLive(wallet);
            PlaywrightAssertions.assertThat(wallet.locator("#wallet-part .loud").first())
                    .containsText("99.99");
            BrowserTestSetup.order("frame-a", made, "from-elsewhere");
            PlaywrightAssertions.assertThat(wallet.locator("#wallet-part .loud").first())
                    .containsText("99.98");
            PlaywrightAssertions.assertThat(
                            olga.page().locator("#dashboard-part .loud").first())
                    .containsText("99.98");
            PlaywrightAssertions.assertThat(olga.page().locator("#dashboard-part"))
                    .containsText("from-elsewhere");
            PlaywrightAssertions.assertThat(olga.page().locator(".toast").first())
                    .containsText("Kiosk frame-a: from-elsewhere is up and running");
        }
    }

    private static void isLive(Page page) {
        page.locator("html[data-live=on]").waitFor();
    }

    private static void readsWhatHappened(Visitor olga) {
        var page = olga.page();
        PlaywrightAssertions.assertThat(page.locator("#bell b")).hasText("2");
        olga.id("bell").click();
        PlaywrightAssertions.assertThat(olga.id("bell-list")).containsText("from-elsewhere is up and running");
        PlaywrightAssertions.assertThat(
                        olga.id("bell-list").locator(".place-name").first())
                .containsText("Kiosk");
        olga.id("read-all").click();
        PlaywrightAssertions.assertThat(page.locator("#bell b")).hasAttribute("data-count", "0");
        page.locator(".toast button.link").click();
        PlaywrightAssertions.assertThat(page.locator("#bell b")).hasAttribute("data-count", "2");
        olga.open("/portal/notifications?unread=true");
        page.locator(".notice-list a").getByText("from-elsewhere").click();
        page.waitForURL("**/portal/service?id=*");
        PlaywrightAssertions.assertThat(page.locator("#bell b")).hasAttribute("data-count", "1");
    }

    private static void losesNothingWhenTheSessionEnds(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/order");
        page.locator("a.tile.plan").last().click();
        page.locator("a.to-review").click();
        page.waitForURL("**step=review**");
        isLive(page);
        olga.id("order:name").clear();
        olga.id("order:name").pressSequentially("typed-before");
        try (var other = olga.newPage()) {
            other.navigate(page.url().replaceAll("/portal.*", "/portal/me"));
            other.evaluate("() => document.querySelector('form[action=\"/sign-out\"] button').click()");
            other.waitForURL("**/sign-in");
        }
        page.waitForURL("**/sign-in?return=**");
        page.getByLabel("Email address").fill("olga@kiosk.example");
        page.locator("input[type=password]").fill(BrowserTestSetup.PASSWORD);
        page.locator("[id='door:enter']").click();
        page.waitForURL("**/portal/order?**");
        PlaywrightAssertions.assertThat(olga.id("order:name")).hasValue("typed-before");
        PlaywrightAssertions.assertThat(page.locator(".toast").first()).containsText("has been restored");
    }

    /** Input submitted while offline stays in the form, is restored, and is submitted when online again. */
    private static void losesNothingWithoutAConnection(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/me");
        var here = page.url();
        page.context().setOffline(true);
        PlaywrightAssertions.assertThat(olga.id("offline")).isVisible();
        olga.id("who:name").clear();
        olga.id("who:name").pressSequentially("typed-offline");
        olga.id("who:do").click();
        PlaywrightAssertions.assertThat(
                        page.locator(".toast").getByText("You are offline").first())
                .isVisible();
        assertThat(page.url()).isEqualTo(here);
        PlaywrightAssertions.assertThat(olga.id("who:name")).hasValue("typed-offline");
        assertThat(page.evaluate("() => sessionStorage.getItem('away')")).isEqualTo("true");
        page.context().setOffline(false);
        PlaywrightAssertions.assertThat(olga.id("offline")).isHidden();
        assertThat(page.evaluate("() => sessionStorage.getItem('away')")).isNull();
        olga.id("who:do").click();
        olga.awaitMessage("Saved.");
        PlaywrightAssertions.assertThat(olga.id("who:name")).hasValue("typed-offline");
        // The browser reports every failed request.
        olga.clearComplaints();
    }

    /** No other visitor hears or finds anything, by any route. */
    static void tellOfDoors(Chromium chromium) {
        BrowserTestSetup.brand("frame-b");
        BrowserTestSetup.brand("frame-c");
        try (var olga = chromium.visitor("frame-b.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            assertThat(olga.status("/portal/palette?q=first")).isEqualTo(200);
            assertThat(olga.status("/staff/palette?q=first")).isEqualTo(403);
            assertThat(olga.status("/staff/inbox")).isEqualTo(403);
            assertThat(olga.status("/admin/palette?q=a")).isEqualTo(404);
            var cookie = "session=" + olga.cookie("session");
            var socket = new RawWebSocket("frame-b.localhost");
            assertThat(socket.status("http://frame-b.localhost", cookie)).isEqualTo(101);
            assertThat(socket.status("http://frame-b.localhost", "")).isEqualTo(401);
            assertThat(socket.status("http://evil.example", cookie)).isEqualTo(403);
            assertThat(socket.status("", cookie)).isEqualTo(403);
            var elsewhere = new RawWebSocket("frame-c.localhost");
            assertThat(elsewhere.status("http://frame-b.localhost", cookie)).isEqualTo(403);
            assertThat(elsewhere.status("http://frame-c.localhost", cookie)).isEqualTo(401);
            assertThat(new RawWebSocket("nowhere.localhost").status("http://nowhere.localhost", cookie))
                    .isEqualTo(421);
        }
    }
}
