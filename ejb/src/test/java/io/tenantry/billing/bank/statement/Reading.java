package io.tenantry.billing.bank.statement;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads statements in tests and summarizes the outcome of their rows. */
final class Reading {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    static final ReadDefaults GERMAN = defaults("EUR", "DE");

    private Reading() {}

    static ReadDefaults defaults(String currency, String country) {
        return new ReadDefaults("-", Currency.getInstance(currency), country, TODAY);
    }

    static BankStatement csv(String text) throws UnreadableStatement {
        return csv(text, CsvProfile.DETECT, GERMAN);
    }

    static BankStatement csv(String text, CsvProfile profile, ReadDefaults defaults) throws UnreadableStatement {
        return read(text.getBytes(StandardCharsets.UTF_8), profile, defaults);
    }

    static BankStatement read(byte[] file, CsvProfile profile, ReadDefaults defaults) throws UnreadableStatement {
        return StatementReader.read(StatementReader.open("file", file).get(0), profile, defaults);
    }

    static CsvLayout layout(String text) throws UnreadableStatement {
        return layout(text, CsvProfile.DETECT);
    }

    static CsvLayout layout(String text, CsvProfile profile) throws UnreadableStatement {
        var file = StatementReader.open("file", text.getBytes(StandardCharsets.UTF_8))
                .get(0);
        return StatementReader.layout(file, profile, GERMAN);
    }

    /** Returns a profile with an encoding that a user chose. */
    static CsvProfile in(String encoding, CsvProfile profile) {
        return with(Optional.of(encoding), profile.unsigned(), profile);
    }

    /** Returns a profile in which a user states that amounts without a sign are incoming. */
    static CsvProfile incoming(CsvProfile profile) {
        return with(profile.encoding(), Optional.of(Direction.IN), profile);
    }

    private static CsvProfile with(Optional<String> encoding, Optional<Direction> unsigned, CsvProfile profile) {
        return new CsvProfile(
                encoding,
                profile.separator(),
                profile.headerLine(),
                profile.columns(),
                profile.names(),
                profile.dateOrder(),
                profile.decimalMark(),
                unsigned,
                profile.currency(),
                profile.isOthersConfirmed(),
                profile.acceptedLines());
    }

    /** Returns each row in a word or two: the amount and currency if booked, else the reason. */
    static List<String> rows(BankStatement statement) {
        return statement.rows().stream().map(Reading::row).toList();
    }

    private static String row(StatementRow row) {
        if (row instanceof StatementRow.Booked booked) {
            return booked.transaction().amount().stripTrailingZeros().toPlainString() + " "
                    + booked.transaction().currency();
        }
        return row instanceof StatementRow.Skipped skipped
                ? "skip " + skipped.reason()
                : "review " + ((StatementRow.Review) row).reason();
    }

    /** Returns the row counts by outcome, sums per currency, and whether the file's own figures agree. */
    static String summary(List<BankStatement> statements) {
        var counts = new TreeMap<String, Integer>();
        for (var statement : statements) {
            for (var row : statement.rows()) {
                var kind = row instanceof StatementRow.Booked ? "booked" : row(row);
                if (!kind.equals("skip BLANK")) {
                    counts.merge(kind, 1, Integer::sum);
                }
            }
        }
        var sums = statements.stream()
                .flatMap(statement -> statement.totals().booked().stream())
                .map(total -> total.currency() + " +" + total.incoming().toPlainString() + " -"
                        + total.outgoing().toPlainString())
                .collect(Collectors.joining(", "));
        var checks = statements.stream()
                .flatMap(statement -> statement.totals().checks().stream())
                .toList();
        var agreement = checks.isEmpty()
                ? "no figures"
                : checks.stream().allMatch(StatementTotals.Check::agrees) ? "agrees" : "disagrees";
        return counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))
                + "; " + sums + "; " + agreement;
    }
}
