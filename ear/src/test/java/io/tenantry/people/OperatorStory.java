package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Operators' tasks: open a brand, watch charging, run the auditor, close a brand. */
final class OperatorStory {
    private static final double PATIENCE_MS = 60_000;

    private OperatorStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.operator("otto@platform.example");
        try (var otto = chromium.visitor("platform.localhost")) {
            otto.signIn("otto@platform.example", BrowserTestSetup.PASSWORD);
            otto.awaitUrl("/admin");
            otto.fits();
            var link = opensABrand(otto);
            acceptsInvitation(chromium, link);
            charges(otto);
            looksThroughRuns(otto);
            correctsRates(otto);
            looksAfterWork(otto);
            looksAround(otto);
            closes(chromium, otto);
            leaves(chromium, otto);
            otto.signOut();
            otto.assertNoComplaints();
        }
    }

    private static String opensABrand(Visitor otto) {
        BrowserTestSetup.brand("path-c");
        otto.open("/admin/tenants/new");
        typesFasterThanTheServerAnswers(otto);
        otto.open("/admin/tenants/new");
        fill(otto, "name", "Cumulus Works");
        PlaywrightAssertions.assertThat(otto.id("new:slug")).hasValue("cumulus-works");
        fill(otto, "slug", "platform");
        fill(otto, "hosts", "path-c.localhost");
        fill(otto, "staff-name", "Carla Cumulus");
        fill(otto, "staff-email", "carla");
        otto.id("new:create").click();
        says(otto, "slug", "reserved for the platform");
        says(otto, "hosts", "another reseller");
        says(otto, "staff-email", "not a valid email address");
        otto.fits();
        otto.id("new:primary").fill("#ffee00");
        otto.page()
                .locator("[id='new:brand-preview'] .hints")
                .getByText("4.5:1")
                .waitFor();
        fill(otto, "slug", "path-c");
        otto.id("new:create").click();
        says(otto, "slug", "already");
        fill(otto, "slug", "cumulus");
        fill(otto, "hosts", "cumulus.localhost");
        fill(otto, "staff-email", "carla@cumulus.example");
        otto.id("new:create").click();
        var link = otto.page().locator("#made-link code");
        link.waitFor();
        otto.fits();
        return Visitor.pathOf(link.innerText());
    }

    /** The response for the name comes late: input typed meanwhile is kept. */
    private static void typesFasterThanTheServerAnswers(Visitor otto) {
        otto.open("/admin/tenants/new");
        var late = new ArrayList<Route>();
        otto.page().route(url -> url.contains("/admin/tenants/new"), route -> {
            if (late.isEmpty() && route.request().method().equals("POST")) {
                late.add(route);
            } else {
                route.resume();
            }
        });
        otto.id("new:name").fill("Nimbus Works");
        otto.id("new:slug").pressSequentially("own");
        otto.id("new:hosts").pressSequentially("own.example.org");
        late.get(0).resume();
        otto.page().waitForFunction("() => PrimeFaces.ajax.Queue.isEmpty()");
        PlaywrightAssertions.assertThat(otto.id("new:slug")).hasValue("own");
        PlaywrightAssertions.assertThat(otto.id("new:hosts")).hasValue("own.example.org");
        otto.page().unrouteAll();
    }

    private static void fill(Visitor otto, String field, String text) {
        otto.id("new:" + field).fill(text);
        otto.id("new:" + field).blur();
        otto.page().waitForFunction("() => PrimeFaces.ajax.Queue.isEmpty()");
    }

    private static void says(Visitor otto, String field, String text) {
        PlaywrightAssertions.assertThat(otto.id("new:" + field + "_error")).containsText(text);
    }

    private static void acceptsInvitation(Chromium chromium, String link) {
        try (var carla = chromium.visitor("cumulus.localhost")) {
            carla.go(link);
            carla.awaitText("Carla Cumulus");
            carla.id("choice:password").fill("another-fine-phrase");
            carla.id("choice:repeated").fill("another-fine-phrase");
            carla.id("choice:choose").click();
            carla.awaitUrl("/staff");
            carla.fits();
            assertThat(carla.page().title()).contains("Cumulus Works");
            carla.assertNoComplaints();
        }
    }

    private static void charges(Visitor otto) {
        otto.open("/admin/runs?tenant=path-c");
        BrowserTestSetup.ahead(1);
        otto.id("live:charge-now").click();
        // Without reloading: the page polls.
        PlaywrightAssertions.assertThat(otto.page()
                        .locator("table.rows tbody tr")
                        .filter(new Locator.FilterOptions().setHasText("Brand path-c"))
                        .first())
                .containsText("done", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
        assertThat(otto.path()).startsWith("/admin/runs?tenant=path-c&asked=");
        otto.fits();
        BrowserTestSetup.ahead(0);
    }

    /** A filter survives reload and applies to files, and selected failed runs are retried. */
    private static void looksThroughRuns(Visitor otto) {
        var page = otto.page();
        otto.open("/admin/runs?tenant=path-c");
        page.locator("select[name=state]").selectOption("done");
        page.waitForURL("**/admin/runs?tenant=path-c&state=done");
        page.reload();
        PlaywrightAssertions.assertThat(page.locator("table.rows tbody tr").first())
                .containsText("Brand path-c");
        PlaywrightAssertions.assertThat(page.locator("a.token")).hasCount(2);
        var rows = page.locator("table.rows tbody tr").count();
        var csv = Downloads.lines(page, ".table-status a.csv", "charging-runs");
        assertThat(csv).hasSize(rows + 2);
        assertThat(csv.get(2)).contains(",path-c,Brand path-c,", ",done,", ",EUR,");
        assertThat(Downloads.sheet(page, ".table-status a[href*='.xlsx']", "charging-runs"))
                .contains(">Brand path-c<", ">EUR<")
                .doesNotContain(">pending<");
        page.locator("[data-pick-all]").check();
        page.locator(".picked .acts button:not([formaction]):not([data-pick-none])")
                .click();
        page.waitForURL("**retried=0**");
        assertThat(otto.path()).startsWith("/admin/runs?tenant=path-c&state=done&retried=0");
        otto.awaitText("None of the selected runs had failed.");
        otto.fits();
    }

    /** A rate was imported wrongly. Importing another one is refused; a correction replaces it, for a reason that the page keeps. */
    private static void correctsRates(Visitor otto) {
        otto.open("/admin/exchange-rates");
        imports(otto, "rates", "Date,ISK\n2020-10-30,136.5\n");
        otto.awaitMessage("1 new rate imported");
        imports(otto, "rates", "Date,ISK\n2020-10-30,163.5\n");
        PlaywrightAssertions.assertThat(otto.id("rates:file_error")).containsText("correct it below");
        imports(otto, "correction", "Date,ISK\n2020-10-30,163.5\n");
        otto.confirm("exchange rates");
        PlaywrightAssertions.assertThat(otto.id("correction:reason_error")).containsText("Enter a reason");
        otto.id("correction:reason").fill("transposed digits");
        imports(otto, "correction", "Date,ISK\n2020-10-30,163.5\n");
        otto.confirm("exchange rates");
        otto.awaitMessage("1 rate corrected. Issued documents keep their rate.");
        otto.awaitText("Correction: transposed digits");
        PlaywrightAssertions.assertThat(
                        otto.page().locator("#latest tbody tr").filter(new Locator.FilterOptions().setHasText("ISK")))
                .containsText("163.5");
        otto.fits();
    }

    private static void imports(Visitor otto, String form, String file) {
        otto.id(form + ":file")
                .setInputFiles(new FilePayload("rates.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
        otto.id(form + ":do").click();
    }

    /** Failed work is found in the list, retried, and given up for a reason that is kept. */
    private static void looksAfterWork(Visitor otto) {
        var item = BrowserTestSetup.parkedWork("path-c");
        otto.open("/admin/work?state=parked&tenant=path-c");
        otto.awaitText("nobody answers");
        otto.fits();
        otto.open("/admin/work/one?id=" + item);
        otto.fits();
        otto.id("again:retry").click();
        otto.awaitMessage("The task is being retried.");
        otto.open("/admin/work/one?id=" + item);
        otto.page().locator("#give-up-open").click();
        otto.id("give-up:reason").fill("The customer changed his mind.");
        otto.id("give-up:do").click();
        otto.awaitMessage("Task canceled.");
        otto.open("/admin/work/one?id=" + item);
        otto.awaitText("The customer changed his mind.");
        otto.open("/admin/work?state=over&tenant=path-c");
        assertThat(otto.main()).contains("canceled");
        otto.open("/admin/audit?area=work");
        otto.awaitText("work.canceled");
    }

    private static void looksAround(Visitor otto) {
        otto.open("/admin");
        otto.open("/admin/tenants");
        otto.open("/admin/auditor");
        otto.id("findings:run").click(new Locator.ClickOptions().setTimeout(PATIENCE_MS));
        PlaywrightAssertions.assertThat(otto.id("findings:reports"))
                .containsText("Brand path-c", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
        otto.fits();
        otto.open("/admin/secrets");
        otto.id("secrets:re-encrypt").click();
        otto.awaitText("Last re-encryption");
        otto.fits();
        otto.open("/admin/health");
        otto.open("/admin/api-keys");
        otto.open("/admin/me");
        otto.open("/admin/audit");
        otto.awaitText("tenant.created");
        assertThat(otto.text("/admin/audit.csv?area=tenant"))
                .contains("tenant.created")
                .doesNotContain("person.signed_in");
        assertThat(otto.status("/admin/audit.xlsx")).isEqualTo(200);
    }

    private static void closes(Chromium chromium, Visitor otto) {
        otto.open("/admin/tenants/one?slug=cumulus");
        otto.openDialog("suspending");
        otto.id("suspending_name").fill("cumulus");
        otto.id("suspending:form:do").click();
        otto.id("resume").waitFor();
        otto.fits();
        try (var visitor = chromium.visitor("cumulus.localhost")) {
            assertThat(visitor.go("/sign-in").status()).isEqualTo(503);
            visitor.awaitText("This portal is temporarily closed");
            visitor.awaitText("Cumulus Works");
            visitor.fits();
        }
        otto.openDialog("resuming");
        otto.id("resume-form:do").click();
        otto.id("suspend").waitFor();
        try (var visitor = chromium.visitor("cumulus.localhost")) {
            visitor.open("/sign-in");
            visitor.assertNoComplaints();
        }
    }

    /** The export can be downloaded; then the host is released, and the page shows that the reseller is deleted. */
    private static void leaves(Chromium chromium, Visitor otto) {
        otto.open("/admin/tenants/one?slug=cumulus");
        otto.openDialog("suspending");
        otto.id("suspending_name").fill("cumulus");
        otto.id("suspending:form:do").click();
        otto.id("resume").waitFor();
        otto.awaitText("The data has not been exported since the reseller was suspended.");
        assertThat(otto.id("delete").count()).isZero();
        otto.id("exit:export").click();
        var file = otto.page().locator("a[href*='export.zip']");
        file.waitFor();
        otto.fits();
        assertThat(otto.status(file.getAttribute("href"))).isEqualTo(200);
        assertThat(otto.headers(file.getAttribute("href"))).contains("no-store");
        assertThat(otto.status(file.getAttribute("href").replace("cumulus", "path-c")))
                .isEqualTo(404);
        otto.clearComplaints(404);
        otto.id("delete").waitFor();
        otto.openDialog("deleting");
        otto.fits();
        otto.id("deleting_name").fill("cumulus");
        otto.id("deleting:form:do").click();
        otto.page().getByText("The reseller has been deleted.").waitFor();
        otto.fits();
        try (var visitor = chromium.visitor("cumulus.localhost")) {
            assertThat(visitor.go("/").status()).isEqualTo(421);
        }
        otto.open("/admin/tenants");
        otto.page().locator("tr:has-text('cumulus') .pill:has-text('deleted')").waitFor();
        otto.assertNoComplaints();
    }
}
