package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** A customer at the console of a server: types, resizes, loses the connection, reconnects, and is warned of a changed host key. */
final class ConsoleStory {
    private static final String SLUG = "path-p";

    private ConsoleStory() {}

    static void tell(Chromium chromium) {
        var brand = BrowserTestSetup.brand(SLUG);
        var made = BrowserTestSetup.console(SLUG, brand, "web-9");
        try (var olga = chromium.visitor(SLUG + ".localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            hasNoneWithoutAServer(olga, brand);
            isMeasured(olga, made);
            looksAtItsScreen(olga, made);
            opens(olga, made);
            types(olga);
            resizes(olga);
            HostileOutput.of(olga).changesNothing();
            fitsEverybody(olga);
            losesItAndComesBack(olga, made);
            isWarned(olga, made);
            isRecorded(chromium, olga, made);
            olga.assertNoComplaints();
        }
    }

    private static void hasNoneWithoutAServer(Visitor olga, BrowserTestSetup.Made brand) {
        olga.open("/portal/service?id=" + brand.id("service"));
        assertThat(olga.page().locator("a[href^='/portal/console']").count()).isZero();
        olga.open("/portal/console?service=" + brand.id("service"));
        olga.awaitText("Console not available");
        assertThat(olga.page().locator("a[href^='/portal/vnc']").count()).isZero();
        olga.open("/portal/vnc?id=" + brand.id("service"));
        olga.awaitText("VNC console not available");
        olga.open("/portal/service-metrics?id=" + brand.id("service"));
        olga.awaitText("Metrics are available while the server is running.");
    }

    private static void isMeasured(Visitor olga, BrowserTestSetup.Made made) {
        olga.open("/portal/service?id=" + made.id("service"));
        olga.page().locator("nav.tabs a[href*=service-metrics]").click();
        olga.page().locator("a[href*='range=hour']").click();
        PlaywrightAssertions.assertThat(olga.page().locator("figure.chart")).hasCount(3);
        olga.fits();
        assertThat(Inspection.of(olga.page(), new PageVariant("en", "light", 1280)))
                .isEmpty();
    }

    private static void looksAtItsScreen(Visitor olga, BrowserTestSetup.Made made) {
        var page = olga.page();
        olga.open("/portal/service?id=" + made.id("service"));
        olga.go(page.locator("a[href^='/portal/vnc']").first().getAttribute("href"));
        PlaywrightAssertions.assertThat(olga.id("vnc-state")).hasText("Connected", openly());
        PlaywrightAssertions.assertThat(page.locator("#main canvas")).isVisible(visibly());
        olga.id("vnc-text").fill("root");
        olga.id("vnc-text").press("Enter");
        PlaywrightAssertions.assertThat(olga.id("vnc-text")).hasValue("");
        olga.fits();
        assertThat(Inspection.of(page, new PageVariant("en", "light", 1280))).isEmpty();
        olga.assertNoComplaints();
    }

    private static void opens(Visitor olga, BrowserTestSetup.Made made) {
        olga.open("/portal/service?id=" + made.id("service"));
        var address = olga.page().locator("a[href^='/portal/console']").first().getAttribute("href");
        olga.go(address);
        olga.assertNoComplaints();
        isOpen(olga);
        PlaywrightAssertions.assertThat(screen(olga)).containsText("Welcome to Debian", patiently());
    }

    private static void types(Visitor olga) {
        var page = olga.page();
        PlaywrightAssertions.assertThat(screen(olga)).containsText("root@web-9:~#", patiently());
        page.keyboard().type("echo hel''lo\n");
        PlaywrightAssertions.assertThat(screen(olga)).containsText(Pattern.compile("hel''lo.*hello"), patiently());
        page.keyboard().type("false");
        page.locator("[data-key=ctrl]").evaluate("key => key.click()");
        page.keyboard().type("c");
        page.locator("[data-key=up]").evaluate("key => key.click()");
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(screen(olga)).containsText(Pattern.compile("hello.*hello"), patiently());
    }

    /** The program on the server receives the new size: its output becomes narrower. */
    private static void resizes(Visitor olga) {
        var page = olga.page();
        page.keyboard().type("clear\n");
        page.keyboard().type("top\n");
        PlaywrightAssertions.assertThat(screen(olga)).containsText("on 1 cores", patiently());
        page.setViewportSize(290, 700);
        PlaywrightAssertions.assertThat(screen(olga)).not().containsText("cores", patiently());
        page.setViewportSize(1280, 800);
        PlaywrightAssertions.assertThat(screen(olga)).containsText("on 1 cores", patiently());
        page.keyboard().type("q");
    }

    private static void fitsEverybody(Visitor olga) {
        olga.fits();
        assertThat(Inspection.of(olga.page(), new PageVariant("en", "light", 1280)))
                .isEmpty();
    }

    private static void losesItAndComesBack(Visitor olga, BrowserTestSetup.Made made) {
        var page = olga.page();
        page.locator("#main").click();
        page.keyboard().type("reboot\n");
        PlaywrightAssertions.assertThat(page.locator("#console-again")).isVisible(visibly());
        BrowserTestSetup.awaitUp(SLUG, made);
        page.locator("#console-again").click();
        isOpen(olga);
        page.keyboard().type("echo ba''ck\n");
        PlaywrightAssertions.assertThat(screen(olga)).containsText(Pattern.compile("ba''ck.*back"), patiently());
    }

    private static void isWarned(Visitor olga, BrowserTestSetup.Made made) {
        var page = olga.page();
        BrowserTestSetup.rebuild(SLUG, made);
        PlaywrightAssertions.assertThat(page.locator("#console-again")).isVisible(visibly());
        page.locator("#console-again").click();
        olga.awaitText("Host key changed");
        assertThat(page.locator("#shown").innerText()).startsWith("SHA256:");
        olga.fits();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Trust new key"))
                .click();
        isOpen(olga);
        page.keyboard().type("exit\n");
        olga.awaitText("The session has ended.");
    }

    /** Staff enable recording; the customer is notified before it starts; staff replay it afterwards. */
    private static void isRecorded(Chromium chromium, Visitor olga, BrowserTestSetup.Made made) {
        try (var sam = chromium.visitor(SLUG + ".localhost")) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            sam.open("/staff/recordings");
            sam.id("policy:on").click();
            sam.awaitMessage("Recording enabled.");
            olga.go("/portal/console?service=" + made.id("service"));
            isOpen(olga);
            PlaywrightAssertions.assertThat(screen(olga)).containsText("This console is recorded", patiently());
            olga.page().keyboard().type("echo kep''t\n");
            PlaywrightAssertions.assertThat(screen(olga)).containsText("kept", patiently());
            olga.page().keyboard().type("exit\n");
            olga.awaitText("The session has ended.");
            replays(sam);
            sam.assertNoComplaints();
        }
    }

    private static void replays(Visitor sam) {
        var recorded = sam.page().locator("a[href^='/staff/recordings?id=']");
        sam.open("/staff/recordings");
        for (var i = 0; i < 40 && recorded.count() == 0; i++) {
            sam.page().waitForTimeout(250); // It is written asynchronously.
            sam.open("/staff/recordings");
        }
        recorded.first().click();
        sam.page().locator("#replay-speed").selectOption("16");
        sam.id("replay-play").click();
        PlaywrightAssertions.assertThat(screen(sam)).containsText("kept", patiently());
        sam.fits();
        assertThat(Inspection.of(sam.page(), new PageVariant("en", "light", 1280)))
                .isEmpty();
    }

    private static void isOpen(Visitor olga) {
        PlaywrightAssertions.assertThat(olga.id("console-state")).hasText("Connected", openly());
    }

    private static Locator screen(Visitor olga) {
        return olga.page().locator(".xterm-rows");
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);
    }

    private static LocatorAssertions.HasTextOptions openly() {
        return new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    }

    private static LocatorAssertions.IsVisibleOptions visibly() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(20_000);
    }
}
