package io.tenantry.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules that settings must meet together so that a server is safe by default. A site on this machine only ({@code *.localhost}, which browsers
 * never look up elsewhere) needs no TLS; a demo is allowed only there.
 */
final class SettingsRules {
    /** An https URL; http is accepted for this machine only, as in tests. */
    static final String URL =
            "(https://[^\\s/?#]+|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?)(/[^\\s?#]*)?";

    private static final String LOOPBACK = "localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]|0:0:0:0:0:0:0:1";

    /** OWASP's minimum for Argon2id, as of 2026. */
    private static final int PASSWORD_MEMORY_MIN = 19_456;

    private static final String PREFIX = "TENANTRY_";

    private static final String DATABASE_URL = "TENANTRY_DB_URL";

    /** The passwords of the three users of the database, which have no default either. */
    private static final List<String> DATABASE_PASSWORDS =
            List.of("TENANTRY_DB_PASSWORD", "TENANTRY_DB_ADMIN_PASSWORD", "TENANTRY_DB_BATCH_PASSWORD");

    /** Variables read by the server's configuration ({@code install.cli}) and by the scripts that accompany it. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "TENANTRY_CONNECTIONS",
            "TENANTRY_DB_ADMIN_PASSWORD",
            "TENANTRY_DB_BATCH_PASSWORD",
            "TENANTRY_DB_CHARGING_POOL",
            "TENANTRY_DB_PASSWORD",
            "TENANTRY_DB_POOL",
            DATABASE_URL,
            "TENANTRY_MAIL_FROM",
            "TENANTRY_MAIL_PORT",
            "TENANTRY_MAIL_STARTTLS",
            "TENANTRY_MAIL_TLS",
            "TENANTRY_TX_NODE");

    private SettingsRules() {}

    /** Whether a host name denotes the local machine. */
    static boolean isLocal(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    /** Adds unsafe combinations of settings to the faults of the source. */
    static void check(Settings settings, SettingsSource settingsSource) {
        checkDatabase(settingsSource);
        var isLocal = isLocal(settings.platformHost());
        if (!settings.demo() && !settingsSource.isSet("tenantry.platform.host")) {
            settingsSource.fault("tenantry.platform.host", "must be set, to the host of the platform console");
        }
        if (settings.demo() && !isLocal) {
            settingsSource.fault(
                    "tenantry.demo", "a demo is on this machine alone: the platform's host must end in .localhost");
        }
        if (settings.demo()
                && !settingsSource.property("jboss.bind.address", "127.0.0.1").matches(LOOPBACK)) {
            settingsSource.fault(
                    "tenantry.demo", "a demo is on this machine alone: the server must listen on 127.0.0.1");
        }
        if (!settings.tls() && !isLocal) {
            settingsSource.fault("tenantry.tls", "must be true, unless the platform's host ends in .localhost");
        }
        var exports = Path.of(settings.exportsFolder());
        if (settingsSource.isSet("tenantry.exports.folder")
                && !(Files.isDirectory(exports) && Files.isWritable(exports))) {
            settingsSource.fault(
                    "tenantry.exports.folder", "must be a folder that is there and that the server may write to");
        }
        if (!settings.mailHost().isEmpty() && settings.secretKeysFile().isEmpty()) {
            settingsSource.fault(
                    "tenantry.secret.keys-file",
                    "must be set with a mail server: links in waiting mails are sealed by it");
        }
    }

    /** The datasources have placeholders where these are missing ({@code install.cli}). No message contains a value: a URL may have a password. */
    private static void checkDatabase(SettingsSource settingsSource) {
        var url = settingsSource.serverVariable(DATABASE_URL);
        if (url.isEmpty()) {
            settingsSource.serverVariableFault(DATABASE_URL, "must be set, to jdbc:postgresql://host:5432/tenantry");
        } else if (!url.matches("jdbc:postgresql:\\S+")) {
            settingsSource.serverVariableFault(
                    DATABASE_URL, "must be of the form jdbc:postgresql://host:5432/tenantry, without spaces");
        }
        for (var password : DATABASE_PASSWORDS) {
            if (settingsSource.serverVariable(password).isEmpty()) {
                settingsSource.serverVariableFault(password, "must be set");
            }
        }
    }

    /** Returns warnings about settings that are inadvisable, and about variables that nothing reads. */
    static List<String> warnings(Settings settings, Set<String> read, Set<String> environment) {
        var warnings = new ArrayList<String>();
        if (settings.passwords().memoryKib() < PASSWORD_MEMORY_MIN && !isLocal(settings.platformHost())) {
            warnings.add("tenantry.password.memory-kib: " + settings.passwords().memoryKib()
                    + " makes stolen passwords easy to guess; use " + PASSWORD_MEMORY_MIN + " or more");
        }
        warnings.addAll(unread(read, environment));
        return warnings;
    }

    /** Variables without a setting of that name, probably mistyped. */
    static List<String> unread(Set<String> read, Set<String> environment) {
        var known = new TreeSet<>(read);
        known.addAll(OF_THE_SERVER);
        return environment.stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> name + " is set, but nothing reads it; did you mean " + nearest(name, known) + "?")
                .toList();
    }

    private static String nearest(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(one -> distance(name, one)))
                .orElseThrow();
    }

    /** Returns the edit distance: the number of characters inserted, deleted or substituted. */
    private static int distance(String one, String other) {
        var before = new int[other.length() + 1];
        for (var j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
