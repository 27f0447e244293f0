package io.tenantry.cloud.transfer;

import io.tenantry.catalog.Currencies;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The price of transfer beyond what plans include. A price is never changed: the next version applies to periods that begin after it takes
 * effect. Without a price, overage is free.
 */
@Stateless
public class OveragePrices {
    /** The maximum price, in currencies like the euro ({@link AmountLimit}). */
    private static final BigDecimal PER_GIB_MAX = BigDecimal.valueOf(1_000);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Currencies currencies;

    /** For the container. */
    public OveragePrices() {}

    /** For use outside a container. */
    OveragePrices(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.currencies = new Currencies(sql, tenants);
    }

    /** A version of the price. */
    public record Version(UUID id, int number, Money perGib, Instant validFrom, String publishedBy) {
        /** Returns the maximum price in a currency. */
        public static Money maximum(Currency currency) {
            return new Money(AmountLimit.of(PER_GIB_MAX, currency), currency);
        }
    }

    /** The outcome of publishing. */
    public enum Outcome {
        DONE,
        /** The price is negative, above the maximum, or in another currency. */
        INVALID,
        /** The price is that already, or another one was published concurrently. */
        UNCHANGED
    }

    /** Returns all versions in all currencies, the latest first. */
    public List<Version> all() {
        access.require(Permission.STAFF_PLANS_VIEW);
        return versions();
    }

    /** Publishes a price for periods that begin from now on. */
    public Outcome publish(Money perGib) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (perGib.isNegative()
                || perGib.compareTo(Version.maximum(perGib.currency())) > 0
                || !currencies.isSold(perGib.currency())) {
            return Outcome.INVALID;
        }
        var known = versions();
        if (known.stream()
                .filter(one -> one.perGib().currency().equals(perGib.currency()))
                .findFirst()
                .filter(one -> one.perGib().equals(perGib))
                .isPresent()) {
            return Outcome.UNCHANGED;
        }
        var id = Ids.next(clock);
        var added = sql.update(
                """
                insert into transfer_price (id, version, currency, per_gib, valid_from, published_at, published_by)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                id,
                known.isEmpty() ? 1 : known.get(0).number() + 1,
                perGib.currency(),
                perGib.amount(),
                clock.instant(),
                clock.instant(),
                Actors.require().name());
        if (added == 0) {
            return Outcome.UNCHANGED; // A concurrent publication was faster.
        }
        audit.record("transfer.price_published", "transfer_price", id.toString(), Map.of("per_gib", perGib));
        return Outcome.DONE;
    }

    private List<Version> versions() {
        return sql.query(
                "select id, version, currency, per_gib, valid_from, published_by from transfer_price order by version desc",
                OveragePrices::version);
    }

    private static Version version(Row row) {
        return new Version(
                row.uuid("id"),
                row.whole("version"),
                new Money(row.decimal("per_gib"), Currency.getInstance(row.text("currency"))),
                row.instant("valid_from"),
                row.text("published_by"));
    }
}
