package io.tenantry.web.people.profile;

import java.util.Arrays;
import java.util.Optional;

/** The display name of a browser: the first matching name is used, since all browsers claim to be others. */
public final class Device {
    private static final String[][] BROWSERS = {
        {"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrom", "Chrome"}, {"Safari/", "Safari"},
    };
    private static final String[][] SYSTEMS = {
        {"iPhone", "iPhone"},
        {"iPad", "iPad"},
        {"Android", "Android"},
        {"Windows", "Windows"},
        {"Mac OS", "macOS"},
        {"CrOS", "ChromeOS"},
        {"Linux", "Linux"},
    };

    private Device() {}

    /** Returns a name such as {@code Firefox · Windows}; unknown parts are omitted. */
    public static String of(String userAgent) {
        var browser = first(BROWSERS, userAgent);
        var system = first(SYSTEMS, userAgent);
        if (browser.isPresent() && system.isPresent()) {
            return browser.get() + " · " + system.get();
        }
        return browser.or(() -> system).orElse("");
    }

    private static Optional<String> first(String[][] names, String userAgent) {
        return Arrays.stream(names)
                .filter(name -> userAgent.contains(name[0]))
                .map(name -> name[1])
                .findFirst();
    }
}
