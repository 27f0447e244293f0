package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** A customer's day: sign in, order, change and terminate a server, and check the charges. */
final class CustomerStory {
    private CustomerStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-a");
        try (var olga = chromium.visitor("path-a.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            olga.fits();
            olga.awaitText("first");
            orders(olga);
            changesThePlan(olga);
            ends(olga);
            looksAtTheMoney(olga);
            buysAPack(olga);
            olga.signOut();
            olga.go("/portal/services");
            assertThat(olga.path()).startsWith("/sign-in?return=");
            olga.assertNoComplaints();
        }
    }

    private static void orders(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/order");
        page.locator("a.tile.plan")
                .filter(new Locator.FilterOptions().setHasText("Small"))
                .click();
        olga.fits();
        page.locator("a.to-review").click();
        olga.fits();
        olga.id("order:name").fill("no good name!");
        olga.id("order:do").click();
        PlaywrightAssertions.assertThat(olga.id("order:name_error")).containsText("1 to 63 letters");
        olga.fits();
        olga.id("order:name").fill("web-2");
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("web-2");
        olga.awaitMessage("web-2 is running.");
        olga.fits();
        olga.open("/portal/services");
        page.locator("table a.lead").getByText("web-2").click();
        page.waitForURL("**/portal/service?id=*");
    }

    private static void changesThePlan(Visitor olga) {
        olga.openDialog("change");
        olga.fits();
        olga.page()
                .locator("label.option")
                .filter(new Locator.FilterOptions().setHasText("Large"))
                .click();
        olga.id("plans:do").click();
        olga.awaitMessage("Plan changed.");
        PlaywrightAssertions.assertThat(olga.page().locator(".timeline")).containsText("Plan changed");
        PlaywrightAssertions.assertThat(olga.page().locator(".timeline")).containsText("Olga Owner");
    }

    private static void ends(Visitor olga) {
        olga.openDialog("end");
        var button = olga.id("end:form:do");
        PlaywrightAssertions.assertThat(button).isDisabled();
        olga.id("end_name").fill("web-2");
        button.click();
        olga.awaitMessage("web-2 was deleted and is no longer charged.");
        PlaywrightAssertions.assertThat(olga.page().locator(".timeline")).containsText("Deleted");
        olga.fits();
    }

    private static void looksAtTheMoney(Visitor olga) {
        olga.open("/portal/wallet");
        olga.awaitText("first transfer");
        var rows = rows(olga);
        assertThat(rows).hasSize(6);
        assertThat(rows.get(0)).startsWith("Brand path-a,Statement,").endsWith(",Europe/Berlin");
        assertThat(rows.get(1)).isEqualTo("Entry,Time,Description,Reason,Amount,Balance after,Currency");
        assertThat(rows.get(2)).contains("web-2: plan or size changed").endsWith(",-0.01000000,99.97000000,EUR");
        assertThat(rows.get(3)).contains("web-2: first hour").endsWith(",-0.01000000,99.98000000,EUR");
        assertThat(rows.get(4)).contains("first: first hour").endsWith(",-0.01000000,99.99000000,EUR");
        assertThat(rows.get(5)).endsWith(",Credit,first transfer,100.00000000,100.00000000,EUR");
        seesWhatAChargeWasMadeOf(olga);
        olga.open("/portal/wallet");
        choosesDays(olga);
        choosesAKind(olga);
    }

    /** Goes from a line of the statement to its parts, and to those of its day. */
    private static void seesWhatAChargeWasMadeOf(Visitor olga) {
        var page = olga.page();
        page.locator("table.rows a[href*='&entry=']").last().click();
        page.waitForURL("**/portal/charge?wallet=**");
        olga.awaitText("first: first hour");
        PlaywrightAssertions.assertThat(page.locator("table.rows tbody tr")).hasCount(1);
        olga.fits();
        var parts = Downloads.lines(page, "a[href^='/portal/charge.csv']", "charge");
        assertThat(parts).hasSize(3);
        assertThat(parts.get(2)).contains(",first,Server,").endsWith(",0.01000000,EUR");
        page.locator("a.btn[href*='&day=']").click();
        page.waitForURL("**/portal/charge?*day=**");
        olga.awaitText("Total");
        olga.fits();
    }

    /** A transfer pack is paid from the wallet at once, and appears on the page and in the statement. */
    private static void buysAPack(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/wallet");
        page.locator("a.btn[href='/portal/transfer']").click();
        olga.awaitText("No transfer measured yet");
        olga.openDialog("buy");
        olga.fits();
        page.locator("label.option")
                .filter(new Locator.FilterOptions().setHasText("1 TB"))
                .click();
        olga.id("packs:do").click();
        olga.awaitMessage("Transfer pack purchased.");
        olga.fits();
        PlaywrightAssertions.assertThat(page.locator("table.labelled")).containsText("5.00");
        olga.open("/portal/wallet");
        PlaywrightAssertions.assertThat(page.locator("table.rows")).containsText("Transfer pack");
        PlaywrightAssertions.assertThat(page.locator("table.rows")).containsText("94.97");
    }

    private static void choosesDays(Visitor olga) {
        var page = olga.page();
        page.locator("form.narrow [name=from]").fill("2020-01-01");
        page.locator("form.narrow [name=to]").fill("2020-01-31");
        page.locator("form.narrow button").click();
        olga.awaitText("No results");
        assertThat(olga.path()).startsWith("/portal/wallet?from=2020-01-01&to=2020-01-31");
        olga.fits();
        assertThat(rows(olga)).hasSize(2);
        page.locator("form.narrow [name=by]").selectOption("hour");
        page.waitForURL("**by=hour**");
        assertThat(olga.path()).contains("from=2020-01-01&to=2020-01-31");
        olga.open("/portal/wallet?from=2020-01-01&by=hour");
        olga.awaitText("first transfer");
        olga.open("/portal/wallet?from=nonsense&to=9999999999-01-01");
        olga.awaitText("first transfer");
    }

    /** The filter is part of the URL, survives reload, and applies to the files. */
    private static void choosesAKind(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/wallet");
        page.locator("form.narrow [name=kind]").selectOption("credit");
        page.waitForURL("**/portal/wallet?kind=credit**");
        PlaywrightAssertions.assertThat(page.locator("table.rows tbody tr")).hasCount(1);
        page.reload();
        PlaywrightAssertions.assertThat(page.locator("table.rows tbody tr")).hasCount(1);
        PlaywrightAssertions.assertThat(page.locator("table.rows tbody tr")).containsText("first transfer");
        PlaywrightAssertions.assertThat(page.locator("a.token")).containsText("credits");
        olga.fits();
        var rows = rows(olga);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(2)).endsWith(",Credit,first transfer,100.00000000,100.00000000,EUR");
        var sheet = Downloads.sheet(page, ".table-status a[href*='.xlsx']", "statement");
        assertThat(sheet)
                .contains(">Currency<", ">EUR<", ">first transfer<", "<v>100.00000000</v>")
                .doesNotContain("plan or size change");
        page.locator("a.token").click();
        page.waitForURL("**/portal/wallet#listing");
        PlaywrightAssertions.assertThat(page.locator("table.rows tbody tr")).hasCount(4);
    }

    private static List<String> rows(Visitor olga) {
        return Downloads.lines(olga.page(), "a[href^='/portal/statement.csv']", "statement");
    }
}
