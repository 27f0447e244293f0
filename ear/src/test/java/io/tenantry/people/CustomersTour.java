package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;

/** What a customer does while pictures are taken: orders a server, looks at it when it is up, and enters it. */
final class CustomersTour {
    private static final double UP_ATMOST_MILLIS = 180_000;
    private static final double DRAWN_AFTER_MILLIS = 2_000;

    private final Visitor member;
    private final Looks looks;
    private final Album album;

    CustomersTour(Visitor member, Looks looks, Album album) {
        this.member = member;
        this.looks = looks;
        this.album = album;
    }

    /** To the last step, whose address has all that was chosen. */
    String chooses() {
        var page = member.page();
        member.go("/portal/order");
        page.locator("a.tile.plan").first().click();
        page.waitForURL("**step=region**");
        album.take(member, looks, "order-map");
        page.locator("a.tile.place").first().click();
        page.waitForURL("**step=system**");
        page.locator("button.to-review").click();
        page.waitForURL("**step=review**");
        var address = page.url();
        member.id("order:name").fill("shop-live");
        album.take(member, looks, "order-review");
        return address;
    }

    /** Returns the id of the service, whose page is shown then. */
    String orders(String review, String name) {
        var page = member.page();
        member.go(review);
        member.id("order:name").fill(name);
        member.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        return page.url().replaceAll(".*id=", "").replaceAll("[^0-9a-f-].*", "");
    }

    void looksAround(String service) {
        member.page().locator("#service-acts a[href^='/portal/terminal']").waitFor(patiently());
        album.take(member, looks, "customer-service");
        album.take(member, looks, "customer-dashboard", "/portal");
        album.take(member, looks, "customer-services", "/portal/services");
        album.take(member, looks, "customer-metrics", "/portal/service-metrics?range=hour&id=" + service);
        album.take(member, looks, "customer-statement", "/portal/wallet");
        screen(service);
        console(service);
    }

    private void screen(String service) {
        var page = member.page();
        member.go("/portal/screen?id=" + service);
        page.locator("#screen[data-state=open] canvas").waitFor(patiently());
        page.waitForTimeout(DRAWN_AFTER_MILLIS); // What is on it is drawn when it comes.
        album.take(member, looks, "customer-screen");
    }

    private void console(String service) {
        var page = member.page();
        member.go("/portal/terminal?service=" + service);
        page.locator("#terminal[data-state=open]").waitFor(patiently());
        var rows = page.locator(".xterm-rows");
        assertThat(rows).containsText("root@", new ContainsTextOptions().setTimeout(UP_ATMOST_MILLIS));
        page.keyboard().type("top\n");
        assertThat(rows).containsText("cores", new ContainsTextOptions().setTimeout(UP_ATMOST_MILLIS));
        album.take(member, looks, "customer-console");
    }

    private static Locator.WaitForOptions patiently() {
        return new Locator.WaitForOptions().setTimeout(UP_ATMOST_MILLIS);
    }
}
