package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;

/**
 * An operator creates a price list, sets and imports prices, publishes it, compares the next version and withdraws it; a reseller reads it and
 * changes nothing.
 */
final class PriceListStory {
    private static final String FILE = """
            kind,provider,code,region,monthly,orderable
            plan,platform,2-4096-40-2000,,12.5,yes
            plan,hetzner,cx22,fsn1,3.79,yes
            addon,platform,VOLUME,,0,no
            """;

    private static final PageVariant PHONE = new PageVariant("en", "light", 390);
    private static final PageVariant DESK = new PageVariant("en", "light", 1280);

    private PriceListStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.operator("pia@platform.example");
        try (var pia = chromium.visitor("platform.localhost")) {
            pia.signInInAnyLanguage("pia@platform.example", BrowserTestSetup.PASSWORD);
            begins(pia);
            setsPrices(pia);
            imports(pia);
            publishes(pia);
            changesMindAboutTheNext(pia);
            compares(pia);
            withdraws(pia);
            pia.assertNoComplaints();
        }
        BrowserTestSetup.brand("path-wholesale");
        try (var sam = chromium.visitor("path-wholesale.localhost")) {
            sam.signIn("sam@path-wholesale.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            sam.open("/staff/wholesale-prices");
            sam.fits();
            PlaywrightAssertions.assertThat(sam.page().locator("main input, main select"))
                    .hasCount(0);
            sam.assertNoComplaints();
        }
    }

    private static void begins(Visitor pia) {
        pia.open("/admin/price-lists");
        pia.id("begin:currency").fill("zzz");
        pia.id("begin:do").click();
        pia.awaitText("Enter a currency, for example EUR.");
        pia.id("begin:currency").fill("dkk");
        pia.id("begin:do").click();
        pia.page().waitForURL("**/admin/price-lists/one?id=*");
        pia.awaitMessage("Price list created. Add prices to its draft and publish it.");
        pia.fits();
        pia.id("publish:do").click();
        pia.confirm("version 1");
        pia.awaitText("A version needs between 1 and 5,000 prices.");
    }

    private static void setsPrices(Visitor pia) {
        sets(pia, "2-4096-40-2000", "2000000");
        pia.awaitText("Enter a price from 0 to 1,000,000");
        sets(pia, "2-4096-40-2000", "11.5");
        pia.awaitMessage("Price saved in the draft.");
        pia.setVariant(PHONE);
        sets(pia, "4-8192-80-4000", "20");
        pia.awaitMessage("Price saved in the draft.");
        assertThat(AccessibilityCheck.of(pia.page()))
                .as("beside a notification")
                .isEmpty();
        pia.setVariant(DESK);
        PlaywrightAssertions.assertThat(pia.page().locator("#prices tbody tr")).hasCount(2);
        pia.id("item:provider").fill("platform");
        pia.id("item:code").fill("4-8192-80-4000");
        pia.id("item:remove").click();
        pia.awaitMessage("Price removed from the draft.");
        PlaywrightAssertions.assertThat(pia.page().locator("#prices tbody tr")).hasCount(1);
    }

    /** By keyboard: Enter presses the main button of a form, even if another comes first. */
    private static void sets(Visitor pia, String code, String monthly) {
        pia.id("item:provider").fill("platform");
        pia.id("item:code").fill(code);
        pia.id("item:monthly").fill(monthly);
        pia.id("item:monthly").press("Enter");
        pia.page().waitForLoadState();
    }

    private static void imports(Visitor pia) {
        reads(pia, FILE.replace("3.79", "cheap"));
        pia.awaitText("Line 3:");
        PlaywrightAssertions.assertThat(pia.page().locator("#prices tbody tr")).hasCount(1);
        reads(pia, FILE);
        pia.awaitMessage("Prices imported into the draft.");
        PlaywrightAssertions.assertThat(pia.page().locator("#prices tbody tr")).hasCount(3);
        pia.fits();
    }

    private static void reads(Visitor pia, String file) {
        pia.page()
                .locator("[id='import:file']")
                .setInputFiles(new FilePayload("prices.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
        pia.id("import:do").click();
    }

    private static void publishes(Visitor pia) {
        pia.id("publish:note").fill("The first prices");
        pia.id("publish:note").press("Enter");
        pia.confirm("version 1");
        pia.awaitMessage("Version published.");
        PlaywrightAssertions.assertThat(pia.id("publish")).hasCount(0);
        pia.awaitText("The first prices");
    }

    private static void changesMindAboutTheNext(Visitor pia) {
        pia.id("begin:do").click();
        pia.awaitMessage("Draft created. Change its prices and publish it.");
        pia.id("publish:discard").click();
        pia.confirm("the draft of version 2");
        pia.awaitMessage("Draft discarded.");
        PlaywrightAssertions.assertThat(pia.page().locator("#versions tbody tr"))
                .hasCount(1);
    }

    private static void compares(Visitor pia) {
        pia.id("begin:do").click();
        pia.awaitMessage("Draft created. Change its prices and publish it.");
        sets(pia, "2-4096-40-2000", "13");
        pia.awaitMessage("Price saved in the draft.");
        var change = pia.page().locator("#changes tbody tr");
        PlaywrightAssertions.assertThat(change).hasCount(1);
        PlaywrightAssertions.assertThat(change).containsText("12.50");
        PlaywrightAssertions.assertThat(change).containsText("13.00");
        pia.id("publish:from").fill("2020-01-01");
        pia.id("publish:do").click();
        pia.confirm("version 2");
        pia.awaitText("the version cannot apply before");
        pia.id("publish:from").fill("2031-01-01");
        pia.id("publish:do").click();
        pia.confirm("version 2");
        pia.awaitMessage("Version published.");
        pia.open("/admin/price-lists");
        PlaywrightAssertions.assertThat(
                        pia.page().locator("#lists tbody tr").filter(new Locator.FilterOptions().setHasText("DKK")))
                .containsText("2031");
        pia.fits();
    }

    /** A withdrawn announcement never applies: the list is unchanged. */
    private static void withdraws(Visitor pia) {
        pia.page()
                .locator("#lists tbody tr")
                .filter(new Locator.FilterOptions().setHasText("DKK"))
                .locator("a.lead")
                .click();
        pia.page().waitForURL("**/admin/price-lists/one?id=*");
        pia.fits();
        pia.id("withdraw:do").click();
        pia.awaitText("the prices of version 1 apply instead");
        pia.confirm("version 2");
        pia.awaitMessage("Version 2 withdrawn.");
        PlaywrightAssertions.assertThat(pia.id("withdraw:do")).hasCount(0);
        pia.awaitText("Withdrawn");
        pia.fits();
        pia.open("/admin/price-lists");
        PlaywrightAssertions.assertThat(
                        pia.page().locator("#lists tbody tr").filter(new Locator.FilterOptions().setHasText("DKK")))
                .not()
                .containsText("2031");
    }
}
