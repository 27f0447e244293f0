package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;

/** Unauthorized access: wrong passwords, forms without our scripts, sessions and identifiers from elsewhere. */
final class StrangerStory {
    private StrangerStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-d");
        try (var stranger = chromium.visitor("path-d.localhost")) {
            stranger.signIn("olga@kiosk.example", "not the password");
            stranger.awaitText("Incorrect email address or password.");
            stranger.fits();
            assertThat(stranger.path()).isEqualTo("/sign-in");
            stranger.assertNoComplaints();
            postsWithoutScripts(stranger);
            readsAboutProblems(stranger);
        }
        try (var lost = chromium.visitor("nobody-here.localhost")) {
            assertThat(lost.go("/sign-in").status()).isEqualTo(421);
            lost.awaitText("Nothing lives at this address");
            assertThat(lost.page().content()).doesNotContain("Brand ").doesNotContain("Tenantry");
            lost.fits();
        }
    }

    /** The type URL of a problem leads to its public explanation. */
    private static void readsAboutProblems(Visitor stranger) {
        stranger.open("/docs/problems#rate_limited");
        for (var kind : List.of("invalid_value", "rate_limited", "internal_error")) {
            PlaywrightAssertions.assertThat(stranger.id(kind)).containsText(kind);
        }
        PlaywrightAssertions.assertThat(stranger.id("rate_limited")).isInViewport();
        stranger.assertNoComplaints();
    }

    /** A post without the nonce, or without any view, returns the page again and not an internal error. */
    private static void postsWithoutScripts(Visitor stranger) {
        var state = stranger.page()
                .locator("[name='jakarta.faces.ViewState']")
                .first()
                .getAttribute("value");
        var form = "door=door&door:enter=&door:email=olga@kiosk.example&door:password=wrong";
        assertThat(stranger.submit("/sign-in", form + "&jakarta.faces.ViewState=" + state))
                .startsWith("200 ")
                .contains("Incorrect email address or password.");
        assertThat(stranger.submit("/sign-in", form + "&primefaces.nonce=%22%3E&jakarta.faces.ViewState=" + state))
                .startsWith("200 ")
                .contains("Incorrect email address or password.");
        assertThat(stranger.submit("/sign-in", form)).startsWith("200 ").contains("Welcome back");
        assertThat(stranger.submit("/sign-in", form + "&jakarta.faces.ViewState=1:1"))
                .startsWith("200 ")
                .contains("Incorrect email address or password.");
    }

    static void tellOfTwoBrands(Chromium chromium) {
        BrowserTestSetup.brand("path-e");
        var there = BrowserTestSetup.brand("path-f");
        try (var olga = chromium.visitor("path-e.localhost");
                var sam = chromium.visitor("path-e.localhost");
                var elsewhere = chromium.visitor("path-f.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            sam.signIn("sam@path-e.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            for (var path : List.of(
                    "/portal/service?id=" + there.id("service"),
                    "/portal/service?id=" + there.id("organization"),
                    "/portal/service?id=nonsense",
                    "/portal/service",
                    "/portal/statement.csv?wallet=" + there.id("wallet"))) {
                assertThat(olga.status(path)).as(path).isEqualTo(404);
            }
            for (var path : List.of(
                    "/staff/customer?id=" + there.id("organization"),
                    "/staff/service?id=" + there.id("service"),
                    "/staff/order?organization=" + there.id("organization"),
                    "/staff/plan?id=" + there.id("small"),
                    "/staff/plan?id=",
                    "/staff/statement.csv?wallet=" + there.id("wallet"),
                    "/admin/tenants/one?slug=path-f")) {
                assertThat(sam.status(path)).as(path).isEqualTo(404);
            }
            assertThat(olga.submit("/portal/organization", "id=" + there.id("organization")))
                    .startsWith("404 ");
            assertThat(olga.submit("/portal/order", "order=order&jakarta.faces.ViewState=1:1"))
                    .startsWith("409 ")
                    .contains("This page has expired");
            elsewhere.cookie("session", olga.cookie("session"));
            elsewhere.go("/portal/services");
            assertThat(elsewhere.path()).isEqualTo("/sign-in?return=%2Fportal%2Fservices");
            elsewhere.assertNoComplaints();
        }
    }
}
