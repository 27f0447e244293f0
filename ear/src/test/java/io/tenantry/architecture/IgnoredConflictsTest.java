package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A statement that does nothing if there is such a row says so only by the number of rows that it wrote. Whoever ignores that number may tell a user
 * that something was saved that was not; it is ignored only where the row that is there is as good as the new one.
 */
class IgnoredConflictsTest {
    private static final Pattern NOTHING = Pattern.compile("\\bdo nothing\\b");
    private static final Pattern CONSTANT = Pattern.compile("static final String (\\w+) =[^;]*\\bdo nothing\\b");

    /** A statement of its own, or the body of a lambda in a statement without a result. */
    private static final Pattern IGNORED =
            Pattern.compile("(?<=[;{}])\\s*+(?:(?!return\\b)[^;{}=]*?->\\s*)?sql\\.(?:update|batch)\\(([^;]*?)\\)+;");

    private static final Map<String, String> AS_GOOD = Map.ofEntries(
            Map.entry("AuditChain", "a seal of the same head is the same seal"),
            Map.entry("BackupTransactions", "the provider lists the same backup again"),
            Map.entry("BrandEditor", "a version that is kept already never changes"),
            Map.entry("ConsoleKeyRepository", "the key that is there is read afterwards and used"),
            Map.entry("DunningTransactions", "a case of the wallet is open already, found by the same run"),
            Map.entry("HostKeys", "the key that is there is read afterwards and returned"),
            Map.entry("InvoiceFiles", "the file of a document is made once and never changes"),
            Map.entry("Ledger", "the account is read afterwards; any is as good"),
            Map.entry("NumberSequence", "the series is read afterwards, under its lock"),
            Map.entry("PendingMembers", "who accepts an invitation and is a member already stays one"),
            Map.entry("Regions", "the region is there, whatever its name"),
            Map.entry("ServerAddresses", "the address is there, which is all that is recorded of it"),
            Map.entry("SettlementArchive", "the file of a document is made once and never changes"),
            Map.entry("SettlementCredits", "the series is read afterwards, under its lock"),
            Map.entry("Settlements", "the series is read afterwards, under its lock"),
            Map.entry("WholesaleUsage", "the rate of a month is settled once; a repeated run keeps it"));

    @Test
    void areListedWithTheirReason() throws IOException {
        var ignored = new TreeMap<String, String>();
        var checked = 0;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (var file : files.filter(path -> path.toString().contains("src/main/java/")
                            && path.toString().endsWith(".java"))
                    .toList()) {
                var source = Files.readString(file);
                if (NOTHING.matcher(source).find()) {
                    checked++;
                    if (isIgnored(source)) {
                        var name = file.getFileName().toString().replace(".java", "");
                        ignored.put(name, file.toString());
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(35);
        assertThat(new TreeSet<>(ignored.keySet())).isEqualTo(new TreeSet<>(AS_GOOD.keySet()));
    }

    private static boolean isIgnored(String source) {
        // Text blocks contain semicolons only at their ends, and comments would hide the start of a statement.
        var plain = source.replaceAll("(?m)//.*$", "").replaceAll("(?s)/\\*.*?\\*/", "");
        var constants = new TreeSet<String>();
        CONSTANT.matcher(plain).results().forEach(found -> constants.add(found.group(1)));
        return IGNORED.matcher(plain)
                .results()
                .map(found -> found.group(1))
                .anyMatch(arguments -> NOTHING.matcher(arguments).find()
                        || constants.stream().anyMatch(name -> arguments.matches("(?s)[^,]*\\b" + name + "\\b.*")));
    }
}
