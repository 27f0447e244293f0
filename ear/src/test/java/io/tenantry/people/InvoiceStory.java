package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A reseller enters its seller data and issues the due documents of the previous month, and its customer reads them. */
final class InvoiceStory {
    /** Timeout for rendering the preview, which is slow while other tests keep the processors busy. */
    private static final int PREVIEW_TIMEOUT_MILLIS = 30_000;

    private static final String SLUG = "path-paper";
    private static final int LOOKS = 60;
    private static final int BETWEEN_MS = 1_000;

    private InvoiceStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand(SLUG);
        LastMonth.of(SLUG).isToBeBilled(made.id("organization"));
        try (var sam = chromium.visitor(SLUG + ".localhost")) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            sam.open("/staff/invoices");
            sam.awaitText("No documents are issued until you enter your business details");
            saysWhoItIs(sam);
            choosesALook(sam);
            issues(sam);
            credits(sam);
            raises(sam);
            makesVoid(sam);
            takesMoreThanThereIs(sam, made.id("organization"));
            sam.assertNoComplaints();
        }
        try (var olga = chromium.visitor(SLUG + ".localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            reads(olga);
            readsHowToPay(olga);
            olga.assertNoComplaints();
        }
        areReadByPrograms(BrowserTestSetup.key(SLUG, made));
    }

    private static void areReadByPrograms(String key) {
        var heads = "Authorization: Bearer " + key + "\r\n";
        try (var program = new Reader(SLUG + ".localhost", "en")) {
            var list = program.get("/api/v1/invoices?kind=invoice&limit=1", heads);
            assertThat(list.status()).as(list.text()).isEqualTo(200);
            var document = JsonParser.parseString(list.body())
                    .getAsJsonObject()
                    .getAsJsonArray("data")
                    .get(0)
                    .getAsJsonObject();
            var path = "/api/v1/invoices/" + document.get("id").getAsString();
            assertThat(program.get(path, heads).body())
                    .contains(document.get("number").getAsString(), "\"lines\":[{", "\"pdf\"");
            var file = program.get(path + "/download?language=de", heads);
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.body()).startsWith("%PDF-");
            assertThat(program.get(path + "/download?format=poem", heads).status())
                    .isEqualTo(422);
            assertThat(program.get("/api/v1/invoices?kind=poem", heads).status())
                    .isEqualTo(422);
        }
    }

    private static void saysWhoItIs(Visitor sam) {
        sam.open("/staff/invoice-settings");
        sam.awaitText("Once you enter your business details, documents are issued from this month on");
        sam.id("first:do").click();
        sam.awaitMessage("Billing start saved.");
        sam.id("party:name").fill("Paper Cloud GmbH");
        sam.id("party:country").selectOption("DE");
        sam.id("party:vat_number").fill("DE123");
        sam.id("party:do").click();
        PlaywrightAssertions.assertThat(sam.id("party:street_error")).isVisible();
        PlaywrightAssertions.assertThat(sam.id("party:vat_number_error")).isVisible();
        sam.fits();
        sam.id("party:street").fill("Hafenstrasse 1");
        sam.id("party:postcode").fill("20095");
        sam.id("party:city").fill("Hamburg");
        sam.id("party:vat_number").fill("DE999999995");
        sam.id("party:iban").fill("DE89370400440532013000");
        sam.id("party:do").click();
        sam.awaitMessage("Saved. Used on future invoices.");
        sam.id("rules:window").fill("0");
        sam.page()
                .waitForResponse(
                        answer -> answer.request().method().equals("POST"),
                        () -> sam.id("rules:do").click());
        sam.page().waitForLoadState();
    }

    /** The specimen updates while typing. */
    private static void choosesALook(Visitor sam) {
        sam.open("/staff/invoice-template");
        var sheet = sam.page().locator(".template-sheet img");
        PlaywrightAssertions.assertThat(sheet)
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PREVIEW_TIMEOUT_MILLIS));
        var before = sheet.getAttribute("src");
        sam.id("template:LEGAL_EN").fill("Managing director: Sam Paper");
        PlaywrightAssertions.assertThat(sheet)
                .not()
                .hasAttribute(
                        "src", before, new LocatorAssertions.HasAttributeOptions().setTimeout(PREVIEW_TIMEOUT_MILLIS));
        sam.fits();
        sam.id("template:do").click();
        sam.awaitMessage("Saved. Documents issued from now on use this template.");
    }

    /** The job issues them; the list is polled until it has. */
    private static void issues(Visitor sam) {
        sam.open("/staff/invoices");
        sam.id("live:issue-now").click();
        sam.confirm("Issue last month’s invoices");
        sam.awaitMessage("Documents that are due are being issued.");
        for (var look = 0; look < LOOKS && !sam.main().contains("INV-"); look++) {
            sam.page().waitForTimeout(BETWEEN_MS);
            sam.open("/staff/invoices");
        }
        var first = sam.page().locator("table.rows tbody tr").first();
        PlaywrightAssertions.assertThat(first).containsText("000001");
        PlaywrightAssertions.assertThat(first).containsText("Kiosk " + SLUG);
        first.locator("a.lead").click();
        sam.page().waitForURL("**/staff/invoice?id=*");
        sam.awaitText("Paper Cloud GmbH");
        sam.awaitText("Moving in");
        PlaywrightAssertions.assertThat(sam.id("sums")).containsText("10.00");
        sam.fits();
        Downloads.requirePdf(sam.page(), "a[href^='/staff/invoice.pdf']", "INV");
        var invoice = sam.path();
        sam.open("/staff/invoice-settings");
        sam.awaitText("The first document has been issued");
        PlaywrightAssertions.assertThat(sam.id("first:month")).isHidden();
        sam.open(invoice);
    }

    /** A part of the line is credited, and no more than its remainder. */
    private static void credits(Visitor sam) {
        sam.page().getByText("Issue credit note").first().click();
        sam.id("credit:rows:0:amount").fill("11");
        sam.id("credit:reason").fill("It was late");
        sam.id("credit:do").click();
        PlaywrightAssertions.assertThat(sam.id("credit:rows:0:amount_error"))
                .containsText("The amount exceeds what is left to credit: €10.00");
        sam.fits();
        sam.id("credit:rows:0:amount").fill("0.006");
        sam.id("credit:do").click();
        PlaywrightAssertions.assertThat(sam.id("credit:rows:0:amount_error"))
                .containsText("no more decimal places than the currency allows");
        sam.id("credit:rows:0:amount").fill("2.50");
        sam.id("credit:do").click();
        sam.awaitText("Credit note CN-");
        PlaywrightAssertions.assertThat(sam.id("sums")).containsText("2.50");
        sam.awaitText("It was late");
        sam.fits();
    }

    /** Corrects a line that was too low. */
    private static void raises(Visitor sam) {
        opensTheInvoice(sam);
        sam.page().getByText("Issue debit note").first().click();
        sam.id("debit:rows:0:amount").fill("0.006");
        sam.id("debit:reason").fill("It was bigger");
        sam.id("debit:do").click();
        PlaywrightAssertions.assertThat(sam.id("debit:rows:0:amount_error"))
                .containsText("no more decimal places than the currency allows");
        sam.id("debit:rows:0:amount").fill("1.50");
        sam.id("debit:reason").fill("");
        sam.id("debit:do").click();
        sam.awaitText("Enter a reason of up to");
        sam.id("debit:reason").fill("It was bigger");
        sam.fits();
        sam.id("debit:do").click();
        sam.awaitText("Debit note DN-");
        PlaywrightAssertions.assertThat(sam.id("sums")).containsText("1.50");
        sam.fits();
    }

    /** Voids an invoice that belongs to another customer. */
    private static void makesVoid(Visitor sam) {
        opensTheInvoice(sam);
        sam.page().getByText("Void invoice").first().click();
        sam.awaitText("Remaining on its line items");
        sam.awaitText("9.00");
        sam.id("void:reason").fill("It was for somebody else");
        sam.fits();
        sam.id("void:do").click();
        sam.awaitText("voided. This is its credit note.");
        opensTheInvoice(sam);
        sam.awaitText("Voided by CN-");
        PlaywrightAssertions.assertThat(sam.page().getByText("Issue debit note"))
                .hasCount(0);
        sam.fits();
    }

    /** The customer then has a debt, and both read the consequences. */
    private static void takesMoreThanThereIs(Visitor sam, String organization) {
        sam.open("/staff/customer?id=" + organization);
        sam.openDialog("move-sheet");
        sam.id("move:direction").selectOption("debit");
        sam.id("move:amount").fill("150");
        sam.id("move:ground").selectOption("MISTAKE");
        sam.id("move:reason").fill("paid into the wrong wallet");
        sam.id("move:do").click();
        sam.awaitText("paid into the wrong wallet");
        sam.open("/staff/customer-dunning?organization=" + organization);
        sam.awaitText("since ");
        sam.awaitText("What happens next");
        sam.fits();
    }

    private static void readsHowToPay(Visitor olga) {
        olga.open("/portal/wallet");
        olga.page().getByText("How to pay by bank transfer").click();
        PlaywrightAssertions.assertThat(olga.id("how-to-pay")).isInViewport();
        PlaywrightAssertions.assertThat(olga.id("how-to-pay")).containsText("DE89 3704 0044 0532 0130 00");
        olga.fits();
    }

    private static void opensTheInvoice(Visitor sam) {
        sam.open("/staff/invoices");
        sam.page()
                .locator("table.rows tbody tr")
                .filter(new Locator.FilterOptions().setHasText("INV-"))
                .locator("a.lead")
                .click();
        sam.page().waitForURL("**/staff/invoice?id=*");
    }

    private static void reads(Visitor olga) {
        olga.open("/portal/billing-address");
        olga.open("/portal/invoices");
        var only = olga.page().locator("table.rows tbody tr");
        PlaywrightAssertions.assertThat(only).hasCount(4);
        only.filter(new Locator.FilterOptions().setHasText("INV-"))
                .locator("a.lead")
                .click();
        olga.page().waitForURL("**/portal/invoice?id=*");
        olga.awaitText("Hafenstrasse 1");
        olga.awaitText("Corrected by CN-");
        PlaywrightAssertions.assertThat(olga.id("sums")).containsText("10.00");
        olga.fits();
        olga.open("/portal/invoice");
        olga.awaitText("not an invoice");
        olga.fits();
        Downloads.requirePdf(olga.page(), "#proforma", "proforma");
        olga.open("/portal/account-statement");
        PlaywrightAssertions.assertThat(olga.id("account")).containsText("10.00");
    }
}
