package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged samples: no mutation of a file yields a credit that the file did not contain. */
@Tag("full")
class StatementMutationTest {
    private static final int ROUNDS = 20;

    /** A credit as a customer would see it. */
    private record Credit(BigDecimal amount, String currency) {}

    static List<StatementSamplesTest.Sample> tables() {
        return StatementSamplesTest.samples()
                .filter(sample -> sample.file().endsWith(".csv"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void creditsNothingNewAfterAMutation(StatementSamplesTest.Sample sample) throws Exception {
        var original = CsvStatement.open(sample.content(), sample.profile(), sample.defaults());
        var layout = original.layout();
        var text = TextDecoder.decode(
                        sample.content(),
                        sample.profile().encoding(),
                        sample.defaults().country())
                .text();
        var rows = CsvTable.of(text, layout.separator(), 1).rows();
        var credits = new HashSet<>(credits(original.read()));
        credits.addAll(paired(original.read()));
        var random = new Random(sample.file().hashCode());
        for (var round = 0; round < ROUNDS; round++) {
            var damaged = damaged(rows, layout, random);
            var file = written(damaged, layout.separator());
            assertThat(credits).as(file).containsAll(read(file, sample));
        }
    }

    private static Set<Credit> read(String file, StatementSamplesTest.Sample sample) {
        try {
            return credits(Reading.read(file.getBytes(StandardCharsets.UTF_8), sample.profile(), sample.defaults()));
        } catch (UnreadableStatement refused) {
            return Set.of();
        }
    }

    private static Set<Credit> credits(BankStatement statement) {
        return statement.transactions().stream()
                .filter(transaction -> transaction.amount().signum() > 0)
                .map(transaction -> new Credit(
                        transaction.amount().stripTrailingZeros(),
                        transaction.currency().getCurrencyCode()))
                .collect(Collectors.toSet());
    }

    /** Payments that are reviewed only because the file has their return too: without it, they are ordinary ones. */
    private static Set<Credit> paired(BankStatement statement) {
        return statement.reviews().stream()
                .filter(review -> review.reason() == StatementRow.ReviewReason.COUNTERPART)
                .map(StatementRow.Review::known)
                .filter(known -> known.amount().orElseThrow().signum() > 0)
                .map(known -> new Credit(
                        known.amount().orElseThrow().stripTrailingZeros(),
                        known.currency().orElseThrow().getCurrencyCode()))
                .collect(Collectors.toSet());
    }

    private static List<List<String>> damaged(List<CsvTable.Row> rows, CsvLayout layout, Random random) {
        var copy = new ArrayList<List<String>>();
        rows.forEach(row -> copy.add(new ArrayList<>(row.cells())));
        var body = IntStream.range(0, rows.size())
                .filter(place -> rows.get(place).line() > layout.headerLine()
                        && rows.get(place).filled() > 2)
                .boxed()
                .toList();
        var row = copy.get(body.get(random.nextInt(body.size())));
        switch (random.nextInt(7)) {
            case 0 -> row.remove(random.nextInt(row.size()));
            case 1 -> row.add(random.nextInt(row.size() + 1), "x");
            case 2 -> {
                if (layout.headerLine() > 0) {
                    shuffle(copy, layout, random);
                }
            }
            case 3 -> Collections.swap(copy, body.get(0), body.get(body.size() - 1));
            case 4 -> row.set(random.nextInt(row.size()), "");
            case 5 -> copy.remove(row);
            default -> cutNumber(row, layout, random);
        }
        return copy;
    }

    /** Shuffles the columns, names and cells alike. */
    private static void shuffle(List<List<String>> rows, CsvLayout layout, Random random) {
        var order = new ArrayList<>(IntStream.range(0, layout.width()).boxed().toList());
        Collections.shuffle(order, random);
        for (var place = layout.headerLine() - 1; place < rows.size(); place++) {
            var row = rows.get(place);
            if (row.size() >= layout.width()) {
                var moved = new ArrayList<>(order.stream().map(row::get).toList());
                moved.addAll(row.subList(layout.width(), row.size()));
                rows.set(place, moved);
            }
        }
    }

    /** Splits a row at the decimal mark of a number, as if it had not been quoted. */
    private static void cutNumber(List<String> row, CsvLayout layout, Random random) {
        var column = layout.columns()
                .first(ColumnRole.AMOUNT)
                .orElse(layout.columns().first(ColumnRole.CREDIT).orElse(0));
        if (column < row.size() && row.get(column).matches(".*[0-9][.,][0-9]+.*")) {
            var at = Math.max(row.get(column).lastIndexOf(','), row.get(column).lastIndexOf('.'));
            var rest = row.get(column).substring(at + 1);
            row.set(column, row.get(column).substring(0, at));
            row.add(Math.min(row.size(), column + 1 + random.nextInt(1)), rest);
        }
    }

    private static String written(List<List<String>> rows, char separator) {
        return rows.stream()
                .map(row -> row.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(Character.toString(separator))))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
