package io.tenantry.kernel.time;

import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The time zones of resellers: those that Java, PostgreSQL and browsers know by the same name and with the same meaning. Java knows more,
 * such as {@code SystemV/PST8}, with which neither a query nor a page works.
 */
public final class TimeZones {
    private static final Pattern REGION_AND_CITY =
            Pattern.compile("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*");

    private static final List<String> ALL = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.equals("UTC") || REGION_AND_CITY.matcher(zone).matches())
            .sorted()
            .toList();

    private TimeZones() {}

    /** Returns the names of all time zones, sorted. */
    public static List<String> all() {
        return ALL;
    }

    /** Whether the text is the name of one of these time zones. */
    public static boolean isKnown(String zone) {
        return ALL.contains(zone);
    }
}
