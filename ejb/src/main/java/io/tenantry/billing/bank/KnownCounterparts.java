package io.tenantry.billing.bank;

import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.bank.statement.Counterparts;
import io.tenantry.tenancy.Sql;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds lines posted earlier that a movement may return, such as a chargeback weeks after the payment, or that may have returned it, because
 * files are not always imported in the order of their days.
 */
final class KnownCounterparts {
    /** Shorter texts and names are too common to be significant. */
    private static final int TEXT_MIN = 5;

    /**
     * Finds the nearest line in the opposite direction: of the same amount with the same party, text or identifier, or, for a movement that is
     * labeled as a return, with the same creditor reference, because a fee may be added. Direct debits are returned within 13 months.
     */
    private static final String COUNTERPARTS = """
            select distinct on (t.place) t.place, o.id, coalesce(o.organization_id, o.proposed_id) as customer_id
              from unnest(cast(cast(? as text[]) as date[]), cast(cast(? as text[]) as numeric[]), cast(? as text[]), cast(? as text[]),
                          cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]))
                   with ordinality t (booked_on, amount, currency, iban, payer, purpose, identifiers, returned, place)
              cross join lateral (
                   select l.* from bank_transaction l
                    where l.amount = -t.amount and l.currency = t.currency
                      and (t.iban <> '' and l.iban = t.iban
                           or t.payer <> '' and (select string_agg(w, '' order by w collate "C")
                                                    from regexp_split_to_table(lower(l.payer), '[^[:alnum:]]+') w) = t.payer
                           or t.purpose <> '' and regexp_replace(lower(l.purpose), '[^[:alnum:]]', '', 'g') = t.purpose
                           or exists (select from unnest(string_to_array(t.identifiers, ' ')) i where i <> '' and strpos(upper(l.purpose), i) > 0))
                    union all
                   select l.* from bank_transaction l
                    where t.returned <> '' and l.amount > 0 and l.currency = t.currency
                      and exists (select from unnest(string_to_array(t.returned, ' ')) i
                                   where strpos(regexp_replace(upper(l.purpose), '[^A-Z0-9]', '', 'g'), i) > 0)) o
             where case when t.amount < 0 then o.booked_on between t.booked_on - 400 and t.booked_on + 10
                        else o.booked_on between t.booked_on - 10 and t.booked_on + 400 and o.counter_id is null end
             order by t.place, o.amount = -t.amount desc, exists (select from bank_transaction b where b.counter_id = o.id),
                      abs(o.booked_on - t.booked_on), o.id
            """;

    private final Sql sql;

    KnownCounterparts(Sql sql) {
        this.sql = sql;
    }

    /**
     * A line in the opposite direction, with its actual or possible customer.
     *
     * @param lineId empty if it is a row under review, or if a movement is a return of a payment that is not known
     */
    record Counterpart(Optional<UUID> lineId, Optional<UUID> organizationId) {}

    /** Returns the counterparts of payments, by the payment's index in the list. */
    Map<Integer, Counterpart> of(List<Payment> payments) {
        var found = new HashMap<Integer, Counterpart>();
        if (payments.isEmpty()) {
            return found;
        }
        sql.query(
                        COUNTERPARTS,
                        row -> Map.entry(
                                (int) row.big("place") - 1,
                                new Counterpart(Optional.of(row.uuid("id")), row.maybeUuid("customer_id"))),
                        PaymentMatcher.texts(
                                payments, payment -> payment.bookedOn().toString()),
                        PaymentMatcher.texts(
                                payments, payment -> payment.amount().amount().toPlainString()),
                        PaymentMatcher.texts(
                                payments, payment -> payment.amount().currency().getCurrencyCode()),
                        PaymentMatcher.texts(payments, Payment::iban),
                        PaymentMatcher.texts(payments, payment -> sorted(payment.payer())),
                        PaymentMatcher.texts(payments, payment -> packed(payment.words())),
                        PaymentMatcher.texts(
                                payments, payment -> String.join(" ", Counterparts.identifiers(payment.words()))),
                        PaymentMatcher.texts(payments, KnownCounterparts::returned))
                .forEach(one -> found.put(one.getKey(), one.getValue()));
        new PossibleReturns(sql).addTo(found, payments);
        return found;
    }

    /** Returns the references that a return names. */
    private static String returned(Payment payment) {
        return payment.amount().isPositive() || !Counterparts.isReturn(payment.words())
                ? ""
                : String.join(" ", Counterparts.references(payment.words()));
    }

    /** Sorts the words of a name, because banks write first and last names in either order. */
    private static String sorted(String name) {
        var words = name.toLowerCase(Locale.ROOT).split("[^\\p{IsAlphabetic}\\p{IsDigit}]+", -1);
        Arrays.sort(words);
        var sorted = String.join("", words);
        return sorted.length() < TEXT_MIN ? "" : sorted;
    }

    private static String packed(String text) {
        var packed = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}]", "");
        return packed.length() < TEXT_MIN ? "" : packed;
    }
}
