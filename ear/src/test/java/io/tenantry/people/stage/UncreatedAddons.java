package io.tenantry.people.stage;

import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** A volume, a snapshot and an address that their provider did not create, so that they cost nothing, and prices for future ones. */
@Stateless
public class UncreatedAddons {
    @Inject
    Sql sql;

    @Inject
    AddonPrices prices;

    /** Adds a volume of a service, in an account that is not reconciled. */
    public UUID refused(UUID service) {
        publish(AddonType.VOLUME, "0.10");
        publish(AddonType.BACKUP, "2.00");
        return none(AddonType.VOLUME, service);
    }

    /** Adds a snapshot of a service. */
    public UUID failed(UUID service) {
        publish(AddonType.SNAPSHOT, "0.05");
        return none(AddonType.SNAPSHOT, service);
    }

    /** Adds an address of a service. */
    public UUID lacking(UUID service) {
        publish(AddonType.ADDRESS, "2.00");
        return none(AddonType.ADDRESS, service);
    }

    private UUID none(AddonType kind, UUID service) {
        var quantity = kind == AddonType.ADDRESS ? 1 : 50;
        var price = sql.one("""
                insert into price_version (id, addon_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                           published_at, published_by)
                select gen_random_uuid(), p.id, q.n, p.version, p.currency, p.monthly * q.n, round(p.monthly * q.n / 730, 8), 0, p.valid_from,
                       p.published_at, p.published_by
                  from addon_price p
                 cross join (select ?::integer as n) q
                 where p.kind = ?
                returning id
                """, row -> row.uuid("id"), quantity, kind);
        return sql.one(
                """
                insert into addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                            provider_region, state, retention, failure, ordered_at, ended_at)
                select gen_random_uuid(), s.id, s.organization_id, s.wallet_id, ?, 'data', ?, ?, 'elsewhere', 'fra1', 'FAILED', ?,
                       'INVALID: no such size', s.ordered_at, clock_timestamp()
                  from service s
                 where s.id = ?
                returning id
                """,
                row -> row.uuid("id"),
                kind,
                quantity,
                price,
                kind == AddonType.SNAPSHOT ? Keeping.STANDALONE : null,
                service);
    }

    private void publish(AddonType kind, String monthly) {
        var outcome = prices.publish(kind, Optional.of(Money.of(monthly, "EUR")), Optional.empty());
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("no price of " + kind + ": " + outcome);
        }
    }
}
