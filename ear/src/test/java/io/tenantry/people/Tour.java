package io.tenantry.people;

import java.util.List;
import javax.sql.DataSource;

/**
 * A tour through the demo as its people, with a screenshot of each main page: servers are ordered, a console is opened, a discrepancy appears
 * for staff, a provider account is connected. Aurora is light, Borealis dark; on a phone the themes are swapped, and Aurora is German there.
 */
final class Tour {
    private static final String PLATFORM = "platform.localhost";
    private static final PageVariant LIGHT = new PageVariant("en", "light", 1280);
    private static final PageVariant DARK = new PageVariant("en", "dark", 1280);

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
        brand("aurora", LIGHT, new PageVariant("de", "dark", 390));
        brand("borealis", DARK, new PageVariant("en", "light", 390));
        for (var pageVariant : List.of(LIGHT, DARK)) {
            operator(pageVariant);
        }
    }

    private void brand(String slug, PageVariant desk, PageVariant phone) {
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

    private void stranger(String host, PageVariant pageVariant, List<String> paths) {
        try (var stranger = chromium.visitor(host, pageVariant)) {
            for (var path : paths) {
                screenshotAlbum.take(stranger, pageVariant, path.equals("/") ? "storefront" : path.substring(1), path);
            }
        }
    }

    private Visitor enter(DemoLogin login, PageVariant pageVariant) {
        var person = chromium.visitor(login.host(), pageVariant);
        person.signInInAnyLanguage(login.email(), login.password());
        person.setLanguage(pageVariant.language());
        return person;
    }

    private void staff(Visitor owner, PageVariant pageVariant) {
        var page = owner.page();
        screenshotAlbum.take(owner, pageVariant, "staff-dashboard", "/staff");
        screenshotAlbum.take(owner, pageVariant, "staff-decisions", "/staff/reviews");
        owner.go("/staff/mails");
        var mail = page.locator("a[href^='/staff/mail?']").first().getAttribute("href");
        screenshotAlbum.take(owner, pageVariant, "staff-mail", mail);
        owner.go("/staff/add-provider");
        owner.id("add:provider").selectOption("sandbox");
        owner.id("add:name").fill("Data centre");
        owner.id("add:token").fill("pictures-of-" + pageVariant.theme());
        owner.id("add:do").click();
        page.waitForURL("**/staff/provider?id=*");
        page.waitForResponse(
                answer -> answer.request().method().equals("POST"),
                () -> owner.id("take:do").click());
        page.waitForLoadState();
        screenshotAlbum.take(owner, pageVariant, "staff-providers", "/staff/providers");
        screenshotAlbum.take(owner, pageVariant, "staff-stock", "/staff/provider-catalog");
        screenshotAlbum.take(owner, pageVariant, "brand-editor", "/staff/brand");
    }

    private void operator(PageVariant pageVariant) {
        try (var operator = enter(DemoLogin.guest(logins, PLATFORM), pageVariant)) {
            screenshotAlbum.take(operator, pageVariant, "console-overview", "/admin");
            screenshotAlbum.take(operator, pageVariant, "console-runs", "/admin/runs");
        }
    }
}
