package io.tenantry.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads keys from system properties, then from the environment, and collects every fault instead of stopping at the first. */
final class SettingsSource {
    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();

    SettingsSource(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    String text(String key, String fallback, String pattern, String allowed) {
        var found = raw(key);
        if (found == null) {
            return fallback;
        }
        if (!found.matches(pattern)) {
            fault(key, found, allowed);
            return fallback;
        }
        return found;
    }

    boolean flag(String key, boolean fallback) {
        var found = raw(key);
        if (found == null) {
            return fallback;
        }
        if (!found.equals("true") && !found.equals("false")) {
            fault(key, found, "true or false");
            return fallback;
        }
        return found.equals("true");
    }

    int whole(String key, int fallback, int least, int most) {
        var found = raw(key);
        if (found == null) {
            return fallback;
        }
        if (found.matches("-?\\d{1,9}")) {
            var value = Integer.parseInt(found);
            if (value >= least && value <= most) {
                return value;
            }
        }
        fault(key, found, "a whole number from " + least + " to " + most);
        return fallback;
    }

    Duration span(String key, Duration fallback, Duration least, Duration most) {
        var found = raw(key);
        if (found == null) {
            return fallback;
        }
        try {
            var value = Duration.parse(found);
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (DateTimeException notADuration) {
            // Reported below, with the bounds, like a value out of range.
        }
        fault(key, found, "an ISO-8601 duration from " + least + " to " + most);
        return fallback;
    }

    NetworkBlocks networks(String key) {
        var found = raw(key);
        var blocks = NetworkBlocks.parse(found == null ? "" : found);
        if (found != null && blocks.isEmpty()) {
            fault(key, found, "addresses and CIDR blocks with commas between, such as 10.0.0.0/8, 2001:db8::7");
        }
        return blocks.or(() -> NetworkBlocks.parse("")).orElseThrow();
    }

    BigDecimal amount(String key, BigDecimal fallback) {
        var found = raw(key);
        if (found == null) {
            return fallback;
        }
        if (found.matches("\\d{1,12}(\\.\\d{1,8})?")) {
            return new BigDecimal(found);
        }
        fault(key, found, "an amount such as 12.50, at most 8 decimals");
        return fallback;
    }

    String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "node";
        }
    }

    /**
     * Finishes reading; throws if there was a fault.
     *
     * @param hints further problems that are not faults but may have caused one
     */
    void refuseFaults(List<String> hints) {
        if (!faults.isEmpty()) {
            var all = new ArrayList<>(faults);
            all.addAll(hints);
            throw new ConfigurationError(List.copyOf(all));
        }
    }

    /** Returns a property of the server itself. */
    String property(String key, String fallback) {
        var found = properties.apply(key);
        return found == null || found.isBlank() ? fallback : found.strip();
    }

    /**
     * Returns a variable of the server's configuration as the server resolves {@code ${env.NAME}}: there is no system property
     * {@code tenantry.x.y} for it. Empty if it is not set.
     */
    String serverVariable(String name) {
        var found = environment.apply(name);
        return property("env." + name, found == null ? "" : found.strip());
    }

    boolean isSet(String key) {
        return raw(key) != null;
    }

    /** Returns the names of the environment variables that were looked up. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    private @Nullable String raw(String key) {
        names.add(environmentName(key));
        var property = properties.apply(key);
        var found = property != null ? property : environment.apply(environmentName(key));
        return found == null || found.isBlank() ? null : found.strip();
    }

    static String environmentName(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void fault(String key, String found, String allowed) {
        fault(key, "found \"" + found + "\", allowed is " + allowed);
    }

    /** Records a fault of a key that is not visible from its value alone. */
    void fault(String key, String why) {
        faults.add(key + " (" + environmentName(key) + "): " + why);
    }

    /** Records a fault of a variable of the server's configuration. */
    void serverVariableFault(String name, String why) {
        faults.add(name + ": " + why);
    }
}
