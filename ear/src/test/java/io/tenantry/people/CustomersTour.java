package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;

/** A customer's steps for the screenshots: orders a server, views it once it runs, and opens its console. */
final class CustomersTour {
    private static final double UP_ATMOST_MILLIS = 180_000;
    private static final double DRAWN_AFTER_MILLIS = 2_000;

    private final Visitor member;
    private final PageVariant pageVariant;
    private final ScreenshotAlbum screenshotAlbum;

    CustomersTour(Visitor member, PageVariant pageVariant, ScreenshotAlbum screenshotAlbum) {
        this.member = member;
        this.pageVariant = pageVariant;
        this.screenshotAlbum = screenshotAlbum;
    }

    /** Goes to the last step, whose URL contains all choices. */
    String chooses() {
        var page = member.page();
        member.go("/portal/order");
        page.locator("a.tile.plan").first().click();
        page.waitForURL("**step=region**");
        screenshotAlbum.take(member, pageVariant, "order-map");
        page.locator("a.tile.place").first().click();
        page.waitForURL("**step=image**");
        page.locator("button.to-review").click();
        page.waitForURL("**step=review**");
        var address = page.url();
        member.id("order:name").fill("shop-live");
        screenshotAlbum.take(member, pageVariant, "order-review");
        return address;
    }

    /** Orders and returns the id of the service, whose page is then shown. */
    String orders(String review, String name) {
        var page = member.page();
        member.go(review);
        member.id("order:name").fill(name);
        member.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        return page.url().replaceAll(".*id=", "").replaceAll("[^0-9a-f-].*", "");
    }

    void looksAround(String service) {
        member.page().locator("#service-acts a[href^='/portal/console']").waitFor(patiently());
        screenshotAlbum.take(member, pageVariant, "customer-service");
        screenshotAlbum.take(member, pageVariant, "customer-dashboard", "/portal");
        screenshotAlbum.take(member, pageVariant, "customer-services", "/portal/services");
        screenshotAlbum.take(
                member, pageVariant, "customer-metrics", "/portal/service-metrics?range=hour&id=" + service);
        screenshotAlbum.take(member, pageVariant, "customer-statement", "/portal/wallet");
        screen(service);
        console(service);
    }

    private void screen(String service) {
        var page = member.page();
        member.go("/portal/vnc?id=" + service);
        page.locator("#vnc[data-state=open] canvas").waitFor(patiently());
        page.waitForTimeout(DRAWN_AFTER_MILLIS); // Its content is rendered as it arrives.
        screenshotAlbum.take(member, pageVariant, "customer-screen");
    }

    private void console(String service) {
        var page = member.page();
        member.go("/portal/console?service=" + service);
        page.locator("#console[data-state=open]").waitFor(patiently());
        var rows = page.locator(".xterm-rows");
        assertThat(rows).containsText("root@", new ContainsTextOptions().setTimeout(UP_ATMOST_MILLIS));
        page.keyboard().type("top\n");
        assertThat(rows).containsText("cores", new ContainsTextOptions().setTimeout(UP_ATMOST_MILLIS));
        screenshotAlbum.take(member, pageVariant, "customer-console");
    }

    private static Locator.WaitForOptions patiently() {
        return new Locator.WaitForOptions().setTimeout(UP_ATMOST_MILLIS);
    }
}
