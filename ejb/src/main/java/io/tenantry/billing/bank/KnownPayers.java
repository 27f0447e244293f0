package io.tenantry.billing.bank;

import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.bank.statement.Counterparts;
import io.tenantry.tenancy.Sql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds customers for whom an account has paid before. An account of the reseller, or one that several parties use, such as that of a payment
 * service, identifies no customer.
 */
final class KnownPayers {
    private final Sql sql;

    KnownPayers(Sql sql) {
        this.sql = sql;
    }

    /** Those who used an account, and the customers they paid for. */
    private record Use(Set<String> names, Set<UUID> customers) {
        private static Use none() {
            return new Use(new HashSet<>(), new HashSet<>());
        }

        private void name(String payer) {
            var sorted = Counterparts.sorted(payer);
            if (!sorted.isEmpty()) {
                names.add(sorted);
            }
        }
    }

    /** Returns the customers of payments, by the payment's index in the list. */
    Map<Integer, Set<UUID>> customers(List<Payment> payments) {
        var uses = new HashMap<String, Use>();
        for (var payment : payments) {
            if (!payment.iban().isEmpty()) {
                uses.computeIfAbsent(payment.iban(), none -> Use.none()).name(payment.payer());
            }
        }
        var found = new HashMap<Integer, Set<UUID>>();
        if (uses.isEmpty()) {
            return found;
        }
        var accounts = (Object) uses.keySet().toArray(String[]::new);
        sql.query(
                        "select distinct iban, payer, organization_id from bank_transaction where state = 'BOOKED' and iban = any (?) and iban <> ''",
                        row -> Map.entry(row.text("iban"), Map.entry(row.text("payer"), row.uuid("organization_id"))),
                        accounts)
                .forEach(before -> {
                    var use = uses.get(before.getKey());
                    if (use != null) {
                        use.name(before.getValue().getKey());
                        use.customers().add(before.getValue().getValue());
                    }
                });
        sql.query("""
                select t.account
                  from unnest(cast(? as text[])) t (account)
                 where exists (select from bank_transaction l where l.account = t.account)
                    or exists (select from invoice_seller s where upper(replace(s.iban, ' ', '')) = t.account)
                """, row -> row.text("account"), accounts).forEach(uses::remove);
        for (var at = 0; at < payments.size(); at++) {
            found.put(at, of(uses.get(payments.get(at).iban())));
        }
        return found;
    }

    private static Set<UUID> of(@Nullable Use use) {
        return use == null || use.names().size() > 1 ? Set.of() : use.customers();
    }
}
