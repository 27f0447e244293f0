package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds the customer of each payment of a bank statement, most certain criterion first. Payments are looked up together with a handful of
 * queries, so that a file of thousands of rows is previewed in seconds.
 */
final class PaymentMatcher {
    private static final int CHUNK = 1_000;

    /**
     * Finds payments that another file may contain in another form: the same amount, from the same account or for the same customer, on that
     * day; or up to five days apart if that file has another format, other columns or another date column, or covers the day, because a bank's
     * files differ in which date they give. Rows under review and discarded rows count as well.
     */
    private static final String SIMILAR = """
            select distinct t.place
              from unnest(cast(cast(? as text[]) as date[]), cast(cast(? as text[]) as numeric[]), cast(? as text[]), cast(? as text[]), ?, ?)
                   with ordinality t (booked_on, amount, currency, iban, import_id, customer_id, place)
              join bank_import i on i.id = t.import_id
              join (select import_id, booked_on, amount, currency, iban, organization_id, proposed_id from bank_transaction
                     union all
                    select import_id, booked_on, amount, currency, iban, null, null from bank_row where review in ('OPEN', 'DISCARDED')) o
                on o.amount = t.amount and o.booked_on between t.booked_on - 5 and t.booked_on + 5 and o.import_id <> t.import_id
              join bank_import f on f.id = o.import_id
             where (o.booked_on = t.booked_on or f.format <> i.format or f.fingerprint <> i.fingerprint
                    or f.layout ->> 'DATE' <> i.layout ->> 'DATE'
                    or t.booked_on between (select min(c.booked_on) from bank_transaction c where c.import_id = o.import_id)
                                       and (select max(c.booked_on) from bank_transaction c where c.import_id = o.import_id))
               and (coalesce(o.currency, t.currency) = t.currency and (o.iban = t.iban or o.iban = '' or t.iban = '')
                    or o.organization_id = t.customer_id or o.proposed_id = t.customer_id)
            """;

    private final Sql sql;

    PaymentMatcher(Sql sql) {
        this.sql = sql;
    }

    /**
     * A row of a statement.
     *
     * @param importId the file it comes from: only lines of other files can be the same payment in another form
     * @param amount positive for incoming money
     * @param words the remittance text
     * @param row the text of the row of the file, which may name a kind of transaction; empty if it is no longer known
     */
    record Payment(
            UUID importId, LocalDate bookedOn, Money amount, String payer, String iban, String words, String row) {
        Payment(UUID importId, LocalDate bookedOn, Money amount, String payer, String iban, String words) {
            this(importId, bookedOn, amount, payer, iban, words, "");
        }

        static Payment of(UUID importId, BankTransactions.Line line) {
            return new Payment(importId, line.bookedOn(), line.amount(), line.payer(), line.iban(), line.words());
        }
    }

    /** Certainty of a match, and the matching customer. */
    record Match(MatchReason why, Optional<UUID> organizationId, Optional<UUID> counterId) {
        Match(MatchReason why, Optional<UUID> organizationId) {
            this(why, organizationId, Optional.empty());
        }
    }

    /** Returns the match of each payment, in the order of the payments. */
    List<Match> match(List<Payment> payments) {
        var matches = new ArrayList<Match>();
        for (var from = 0; from < payments.size(); from += CHUNK) {
            matches.addAll(chunk(payments.subList(from, Math.min(payments.size(), from + CHUNK))));
        }
        return matches;
    }

    private List<Match> chunk(List<Payment> payments) {
        var found = new HashMap<Integer, Match>();
        var open = new ArrayList<Integer>();
        for (var at = 0; at < payments.size(); at++) {
            if (payments.get(at).amount().isPositive()) {
                open.add(at);
            } else {
                found.put(at, new Match(MatchReason.OUTGOING, Optional.empty()));
            }
        }
        resolveReferences(payments, open, found);
        resolve(MatchReason.PAYER, payments, open, found, new KnownPayers(sql)::customers);
        resolve(MatchReason.NAME, payments, open, found, this::byNameAndAmount);
        resolve(MatchReason.NAME, payments, open, found, this::byName);
        open.forEach(at -> found.put(at, new Match(MatchReason.UNKNOWN, Optional.empty())));
        refineByWallets(payments, found);
        refineByAlikes(payments, found);
        refineByCounterparts(payments, found);
        var all = new ArrayList<Match>();
        for (var at = 0; at < payments.size(); at++) {
            all.add(at(found, at));
        }
        return all;
    }

    /** All references of a payment, in any form, must belong to one customer. */
    private void resolveReferences(List<Payment> payments, List<Integer> open, Map<Integer, Match> found) {
        var places = List.copyOf(open);
        var asked = places.stream().map(payments::get).toList();
        var byReference = byReference(asked);
        var byDigits = byDigits(asked);
        var byDocument = DocumentNumbers.customers(sql, asked);
        for (var place = 0; place < asked.size(); place++) {
            var all = new HashSet<UUID>();
            MatchReason matchReason = null;
            for (var form : List.of(
                    Map.entry(MatchReason.REFERENCE, byReference),
                    Map.entry(MatchReason.DIGITS, byDigits),
                    Map.entry(MatchReason.DOCUMENT, byDocument))) {
                var customers = form.getValue().getOrDefault(place, Set.of());
                matchReason = matchReason == null && !customers.isEmpty() ? form.getKey() : matchReason;
                all.addAll(customers);
            }
            if (matchReason != null) {
                var at = places.get(place);
                var isOfOne = all.size() == 1
                        && (matchReason != MatchReason.REFERENCE
                                || CreditorReference.isOnlyOne(asked.get(place).words()));
                found.put(
                        at,
                        isOfOne
                                ? new Match(
                                        matchReason, Optional.of(all.iterator().next()))
                                : new Match(MatchReason.AMBIGUOUS, Optional.empty()));
                open.remove(at);
            }
        }
    }

    /** Finds customers of payments, by the payment's index in a list. */
    private interface Lookup extends Function<List<Payment>, Map<Integer, Set<UUID>>> {}

    private static void resolve(
            MatchReason matchReason,
            List<Payment> payments,
            List<Integer> open,
            Map<Integer, Match> found,
            Lookup lookup) {
        if (open.isEmpty()) {
            return;
        }
        var places = List.copyOf(open);
        lookup.apply(places.stream().map(payments::get).toList()).forEach((place, customers) -> {
            if (!customers.isEmpty()) {
                var at = places.get(place);
                found.put(
                        at,
                        customers.size() == 1
                                ? new Match(
                                        matchReason,
                                        Optional.of(customers.iterator().next()))
                                : new Match(MatchReason.AMBIGUOUS, Optional.empty()));
                open.remove(at);
            }
        });
    }

    private Map<Integer, Set<UUID>> byReference(List<Payment> payments) {
        return byKeys(payments, payment -> CreditorReference.in(payment.words()), """
                select reference as key, organization_id from bank_reference where reference = any (?)
                """);
    }

    private Map<Integer, Set<UUID>> byDigits(List<Payment> payments) {
        return byKeys(payments, payment -> CreditorReference.digitsIn(payment.words()), """
                select substr(reference, 5) as key, organization_id from bank_reference where substr(reference, 5) = any (?)
                """);
    }

    private Map<Integer, Set<UUID>> byKeys(
            List<Payment> payments, Function<Payment, Collection<String>> keysOf, String query) {
        var keys = new LinkedHashSet<String>();
        payments.forEach(payment -> keys.addAll(keysOf.apply(payment)));
        if (keys.isEmpty()) {
            return Map.of();
        }
        var customers = new HashMap<String, Set<UUID>>();
        sql.query(query, row -> Map.entry(row.text("key"), row.uuid("organization_id")), (Object) texts(keys))
                .forEach(one -> customers
                        .computeIfAbsent(one.getKey(), key -> new HashSet<>())
                        .add(one.getValue()));
        var found = new HashMap<Integer, Set<UUID>>();
        for (var at = 0; at < payments.size(); at++) {
            var all = new HashSet<UUID>();
            keysOf.apply(payments.get(at)).forEach(key -> all.addAll(customers.getOrDefault(key, Set.of())));
            found.put(at, all);
        }
        return found;
    }

    private Map<Integer, Set<UUID>> byNameAndAmount(List<Payment> payments) {
        return byPlaces(
                """
                select distinct t.place, i.organization_id
                  from unnest(cast(? as text[]), cast(cast(? as text[]) as numeric[]), cast(? as text[]))
                       with ordinality t (payer, amount, currency, place)
                  join invoice i on i.state = 'FINAL' and t.amount in (i.open_amount, i.total - i.prepaid, i.total) and i.currency = t.currency
                                and regexp_replace(lower(i.buyer_name), '[^[:alnum:]]', '', 'g')
                                  = regexp_replace(lower(t.payer), '[^[:alnum:]]', '', 'g')
                 where t.payer ~ '[[:alnum:]]'
                """,
                texts(payments, Payment::payer),
                texts(payments, payment -> payment.amount().amount().toPlainString()),
                texts(payments, payment -> payment.amount().currency().getCurrencyCode()));
    }

    private Map<Integer, Set<UUID>> byName(List<Payment> payments) {
        return byPlaces("""
                select distinct t.place, o.id as organization_id
                  from unnest(cast(? as text[])) with ordinality t (payer, place)
                  join organization o on regexp_replace(lower(o.name), '[^[:alnum:]]', '', 'g')
                                       = regexp_replace(lower(t.payer), '[^[:alnum:]]', '', 'g')
                 where t.payer ~ '[[:alnum:]]'
                """, (Object) texts(payments, Payment::payer));
    }

    private Map<Integer, Set<UUID>> byPlaces(String query, Object... parameters) {
        var found = new HashMap<Integer, Set<UUID>>();
        sql.query(query, row -> Map.entry((int) row.big("place") - 1, row.uuid("organization_id")), parameters)
                .forEach(one -> found.computeIfAbsent(one.getKey(), key -> new HashSet<>())
                        .add(one.getValue()));
        return found;
    }

    /** Proposes a customer without an open wallet in the payment's currency, but credits nothing. */
    private void refineByWallets(List<Payment> payments, Map<Integer, Match> found) {
        var customers = new HashSet<UUID>();
        found.values().forEach(match -> match.organizationId().ifPresent(customers::add));
        if (customers.isEmpty()) {
            return;
        }
        var wallets = Set.copyOf(sql.query(
                "select organization_id, currency from wallet where organization_id = any (?) and closed_at is null",
                row -> row.uuid("organization_id") + " " + row.text("currency"),
                (Object) customers.toArray(UUID[]::new)));
        found.replaceAll((at, match) -> match.organizationId()
                .filter(customer -> !wallets.contains(
                        customer + " " + payments.get(at).amount().currency().getCurrencyCode()))
                .map(customer -> new Match(MatchReason.CURRENCY, Optional.of(customer)))
                .orElse(match));
    }

    /** Makes payments that another file contains, perhaps in another form, wait for a person. */
    private void refineByAlikes(List<Payment> payments, Map<Integer, Match> found) {
        var places = found.keySet().stream()
                .filter(at -> at(found, at).organizationId().isPresent()
                        && at(found, at).why() != MatchReason.CURRENCY)
                .toList();
        if (places.isEmpty()) {
            return;
        }
        var asked = places.stream().map(payments::get).toList();
        sql.query(
                        SIMILAR,
                        row -> (int) row.big("place") - 1,
                        texts(asked, payment -> payment.bookedOn().toString()),
                        texts(asked, payment -> payment.amount().amount().toPlainString()),
                        texts(asked, payment -> payment.amount().currency().getCurrencyCode()),
                        texts(asked, Payment::iban),
                        asked.stream().map(Payment::importId).toArray(UUID[]::new),
                        places.stream()
                                .map(at -> at(found, at).organizationId().orElseThrow())
                                .toArray(UUID[]::new))
                .forEach(place -> {
                    var at = places.get(place);
                    found.put(at, new Match(MatchReason.SIMILAR, at(found, at).organizationId()));
                });
    }

    /** Leaves payments that return a known payment, or are returned by one, to a person, who sees both. */
    private void refineByCounterparts(List<Payment> payments, Map<Integer, Match> found) {
        new KnownCounterparts(sql)
                .of(payments)
                .forEach((at, counter) -> found.put(
                        at,
                        payments.get(at).amount().isPositive()
                                ? new Match(MatchReason.RETURNED, at(found, at).organizationId(), counter.lineId())
                                : new Match(MatchReason.RETURN, counter.organizationId(), counter.lineId())));
    }

    static String[] texts(List<Payment> payments, Function<Payment, String> text) {
        return payments.stream().map(text).toArray(String[]::new);
    }

    private static Match at(Map<Integer, Match> found, int place) {
        return Objects.requireNonNull(found.get(place));
    }

    private static String[] texts(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }
}
