package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A reseller changes color and logo, which appear at once on the sign-in page, inside and in emails. No other brand is named. */
final class BrandStory {
    private static final String LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 40'>"
            + "<style>.a{fill:#b93815}</style><rect class='a' width='120' height='40' fill='#b93815'/></svg>";
    private static final Pattern STRANGE =
            Pattern.compile("tenantry|wildfly|undertow|primefaces|path-y", Pattern.CASE_INSENSITIVE);

    private static final String PNG = "137,80,78,71,";
    private static final Pattern INCIDENT = Pattern.compile("[2-9a-z]{5}-[2-9a-z]{5}");

    private BrandStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-x");
        BrowserTestSetup.brand("path-y");
        try (var sam = chromium.visitor("path-x.localhost")) {
            sam.signIn("sam@path-x.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            isRefused(sam);
            var icons = icons(sam);
            publishes(sam);
            showsItsOwn(sam, icons);
            writesTheImprint(sam);
            sam.assertNoComplaints();
            isSeenAtTheDoor(chromium);
            readsTheMail(sam);
            namesNobodyElse(sam);
            restores(sam);
        }
    }

    private static void isRefused(Visitor sam) {
        sam.open("/staff/brand");
        sam.id("brand:support_url").fill("not an address");
        sam.id("brand:publish").click();
        PlaywrightAssertions.assertThat(sam.id("brand:support_url_error")).containsText("full URL");
        sam.fits();
        sam.open("/staff/brand");
    }

    private static void publishes(Visitor sam) {
        sam.id("brand:name").fill("Ember Cloud");
        sam.page().locator("[data-preset*='#b93815']").click();
        PlaywrightAssertions.assertThat(sam.page().locator("#panes .pane").first())
                .hasAttribute("style", Pattern.compile("--brand: #b93815"));
        uploads(sam, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script>evil()</script></svg>");
        PlaywrightAssertions.assertThat(sam.id("brand:logo_error")).containsText("(script)");
        uploads(sam, LOGO);
        sam.page().locator("[id='brand:logo-part'] img").waitFor();
        sam.id("brand:publish").click();
        sam.page().waitForURL("**/staff/brand");
        sam.awaitText("Version 2");
        var mark = sam.page().locator(".side .mark img");
        PlaywrightAssertions.assertThat(mark).isVisible();
        assertThat(mark.evaluate("image => fetch(image.src).then(answer => answer.headers.get('content-type'))"))
                .asString()
                .isEqualToIgnoringCase("image/svg+xml;charset=utf-8");
        sam.fits();
    }

    private static void uploads(Visitor sam, String drawing) {
        sam.page()
                .locator("[id='brand:logo-part'] input[type=file]")
                .setInputFiles(new FilePayload("logo.svg", "image/svg+xml", drawing.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the icons of tab and phone home screen, byte by byte. */
    private static List<String> icons(Visitor sam) {
        return List.of(sam.bytes("/favicon.ico"), sam.bytes("/brand/icon-180.png"));
    }

    /** Drawings, downloads and refusals have the new logo and name at once. */
    private static void showsItsOwn(Visitor sam, List<String> before) {
        var after = icons(sam);
        for (var i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).startsWith(PNG).isNotEqualTo(before.get(i));
        }
        assertThat(sam.text("/staff/services.csv")).startsWith("\"Ember Cloud\",");
        assertThat(sam.go("/nowhere").status()).isEqualTo(404);
        assertThat(sam.page().title()).endsWith("· Ember Cloud");
        PlaywrightAssertions.assertThat(sam.page().locator(".incident code")).hasText(INCIDENT);
        sam.clearExpectedStatuses();
    }

    private static void writesTheImprint(Visitor sam) {
        sam.open("/staff/legal");
        sam.id("legal:body").fill("# Imprint\n\nEmber Cloud, <script>alert(1)</script> Main Street 1");
        sam.id("legal:publish").click();
        sam.page().waitForURL("**/staff/legal?text=imprint");
        sam.open("/legal?text=imprint");
        sam.awaitText("Main Street 1");
        assertThat(sam.page().locator("main script").count()).isZero();
        assertThat(sam.status("/legal?text=terms")).isEqualTo(404);
        assertThat(sam.text("/sitemap.xml"))
                .contains("/legal?text=imprint</loc>")
                .doesNotContain("text=terms");
        sam.clearComplaints();
    }

    private static void isSeenAtTheDoor(Chromium chromium) {
        try (var olga = chromium.visitor("path-x.localhost")) {
            olga.open("/sign-in");
            assertThat(olga.page().title()).contains("Ember Cloud");
            assertThat(olga.text("/brand.css")).contains("--brand: #b93815");
            assertThat(olga.text(olga.page().locator(".story .mark img").first().getAttribute("src")))
                    .contains("#b93815")
                    .doesNotContain("script");
            PlaywrightAssertions.assertThat(olga.page().getByText("Imprint")).isVisible();
            olga.page().locator("#forgot").click();
            olga.id("forgot:email").fill("olga@kiosk.example");
            olga.id("forgot:ask").click();
            olga.awaitText("No mail server is configured, so no link was sent.");
            olga.assertNoComplaints();
        }
    }

    private static void readsTheMail(Visitor sam) {
        sam.open("/staff/mails");
        sam.page().locator("a.lead").first().click();
        sam.page().waitForURL("**/staff/mail?id=*");
        sam.fits();
        var letter = sam.page().frameLocator(".mail-frame");
        letter.locator("h1").waitFor();
        assertThat(letter.locator("body").innerText()).contains("Ember Cloud");
        var action = letter.locator("a").first();
        assertThat(action.getAttribute("style")).contains("#b93815");
        assertThat(action.getAttribute("href"))
                .startsWith("http://path-x.localhost")
                .endsWith("/link#hidden");
        sam.clearComplaints();
    }

    private static void namesNobodyElse(Visitor sam) {
        for (var path : List.of(
                "/staff",
                "/staff/customers",
                "/staff/plans",
                "/staff/brand",
                "/staff/legal",
                "/staff/mails",
                "/staff/me",
                "/sign-in",
                "/forgot",
                "/legal?text=imprint",
                "/nowhere")) {
            sam.go(path);
            assertThat(sam.page().title() + "\n" + sam.page().locator("body").innerText())
                    .as(path)
                    .doesNotContainPattern(STRANGE);
        }
        for (var path : List.of("/brand.css", "/site.webmanifest")) {
            assertThat(sam.text(path)).as(path).doesNotContainPattern(STRANGE);
        }
        assertThat(sam.text("/site.webmanifest")).contains("Ember Cloud");
        assertThat(sam.status("/brand/icon-512.png")).isEqualTo(200);
        assertThat(sam.headers("/sign-in")).doesNotContainPattern(STRANGE);
        sam.clearComplaints();
    }

    private static void restores(Visitor sam) {
        sam.open("/staff/brand");
        sam.page().locator(".versions li").last().locator("[type=submit]").click();
        sam.awaitText("Version 3");
        assertThat(sam.page().title()).contains("Brand path-x");
        sam.assertNoComplaints();
    }
}
