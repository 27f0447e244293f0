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
 * Operations longer than five seconds: the page shows the elapsed time, and a page or a file can be cancelled, which ends its request. Three
 * windows concurrently wait for responses that are held back.
 */
final class WaitStory {
    private static final Pattern SECONDS = Pattern.compile("0:\\d\\d");
    private static final double PATIENCE_MS = 30_000;
    private static final String SERVICES = "/portal/services";
    private static final String FILE = "**/services.csv*";
    private static final String WALLET = "/portal/wallet";
    private static final String WALLET_LINK = ".nav a[href='" + WALLET + "']";

    /** Position of the button when it is shown. */
    private static final String PLACE = """
            () => {
              const [panel, stop, whole] = ['busy', 'busy-stop', 'busy-whole'].map((id) => document.getElementById(id));
              const before = [panel.hidden, stop.hidden, whole.hidden];
              [panel.hidden, stop.hidden, whole.hidden] = [false, false, true];
              const box = stop.getBoundingClientRect();
              [panel.hidden, stop.hidden, whole.hidden] = before;
              return [box.x + box.width / 2, box.y + box.height / 2];
            }
            """;

    /** The page reports its waiting state: it cannot be queried during a navigation. */
    private static final String TELL = """
            () => {
              const panel = document.getElementById('busy');
              const tell = () => console.info(['waits', !panel.hidden, !document.getElementById('busy-stop').hidden,
                document.getElementById('main').classList.contains('leaving')].join(' '));
              new MutationObserver(tell).observe(panel, { attributes: true, attributeFilter: ['hidden'] });
            }
            """;

    private static final String LONG = "waits true true true";
    private static final String OVER = "waits false";

    /** A window navigating to a page that does not arrive, its reports, and the position of its cancel button. */
    private record SetOut(Page page, List<String> told, double x, double y) {}

    private WaitStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("wait-a");
        BrowserTestSetup.operator("willa@platform.example");
        try (var olga = chromium.visitor("wait-a.localhost");
                var willa = chromium.visitor("platform.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            willa.signIn("willa@platform.example", BrowserTestSetup.PASSWORD);
            willa.awaitUrl("/admin");
            willa.open("/admin/tenants/new");
            olga.open(SERVICES);
            var held = heldChanges(willa.page());
            var ended = asksForAFile(olga.page());
            var other = setsOut(olga);
            willa.id("new:create").dblclick();
            stopsTheFile(olga, ended);
            stays(other);
            waitsForTheChange(willa, held);
            takesTheFile(olga);
            olga.assertNoComplaints();
            willa.assertNoComplaints();
        }
    }

    private static List<String> asksForAFile(Page page) {
        var ended = new ArrayList<String>();
        page.onRequestFailed(request -> ended.add(request.url()));
        page.route(FILE, route -> {});
        press(page, ".table-status a.csv");
        return ended;
    }

    private static void stopsTheFile(Visitor olga, List<String> ended) {
        var page = olga.page();
        waits(page);
        assertThat(page.locator(".table-status a.csv")).isFocused();
        olga.fits();
        stops(page);
        page.waitForCondition(() -> ended.stream().anyMatch(url -> url.contains(".csv")));
        page.unroute(FILE);
    }

    /** No trace of the cancellation is left. */
    private static void takesTheFile(Visitor olga) {
        var file = olga.page()
                .waitForDownload(
                        () -> olga.page().locator(".table-status a.csv").click());
        assertThat(file.suggestedFilename()).startsWith("services-").endsWith(".csv");
        assertThat(olga.id("said")).containsText("Download ready.");
    }

    private static SetOut setsOut(Visitor olga) {
        var page = olga.newPage();
        page.navigate(olga.page().url());
        var place = (List<?>) page.evaluate(PLACE);
        var told = new ArrayList<String>();
        page.onConsoleMessage(message -> told.add(message.text()));
        page.evaluate(TELL);
        page.route("**" + WALLET, route -> {});
        press(page, WALLET_LINK);
        return new SetOut(page, told, ((Number) place.get(0)).doubleValue(), ((Number) place.get(1)).doubleValue());
    }

    /**
     * Cancelling a navigation stays on the current page, from which another one may start. During the navigation, no call that queries the page
     * is allowed: it would block. Only the mouse moves, and the page reports.
     */
    private static void stays(SetOut one) {
        var page = one.page();
        var here = page.url();
        page.waitForCondition(
                () -> one.told().contains(LONG), new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        page.mouse().click(one.x(), one.y());
        page.waitForCondition(() -> one.told().stream().anyMatch(line -> line.startsWith(OVER)));
        assertThat(page.locator("#busy")).isHidden();
        assertThat(page.locator(".busy-bar")).isHidden();
        assertThat(page.locator("#main.leaving")).hasCount(0);
        assertThat(page.locator(".skeleton")).hasCount(0);
        assertThat(page.url()).isEqualTo(here);
        page.unroute("**" + WALLET);
        page.locator(WALLET_LINK).click();
        page.waitForURL("**" + WALLET);
        page.close();
    }

    private static List<Route> heldChanges(Page page) {
        var held = new ArrayList<Route>();
        page.route("**/admin/tenants/new*", route -> {
            if (route.request().method().equals("POST")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        return held;
    }

    /** A brand is created completely or not at all, and a double click creates one. */
    private static void waitsForTheChange(Visitor willa, List<Route> held) {
        waits(willa.page());
        assertThat(held).hasSize(1);
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

    /** A click would wait for its result, a key press does not. */
    private static void press(Page page, String what) {
        page.locator(what).focus();
        page.keyboard().press("Enter");
    }
}
