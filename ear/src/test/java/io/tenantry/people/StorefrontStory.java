package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;

/** A brand's public pages, how staff change them, and how an anonymous visitor without scripts reaches them. */
final class StorefrontStory {
    private static final List<String> PAGES =
            List.of("/", "/plans", "/regions", "/faq", "/status", "/contact", "/register");

    private static final List<String> WITHOUT_SCRIPTS = List.of(
            "/",
            "/plans",
            "/regions",
            "/faq",
            "/status",
            "/contact",
            "/register",
            "/sign-in",
            "/forgot",
            "/docs/problems");

    private StorefrontStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("shop-a");
        BrowserTestSetup.brand("shop-b");
        try (var stranger = chromium.visitor("shop-a.localhost");
                var sam = chromium.visitor("shop-a.localhost")) {
            looksAround(stranger);
            searches(chromium);
            readsWithoutScripts(chromium);
            sam.signIn("sam@shop-a.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            assertThat(sam.page().locator("#staff-map").count()).isZero();
            speaks(sam, stranger);
            tellsOfTrouble(sam, stranger);
            hearsFrom(chromium, sam);
            stranger.assertNoComplaints();
            sam.assertNoComplaints();
        }
        try (var other = chromium.visitor("shop-b.localhost")) {
            for (var page : PAGES) {
                other.open(page);
                assertThat(other.page().content()).doesNotContain("shop-a").doesNotContain("Servers with a view");
            }
        }
        try (var atThePlatform = chromium.visitor("platform.localhost")) {
            assertThat(atThePlatform.go("/plans").status()).isEqualTo(404);
            assertThat(atThePlatform.go("/sitemap.xml").status()).isEqualTo(404);
            assertThat(atThePlatform.go("/robots.txt").text()).contains("Disallow: /\n");
        }
    }

    private static void looksAround(Visitor stranger) {
        for (var page : PAGES) {
            stranger.open(page);
            assertThat(stranger.page().locator("h1, h3").first().innerText()).isNotBlank();
            var canonical = stranger.page().locator("link[rel=canonical]").getAttribute("href");
            assertThat(canonical).startsWith("http://shop-a.localhost").endsWith(page);
        }
        stranger.open("/plans");
        stranger.page().locator(".plan-card a.btn").first().click();
        assertThat(stranger.path()).startsWith("/register?plan=");
        var plan = stranger.page().locator("#register b").innerText();
        assertThat(stranger.id("known").getAttribute("href")).startsWith("/portal/order?plan=");
        stranger.id("write").click();
        PlaywrightAssertions.assertThat(stranger.id("subject")).hasValue("New account with plan " + plan);
        assertThat(stranger.id("message").inputValue()).contains(plan);
        assertThat(stranger.go("/docs/").status()).isEqualTo(404);
        assertThat(stranger.go("/resources/css/").status()).isEqualTo(404);
        stranger.clearComplaints(404);
        stranger.open("/sign-in");
        stranger.id("newcomer").click();
        stranger.awaitUrl("/register");
    }

    /** Every public page shows its content, links on and allows sign-in without scripts. */
    private static void readsWithoutScripts(Chromium chromium) {
        try (var plain = chromium.visitorWithoutScripts("shop-a.localhost")) {
            for (var path : WITHOUT_SCRIPTS) {
                assertThat(plain.go(path).status()).as(path).isEqualTo(200);
                PlaywrightAssertions.assertThat(plain.page()
                                .locator("main h1, main h2, main h3")
                                .first())
                        .isVisible();
                assertThat(plain.main()).as(path).isNotBlank();
                assertThat(plain.page().locator("a[href^='/']").count())
                        .as("ways on from " + path)
                        .isPositive();
            }
            plain.go("/");
            plain.page().locator("a[href='/plans']").first().click();
            plain.awaitUrl("/plans");
            plain.page().locator(".plan-card a.btn").first().click();
            plain.id("known").click();
            plain.page().waitForURL("**/sign-in?return=**");
            plain.signInInAnyLanguage("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            plain.awaitUrl("/portal");
        }
    }

    /**
     * Uses a separate window: the browser's viewer for such files reports violations of our policy, and requests an icon by its legacy name.
     */
    private static void searches(Chromium chromium) {
        try (var robot = chromium.visitor("shop-a.localhost")) {
            assertThat(robot.go("/sitemap.xml").text()).contains("/plans</loc>").doesNotContain("shop-b");
            assertThat(robot.go("/robots.txt").text()).contains("Disallow: /portal", "/sitemap.xml");
            assertThat(robot.go("/.well-known/security.txt").text())
                    .contains("Contact: ", "/contact\nExpires: 2", "/.well-known/security.txt\n")
                    .doesNotContain("Tenantry");
        }
    }

    /** A region also appears on the staff's map once its location is set. */
    private static void seesWhereServicesRun(Visitor sam) {
        sam.open("/staff");
        assertThat(sam.page().locator("#staff-map a.pin").first().getAttribute("href"))
                .startsWith("/staff/services?region=");
        sam.page().locator("#staff-map a.pin").first().click();
        sam.page().waitForURL("**/staff/services?region=*");
    }

    private static void speaks(Visitor sam, Visitor stranger) {
        sam.open("/staff/site?language=en");
        sam.id("words:headline").fill("Servers with a view");
        sam.id("words:about").fill("We are *two*.\n\n<script>alert(1)</script> [x](javascript:alert(1))");
        sam.id("words:do").click();
        sam.awaitMessage("Website updated.");
        stranger.open("/");
        PlaywrightAssertions.assertThat(stranger.page().locator("h1")).hasText("Servers with a view");
        PlaywrightAssertions.assertThat(stranger.page().locator(".about em")).hasText("two");
        assertThat(stranger.page().locator(".about a[href^=javascript]").count())
                .isZero();

        asks(sam, "Where are you?", "By **the sea**.");
        asks(sam, "And when?", "Always.");
        sam.page().locator("[id$=':raise']").click();
        sam.page().waitForURL("**/staff/site?language=en");
        stranger.open("/faq");
        assertThat(stranger.page().locator(".questions h3").allInnerTexts())
                .containsExactly("And when?", "Where are you?");
        stranger.page().getByText("Where are you?").click();
        PlaywrightAssertions.assertThat(stranger.page().locator(".questions strong"))
                .isVisible();
        sam.page().locator("[id$=':remove']").first().click();
        sam.confirm("And when?");
        sam.awaitMessage("Question removed.");
        stranger.open("/faq");
        assertThat(stranger.page().locator(".questions h3").count()).isEqualTo(1);

        sam.open("/staff/site");
        sam.page().locator("#map a").first().click();
        sam.id("place:latitude").fill("95");
        sam.id("place:longitude").fill("8.68");
        sam.id("place:do").click();
        PlaywrightAssertions.assertThat(sam.id("place:latitude_error")).containsText("from -90 to 90");
        sam.id("place:latitude").fill("50.11");
        sam.id("place:do").click();
        sam.awaitMessage("Website updated.");
        stranger.open("/regions");
        PlaywrightAssertions.assertThat(stranger.page().locator(".world text")).hasCount(1);
        seesWhereServicesRun(sam);
    }

    private static void asks(Visitor sam, String question, String answer) {
        sam.open("/staff/faq-entry?language=en");
        sam.id("one:do").click();
        PlaywrightAssertions.assertThat(sam.id("one:question_error")).containsText("up to 200");
        sam.id("one:question").fill(question);
        sam.id("one:answer").fill(answer);
        sam.id("one:do").click();
        sam.awaitMessage("Website updated.");
    }

    private static void tellsOfTrouble(Visitor sam, Visitor stranger) {
        stranger.open("/status");
        PlaywrightAssertions.assertThat(stranger.page().locator(".verdict")).hasText("No incident reported");
        sam.open("/staff/incidents");
        sam.openDialog("tell-sheet");
        sam.id("tell:title").fill("Packets are lost");
        sam.id("tell:impact").selectOption("OUTAGE");
        sam.id("tell:note").fill("We are looking.");
        sam.id("tell:do").click();
        sam.awaitMessage("Status page updated.");
        stranger.open("/status");
        PlaywrightAssertions.assertThat(stranger.page().locator(".verdict")).hasText("Outage");
        stranger.awaitText("We are looking.");
        sam.page().locator("[id$='more:words']").fill("A cable. Mended.");
        sam.page().locator("[id$='more:end']").click();
        sam.awaitMessage("Status page updated.");
        stranger.open("/status");
        PlaywrightAssertions.assertThat(stranger.page().locator(".verdict")).hasText("No incident reported");
        stranger.awaitText("A cable. Mended.");
        assertThat(stranger.main()).doesNotContain("Sam");
    }

    private static void hearsFrom(Chromium chromium, Visitor sam) {
        try (var plain = chromium.visitorWithoutScripts("shop-a.localhost")) {
            plain.go("/");
            plain.page().locator(".hero a[href='/contact']").click();
            plain.id("name").fill("Rita");
            plain.id("email").fill("no address");
            plain.page().locator("form.contact button").click();
            PlaywrightAssertions.assertThat(plain.id("email-fault")).containsText("email address");
            PlaywrightAssertions.assertThat(plain.id("message-fault")).containsText("message");
            PlaywrightAssertions.assertThat(plain.id("name")).hasValue("Rita");
            plain.id("email").fill("rita@example.org");
            plain.id("subject").fill("Racks");
            plain.id("message").fill("Do you rent <b>racks</b>?");
            plain.page().locator("form.contact button").click();
            plain.page().waitForURL("**/contact?sent=true");
        }
        sam.open("/staff/contact-messages");
        sam.awaitText("Do you rent <b>racks</b>?");
        sam.page().locator("[id$=':done']").click();
        sam.awaitMessage("Marked as resolved.");
        PlaywrightAssertions.assertThat(sam.page().locator(".enquiry .pill")).containsText("resolved by");
    }
}
