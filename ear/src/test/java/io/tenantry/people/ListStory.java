package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** Lists: their state is in the URL, applies to files, fits a phone; and selected rows can be switched and terminated. */
final class ListStory {
    private ListStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-l");
        try (var olga = chromium.visitor("path-l.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            orders(olga, "shop-1");
            orders(olga, "shop-2");
            narrows(olga);
            takesItAlong(olga);
            keepsAView(olga);
            hidesAColumn(olga);
            findsOutOnAPhone(olga);
            startsTwo(olga);
            endsTwo(olga);
            olga.assertNoComplaints();
        }
    }

    private static void orders(Visitor olga, String name) {
        olga.open("/portal/order");
        olga.page().locator("a.tile.plan").first().click();
        olga.page().locator("a.to-review").click();
        olga.id("order:name").fill(name);
        olga.id("order:do").click();
        olga.page().waitForURL("**/portal/service?id=*");
    }

    /** A filter is part of the URL: reload keeps it, back undoes it. */
    private static void narrows(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/services");
        assertThat(rows(olga)).containsExactly("first", "shop-1", "shop-2");
        page.locator("main [name=q]").fill("shop");
        page.locator("main [name=q]").press("Enter");
        page.waitForURL("**/portal/services?q=shop");
        assertThat(rows(olga)).containsExactly("shop-1", "shop-2");
        page.locator("th a").first().click();
        page.waitForURL("**sort=name");
        page.locator("th a").first().click();
        page.waitForURL("**sort=-name");
        assertThat(rows(olga)).containsExactly("shop-2", "shop-1");
        assertThat(page.locator("th[aria-sort=descending]")).hasCount(1);
        page.reload();
        assertThat(rows(olga)).containsExactly("shop-2", "shop-1");
        page.goBack();
        page.goBack();
        assertThat(rows(olga)).containsExactly("shop-1", "shop-2");
        page.goBack();
        assertThat(rows(olga)).containsExactly("first", "shop-1", "shop-2");
        page.locator("select[name=state]").selectOption("terminated");
        page.waitForURL("**/portal/services?state=terminated");
        olga.awaitText("No results");
        olga.fits();
    }

    /** Files contain what the list shows. */
    private static void takesItAlong(Visitor olga) {
        olga.open("/portal/services?q=shop&sort=-name");
        var csv = Downloads.lines(olga.page(), ".table-status a.csv", "services");
        assertThat(csv).hasSize(4);
        assertThat(csv.get(0)).startsWith("Brand path-l,Services,");
        assertThat(csv.get(1)).startsWith("ID,Name,Customer,Status,Plan");
        assertThat(csv.get(2)).contains(",shop-2,Kiosk path-l,active,").contains(",0.01000000,7.30000000,");
        assertThat(csv.get(3)).contains(",shop-1,");
        assertThat(Downloads.sheet(olga.page(), ".table-status a[href*='.xlsx']", "services"))
                .contains(">shop-2<")
                .contains("<v>0.01000000</v>")
                .contains(">Brand path-l<")
                .doesNotContain(">first<");
        olga.open("/portal/services?state=nothing-of-that-name");
        olga.awaitText("No results");
    }

    private static void keepsAView(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/services?q=shop");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Views"))
                .click();
        page.locator("[data-keep-view] input").fill("My shops");
        page.locator("[data-keep-view] button").click();
        olga.open("/portal/services");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Views"))
                .click();
        page.locator("[data-views] a").getByText("My shops").click();
        page.waitForURL("**/portal/services?q=shop");
    }

    private static void hidesAColumn(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/services");
        assertThat(page.locator("th").getByText("Address")).hasCount(1);
        page.locator("button.columns").click();
        page.locator("[data-columns] input[value=address]").uncheck();
        page.locator("[data-columns] button").click();
        assertThat(page.locator("th").getByText("Address")).hasCount(0);
        olga.open("/portal/services");
        assertThat(page.locator("th").getByText("Address")).hasCount(0);
    }

    /** The wallet's runway and the most expensive server: on a phone, within three taps of the first page. */
    private static void findsOutOnAPhone(Visitor olga) {
        var page = olga.page();
        page.setViewportSize(390, 844);
        page.navigate(page.url().replaceAll("/portal/.*", "/portal"));
        assertThat(page.locator(".loud .runway")).containsText("Runs out in");
        page.locator(".shares a").first().click();
        page.waitForURL("**/portal/service?id=*");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("first");
        page.navigate(page.url().replaceAll("/portal/.*", "/portal/services?sort=-this-month"));
        var first = page.locator("table.rows tbody tr").first().boundingBox();
        assertThat(first.width).as("a card takes the phone's width").isGreaterThan(300);
        assertThat(first.height).as("a card has its facts below each other").isGreaterThan(120);
        page.setViewportSize(1280, 800);
    }

    /** Servers that cannot be switched are left unchanged, and the unchanged list shows why. */
    private static void startsTwo(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/services?q=shop");
        page.locator("[data-pick-all]").check();
        olga.openDialog("start-picked");
        assertThat(page.locator("#start-picked")).containsText("2 selected");
        page.locator("#start-picked .pri").click();
        page.waitForURL(url -> url.contains("/portal/services?q=shop&switched=start&begun=0&no-server=2"));
        olga.awaitText("No server is being powered on. 2 have no server in a data center.");
        olga.fits();
        assertThat(rows(olga)).containsExactly("shop-1", "shop-2");
    }

    private static void endsTwo(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/services?q=shop");
        page.locator("[data-pick-all]").check();
        assertThat(page.locator(".picked .bar")).containsText("2 selected");
        assertThat(page.locator(".picked .bar")).isInViewport();
        olga.openDialog("end-picked");
        var button = page.locator("#end-picked .danger");
        assertThat(button).isDisabled();
        assertThat(page.locator("#end-picked .gone li")).hasText(new String[] {
            "Server shop-1 with all its data, its IP addresses and their reverse DNS",
            "Server shop-2 with all its data, its IP addresses and their reverse DNS"
        });
        assertThat(page.locator("#end-picked .none")).isVisible();
        // Enter presses the button of this dialog, not that of another in the same form; and nothing until it is
        // confirmed.
        page.locator("#confirmed").fill("1");
        page.locator("#confirmed").press("Enter");
        assertThat(page.locator("#end-picked")).isVisible();
        page.locator("#confirmed").fill("2");
        page.locator("#confirmed").press("Enter");
        page.waitForURL("**/portal/services?ended=2");
        olga.awaitText("2 servers are being deleted.");
        assertThat(rows(olga)).containsExactly("first");
    }

    private static List<String> rows(Visitor olga) {
        return olga.page().locator("table.rows tbody a.lead").allInnerTexts();
    }
}
