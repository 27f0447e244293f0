package io.tenantry.people;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** Staff confirm a title of a bank file that is not understood; until then, none of its rows is certain. */
final class BankLinesStory {
    private static final String SLUG = "path-bank-lines";
    private static final String FILE =
            "Mappe 7\n\nDatum;Betrag;Name;Text\n2026-03-02;12,50;Olga;thanks\n2026-03-01;-1,00;Bob;rent\n";

    private BankLinesStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand(SLUG);
        try (var sam = chromium.visitor(SLUG + ".localhost")) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            BankImportStory.uploads(sam, "titled.csv", FILE);
            PlaywrightAssertions.assertThat(sam.id("lines")).containsText("Mappe 7");
            PlaywrightAssertions.assertThat(sam.id("plans")).containsText("Needs review");
            sam.fits();
            sam.id("lines:do").click();
            sam.awaitMessage("Lines confirmed. Save the mapping below so that they are not asked about again.");
            PlaywrightAssertions.assertThat(sam.id("accepted")).containsText("Mappe 7");
            PlaywrightAssertions.assertThat(sam.id("lines")).hasCount(0);
            PlaywrightAssertions.assertThat(sam.id("plans")).not().containsText("Needs review");
            savesAndIsNotAskedAgain(sam);
            withdraws(sam);
            sam.assertNoComplaints();
        }
    }

    private static void savesAndIsNotAskedAgain(Visitor sam) {
        sam.id("profile:name").fill("My bank");
        sam.id("profile:do").click();
        sam.awaitMessage("Mapping saved. It applies to the next file with this header row.");
        BankImportStory.uploads(
                sam, "next.csv", FILE.replace("Mappe 7", "Mappe 8").replace("12,50", "13,50"));
        PlaywrightAssertions.assertThat(sam.id("lines")).hasCount(0);
        PlaywrightAssertions.assertThat(sam.id("plans")).not().containsText("Needs review");
    }

    private static void withdraws(Visitor sam) {
        sam.id("accepted:do").click();
        PlaywrightAssertions.assertThat(sam.id("lines")).containsText("Mappe 8");
        PlaywrightAssertions.assertThat(sam.id("plans")).containsText("Needs review");
    }
}
