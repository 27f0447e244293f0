package io.tenantry.bank.statement;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Fees that stand beside amounts. */
final class CsvFees {
    private static final Set<String> NET = Wording.words("net,netto,net amount,nettobetrag,montant net");

    private CsvFees() {}

    /** A fee that the amount may or may not contain; zero if there is none. */
    static BigDecimal of(CsvRowReader.Rules rules, CsvTable.Row row) {
        var column = rules.columns().first(ColumnRole.FEE);
        if (column.isEmpty() || isNet(rules) || row.cell(column.getAsInt()).isEmpty()) {
            return BigDecimal.ZERO;
        }
        return Amounts.parse(row.cell(column.getAsInt()), rules.mark())
                .map(Amounts.Amount::value)
                .orElse(BigDecimal.ONE);
    }

    private static boolean isNet(CsvRowReader.Rules rules) {
        return rules.columns().all(ColumnRole.AMOUNT).stream()
                .map(rules::name)
                .flatMap(Optional::stream)
                .anyMatch(name -> NET.contains(HeaderName.of(name).base()));
    }
}
