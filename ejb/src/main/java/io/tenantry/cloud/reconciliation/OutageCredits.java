package io.tenantry.cloud.reconciliation;

import io.tenantry.billing.charging.ChargeHistory;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/**
 * Refunds what was charged for a missing server: all hours that began between its first and its last miss, at the price charged, respecting the
 * monthly cap. Charging continues meanwhile, because an hour is charged once for everything, and the end of an outage is not known in advance;
 * each scan refunds what was charged, so that nothing is paid from the first miss on. Joins the caller's transaction.
 */
@ApplicationScoped
public class OutageCredits {
    private static final String TERMS = """
            select s.wallet_id, s.id, f.since, f.seen_until, f.credited, f.credit_count, w.currency
              from server_discrepancy f
              join service s on s.id = f.service_id
              join wallet w on w.id = s.wallet_id
             where f.id = ? and f.kind = 'MISSING' and f.confirmed_at is not null and f.dismissed_at is null
            """;

    /** Shown in files and API responses; pages translate it for staff and customers. */
    private static final String REASON = "the server was missing";

    @Inject
    Sql sql;

    @Inject
    ItemCharges itemCharges;

    /** For the container. */
    public OutageCredits() {}

    /** For use outside a container. */
    OutageCredits(Sql sql, ItemCharges itemCharges) {
        this.sql = sql;
        this.itemCharges = itemCharges;
    }

    private record Terms(UUID walletId, UUID serviceId, Instant since, Instant until, Money given, int gifts) {}

    /** Refunds the amount due that was not refunded yet; returns the amount, if any. */
    Optional<Money> settle(UUID discrepancyId) {
        var wallet = terms(discrepancyId).map(Terms::walletId);
        if (wallet.isEmpty()) {
            return Optional.empty();
        }
        sql.query("select id from wallet where id = ? for no key update", row -> row.uuid("id"), wallet.get());
        sql.query("select id from server_discrepancy where id = ? for update", row -> row.uuid("id"), discrepancyId);
        return terms(discrepancyId).flatMap(terms -> pay(discrepancyId, terms));
    }

    private Optional<Money> pay(UUID discrepancyId, Terms terms) {
        var currency = terms.given().currency();
        var owed = ChargeHistory.before(sql, terms.serviceId(), terms.until(), currency)
                .minus(ChargeHistory.before(sql, terms.serviceId(), terms.since(), currency))
                .minus(terms.given());
        if (!owed.isPositive()) {
            return Optional.empty();
        }
        sql.update(
                "update server_discrepancy set credited = credited + ?, credit_count = credit_count + 1 where id = ?",
                owed.amount(),
                discrepancyId);
        var source = "discrepancy:" + discrepancyId;
        var posted = itemCharges.refund(new OneTimeCharge(
                terms.walletId(),
                owed,
                source,
                REASON,
                source + ":" + (terms.gifts() + 1),
                Optional.of(terms.serviceId())));
        if (posted.isEmpty()) {
            throw new IllegalStateException(
                    "credit " + (terms.gifts() + 1) + " of discrepancy " + discrepancyId + " was already issued");
        }
        return Optional.of(owed);
    }

    private Optional<Terms> terms(UUID discrepancyId) {
        return sql.first(TERMS, OutageCredits::termsOf, discrepancyId);
    }

    private static Terms termsOf(Row row) {
        return new Terms(
                row.uuid("wallet_id"),
                row.uuid("id"),
                row.instant("since"),
                row.instant("seen_until"),
                new Money(row.decimal("credited"), Currency.getInstance(row.text("currency"))),
                row.whole("credit_count"));
    }
}
