package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import io.tenantry.cluster.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The cost of a page on a first visit: transferred bytes, and on a machine four times slower than this one the time until the largest
 * contentful paint, and the layout shift; of the main page of each surface, of the customers' most used pages, and of two on a phone. The
 * median of three visits counts; if the first two are both good enough, the third is skipped.
 */
final class BudgetStory {
    private static final String SLUG = "path-n";
    private static final int LOOKS = 3;
    private static final int SLOWER = 4;
    private static final double BYTES_MAX = 300_000;
    private static final double PAINT_MAX_MILLIS = 1_500;
    private static final double SHIFT_MAX = 0.05;

    private static final String HOST = SLUG + ".localhost";
    private static final String ON_A_PHONE = ", on a phone";

    private final List<String> faults = new ArrayList<>();

    private BudgetStory() {}

    private record Cost(double bytes, double paintMillis, double shift) {
        boolean isFair() {
            return bytes <= BYTES_MAX && paintMillis <= PAINT_MAX_MILLIS && shift <= SHIFT_MAX;
        }
    }

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand(SLUG);
        BrowserTestSetup.operator("nora@platform.example");
        var customers =
                List.of("/portal", "/portal/services", "/portal/service?id=" + made.id("service"), "/portal/order");
        var story = new BudgetStory();
        story.visit("", chromium.visitor(HOST), "", List.of("/", "/sign-in"));
        story.visit("", chromium.visitor(HOST), "olga@kiosk.example", customers);
        story.visit("", chromium.visitor(HOST), "sam@" + SLUG + ".example", List.of("/staff"));
        story.visit("", chromium.visitor("platform.localhost"), "nora@platform.example", List.of("/admin"));
        story.visit(ON_A_PHONE, chromium.phone(HOST), "", List.of("/"));
        story.visit(ON_A_PHONE, chromium.phone(HOST), "olga@kiosk.example", List.of("/portal"));
        assertThat(story.faults).as("pages that cost too much").isEmpty();
    }

    private void visit(String how, Visitor visitor, String email, List<String> paths) {
        try (var person = visitor) {
            if (!email.isEmpty()) {
                person.signInInAnyLanguage(email, BrowserTestSetup.PASSWORD);
            }
            paths.forEach(path -> judge(how, person, path));
            person.assertNoComplaints();
        }
    }

    private void judge(String how, Visitor person, String path) {
        var costs = new ArrayList<Cost>();
        person.go(path); // The very first visit warms up the server, which has not rendered this page yet.
        for (var look = 0; look < LOOKS && (look < LOOKS - 1 || !costs.stream().allMatch(Cost::isFair)); look++) {
            costs.add(inspect(person, path));
        }
        var page = path.replaceAll("\\?.*", "") + how;
        var bytes = median(costs.stream().mapToDouble(Cost::bytes).toArray());
        var paint = median(costs.stream().mapToDouble(Cost::paintMillis).toArray());
        var shift = median(costs.stream().mapToDouble(Cost::shift).toArray());
        Results.showOutcome(String.format(
                Locale.ROOT, "%s: %.0f kB, painted after %.0f ms, shift %.3f", page, bytes / 1000, paint, shift));
        if (bytes > BYTES_MAX) {
            faults.add(page + " has " + bytes + " bytes");
        }
        if (paint > PAINT_MAX_MILLIS) {
            faults.add(page + " is painted after " + paint + " ms");
        }
        if (shift > SHIFT_MAX) {
            faults.add(page + " jumps by " + shift);
        }
    }

    /** Visits once with an empty cache. */
    private static Cost inspect(Visitor person, String path) {
        var devtools = person.page().context().newCDPSession(person.page());
        var bytes = new double[1];
        devtools.send("Network.enable");
        devtools.on("Network.loadingFinished", event -> bytes[0] += number(event, "encodedDataLength"));
        devtools.send("Network.clearBrowserCache");
        cpu(devtools, SLOWER);
        person.go(path);
        person.page().waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        var paint = ((Number) person.page().evaluate("""
                () => new Promise(done => {
                  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
                    .observe({type: 'largest-contentful-paint', buffered: true});
                  setTimeout(() => done(99999), 3000);
                })
                """)).doubleValue();
        var shift = ((Number) person.page().evaluate("""
                () => new Promise(done => {
                  let sum = 0;
                  new PerformanceObserver(list => { for (const it of list.getEntries()) if (!it.hadRecentInput) sum += it.value; })
                    .observe({type: 'layout-shift', buffered: true});
                  setTimeout(() => done(sum), 300);
                })
                """)).doubleValue();
        cpu(devtools, 1);
        devtools.detach();
        return new Cost(bytes[0], paint, shift);
    }

    private static void cpu(CDPSession devtools, int slower) {
        var rate = new JsonObject();
        rate.addProperty("rate", slower);
        devtools.send("Emulation.setCPUThrottlingRate", rate);
    }

    private static double number(JsonObject event, String name) {
        return event.has(name) ? event.get(name).getAsDouble() : 0;
    }

    private static double median(double... values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
