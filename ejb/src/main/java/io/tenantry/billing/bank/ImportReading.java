package io.tenantry.billing.bank;

import io.tenantry.billing.bank.statement.BankStatement;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.CsvLayout;
import io.tenantry.billing.bank.statement.ReadDefaults;
import io.tenantry.billing.bank.statement.StatementFile;
import io.tenantry.billing.bank.statement.StatementFormat;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.billing.bank.statement.StatementReader;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Result of reading a bank file with given settings: its statement, or a problem that other settings can solve.
 *
 * @param settings the settings for reading it, entered by a person or taken from a saved profile
 */
record ImportReading(
        StatementFile file,
        Map<String, String> settings,
        Optional<CsvLayout> layout,
        Optional<BankStatement> statement,
        Optional<StatementProblem> problem) {
    /** Maximum number of rows of a file. */
    static final int ROWS_MAX = 20_000;

    private static final int SAMPLES = 3;
    private static final int SAMPLE_MAX = 40;

    /**
     * Reads a file.
     *
     * @param names the configured names of columns, used for detection
     * @throws UnreadableStatement if no settings can help
     */
    static ImportReading of(
            StatementFile file, Map<String, String> settings, Map<ColumnRole, String> names, ReadDefaults defaults)
            throws UnreadableStatement {
        var profile = ProfileSettings.profile(settings).withNames(names);
        var own = defaults.withAccount(ProfileSettings.account(settings).orElse(defaults.account()));
        if (file.format() != StatementFormat.CSV) {
            return bounded(new ImportReading(
                    file,
                    ProfileSettings.withoutTable(settings),
                    Optional.empty(),
                    Optional.of(StatementReader.read(file, profile, own)),
                    Optional.empty()));
        }
        var layout = StatementReader.layout(file, profile, own);
        if (layout.problem().isPresent()) {
            return new ImportReading(file, settings, Optional.of(layout), Optional.empty(), layout.problem());
        }
        if (!layout.unknown().isEmpty()) {
            var unknown = new StatementProblem(Reason.UNKNOWN_COLUMN, layout.headerLine(), unknown(layout));
            return new ImportReading(file, settings, Optional.of(layout), Optional.empty(), Optional.of(unknown));
        }
        try {
            return bounded(new ImportReading(
                    file,
                    settings,
                    Optional.of(layout),
                    Optional.of(StatementReader.read(file, profile, own)),
                    Optional.empty()));
        } catch (UnreadableStatement unreadable) {
            return new ImportReading(
                    file, settings, Optional.of(layout), Optional.empty(), Optional.of(unreadable.problem()));
        }
    }

    /** Returns the names of unknown columns, or their numbers. */
    private static String unknown(CsvLayout layout) {
        return layout.unknown().stream()
                .map(at ->
                        at < layout.header().size() && !layout.header().get(at).isBlank()
                                ? clean(layout.header().get(at))
                                : Integer.toString(at + 1))
                .collect(Collectors.joining(", "));
    }

    private static ImportReading bounded(ImportReading reading) {
        var rows = reading.statement().map(read -> read.rows().size()).orElse(0);
        if (rows > ROWS_MAX) {
            return reading.refused(Reason.TOO_MANY, Integer.toString(rows));
        }
        return reading.statement()
                .flatMap(read -> read.totals().beyondRecording())
                .map(sum -> reading.refused(Reason.TOTALS, sum.toPlainString()))
                .orElse(reading);
    }

    private ImportReading refused(Reason reason, String detail) {
        return new ImportReading(
                file, settings, layout, Optional.empty(), Optional.of(new StatementProblem(reason, 0, detail)));
    }

    /** The fingerprint by which a saved profile is found: of the header, or of the accounts in a camt file; empty if nothing was read. */
    String fingerprint() {
        return layout.map(CsvLayout::fingerprint)
                .or(() -> statement.map(read -> TransactionFingerprints.digest(
                        ("camt.053\n" + String.join("\n", accounts(read))).getBytes(StandardCharsets.UTF_8))))
                .orElse("");
    }

    private static Set<String> accounts(BankStatement statement) {
        var accounts = new TreeSet<String>();
        statement.transactions().forEach(transaction -> accounts.add(transaction.account()));
        statement.reviews().forEach(row -> accounts.add(row.known().account()));
        return accounts;
    }

    /** Returns how the file was interpreted, as texts by name. */
    Map<String, String> understood() {
        var settings = new TreeMap<String, String>();
        layout.ifPresent(known -> {
            settings.putAll(ProfileSettings.of(known.profile()));
            known.currency().ifPresent(currency -> settings.put(ProfileSettings.CURRENCY, currency.getCurrencyCode()));
            if (!known.unknown().isEmpty()) {
                settings.put(
                        ProfileSettings.UNKNOWN_COLUMNS,
                        known.unknown().stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
        });
        statement
                .filter(read -> !read.unknownLines().isEmpty())
                .ifPresent(read -> settings.put(ProfileSettings.UNKNOWN_LINES, String.join("\n", read.unknownLines())));
        return settings;
    }

    /** Returns the names of the columns; empty texts if there is no header. */
    List<String> header() {
        return layout.map(known -> {
                    var names = new ArrayList<String>();
                    for (var at = 0; at < known.width(); at++) {
                        names.add(
                                at < known.header().size()
                                        ? clean(known.header().get(at))
                                        : "");
                    }
                    return List.copyOf(names);
                })
                .orElse(List.of());
    }

    /** Returns some sample values for each column. */
    List<String> samples() {
        return layout.map(known -> {
                    var samples = new ArrayList<String>();
                    for (var at = 0; at < known.width(); at++) {
                        var place = at;
                        samples.add(String.join(
                                " · ",
                                known.sample().stream()
                                        .filter(row -> place < row.size())
                                        .map(row -> clean(row.get(place)))
                                        .filter(cell -> !cell.isEmpty())
                                        .distinct()
                                        .limit(SAMPLES)
                                        .toList()));
                    }
                    return List.copyOf(samples);
                })
                .orElse(List.of());
    }

    private static String clean(String cell) {
        return FileText.line(cell, SAMPLE_MAX);
    }
}
