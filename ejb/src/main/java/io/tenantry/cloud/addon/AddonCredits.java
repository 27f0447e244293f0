package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.ChargeHistory;
import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provisioning.ServerAddresses;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends missing add-ons and refunds what was charged since each was last seen: all hours that began after that, at the price charged. Requests
 * nothing from the provider: an add-on that reappears there is an unpaid one, and staff decide about it. Joins the caller's transaction, which
 * holds the locks of the server and the add-on.
 */
@ApplicationScoped
public class AddonCredits {
    /** Shown in files and API responses; pages translate it for staff and customers. */
    private static final String REASON = "it was not there";

    private static final String MISSING = """
            select id, since
              from addon_discrepancy
             where addon_id = ? and kind = 'MISSING' and state = 'OPEN' and confirmed_at is not null
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AddonRepository records;

    @Inject
    ServerTerminationListener ends;

    @Inject
    Charging charging;

    @Inject
    ItemCharges itemCharges;

    @Inject
    AddonPricing addonPricing;

    @Inject
    ServerAddresses reach;

    /** For the container. */
    public AddonCredits() {}

    /** For use outside a container. */
    AddonCredits(Collaborators collaborators) {
        sql = collaborators.sql();
        clock = collaborators.clock();
        records = collaborators.records();
        ends = collaborators.ends();
        charging = collaborators.charging();
        itemCharges = collaborators.itemCharges();
        addonPricing = collaborators.terms();
        reach = collaborators.reach();
    }

    /** The collaborators. */
    record Collaborators(
            Sql sql,
            Clock clock,
            AddonRepository records,
            ServerTerminationListener ends,
            Charging charging,
            ItemCharges itemCharges,
            AddonPricing terms,
            ServerAddresses reach) {}

    private record LostAddon(UUID discrepancyId, Instant since) {}

    /** Ends the add-on together with everything that depends on it, and returns the total refund. */
    Money end(UUID discrepancyId, Addon option, Instant since) {
        var given = Money.zero(addonPricing.hourly(option.priceVersionId()).currency());
        if (option.kind() == AddonType.BACKUP) {
            for (var snapshot : ends.withBackups(option.serviceId())) {
                given = given.plus(endWithBackups(snapshot));
            }
        }
        return given.plus(settle(discrepancyId, option, since));
    }

    /** Ends a snapshot that exists only as long as the backups; refunds it as well if it is itself missing. */
    private Money endWithBackups(Addon snapshot) {
        var loss = snapshot.state() == State.ACTIVE ? loss(snapshot) : Optional.<LostAddon>empty();
        if (loss.isPresent()) {
            return settle(loss.get().discrepancyId(), snapshot, loss.get().since());
        }
        ends.end(snapshot, clock.instant(), "the backups of its server are off");
        records.recordEvent(snapshot, "gone");
        return Money.zero(addonPricing.hourly(snapshot.priceVersionId()).currency());
    }

    private Optional<LostAddon> loss(Addon option) {
        return sql.first(MISSING, row -> new LostAddon(row.uuid("id"), row.instant("since")), option.id());
    }

    private Money settle(UUID discrepancyId, Addon option, Instant since) {
        var now = clock.instant();
        charging.end(option.id(), option.walletId(), now);
        records.end(option, State.TERMINATED, now);
        if (option.kind() == AddonType.ADDRESS) {
            reach.go(option.serviceId(), option.upstreamId().orElseThrow());
        }
        var currency = addonPricing.hourly(option.priceVersionId()).currency();
        var owed = ChargeHistory.before(sql, option.id(), now, currency)
                .minus(ChargeHistory.before(sql, option.id(), since, currency))
                .max(Money.zero(currency));
        sql.update("""
                update addon_discrepancy
                   set state = 'RESOLVED', resolved_at = clock_timestamp(), resolution = 'ENDED', resolved_by = ?, credited = ?
                 where id = ?
                """, Actors.require().name(), owed.amount(), discrepancyId);
        if (owed.isPositive()) {
            pay(discrepancyId, option, owed);
        }
        records.recordEvent(option, "lost");
        return owed;
    }

    private void pay(UUID discrepancyId, Addon option, Money owed) {
        var source = "addon-discrepancy:" + discrepancyId;
        if (itemCharges
                .refund(new OneTimeCharge(option.walletId(), owed, source, REASON, source, Optional.of(option.id())))
                .isEmpty()) {
            throw new IllegalStateException("discrepancy " + discrepancyId + " was already refunded");
        }
    }
}
