package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.util.List;

/**
 * A server created by the provider that needs no credentials: its customer sees it start, stops and starts it, and terminates it. A server
 * whose creation fails costs nothing, and the page shows so; staff read the provider's error, and decide on a server whose state is unknown.
 */
final class MadeStory {
    /** The provider is slow, and so is a busy machine. */
    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(90_000);

    private static final PageVariant DESK = new PageVariant("en", "light", 1280);

    private MadeStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand("made-a");
        BrowserTestSetup.sold("made-a");
        try (var olga = chromium.visitor("made-a.localhost");
                var sam = chromium.visitor("made-a.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            sam.signIn("sam@made-a.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            var service = comesUp(olga);
            isSwitched(olga);
            isRestartedByAProgram(olga, service, BrowserTestSetup.key("made-a", made));
            isSuspended(sam, olga, service, BrowserTestSetup.key("made-a", made));
            isCopied(sam, olga, service);
            ends(olga);
            readsWhatTheVendorSaid(sam, costsNothing(olga));
            decides(sam, orders(olga, "slow-1"), olga);
            olga.assertNoComplaints();
            sam.assertNoComplaints();
        }
    }

    /** Inspects the current page. */
    private static void isInOrder(Visitor somebody) {
        assertThat(Inspection.of(somebody.page(), DESK)).isEmpty();
    }

    /** Returns the id of the service. */
    private static String orders(Visitor olga, String name) {
        var page = olga.page();
        olga.open("/portal/order");
        page.locator("a.tile.plan")
                .filter(new Locator.FilterOptions().setHasText("Toy"))
                .click();
        page.locator("a.to-review").click();
        page.waitForURL("**step=review**");
        olga.id("order:name").fill(name);
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        olga.awaitMessage(name + " is being set up. This page updates when it is running.");
        return page.url().replaceAll(".*id=", "").replaceAll("[^0-9a-f-].*", "");
    }

    private static String comesUp(Visitor olga) {
        var service = orders(olga, "toy-1");
        assertThat(olga.page().locator("#service-part")).containsText("Setting up", PATIENTLY);
        assertThat(olga.page().locator("#service-state")).containsText("active", PATIENTLY);
        assertThat(olga.page().locator("#service-part")).containsText("Running, first hour charged");
        assertThat(olga.page().locator("#service-state")).containsText("127.");
        isInOrder(olga);
        return service;
    }

    private static void isSwitched(Visitor olga) {
        var page = olga.page();
        olga.openDialog("stopping");
        olga.fits();
        olga.id("stop:do").click();
        olga.awaitMessage("toy-1 is being shut down.");
        assertThat(page.locator("#service-state")).containsText("powered off", PATIENTLY);
        olga.openDialog("starting");
        olga.id("start:do").click();
        olga.awaitMessage("toy-1 is being powered on.");
        assertThat(page.locator("#service-part")).containsText("Powered on", PATIENTLY);
        assertThat(page.locator("#service-state")).not().containsText("powered off");
    }

    private static void isRestartedByAProgram(Visitor olga, String service, String key) {
        var path = "/api/v1/vps/" + service + "/power";
        var heads = "Authorization: Bearer " + key + "\r\nContent-Type: application/json\r\n";
        try (var program = new Reader("made-a.localhost", "en")) {
            assertThat(program.post(path, heads, "{\"action\":\"fly\"}").status())
                    .isEqualTo(422);
            var started = program.post(path, heads, "{\"action\":\"restart\"}");
            assertThat(started.status()).as(started.text()).isEqualTo(202);
            assertThat(started.body()).contains("\"power\":\"on\"", "\"pending_power_action\":\"restart\"");
            assertThat(program.post(path, heads, "{\"action\":\"stop\"}").status())
                    .isEqualTo(409);
        }
        assertThat(olga.page().locator("#service-part")).containsText("Restarted", PATIENTLY);
    }

    /** Staff suspend it for a reason shown to the customer; only staff can resume it. */
    private static void isSuspended(Visitor sam, Visitor olga, String service, String key) {
        sam.open("/staff/service?id=" + service);
        sam.openDialog("suspending");
        sam.fits();
        sam.id("suspend:why").fill("it sends spam");
        sam.id("suspend:do").click();
        sam.awaitMessage("toy-1 was suspended.");
        isInOrder(sam);
        var banner = olga.page().locator("#service-part .banner");
        assertThat(banner).containsText("it sends spam", PATIENTLY);
        assertThat(olga.page().locator("#service-state")).containsText("suspended");
        assertThat(olga.page().locator("#service-acts [data-opens='starting']")).hasCount(0);
        assertThat(olga.page().locator("#service-acts [data-opens='end']")).hasCount(1);
        isInOrder(olga);
        try (var program = new Reader("made-a.localhost", "en")) {
            var heads = "Authorization: Bearer " + key + "\r\nContent-Type: application/json\r\n";
            var refused = program.post("/api/v1/vps/" + service + "/power", heads, "{\"action\":\"start\"}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.body()).contains("suspended by its provider");
        }
        sam.open("/staff/services?state=suspended");
        sam.awaitText("toy-1");
        sam.open("/staff/service?id=" + service);
        sam.openDialog("resuming");
        sam.id("resume:why").fill("it is clean again");
        sam.id("resume:do").click();
        sam.awaitMessage("toy-1 was unsuspended.");
        assertThat(banner).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(90_000));
        assertThat(olga.page().locator("#service-state")).containsText("active", PATIENTLY);
        assertThat(olga.page().locator("#service-part")).containsText("it is clean again");
    }

    /** Weekly, then daily backups; both free, which is a price too. */
    private static void isCopied(Visitor sam, Visitor olga, String service) {
        for (var policy : List.of("daily", "weekly")) {
            sam.open("/staff/addon-prices");
            sam.id("backup_" + policy + ":monthly").fill("0");
            sam.id("backup_" + policy + ":do").click();
            sam.awaitMessage("Price published.");
        }
        sam.awaitText("Weekly backups");
        isInOrder(sam);
        var place = "/portal/service-backups?id=" + service;
        olga.open(place);
        olga.awaitText("The latest 4 backups are kept, each for 28 days");
        isInOrder(olga);
        chooses(olga, "Weekly");
        olga.id("on:do").click();
        olga.awaitMessage("Backups of toy-1 are being turned on.");
        assertThat(olga.page().locator("#copies-part")).containsText("active", PATIENTLY);
        olga.open(place);
        assertThat(olga.page().locator("#copies-part")).containsText("Weekly");
        chooses(olga, "Daily");
        olga.id("often:do").click();
        olga.awaitMessage("The backup frequency of toy-1 is being changed.");
        assertThat(olga.page().locator("#copies-part")).containsText("The latest 7 backups are kept", PATIENTLY);
        isInOrder(olga);
        olga.open("/portal/service?id=" + service);
    }

    private static void chooses(Visitor olga, String policy) {
        olga.page()
                .locator("label.option")
                .filter(new Locator.FilterOptions().setHasText(policy))
                .click();
    }

    private static void ends(Visitor olga) {
        olga.openDialog("end");
        olga.id("end_name").fill("toy-1");
        olga.id("end:form:do").click();
        olga.awaitMessage("toy-1 was deleted and is no longer charged.");
        assertThat(olga.page().locator("#service-part")).containsText("Deleted, last hour charged");
    }

    /** The server is created, but its system does not start. */
    private static String costsNothing(Visitor olga) {
        var service = orders(olga, "fail-start-1");
        var banner = olga.page().locator("#service-part .banner");
        assertThat(banner).containsText("Server setup failed. Nothing was charged.", PATIENTLY);
        assertThat(banner).containsText("The data center could not set up the server. Place the order again.");
        assertThat(olga.main()).doesNotContainIgnoringCase("sandbox").doesNotContain("Toys");
        isInOrder(olga);
        olga.open("/portal/wallet");
        olga.awaitText("99.98");
        olga.open("/portal/notifications");
        olga.awaitText("fail-start-1 could not be created");
        return service;
    }

    private static void readsWhatTheVendorSaid(Visitor sam, String service) {
        sam.open("/staff/service?id=" + service);
        sam.awaitText("Requests to the data center");
        sam.awaitText("could not create server");
        sam.fits();
    }

    /** A snapshot of unknown outcome is given up from the list of pending work. */
    private static void findsWhatWaits(Visitor sam) {
        var rows = sam.page().locator(".rows tbody");
        sam.open("/staff/reviews");
        assertThat(rows.locator("tr")).hasCount(2);
        assertThat(rows).containsText("Set up a server");
        assertThat(rows).containsText("servers with the mark of one service");
        assertThat(sam.page().locator("#waiting-count")).hasText("2");
        sam.fits();
        sam.open("/staff/reviews?kind=snapshot");
        assertThat(rows.locator("tr")).hasCount(1);
        rows.locator("a.lead").click();
        sam.awaitText("no snapshot after PT3H");
        sam.awaitText("the vendor said nothing");
        sam.fits();
        sam.id("decide:why").fill("there is none");
        sam.id("decide:give_up").click();
        sam.confirm("Cancel the pending action");
        sam.awaitMessage("Canceled.");
        assertThat(rows.locator("tr")).hasCount(1);
        assertThat(sam.page().locator("#waiting-count")).hasText("1");
        sam.open("/staff/audit?who=STAFF");
        sam.awaitText("addon.canceled");
    }

    private static void decides(Visitor sam, String service, Visitor olga) {
        BrowserTestSetup.unclear("made-a", service);
        findsWhatWaits(sam);
        sam.open("/staff/service?id=" + service);
        sam.awaitText("Needs review.");
        sam.awaitText("servers with the mark of one service");
        isInOrder(sam);
        sam.openDialog("giving-up");
        sam.fits();
        assertThat(sam.id("give-up:do")).isDisabled();
        sam.id("give-up:why").fill("looked at the panel, it is a stray");
        sam.id("giving-up-name").fill("slow-1");
        sam.id("give-up:do").click();
        sam.awaitMessage("Canceled.");
        assertThat(sam.page().locator("#service-part .banner"))
                .containsText("Server setup failed. Nothing was charged.");
        sam.open("/staff/audit?area=service&who=STAFF");
        sam.awaitText("service.canceled");
        assertThat(olga.page().locator("#service-part .banner"))
                .containsText("We had to cancel the setup of this server.", PATIENTLY);
        olga.open("/portal/wallet");
        olga.awaitText("99.98");
    }
}
