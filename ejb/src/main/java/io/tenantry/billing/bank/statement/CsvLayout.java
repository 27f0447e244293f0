package io.tenantry.billing.bank.statement;

import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * How a table is read: as detected or given, for people to check and correct.
 *
 * @param encoding name of the charset; empty if it is not known
 * @param headerLine number of the line with the header, from 1; 0: there is none
 * @param header names of the columns; empty if there is no header
 * @param width number of columns
 * @param fingerprint of the header: the same for every file with the same columns in the same order
 * @param columns the mapping; incomplete if there is a problem
 * @param dateOrder absent if dates are written so that no order is needed, or if it is unknown
 * @param decimalMark absent if each number shows it, or if it is unknown
 * @param currency of amounts whose row does not state one; absent if every row does, or if it is unknown
 * @param sample the first rows below the header, each with its cells
 * @param unknown columns whose role is neither known by name nor set by a person; nothing should be posted before a person sets it
 * @param problem why this table cannot be read without further input
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

    /** Returns the detected settings, to be saved or corrected. */
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
                false,
                List.of());
    }

    private boolean isEncodingUncertain() {
        return problem.filter(known -> known.reason() == StatementProblem.Reason.ENCODING)
                .isPresent();
    }
}
