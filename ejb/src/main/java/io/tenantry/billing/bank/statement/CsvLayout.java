package io.tenantry.billing.bank.statement;

import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * How a table is read: what was detected or given, for people to look at and correct.
 *
 * @param encoding name of the charset; empty if it is not known
 * @param headerLine number of the line with the header, from 1; 0: there is none
 * @param header names of the columns; empty if there is no header
 * @param width number of columns
 * @param fingerprint of the header: the same for every file with the same columns in the same order
 * @param columns the mapping; incomplete if there is a problem
 * @param dateOrder absent: dates are written so that no order is needed, or it is not known
 * @param decimalMark absent: it is told by each number, or it is not known
 * @param currency what amounts are in whose row does not say; absent if every row says so, or it is not known
 * @param sample the first rows below the header, each with its cells
 * @param unknown columns of which neither their name nor anybody says what they are; nothing should be posted before somebody does
 * @param problem why this table cannot be read unless somebody says more
 */
public record CsvLayout(
        String encoding,
        char separator,
        int headerLine,
        List<String> header,
        int width,
        String fingerprint,
        ColumnMapping columns,
        Optional<DateOrder> dateOrder,
        Optional<DecimalMark> decimalMark,
        Optional<Currency> currency,
        List<List<String>> sample,
        List<Integer> unknown,
        Optional<StatementProblem> problem) {
    public CsvLayout {
        header = List.copyOf(header);
        sample = List.copyOf(sample);
        unknown = List.copyOf(unknown);
    }

    /** Everything as it was detected, to be saved or corrected. */
    public CsvProfile profile() {
        return new CsvProfile(
                Optional.of(encoding).filter(name -> !name.isEmpty() && !isEncodingUncertain()),
                Optional.of(separator),
                headerLine == 0 ? Optional.of(0) : Optional.empty(),
                columns,
                java.util.Map.of(),
                dateOrder,
                decimalMark,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private boolean isEncodingUncertain() {
        return problem.filter(known -> known.reason() == StatementProblem.Reason.ENCODING)
                .isPresent();
    }
}
