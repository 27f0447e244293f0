package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a page may cost whoever opens it for the first time: bytes over the line, and on a machine four times slower than this one the time
 * until the largest thing is painted, and how much of the page jumps meanwhile. The median of three looks counts.
 */
final class BudgetStory {
    private static final String SLUG = "path-n";
    private static final int LOOKS = 3;
    private static final int SLOWER = 4;
    private static final double BYTES_MAX = 300_000;
    private static final double PAINT_MAX_MILLIS = 1_500;
    private static final double SHIFT_MAX = 0.05;

    private BudgetStory() {}

    private record Cost(double bytes, double paintMillis, double shift) {}

    static void tell(Chromium chromium) {
        Stage.brand(SLUG);
        var faults = new ArrayList<String>();
        for (var path : List.of("/", "/sign-in")) {
            judge(chromium, "", path, faults);
        }
        for (var path : List.of("/portal", "/portal/services")) {
            judge(chromium, "olga@kiosk.example", path, faults);
        }
        judge(chromium, "sam@" + SLUG + ".example", "/staff", faults);
        assertThat(faults).as("pages that cost too much").isEmpty();
    }

    private static void judge(Chromium chromium, String email, String path, List<String> faults) {
        var costs = new ArrayList<Cost>();
        try (var person = chromium.visitor(SLUG + ".localhost")) {
            if (!email.isEmpty()) {
                person.signsInSomehow(email, Stage.PASSWORD);
            }
            person.go(path); // The first look of all is the server's, which has not drawn this page yet.
            for (var look = 0; look < LOOKS; look++) {
                costs.add(look(person, path));
            }
            person.isContent();
        }
        var bytes = median(costs.stream().mapToDouble(Cost::bytes).toArray());
        var paint = median(costs.stream().mapToDouble(Cost::paintMillis).toArray());
        var shift = median(costs.stream().mapToDouble(Cost::shift).toArray());
        System.out.printf("%s: %.0f kB, painted after %.0f ms, shift %.3f%n", path, bytes / 1000, paint, shift);
        if (bytes > BYTES_MAX) {
            faults.add(path + " has " + bytes + " bytes");
        }
        if (paint > PAINT_MAX_MILLIS) {
            faults.add(path + " is painted after " + paint + " ms");
        }
        if (shift > SHIFT_MAX) {
            faults.add(path + " jumps by " + shift);
        }
    }

    /** One look with nothing kept from before. */
    private static Cost look(Visitor person, String path) {
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
