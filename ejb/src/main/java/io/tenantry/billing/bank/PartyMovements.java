package io.tenantry.billing.bank;

import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.bank.statement.Counterparts;
import io.tenantry.billing.bank.statement.ReturnTerms;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the posted movements of the party of a movement: by the account, the name, or the customer whose name or reference it has. For
 * incoming money, returns that name no party may be those of any party.
 */
final class PartyMovements {
    /** Direct debits are returned within 13 months. */
    static final int BACK_DAYS = 400;
    /** Banks date some returns before the payment. */
    static final int EARLY_DAYS = 10;

    private static final int NAME_MIN = 5;
    /** Names of more words are compared in their order. */
    private static final int WORDS_MAX = 3;

    private static final String NOBODY = "-";

    /**
     * The latest movements of each key; a payment service has so many that older ones show nothing. Outgoing rows under review and discarded
     * ones count as well, because they may be returns of payments that are imported later.
     */
    private static final String MOVEMENTS = """
            with k as (select key from unnest(cast(? as text[])) key),
                 d as (select cast(? as date) - 400 as earliest, cast(? as date) + 400 as latest),
                 m as (select l.id, l.booked_on, l.amount, l.currency, l.payer, l.iban, l.purpose, l.counter_id,
                              coalesce(l.organization_id, l.proposed_id) as customer_id, l.id as line_id
                         from d join bank_transaction l on l.booked_on between d.earliest and d.latest
                        where l.amount > 0 and l.state <> 'IGNORED' or l.amount < 0 and l.counter_id is null
                        union all
                       select r.id, r.booked_on, r.amount, r.currency, r.payer, r.iban, r.purpose, null, null, null
                         from d join bank_row r on r.booked_on between d.earliest and d.latest
                        where r.amount < 0 and r.currency is not null and r.counter_id is null and r.review in ('OPEN', 'DISCARDED')),
                 f as (select k.key, m.* from k join m on k.key = 'I' || m.iban
                        union all
                       select k.key, m.* from k join m on k.key = '-' and m.amount < 0 and m.payer = '' and m.iban = ''
                        union all
                       select k.key, m.* from k join m on k.key = 'N' || regexp_replace(lower(m.payer), '[^[:alnum:]]', '', 'g')
                        union all
                       select k.key, m.* from k join m
                           on k.key = 'R' || substring(regexp_replace(upper(m.purpose), '[^A-Z0-9]', '', 'g') from 'RF[0-9]{12}')
                        union all
                       select k.key, m.* from k join bank_reference r on k.key = 'R' || r.reference join m on m.customer_id = r.organization_id
                        union all
                       select k.key, m.* from k join organization o on k.key = 'N' || regexp_replace(lower(o.name), '[^[:alnum:]]', '', 'g')
                         join m on m.customer_id = o.id)
            select n.*, coalesce(r.raw, '') as raw, exists (select from bank_transaction b where b.counter_id = n.id) as linked
              from (select f.*, row_number() over (partition by f.key, f.amount > 0 order by f.booked_on desc, f.id) as place from f) n
              left join bank_row r on r.id = n.id
             where n.place <= case n.key when '-' then 5000 else 200 end
            """;

    private final Sql sql;

    PartyMovements(Sql sql) {
        this.sql = sql;
    }

    /**
     * A posted movement.
     *
     * @param lineId the line that it is; empty for a row under review
     * @param payer the words of its party's name, sorted
     * @param customerId its actual or possible customer
     * @param words its text, with the row of its file, which may name a kind of transaction
     * @param isLinked whether a return of it is known
     * @param isNobodys whether it is a return that names no party
     */
    record Movement(
            UUID id,
            Optional<UUID> lineId,
            LocalDate bookedOn,
            BigDecimal amount,
            String currency,
            String payer,
            String words,
            Optional<UUID> customerId,
            boolean isLinked,
            boolean isNobodys) {
        private static Movement of(Row row) {
            var payer = row.text("payer");
            var raw = row.text("raw");
            return new Movement(
                    row.uuid("id"),
                    row.maybeUuid("line_id"),
                    row.date("booked_on"),
                    row.decimal("amount"),
                    row.text("currency"),
                    Counterparts.sorted(payer),
                    row.text("purpose") + " " + (payer.isEmpty() ? raw : raw.replace(payer, " ")),
                    row.maybeUuid("customer_id"),
                    row.flag("linked"),
                    row.text("key").equals(NOBODY));
        }
    }

    /** Returns the lines of each payment's party, in the order of the payments. */
    List<List<Movement>> of(List<Payment> payments) {
        var keys = payments.stream().map(PartyMovements::keys).toList();
        var all = new HashSet<String>();
        keys.forEach(all::addAll);
        if (all.isEmpty()) {
            return payments.stream().map(none -> List.<Movement>of()).toList();
        }
        var days = payments.stream().map(Payment::bookedOn).sorted().toList();
        var found = new HashMap<String, List<Movement>>();
        sql.query(
                        MOVEMENTS,
                        row -> Map.entry(row.text("key"), Movement.of(row)),
                        (Object) all.toArray(String[]::new),
                        days.get(0).toString(),
                        days.get(days.size() - 1).toString())
                .forEach(one -> found.computeIfAbsent(one.getKey(), none -> new ArrayList<>())
                        .add(one.getValue()));
        found.getOrDefault(NOBODY, new ArrayList<>()).removeIf(movement -> !ReturnTerms.isReturn(movement.words()));
        return keys.stream().map(own -> movements(own, found)).toList();
    }

    private static List<Movement> movements(Set<String> keys, Map<String, List<Movement>> found) {
        var movements = new LinkedHashMap<UUID, Movement>();
        keys.forEach(key -> found.getOrDefault(key, List.of())
                .forEach(movement ->
                        movements.merge(movement.id(), movement, (one, other) -> one.isNobodys() ? other : one)));
        return List.copyOf(movements.values());
    }

    private static Set<String> keys(Payment payment) {
        var keys = new HashSet<String>();
        if (payment.amount().isPositive()) {
            keys.add(NOBODY);
        }
        if (!payment.iban().isEmpty()) {
            keys.add("I" + payment.iban());
        }
        names(payment.payer()).forEach(name -> keys.add("N" + name));
        Counterparts.references(payment.words()).forEach(reference -> keys.add("R" + reference));
        return keys;
    }

    /** Returns a name in all orders of its words, because banks write first and last names in either order. */
    private static Set<String> names(String name) {
        var words = Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^\\p{IsAlphabetic}\\p{IsDigit}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (String.join("", words).length() < NAME_MIN) {
            return Set.of();
        }
        return words.size() > WORDS_MAX ? Set.of(String.join("", words)) : orders("", words);
    }

    private static Set<String> orders(String start, List<String> words) {
        if (words.isEmpty()) {
            return Set.of(start);
        }
        var orders = new HashSet<String>();
        for (var at = 0; at < words.size(); at++) {
            var others = new ArrayList<>(words);
            var next = others.remove(at);
            orders.addAll(orders(start + next, others));
        }
        return orders;
    }
}
