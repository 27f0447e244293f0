package io.tenantry.billing.accounting;

import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the journal.
 *
 * @param at when it took effect; for charges, the end of the hour charged
 * @param kind such as {@code CHARGE}
 * @param legs debits first; they sum to zero
 */
public record JournalEntry(
        long id, Instant at, String kind, String source, Optional<String> reason, List<Posting> legs) {
    public JournalEntry {
        legs = List.copyOf(legs);
    }

    /**
     * What an entry did to accounts of one kind and currency.
     *
     * @param customer whose wallet it is, if it is only one
     * @param accounts how many they are
     * @param amount positive is credit
     */
    public record Posting(AccountKind account, Optional<String> customer, int accounts, Money amount) {
        public boolean isDebit() {
            return amount.isNegative();
        }

        /** Without its sign. */
        public Money size() {
            return isDebit() ? amount.negated() : amount;
        }
    }

    /** A leg with the entry that it is of, as a file has it. */
    public record Row(JournalEntry entry, Posting leg) {}

    /** Where it comes from. */
    public EntryOrigin origin() {
        return EntryOrigin.of(source);
    }

    /** Its legs, each with the entry. */
    public List<Row> rows() {
        return legs.stream().map(posting -> new Row(this, posting)).toList();
    }

    /** Rows as entries, in the rows' order; rows of an entry need not be neighbours. */
    static List<JournalEntry> of(List<Row> rows) {
        var found = new LinkedHashMap<Long, List<Row>>();
        rows.forEach(row -> found.computeIfAbsent(row.entry().id(), any -> new ArrayList<>())
                .add(row));
        return found.values().stream()
                .map(each -> {
                    var first = each.get(0).entry();
                    return new JournalEntry(
                            first.id(),
                            first.at(),
                            first.kind(),
                            first.source(),
                            first.reason(),
                            each.stream().map(Row::leg).toList());
                })
                .toList();
    }
}
