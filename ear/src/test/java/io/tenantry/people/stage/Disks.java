package io.tenantry.people.stage;

import io.tenantry.money.Money;
import io.tenantry.options.OptionKind;
import io.tenantry.options.OptionPrices;
import io.tenantry.provider.Snapshots.Keeping;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** A disk and a snapshot that their vendor did not make, so that they cost nothing, and prices of those to come. */
@Stateless
public class Disks {
    @Inject
    Sql sql;

    @Inject
    OptionPrices prices;

    /** Of a service, in an account that nobody looks at. */
    public UUID refused(UUID service) {
        publish(OptionKind.VOLUME, "0.10");
        publish(OptionKind.BACKUP, "2.00");
        return none(OptionKind.VOLUME, service);
    }

    /** A snapshot of a service. */
    public UUID failed(UUID service) {
        publish(OptionKind.SNAPSHOT, "0.05");
        return none(OptionKind.SNAPSHOT, service);
    }

    private UUID none(OptionKind kind, UUID service) {
        var price = sql.one("""
                insert into price_version (id, option_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                           published_at, published_by)
                select gen_random_uuid(), id, 50, version, currency, monthly * 50, round(monthly * 50 / 730, 8), 0, valid_from,
                       published_at, published_by
                  from option_price
                 where kind = ?
                returning id
                """, row -> row.uuid("id"), kind);
        return sql.one(
                """
                insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                            upstream_region, state, keeping, failure, ordered_at, ended_at)
                select gen_random_uuid(), s.id, s.organization_id, s.wallet_id, ?, 'data', 50, ?, 'elsewhere', 'fra1', 'FAILED', ?,
                       'INVALID: no such size', s.ordered_at, clock_timestamp()
                  from service s
                 where s.id = ?
                returning id
                """, row -> row.uuid("id"), kind, price, kind == OptionKind.SNAPSHOT ? Keeping.APART : null, service);
    }

    private void publish(OptionKind kind, String monthly) {
        var outcome = prices.publish(kind, Optional.of(Money.of(monthly, "EUR")), Optional.empty());
        if (outcome != OptionPrices.Outcome.DONE) {
            throw new IllegalStateException("no price of " + kind + ": " + outcome);
        }
    }
}
