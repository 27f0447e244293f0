package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What takes longer than five seconds: it says how long already, and a file can be stopped, which ends its request. Two windows
 * wait at once for answers that are held back on their way.
 */
final class WaitStory {
    private static final Pattern SECONDS = Pattern.compile("0:\\d\\d");
    private static final double PATIENCE_MS = 30_000;
    private static final String SERVICES = "/portal/services";
    private static final String FILE = "**/services.csv*";

    private WaitStory() {}

    static void tell(Chromium chromium) {
        Stage.brand("wait-a");
        Stage.operator("willa@platform.example");
        try (var olga = chromium.visitor("wait-a.localhost");
                var willa = chromium.visitor("platform.localhost")) {
            olga.signIn("olga@kiosk.example", Stage.PASSWORD);
            olga.arrives("/portal");
            willa.signIn("willa@platform.example", Stage.PASSWORD);
            willa.arrives("/console");
            willa.open("/console/tenants/new");
            olga.open(SERVICES);
            var held = heldChanges(willa.page());
            var ended = asksForAFile(olga.page());
            willa.id("new:create").click();
            stopsTheFile(olga, ended);
            waitsForTheChange(willa, held);
            takesTheFile(olga);
            olga.isContent();
            willa.isContent();
        }
    }

    private static List<String> asksForAFile(Page page) {
        var ended = new ArrayList<String>();
        page.onRequestFailed(request -> ended.add(request.url()));
        page.route(FILE, route -> {});
        press(page, ".standing a.csv");
        return ended;
    }

    private static void stopsTheFile(Visitor olga, List<String> ended) {
        var page = olga.page();
        waits(page);
        assertThat(page.locator(".standing a.csv")).isFocused();
        olga.fits();
        stops(page);
        page.waitForCondition(() -> ended.stream().anyMatch(url -> url.contains(".csv")));
        page.unroute(FILE);
    }

    /** Nothing is left of having stopped it. */
    private static void takesTheFile(Visitor olga) {
        var file = olga.page()
                .waitForDownload(() -> olga.page().locator(".standing a.csv").click());
        assertThat(file.suggestedFilename()).startsWith("services-").endsWith(".csv");
        assertThat(olga.id("said")).containsText("The file is here.");
    }

    private static List<Route> heldChanges(Page page) {
        var held = new ArrayList<Route>();
        page.route("**/console/tenants/new*", route -> {
            if (route.request().method().equals("POST")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        return held;
    }

    /** A brand is made wholly or not at all. */
    private static void waitsForTheChange(Visitor willa, List<Route> held) {
        waits(willa.page());
        assertThat(willa.id("busy-stop")).isHidden();
        assertThat(willa.id("busy-whole")).isVisible();
        held.forEach(Route::resume);
        assertThat(willa.id("new:name_error")).isVisible();
        assertThat(willa.id("busy")).isHidden();
        assertThat(willa.page().locator(".busy-bar")).isHidden();
    }

    private static void waits(Page page) {
        assertThat(page.locator("#busy")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        assertThat(page.locator("#busy-time")).hasText(SECONDS);
        assertThat(page.locator(".busy-bar")).isVisible();
    }

    private static void stops(Page page) {
        press(page, "#busy-stop");
        assertThat(page.locator("#busy")).isHidden();
        assertThat(page.locator(".busy-bar")).isHidden();
    }

    /** A click would wait for what comes of it, a key does not. */
    private static void press(Page page, String what) {
        page.locator(what).focus();
        page.keyboard().press("Enter");
    }
}
