package io.tenantry.bank;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bank file as it was read with one mapping: every row of it, and its sums beside those that the file states.
 *
 * @param format what sort of file it is, such as {@code CAMT_053}
 * @param bank whose file it probably is; empty if nobody knows
 * @param encoding of its characters
 * @param fingerprint of its heading, by which a saved mapping is found again; empty for files without columns
 * @param mapping how its columns were read; empty for files without columns
 * @param refusal why no row could be read with this mapping; then there are no rows
 */
record StatementContent(
        String format,
        String bank,
        String encoding,
        String fingerprint,
        Map<String, String> mapping,
        List<ContentRow> rows,
        List<ContentTotal> totals,
        Optional<Refusal> refusal) {
    StatementContent {
        mapping = new TreeMap<>(mapping);
        rows = List.copyOf(rows);
        totals = List.copyOf(totals);
    }

    /** What was made of a row. */
    enum Kind {
        /** A booked movement, read with certainty. */
        TRANSACTION,
        /** No movement of money, such as a note, a balance or a payment that is not booked yet. */
        SKIPPED,
        /** Perhaps a movement; a person has to say. */
        REVIEW
    }

    /** Why a file cannot be read. */
    record Refusal(String reason, String detail) {}

    /**
     * A row. Of a transaction everything is known, of another row what could be read.
     *
     * @param lineNumber in the file, counted from 1
     * @param reason why it is skipped or needs review
     * @param raw its text, shortened
     * @param amount above zero came in
     */
    record ContentRow(
            int lineNumber,
            Kind kind,
            String reason,
            String detail,
            String raw,
            Optional<Statement.Line> line,
            Optional<LocalDate> bookedOn,
            Optional<BigDecimal> amount,
            Optional<Currency> currency) {}

    /**
     * Sums of the transactions of an account in a currency.
     *
     * @param outgoing below zero
     * @param statedIncoming what the file says it is
     * @param differs whether anything that the file states is otherwise than what was read
     */
    record ContentTotal(
            String account,
            Currency currency,
            int incomingCount,
            BigDecimal incoming,
            int outgoingCount,
            BigDecimal outgoing,
            Optional<Integer> statedIncomingCount,
            Optional<BigDecimal> statedIncoming,
            Optional<Integer> statedOutgoingCount,
            Optional<BigDecimal> statedOutgoing,
            Optional<BigDecimal> opening,
            Optional<BigDecimal> closing,
            boolean differs) {}
}
