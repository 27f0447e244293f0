package io.tenantry.people;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;

/** Staff upload a bank file with an unknown layout, map its columns, check the preview and post it. */
final class BankImportStory {
    private static final String SLUG = "path-bank";
    private static final String FILE = """
            Wann;Wieviel;Wer;Wozu;Stand
            2026-03-02;12,50;Olga;thanks;x1
            2026-03-02;twelve;Bob;more;x2
            """;

    private BankImportStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand(SLUG);
        try (var sam = chromium.visitor(SLUG + ".localhost")) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            uploadsNoTable(sam);
            uploads(sam);
            choosesColumns(sam);
            discards(sam);
            uploads(sam);
            choosesColumns(sam);
            sam.fits();
            savesTheMapping(sam);
            posts(sam);
            completes(sam);
            sam.assertNoComplaints();
        }
    }

    /** Columns are asked for only where there are some. */
    private static void uploadsNoTable(Visitor sam) {
        uploads(sam, "hello.csv", "hello world\n");
        sam.awaitText("The file is not a table with a date and an amount.");
        PlaywrightAssertions.assertThat(sam.id("mapping")).hasCount(0);
        sam.id("discard:do").click();
        sam.confirm("hello.csv");
        sam.awaitMessage("File discarded. Nothing was posted.");
    }

    private static void uploads(Visitor sam) {
        uploads(sam, "bank.csv", FILE);
        sam.awaitText("No header row with a date and an amount was found");
    }

    static void uploads(Visitor sam, String name, String text) {
        sam.open("/staff/bank");
        sam.page()
                .locator("[id='statement:file']")
                .setInputFiles(new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8)));
        sam.id("statement:do").click();
        sam.page().waitForURL("**/staff/bank-import?id=*");
    }

    /** Discarding asks for confirmation, since the choices would be lost. */
    private static void discards(Visitor sam) {
        sam.id("discard:do").click();
        sam.confirm("bank.csv");
        sam.awaitMessage("File discarded. Nothing was posted.");
    }

    private static void choosesColumns(Visitor sam) {
        chooses(sam, 0, "0");
        chooses(sam, 1, "1");
        sam.awaitText("Before posting, choose what these columns contain");
        PlaywrightAssertions.assertThat(sam.id("rows")).hasCount(0);
        PlaywrightAssertions.assertThat(sam.id("post:do")).hasCount(0);
        chooses(sam, 9, "3");
        chooses(sam, 7, "2");
        ignores(sam);
        PlaywrightAssertions.assertThat(sam.id("rows")).containsText("12.50");
        PlaywrightAssertions.assertThat(sam.page().locator("#rows tbody tr").first())
                .containsText("Olga");
        PlaywrightAssertions.assertThat(sam.id("plans")).containsText("Needs review");
    }

    /** The one remaining column does not matter. */
    private static void ignores(Visitor sam) {
        chooses(sam, sam.id("mapping:unknown:0:meaning"), "IGNORED");
    }

    private static void chooses(Visitor sam, int role, String column) {
        chooses(sam, sam.id("mapping:roles:" + role + ":column"), column);
    }

    /** The preview updates after each choice. */
    private static void chooses(Visitor sam, Locator select, String column) {
        sam.page()
                .waitForResponse(answer -> answer.request().method().equals("POST"), () -> select.selectOption(column));
        sam.page().waitForFunction("() => !window.PrimeFaces || PrimeFaces.ajax.Queue.isEmpty()");
    }

    private static void savesTheMapping(Visitor sam) {
        sam.id("profile:name").fill("My bank");
        sam.id("profile:do").click();
        sam.awaitMessage("Mapping saved. It applies to the next file with this header row.");
    }

    private static void posts(Visitor sam) {
        sam.id("post:do").click();
        sam.awaitMessage("File posted. No payment was credited immediately.");
        sam.awaitText("Result of each row");
        sam.fits();
    }

    private static void completes(Visitor sam) {
        sam.open("/staff/bank?state=review");
        sam.page().locator("#reviews a.lead").first().click();
        sam.page().waitForURL("**/staff/bank-review?id=*");
        sam.fits();
        sam.id("complete:do").click();
        sam.awaitText("Enter an amount above zero");
        sam.id("discard:why").fill("no payment");
        sam.id("discard:do").click();
        sam.confirm("Discard row");
        sam.page().waitForURL("**/staff/bank?state=review");
        PlaywrightAssertions.assertThat(sam.id("review-tab")).containsText("(1)");
    }
}
