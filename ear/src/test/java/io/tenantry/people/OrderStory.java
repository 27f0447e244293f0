package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;

/** SSH keys, start-up scripts, and the steps of an order: choices are part of the URL, and survive reload and back. */
final class OrderStory {
    private static final String HOST = "shop-o.localhost";

    /** A third party's key, published by its owner. */
    static final String KEY =
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5"
                    + "YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=";

    private static final String PRIVATE = "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA";

    private OrderStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand("shop-o");
        BrowserTestSetup.elsewhere("shop-o");
        try (var olga = chromium.visitor(HOST)) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            keepsKeys(olga);
            writesAScript(olga);
            choosesAPlan(olga);
            choosesARegion(olga);
            choosesTheBeginning(olga, made);
            orders(olga);
            var toy = BrowserTestSetup.sold("shop-o").id("toy");
            choosesASystem(olga, toy);
            choosesWhatGoesWithIt(olga, toy);
            olga.assertNoComplaints();
        }
    }

    private static void keepsKeys(Visitor olga) {
        olga.open("/portal/ssh-keys");
        olga.awaitText("Olga's laptop");
        olga.id("key:line").fill(PRIVATE);
        olga.id("key:do").click();
        assertThat(olga.id("key:line_error")).containsText("private key");
        assertThat(olga.id("key:line")).hasValue("");
        assertThat(olga.page().content()).doesNotContain("b3BlbnNz");
        olga.id("key:line").fill("command=\"x\" " + KEY);
        olga.id("key:do").click();
        assertThat(olga.id("key:line_error")).containsText("text before the key");
        olga.fits();
        olga.id("key:line").fill(KEY + " olga@work");
        olga.id("key:do").click();
        olga.awaitMessage("SSH key olga@work added.");
        olga.id("key:line").fill(KEY);
        olga.id("key:name").fill("Again");
        olga.id("key:do").click();
        assertThat(olga.id("key:line_error")).containsText("as olga@work");
        key(olga, "olga@work").locator("input[type=submit]").click();
        olga.confirm("olga@work");
        olga.awaitMessage("SSH key olga@work deleted.");
        assertThat(olga.page().locator(".keys li")).hasCount(1);
        olga.page().locator("#toasts [data-undo]").click();
        olga.awaitMessage("Action undone.");
        assertThat(olga.page().locator(".keys li")).hasCount(2);
    }

    private static void writesAScript(Visitor olga) {
        olga.open("/portal/scripts");
        olga.page().locator("main a[href='/portal/script']").click();
        olga.id("script:name").fill("Web server");
        olga.id("script:words").fill("echo hello");
        olga.id("script:do").click();
        assertThat(olga.id("script:words_error")).containsText("Start the first line with #!");
        olga.id("script:words").fill("#!/bin/sh\necho '{{title: Title of the page = Hello}}' '{{who}}'");
        olga.id("script:do").click();
        olga.awaitMessage("Web server saved.");
        olga.awaitText("Title of the page");
        olga.fits();
        olga.id("script:drop").click();
        olga.confirm("Web server");
        olga.awaitMessage("Web server deleted.");
        olga.page().locator("#toasts [data-undo]").click();
        olga.awaitMessage("Action undone.");
        olga.awaitText("Variables: Title of the page, who");
    }

    /** As cards or as a table; plans not sold in the chosen region are marked. */
    private static void choosesAPlan(Visitor olga) {
        var page = olga.page();
        olga.open("/portal/order");
        assertThat(page.locator("a.tile.plan")).hasCount(3);
        page.locator("main .segments a").last().click();
        page.waitForURL("**view=table**");
        assertThat(page.locator("table.plans tbody tr")).hasCount(3);
        olga.fits();
        page.locator("select[name=cpus]").selectOption("2");
        page.waitForURL("**cpus=2**");
        assertThat(olga.path()).contains("view=table");
        assertThat(page.locator("table.plans tbody tr")).hasCount(3);
        olga.open("/portal/order?cpus=64");
        olga.awaitText("No matching plans");
        olga.open("/portal/order?region=fra1");
        assertThat(tile(olga, "Coastal")).containsText("Not available in Frankfurt. Available in New York.");
        tile(olga, "Coastal").click();
        page.waitForURL("**step=region**");
    }

    private static void choosesARegion(Visitor olga) {
        var page = olga.page();
        assertThat(page.locator(".banner")).containsText("Coastal is not available in Frankfurt.");
        assertThat(page.locator(".tile.off")).containsText("Frankfurt");
        assertThat(page.locator(".tile.off")).containsText("Coastal is not available here.");
        assertThat(page.locator(".to-review")).hasCount(0);
        olga.go(olga.path().replace("step=region", "step=review"));
        assertThat(page.locator(".steps [aria-current]")).containsText("Region");
        page.goBack();
        page.goBack();
        tile(olga, "Small").click();
        page.waitForURL("**step=region**");
        assertThat(page.locator(".summary")).containsText("€7.30");
        assertThat(page.locator(".summary .runway")).containsText("Runs out in");
        page.locator("a.tile.place").click();
        page.waitForURL("**step=image**");
    }

    /** Ticked options are in the URL at once; an added key is selected. */
    private static void choosesTheBeginning(Visitor olga, BrowserTestSetup.Made made) {
        var page = olga.page();
        option(olga, "Web server").locator("input").check();
        page.waitForURL("**script=**");
        page.reload();
        assertThat(option(olga, "Web server").locator("input")).isChecked();
        page.locator("button[value=keys]").first().click();
        page.waitForURL("**step=keys**");
        olga.fits();
        option(olga, "Olga's laptop").locator("input").check();
        page.waitForURL("**key=" + made.id("key") + "**");
        page.locator(".add-key summary").click();
        olga.id("add:line").fill("ssh-rsa AAAA");
        olga.id("add:do").click();
        assertThat(olga.id("add:line_error")).containsText("not a complete SSH public key");
        olga.id("add:line")
                .fill("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk phone");
        olga.id("add:do").click();
        olga.awaitMessage("SSH key phone added.");
        assertThat(option(olga, "phone").locator("input")).isChecked();
        assertThat(option(olga, "Olga's laptop").locator("input")).isChecked();
        assertThat(option(olga, "olga@work").locator("input")).not().isChecked();
        page.locator("button[value=review]").first().click();
        page.waitForURL("**step=review**");
        assertThat(page.locator(".chosen")).containsText("Olga's laptop, phone");
        page.goBack();
        assertThat(option(olga, "phone").locator("input")).isChecked();
        page.goForward();
    }

    private static void orders(Visitor olga) {
        var page = olga.page();
        olga.fits();
        assertThat(olga.id("order:questions:0:answer")).hasValue("Hello");
        olga.id("order:name").fill("with-all");
        olga.id("order:do").click();
        assertThat(olga.id("order:questions:1:answer_error")).containsText("Enter one line");
        assertThat(olga.id("order:name")).hasValue("with-all");
        olga.id("order:questions:1:answer").fill("the world");
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        olga.awaitMessage("with-all is running.");
    }

    /** Where a provider creates the server, the images are those that the brand has named. */
    private static void choosesASystem(Visitor olga, String toy) {
        var page = olga.page();
        olga.open("/portal/order?plan=" + toy + "&region=fra1");
        assertThat(page.locator("[name=image]")).hasCount(2);
        assertThat(option(olga, "Debian").locator("input")).isChecked();
        assertThat(option(olga, "Ubuntu of old")).containsText("Will be retired soon");
        option(olga, "Ubuntu of old").locator("input").check();
        page.waitForURL("**image=Ubuntu**");
        page.locator("button.to-review").click();
        page.waitForURL("**step=review**");
        assertThat(page.locator(".chosen")).containsText("Ubuntu of old");
        assertThat(page.locator(".chosen")).containsText("No keys: no SSH access");
        assertThat(page.locator("#held-at-first")).containsText("for its first 2 hours");
        olga.id("order:name").fill("with-ubuntu");
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        olga.awaitMessage("with-ubuntu is being set up.");
        olga.open("/portal/order?step=review&image=Unheard+of&plan=" + toy + "&region=fra1");
        olga.awaitText("Unheard of is not available in Frankfurt");
        olga.id("order:do").click();
        olga.awaitText("This operating system is no longer available in this region.");
    }

    /** Add-ons are ordered together with the server; the total price changes with each choice. */
    private static void choosesWhatGoesWithIt(Visitor olga, String toy) {
        var page = olga.page();
        olga.open("/portal/order?step=keys&plan=" + toy + "&region=fra1");
        page.locator(".way button[value=addons]").click();
        page.waitForURL("**step=addons**");
        olga.fits();
        assertThat(page.locator("#at-most")).containsText("7.30");
        option(olga, "Weekly").locator("input").check();
        page.waitForURL("**backups=weekly**");
        assertThat(page.locator("#at-most")).containsText("9.30");
        page.locator("#volume").selectOption("50");
        page.waitForURL("**volume=50**");
        assertThat(page.locator("#at-most")).containsText("14.30");
        page.reload();
        assertThat(option(olga, "Weekly").locator("input")).isChecked();
        assertThat(page.locator("#volume")).hasValue("50");
        page.locator(".way button[value=review]").click();
        page.waitForURL("**step=review**");
        olga.fits();
        assertThat(page.locator(".chosen")).containsText("Weekly");
        assertThat(page.locator(".chosen")).containsText("50 GB");
        assertThat(page.locator(".chosen .total")).containsText("14.30");
        assertThat(page.locator("#held-at-first")).containsText("for the first 2 hours");
        olga.id("order:name").fill("with-options");
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        olga.awaitMessage("with-options is being set up.");
        olga.open("/portal/order?step=review&backups=hourly&plan=" + toy + "&region=fra1");
        olga.awaitText("A selected add-on is not available for this server");
    }

    /** The same on a phone, and in a browser that runs no scripts. */
    static void tellOfLess(Chromium chromium) {
        var made = BrowserTestSetup.brand("shop-p");
        try (var olga = chromium.visitor("shop-p.localhost", new PageVariant("de", "dark", 390));
                var plain = chromium.visitorWithoutScripts("shop-p.localhost")) {
            olga.signInInAnyLanguage("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            plain.cookie("session", olga.cookie("session"));
            for (var visitor : new Visitor[] {olga, plain}) {
                steps(visitor, visitor == olga ? "by-phone" : "without-scripts");
            }
            olga.assertNoComplaints();
            plain.go("/portal/order?step=review&plan=" + made.id("small") + "&region=nowhere&key=nonsense&cpus=-1");
            assertThat(plain.page().locator("[id='order:do']")).hasCount(1);
        }
    }

    private static void steps(Visitor olga, String name) {
        var page = olga.page();
        olga.go("/portal/order");
        page.locator("a.tile.plan").first().click();
        page.locator("a.tile.place").first().click();
        option(olga, "Greeting").locator("input").check();
        page.locator("button[value=keys]").first().click();
        option(olga, "Olga's laptop").locator("input").check();
        page.locator("button[value=review]").first().click();
        assertThat(page.locator(".chosen")).containsText("Greeting");
        assertThat(page.locator(".chosen")).containsText("Olga's laptop");
        olga.id("order:name").fill(name);
        olga.id("order:questions:0:answer").fill("Moin");
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        assertThat(page.locator("h1")).hasText(name);
    }

    private static Locator key(Visitor olga, String name) {
        return having(olga.page().locator(".keys li"), name);
    }

    private static Locator tile(Visitor olga, String name) {
        return having(olga.page().locator("a.tile.plan"), name);
    }

    private static Locator option(Visitor olga, String name) {
        return having(olga.page().locator("label.option"), name);
    }

    private static Locator having(Locator all, String text) {
        return all.filter(new Locator.FilterOptions().setHasText(text));
    }
}
