package io.tenantry.people;

import java.util.List;
import javax.sql.DataSource;

/**
 * A tour through the demo as its people, with a screenshot of each main page: servers are ordered, a console is opened, a discrepancy appears
 * for staff, a provider account is connected. Aurora is light, Borealis dark; on a phone the themes are swapped, and Aurora is German there.
 */
final class Tour {
    private static final String PLATFORM = "platform.localhost";
    private static final Looks LIGHT = new Looks("en", "light", 1280);
    private static final Looks DARK = new Looks("en", "dark", 1280);

    private final Chromium chromium;
    private final ScreenshotAlbum screenshotAlbum;
    private final DataSource database;
    private final List<DemoLogin> logins;

    Tour(Chromium chromium, ScreenshotAlbum screenshotAlbum, DataSource database, List<DemoLogin> logins) {
        this.chromium = chromium;
        this.screenshotAlbum = screenshotAlbum;
        this.database = database;
        this.logins = logins;
    }

    void make() {
        brand("aurora", LIGHT, new Looks("de", "dark", 390));
        brand("borealis", DARK, new Looks("en", "light", 390));
        for (var looks : List.of(LIGHT, DARK)) {
            operator(looks);
        }
    }

    private void brand(String slug, Looks desk, Looks phone) {
        var host = slug + ".localhost";
        stranger(host, desk, List.of("/", "/sign-in"));
        stranger(host, phone, List.of("/"));
        var customer = DemoLogin.guest(logins, host);
        String service;
        try (var member = enter(customer, desk)) {
            var tour = new CustomersTour(member, desk, screenshotAlbum);
            var review = tour.chooses();
            service = tour.orders(review, "shop-live");
            tour.looksAround(service);
            BrowserTestSetup.unclear(database, slug, tour.orders(review, "slow-archive"));
        }
        try (var member = enter(customer, phone)) {
            screenshotAlbum.take(member, phone, "customer-dashboard", "/portal");
            screenshotAlbum.take(member, phone, "customer-service", "/portal/service?id=" + service);
            screenshotAlbum.take(member, phone, "customer-statement", "/portal/wallet");
        }
        var owner = DemoLogin.owner(logins, host);
        try (var staff = enter(owner, desk)) {
            staff(staff, desk);
        }
        try (var staff = enter(owner, phone)) {
            screenshotAlbum.take(staff, phone, "staff-dashboard", "/staff");
        }
    }

    private void stranger(String host, Looks looks, List<String> paths) {
        try (var stranger = chromium.visitor(host, looks)) {
            for (var path : paths) {
                screenshotAlbum.take(stranger, looks, path.equals("/") ? "storefront" : path.substring(1), path);
            }
        }
    }

    private Visitor enter(DemoLogin login, Looks looks) {
        var person = chromium.visitor(login.host(), looks);
        person.signsInSomehow(login.email(), login.password());
        person.speaks(looks.language());
        return person;
    }

    private void staff(Visitor owner, Looks looks) {
        var page = owner.page();
        screenshotAlbum.take(owner, looks, "staff-dashboard", "/staff");
        screenshotAlbum.take(owner, looks, "staff-decisions", "/staff/reviews");
        owner.go("/staff/mails");
        var mail = page.locator("a[href^='/staff/mail?']").first().getAttribute("href");
        screenshotAlbum.take(owner, looks, "staff-mail", mail);
        owner.go("/staff/add-provider");
        owner.id("add:provider").selectOption("sandbox");
        owner.id("add:name").fill("Data centre");
        owner.id("add:token").fill("pictures-of-" + looks.theme());
        owner.id("add:do").click();
        page.waitForURL("**/staff/provider?id=*");
        page.waitForResponse(
                answer -> answer.request().method().equals("POST"),
                () -> owner.id("take:do").click());
        page.waitForLoadState();
        screenshotAlbum.take(owner, looks, "staff-providers", "/staff/providers");
        screenshotAlbum.take(owner, looks, "staff-stock", "/staff/provider-catalog");
        screenshotAlbum.take(owner, looks, "brand-editor", "/staff/brand");
    }

    private void operator(Looks looks) {
        try (var operator = enter(DemoLogin.guest(logins, PLATFORM), looks)) {
            screenshotAlbum.take(operator, looks, "console-overview", "/admin");
            screenshotAlbum.take(operator, looks, "console-runs", "/admin/runs");
        }
    }
}
