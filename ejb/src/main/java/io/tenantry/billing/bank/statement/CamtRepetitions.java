package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * Entries that a file contains twice without a bank reference: an entry that occurs identically in an earlier statement, as when two statements
 * cover the same day, or one with the ids of a transfer that occurred in the file before. Two identical entries within a statement are two
 * payments.
 */
final class CamtRepetitions {
    private final Set<EntryContent> before = new HashSet<>();
    private final Set<EntryContent> current = new HashSet<>();
    private final Set<EntryContent> known = new HashSet<>();

    /** Content of an entry, or of a part of one. */
    private record EntryContent(
            String account, LocalDate bookedOn, BigDecimal amount, Currency currency, String payer, String text) {
        private static EntryContent of(BankTransaction transaction, String payer, String text) {
            return new EntryContent(
                    transaction.account(),
                    transaction.bookedOn(),
                    transaction.amount().stripTrailingZeros(),
                    transaction.currency(),
                    payer,
                    text);
        }
    }

    /** Returns the rows of an entry, with those that occurred in the file before as reviews. */
    List<StatementRow> reviewed(Element entry, List<StatementRow> rows) {
        var ids = ids(entry);
        return rows.stream()
                .map(row -> row instanceof Booked booked && isRepeated(booked.transaction(), ids)
                        ? Duplicates.reviewed(row, ReviewReason.DUPLICATE)
                        : row)
                .toList();
    }

    private boolean isRepeated(BankTransaction transaction, List<String> ids) {
        var payer = transaction.payer() + transaction.iban();
        var entryContent = EntryContent.of(transaction, payer, transaction.purpose());
        if (!payer.isEmpty() || !transaction.purpose().isEmpty()) {
            current.add(entryContent);
        }
        var isKnown = ids.size() == 1 && !known.add(EntryContent.of(transaction, "", ids.get(0)));
        return isKnown || before.contains(entryContent);
    }

    /** Returns transaction ids that a bank assigns once; a batch entry has several. */
    private static List<String> ids(Element entry) {
        var parts = Elements.all(entry, "NtryDtls", "TxDtls");
        return parts.size() != 1
                ? List.of()
                : Stream.of("UETR", "TxId")
                        .flatMap(name -> Elements.texts(parts.get(0), "Refs", name).stream())
                        .filter(id -> !CamtTexts.reference(id).isEmpty())
                        .limit(1)
                        .toList();
    }

    /** Marks the end of a statement; following entries belong to another one. */
    void endStatement() {
        before.addAll(current);
        current.clear();
    }
}
