package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Staff tasks: add a customer, correct a wallet, put a plan on sale and take it off. */
final class StaffStory {
    private StaffStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand("path-b");
        try (var sam = chromium.visitor("path-b.localhost")) {
            sam.signIn("sam@path-b.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            sam.fits();
            addsACustomer(sam);
            acceptsInvitation(chromium, BrowserTestSetup.mailed("path-b", "bea@bakery.example"));
            movesMoney(sam, made.id("organization"));
            limits(sam, made.id("organization"));
            wantsMoreHours(sam);
            decidesWhatDiffersBesideServers(sam, made.id("option-finding"));
            saysWhatACustomerIsToTheTax(sam, made.id("organization"));
            sam.open("/staff/me");
            sells(sam);
            looksThroughPlans(sam);
            takesFiguresApart(sam);
            looksBack(sam);
            findsWhereSheIs(sam);
            looksAtChartsOnAPhone(sam);
            sam.signOut();
            sam.assertNoComplaints();
        }
    }

    /** The remainder of a terminated volume is ignored for a reason, and reopened. */
    private static void decidesWhatDiffersBesideServers(Visitor sam, String id) {
        sam.open("/staff/discrepancies");
        sam.page().locator("#beside-part a[href$='" + id + "']").click();
        sam.page().waitForURL("**/staff/addon-discrepancy?id=" + id);
        sam.awaitText("no longer billed to a customer");
        sam.fits();
        sam.openDialog("dismissing");
        sam.id("dismiss:reason").fill("being moved");
        sam.id("dismiss:do").click();
        sam.awaitMessage("Discrepancy ignored.");
        sam.awaitText("being moved");
        sam.id("up:do").click();
        sam.awaitMessage("Discrepancy reopened.");
    }

    /** Actions are in the audit trail: filtered and downloaded. */
    private static void looksBack(Visitor sam) {
        sam.open("/staff/audit?area=wallet&since=1&who=STAFF");
        sam.awaitText("wallet.credited");
        assertThat(sam.main()).doesNotContain("person.signed_in");
        assertThat(sam.text("/staff/audit.csv?area=wallet")).contains("wallet.credited", "Sam");
    }

    /** The last entries of the navigation are in view when they are the current page. */
    private static void findsWhereSheIs(Visitor sam) {
        for (var last : List.of("/staff/recordings", "/staff/brand")) {
            sam.open(last);
            sam.page().reload();
            var here = sam.page().locator("aside.side .nav [aria-current=page]");
            PlaywrightAssertions.assertThat(here).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        }
    }

    /** Bars with names lie horizontally where there is no room for them side by side. */
    private static void looksAtChartsOnAPhone(Visitor sam) {
        sam.open("/staff/reports?of=wallets");
        var page = sam.page();
        PlaywrightAssertions.assertThat(page.locator(".chart.by-name .plot")).isVisible();
        PlaywrightAssertions.assertThat(page.locator(".chart.by-name .lying")).isHidden();
        page.setViewportSize(390, 844);
        PlaywrightAssertions.assertThat(page.locator(".chart.by-name .lying")).isVisible();
        PlaywrightAssertions.assertThat(page.locator(".chart.by-name .lying li").first())
                .isVisible();
        PlaywrightAssertions.assertThat(page.locator(".chart.by-name .plot")).isHidden();
        PlaywrightAssertions.assertThat(page.locator(".chart.by-name .axis")).isHidden();
        page.setViewportSize(1280, 800);
    }

    /** Each figure of the dashboard links to its details. */
    private static void takesFiguresApart(Visitor sam) {
        sam.open("/staff");
        sam.page().locator("main .stat.loud a").click();
        sam.page().waitForURL("**/staff/revenue");
        sam.fits();
        sam.open("/staff");
        sam.page().locator("main .stat .note a").first().click();
        sam.page().waitForURL("**/staff/customers?state=open&joined=*");
        sam.awaitText("Bakery");
    }

    private static void addsACustomer(Visitor sam) {
        sam.open("/staff/customers");
        sam.open("/staff/add-customer");
        sam.id("add:name").fill("Bakery");
        sam.id("add:member").fill("Bea Baker");
        sam.id("add:email").fill("not an address");
        sam.id("add:do").click();
        PlaywrightAssertions.assertThat(sam.id("add:country_error")).containsText("country");
        sam.fits();
        sam.id("add:country").selectOption("DE");
        sam.id("add:do").click();
        PlaywrightAssertions.assertThat(sam.id("add:email_error")).containsText("address");
        sam.id("add:email").fill("bea@bakery.example");
        sam.id("add:do").click();
        sam.awaitText("the invitation for bea@bakery.example was not sent");
        assertThat(sam.main()).doesNotContain("/link#");
        sam.fits();
    }

    private static void acceptsInvitation(Chromium chromium, String link) {
        try (var bea = chromium.visitor("path-b.localhost")) {
            bea.go(link);
            bea.awaitText("Bea Baker");
            bea.fits();
            bea.id("choice:password").fill("another-fine-phrase");
            bea.id("choice:repeated").fill("yet-another-phrase");
            bea.id("choice:choose").click();
            bea.awaitText("The passwords do not match.");
            bea.id("choice:password").fill("another-fine-phrase");
            bea.id("choice:repeated").fill("another-fine-phrase");
            bea.id("choice:choose").click();
            bea.awaitUrl("/portal");
            bea.fits();
            bea.signOut();
            bea.go(link);
            bea.awaitText("This link no longer works");
            bea.signIn("bea@bakery.example", "another-fine-phrase");
            bea.awaitUrl("/portal");
            bea.awaitText("No services yet");
            bea.assertNoComplaints();
        }
    }

    /** No tax is collected before the seller data is set; a customer's tax status must be proven. */
    private static void saysWhatACustomerIsToTheTax(Visitor sam, String organization) {
        sam.open("/staff/tax");
        sam.awaitText("No tax registrations");
        sam.id("registration:country").selectOption("DE");
        sam.id("registration:number").fill("DE999999995");
        sam.id("registration:do").click();
        sam.awaitText("Enter your business details in the invoice settings first.");
        sam.fits();
        sam.id("rate:country").selectOption("US");
        sam.id("rate:region").fill("NY");
        sam.id("rate:category").fill("free of it");
        sam.id("rate:percent").fill("0");
        sam.id("rate:do").click();
        PlaywrightAssertions.assertThat(sam.id("rate:category_error")).isVisible();
        sam.id("rate:category").fill("data_processing");
        sam.id("rate:do").click();
        sam.awaitText("Applies from the selected day");
        PlaywrightAssertions.assertThat(sam.id("rates")).containsText("DATA_PROCESSING");
        sam.open("/staff/tax-status?organization=" + organization);
        sam.id("status:what").selectOption("BUSINESS");
        sam.id("status:evidence").fill("");
        sam.id("status:do").click();
        PlaywrightAssertions.assertThat(sam.id("status:evidence_error")).isVisible();
        sam.fits();
        sam.id("status:evidence").fill("VIES, 23 November 2026");
        sam.id("status:do").click();
        sam.awaitText("Saved. Applies from the next hour.");
    }

    private static void movesMoney(Visitor sam, String organization) {
        var here = "/staff/customer?id=" + organization;
        sam.open(here);
        sam.openDialog("move-sheet");
        sam.id("move:amount").fill("25");
        sam.id("move:do").click();
        PlaywrightAssertions.assertThat(sam.id("move:reason_error")).isVisible();
        assertThat(sam.path()).isEqualTo(here);
        sam.fits();
        sam.id("move:amount").fill("25");
        sam.id("move:reason").fill("paid at the counter");
        sam.id("move:do").click();
        sam.awaitText("paid at the counter");
        sam.awaitUrl(here);
        sam.openDialog("move-sheet");
        sam.id("move:direction").selectOption("debit");
        sam.id("move:amount").fill("1000000.01");
        sam.id("move:ground").selectOption("MISTAKE");
        sam.id("move:reason").fill("booked twice");
        sam.id("move:do").click();
        PlaywrightAssertions.assertThat(sam.id("move:amount_error")).containsText("Enter an amount of at most");
        sam.id("move:amount").fill("5.50");
        sam.id("move:do").click();
        sam.awaitText("booked twice");
        PlaywrightAssertions.assertThat(sam.page().locator("table.rows")).containsText("119.49");
        sam.fits();
        assertThat(sam.status("/staff/statement.csv?wallet=" + organization)).isEqualTo(404);
        sam.clearComplaints();
    }

    /** A customer with a quota of zero cannot order; without an individual quota it can again. */
    private static void limits(Visitor sam, String organization) {
        var here = "/staff/quota?organization=" + organization;
        sam.open("/staff/customer?id=" + organization);
        sam.page().locator("main a[href='" + here + "']").click();
        sam.awaitUrl(here);
        sam.id("quota:servers").fill("100001");
        sam.id("quota:do").click();
        PlaywrightAssertions.assertThat(sam.id("quota:servers_error")).containsText("0 to 100,000");
        sam.fits();
        sam.id("quota:servers").fill("0");
        sam.id("quota:do").click();
        sam.awaitMessage("Limit saved: no servers.");
        sam.open("/staff/order?organization=" + organization);
        sam.awaitText("No servers can be ordered here.");
        sam.fits();
        sam.open(here);
        sam.id("quota:servers").fill("");
        sam.id("quota:do").click();
        sam.awaitMessage("The default limit now applies to this customer.");
    }

    private static void wantsMoreHours(Visitor sam) {
        sam.open("/staff/order-policy");
        sam.id("policy:hours").fill("721");
        sam.id("policy:do").click();
        PlaywrightAssertions.assertThat(sam.id("policy:hours_error")).containsText("1 to 720");
        sam.fits();
        sam.id("policy:hours").fill("24");
        sam.id("policy:do").click();
        sam.awaitMessage("Saved.");
        PlaywrightAssertions.assertThat(sam.id("policy:hours")).hasValue("24");
        sam.open("/staff/order-policy");
        sam.id("policy:hours").fill("2");
        sam.id("policy:do").click();
        sam.awaitMessage("Saved.");
    }

    private static void sells(Visitor sam) {
        sam.open("/staff/plans");
        sam.open("/staff/add-plan");
        sam.id("add:name").fill("Medium");
        sam.id("add:code").fill("medium");
        sam.id("add:size").fill("2");
        sam.id("add:memory").fill("8");
        sam.id("add:disk").fill("80");
        sam.id("add:transfer").fill("3");
        sam.page().locator("[id='add:regions'] input").first().check();
        sam.id("add:do").click();
        sam.page().waitForURL("**/staff/plan?id=*");
        sam.awaitText("Medium");
        sam.fits();
        publishes(sam, "10.95");
        publishes(sam, "12.41");
        isTaxed(sam);
        PlaywrightAssertions.assertThat(sam.page().locator("table")).containsText("10.95");
        sam.openDialog("retire");
        sam.id("retire_name").fill("medium");
        sam.id("retire:form:do").click();
        PlaywrightAssertions.assertThat(sam.page().locator("[data-opens=retire]"))
                .hasCount(0);
        sam.fits();
    }

    /** A plan gets a tax category with a known rate, at once as long as no server uses it. */
    private static void isTaxed(Visitor sam) {
        PlaywrightAssertions.assertThat(sam.id("tax-now")).containsText("STANDARD");
        sam.id("tax:category").selectOption("DATA_PROCESSING");
        sam.id("tax:from").fill("2020-01-01");
        sam.id("tax:do").click();
        PlaywrightAssertions.assertThat(sam.id("tax:from_error")).isVisible();
        sam.open(sam.page().url().replaceFirst("^https?://[^/]+", ""));
        sam.id("tax:category").selectOption("DATA_PROCESSING");
        sam.id("tax:do").click();
        sam.awaitText("Applies from the selected day");
        PlaywrightAssertions.assertThat(sam.id("tax-now")).containsText("DATA_PROCESSING");
    }

    /** Plans off sale are hidden by default; a filter survives reload; selected plans are taken off sale together. */
    private static void looksThroughPlans(Visitor sam) {
        var page = sam.page();
        sam.open("/staff/plans?sort=-monthly");
        assertThat(plans(sam)).containsExactly("Large", "Small");
        page.locator("select[name=state]").selectOption("retired");
        page.waitForURL("**state=retired**");
        page.reload();
        assertThat(plans(sam)).containsExactly("Medium");
        assertThat(Downloads.lines(page, ".table-status a.csv", "plans"))
                .hasSize(3)
                .last(InstanceOfAssertFactories.STRING)
                .contains(",medium,Medium,retired,VPS,fra1,2,8192,80,3072,0,")
                .contains(",12.41000000,6.00000000,EUR,");
        assertThat(sam.status("/staff/plans.xlsx?state=all")).isEqualTo(200);
        sam.open("/staff/plans?q=lar");
        page.locator("[data-pick-all]").check();
        sam.openDialog("retire-picked");
        sam.fits();
        var button = page.locator("#retire-picked .danger");
        PlaywrightAssertions.assertThat(button).isDisabled();
        sam.id("confirmed").fill("1");
        button.click();
        page.waitForURL("**/staff/plans?retired=1");
        sam.awaitText("1 plan retired.");
        assertThat(plans(sam)).containsExactly("Small");
    }

    private static List<String> plans(Visitor sam) {
        return sam.page().locator("table.rows tbody a.lead").allInnerTexts();
    }

    private static void publishes(Visitor sam, String monthly) {
        sam.openDialog("publish-sheet");
        sam.id("publish:monthly").fill(monthly);
        sam.id("publish:do").click();
        PlaywrightAssertions.assertThat(sam.page().locator("table")).containsText(monthly);
    }
}
