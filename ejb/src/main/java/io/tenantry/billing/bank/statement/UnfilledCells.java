package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Incoming rows that lack values which a bank adds when it books a transaction, such as the balance after it: they are pending. */
final class UnfilledCells {
    private static final Pattern ON_BOOKING = Pattern.compile(
            "(?:buchungs|transaktions|umsatz|beleg|journal|auszugs|kontoauszugs|primanota|posten|verifikations|rad|lopenummer)(?:nummer|nr| nr| nummer|zeit|uhrzeit)|"
                    + "beleg|auszug|uhrzeit|zeit|primanota|(?:booking|transaction|statement|entry|posting|journal|sequence|voucher)(?: number| no| nr| time| id)|"
                    + "time|sequence|volgnummer|volgnr|afschriftnummer|rekeninguittrekselnummer|transactienummer|boekingsnummer|"
                    + "(?:numero|no|n) (?:d )?(?:operation|ecriture|releve|mouvement)|heure|hora|ora|tijd|"
                    + "numero (?:de |di )?(?:movimiento|operacion|extracto|movimento|operazione)|nr transakcji|numer transakcji");

    private final CsvRowReader.Rules rules;
    private final Set<Integer> columns = new TreeSet<>();

    UnfilledCells(CsvRowReader.Rules rules, List<CsvTable.Row> rows, List<StatementRow> judged) {
        this.rules = rules;
        var booked = new ArrayList<CsvTable.Row>();
        for (var place = 0; place < rows.size(); place++) {
            if (!(judged.get(place) instanceof Skipped) && !rows.get(place).isBroken()) {
                booked.add(rows.get(place));
            }
        }
        var balances = rules.columns().all(ColumnRole.BALANCE);
        Stream.concat(
                        balances.stream(),
                        Stream.concat(
                                rules.columns().all(ColumnRole.BANK_REFERENCE).stream(),
                                IntStream.range(0, rules.header().size())
                                        .filter(column -> ON_BOOKING
                                                .matcher(DoubtfulTerms.fold(
                                                        rules.header().get(column)))
                                                .matches())
                                        .boxed()))
                .filter(column -> isFilled(booked, column, balances.contains(column)))
                .forEach(columns::add);
    }

    /** Whether rows have values in a column: any for balances, most for values that a bank may omit. */
    private static boolean isFilled(List<CsvTable.Row> rows, int column, boolean isBalance) {
        var filled = rows.stream().filter(row -> !row.cell(column).isEmpty()).count();
        return isBalance ? filled > 0 : filled * 2 >= rows.size();
    }

    /** Returns a classified row, marked for review if it is incoming and lacks values that other rows have. */
    StatementRow checked(CsvTable.Row row, StatementRow judged) {
        return judged instanceof Booked booked && booked.transaction().amount().signum() > 0
                ? columns.stream()
                        .filter(column -> row.cell(column).isEmpty())
                        .findFirst()
                        .<StatementRow>map(column -> RunningBalance.review(
                                booked, ReviewReason.STATUS, rules.name(column).orElse("")))
                        .orElse(judged)
                : judged;
    }
}
