package io.tenantry.billing.accounting;

import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A journal entry.
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
     * Effect of an entry on accounts of one kind and currency.
     *
     * @param customer the owner of the wallet, if there is only one
     * @param accounts the number of accounts
     * @param amount positive is credit
     */
    public record Posting(AccountKind account, Optional<String> customer, int accounts, Money amount) {
        public boolean isDebit() {
            return amount.isNegative();
        }

        /** The amount without its sign. */
        public Money size() {
            return isDebit() ? amount.negated() : amount;
        }
    }

    /** A posting with its entry, as in an exported file. */
    public record Row(JournalEntry entry, Posting leg) {}

    /** The origin of the entry. */
    public EntryOrigin origin() {
        return EntryOrigin.of(source);
    }

    /** Returns the postings, each with the entry. */
    public List<Row> rows() {
        return legs.stream().map(posting -> new Row(this, posting)).toList();
    }

    /** Groups rows into entries, in the order of the rows; rows of an entry need not be adjacent. */
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
