package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** Properties of the person, not of a browser: available organizations, language, name, password, sessions. */
final class ProfileStory {
    private static final String EMAIL = "olga@kiosk.example";
    private static final String FRESH = "another-fine-phrase";

    private ProfileStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-g");
        var second = BrowserTestSetup.secondOrganization("path-g", "Second Home", EMAIL)
                .id("organization");
        try (var here = chromium.visitor("path-g.localhost");
                var there = chromium.visitor("path-g.localhost")) {
            here.signIn(EMAIL, BrowserTestSetup.PASSWORD);
            here.awaitUrl("/portal");
            switches(here);
            opensLinksOf(here, second);
            speaks(here, there);
            isCalled(here);
            changesThePassword(here, there);
            signsOutThere(here, there);
            signsOutElsewhere(here, there);
            here.assertNoComplaints();
            there.assertNoComplaints();
        }
    }

    private static void switches(Visitor olga) {
        PlaywrightAssertions.assertThat(olga.page().locator(".side .place b")).hasText("Kiosk path-g");
        olga.page().locator(".side .place").click();
        olga.page().locator("#place-menu button").getByText("Second Home").click();
        PlaywrightAssertions.assertThat(olga.page().locator(".side .place b")).hasText("Second Home");
        olga.awaitUrl("/portal");
        olga.fits();
        olga.awaitText("No services yet");
        olga.open("/portal/wallet");
        assertThat(olga.main()).doesNotContain("first transfer");
        olga.page().locator(".side .place").click();
        olga.page().locator("#place-menu button").getByText("Kiosk path-g").click();
        PlaywrightAssertions.assertThat(olga.page().locator(".side .place b")).hasText("Kiosk path-g");
        olga.open("/portal/wallet");
        olga.awaitText("first transfer");
    }

    /** Links in notifications and emails name their organization: the target is shown for that one. */
    private static void opensLinksOf(Visitor olga, String second) {
        var place = olga.page().locator(".side .place b");
        olga.open("/portal/wallet?from=2026-01-01&in=" + second);
        PlaywrightAssertions.assertThat(place).hasText("Second Home");
        assertThat(olga.page().url()).endsWith("/portal/wallet?from=2026-01-01");
        assertThat(olga.status("/portal/services?in=00000000-0000-7000-8000-000000000001"))
                .isEqualTo(404);
        olga.clearComplaints(404);
        olga.open("/portal/services");
        PlaywrightAssertions.assertThat(place).hasText("Second Home");
        place.click();
        olga.page().locator("#place-menu button").getByText("Kiosk path-g").click();
        PlaywrightAssertions.assertThat(place).hasText("Kiosk path-g");
    }

    /** The language follows the person; the one chosen at sign-in does not apply inside. */
    private static void speaks(Visitor here, Visitor there) {
        chooses(here, "de");
        here.awaitText("Kontoauszug");
        assertThat(here.cookie("language")).isEmpty();
        there.open("/sign-in");
        there.awaitText("Welcome back");
        there.signIn(EMAIL, BrowserTestSetup.PASSWORD);
        there.awaitUrl("/portal");
        PlaywrightAssertions.assertThat(there.page().locator("html")).hasAttribute("lang", "de");
        chooses(here, "en");
        here.awaitText("Statement");
    }

    private static void chooses(Visitor visitor, String language) {
        visitor.page().locator(".top .person").click();
        visitor.page()
                .locator("#person-menu button[name=language][value=" + language + "]")
                .click();
        PlaywrightAssertions.assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
    }

    private static void isCalled(Visitor olga) {
        olga.open("/portal/me");
        olga.id("who:name").fill(" ");
        olga.id("who:do").click();
        PlaywrightAssertions.assertThat(olga.id("who:name_error")).isVisible();
        olga.id("who:name").fill("Olga Other");
        olga.id("who:do").click();
        olga.awaitMessage("Saved.");
        PlaywrightAssertions.assertThat(olga.page().locator(".top .person")).hasAttribute("aria-label", "Olga Other");
    }

    private static void changesThePassword(Visitor here, Visitor there) {
        here.open("/portal/me");
        types(here, "not this one", FRESH, FRESH);
        PlaywrightAssertions.assertThat(here.id("password:before_error")).containsText("not your current password");
        types(here, BrowserTestSetup.PASSWORD, "short", "short");
        PlaywrightAssertions.assertThat(here.id("password:fresh_error")).containsText("at least 10");
        types(here, BrowserTestSetup.PASSWORD, FRESH, "something else");
        PlaywrightAssertions.assertThat(here.id("password:repeated_error")).containsText("do not match");
        here.fits();
        types(here, BrowserTestSetup.PASSWORD, FRESH, FRESH);
        here.awaitMessage("Password changed.");
        there.go("/portal/services");
        assertThat(there.path()).startsWith("/sign-in");
    }

    private static void types(Visitor olga, String before, String fresh, String repeated) {
        olga.id("password:before").fill(before);
        olga.id("password:fresh").fill(fresh);
        olga.id("password:repeated").fill(repeated);
        olga.id("password:do").click();
    }

    private static void signsOutThere(Visitor here, Visitor there) {
        there.signIn(EMAIL, FRESH);
        there.awaitUrl("/portal");
        here.open("/portal/me");
        var rows = here.page().locator(".people li");
        PlaywrightAssertions.assertThat(rows).hasCount(2);
        PlaywrightAssertions.assertThat(rows.first().locator("input")).hasCount(0);
        rows.last().locator("input").click();
        here.confirm("Sign out");
        here.awaitMessage("was signed out.");
        PlaywrightAssertions.assertThat(rows).hasCount(1);
        there.go("/portal/services");
        assertThat(there.path()).startsWith("/sign-in");
    }

    private static void signsOutElsewhere(Visitor here, Visitor there) {
        there.signIn(EMAIL, FRESH);
        there.awaitUrl("/portal");
        here.open("/portal/me");
        PlaywrightAssertions.assertThat(here.page().locator(".people li")).hasCount(2);
        here.awaitText("this device");
        here.id("places:others").click();
        here.confirm(EMAIL);
        here.awaitMessage("All other devices were signed out");
        PlaywrightAssertions.assertThat(here.page().locator(".people li")).hasCount(1);
        there.go("/portal/services");
        assertThat(there.path()).startsWith("/sign-in");
    }
}
