package io.tenantry.cloud.addon;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.AddonOutcome.Done;
import io.tenantry.cloud.addon.AddonOutcome.InsufficientFunds;
import io.tenantry.cloud.addon.AddonOutcome.NoWallet;
import io.tenantry.cloud.addon.AddonOutcome.NotOffered;
import io.tenantry.cloud.addon.AddonOutcome.NotSelling;
import io.tenantry.cloud.addon.AddonOutcome.PriceChanged;
import io.tenantry.cloud.addon.AddonPricing.Offer;
import io.tenantry.cloud.addon.AddonServers.Host;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.ResellerCreditLimit;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Common steps of ordering add-ons of any kind: checks and persistence. Joins the caller's transaction. */
@ApplicationScoped
public class AddonOrdering {
    private static final String ENTER = """
            insert into addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        provider_region, retention, policy, ordered_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    AddonRepository records;

    @Inject
    AddonPricing addonPricing;

    @Inject
    Reservations reservations;

    @Inject
    WorkItems items;

    /** For the container. */
    public AddonOrdering() {}

    /** For use outside a container. */
    AddonOrdering(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            AddonRepository records,
            AddonPricing addonPricing,
            Reservations reservations,
            WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.records = records;
        this.addonPricing = addonPricing;
        this.reservations = reservations;
        this.items = items;
    }

    /**
     * An order.
     *
     * @param id chosen by the caller, so that it is entered once
     * @param keeping how the provider keeps it, for a snapshot
     * @param policy the backup frequency, for backups if it was chosen
     * @param heldFor lifetime of the reservation; longer than any attempt to create the add-on
     */
    record Entry(
            UUID id,
            AddonType kind,
            String name,
            int quantity,
            Optional<Keeping> keeping,
            Optional<Policy> policy,
            Duration heldFor) {
        /** Creates an order of anything but backups. */
        Entry(UUID id, AddonType kind, String name, int quantity, Optional<Keeping> keeping, Duration heldFor) {
            this(id, kind, name, quantity, keeping, Optional.empty(), heldFor);
        }
    }

    /** Whether that request was made before. */
    boolean isKnown(UUID requestId, UUID organizationId) {
        return sql.first(
                        "select id from addon where id = ? and organization_id = ?",
                        row -> row.uuid("id"),
                        requestId,
                        organizationId)
                .isPresent();
    }

    /** Returns how many volumes of an organization are ordered, exist or are being deleted. */
    int volumesOf(UUID organizationId) {
        return sql.one("""
                select count(*)::int as n
                  from addon
                 where organization_id = ? and kind = 'VOLUME' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, row -> row.whole("n"), organizationId);
    }

    /** Continues with the current price if it is the one shown and the server's wallet can pay it. */
    AddonOutcome atPrice(AddonType kind, UUID seenPrice, Host host, Function<Offer, AddonOutcome> action) {
        return atPrice(kind, seenPrice, host.isParked(), host.currency(), action);
    }

    /** Does the same for backups at that frequency. */
    AddonOutcome atPrice(Optional<Policy> policy, UUID seenPrice, Host host, Function<Offer, AddonOutcome> action) {
        addonPricing.ordering();
        return atPrice(addonPricing.offer(policy, host.currency()), seenPrice, host.isParked(), action);
    }

    /** Does the same for a wallet of that currency, which may be parked. */
    AddonOutcome atPrice(
            AddonType kind, UUID seenPrice, boolean isParked, Currency currency, Function<Offer, AddonOutcome> action) {
        addonPricing.ordering();
        return atPrice(addonPricing.offer(kind, currency), seenPrice, isParked, action);
    }

    private AddonOutcome atPrice(
            Optional<Offer> offer, UUID seenPrice, boolean isParked, Function<Offer, AddonOutcome> action) {
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (isParked) {
            return new NoWallet();
        }
        return ResellerCreditLimit.isUsedUp(sql) ? new NotSelling() : action.apply(offer.get());
    }

    /** Reserves the initial cost and stores the order. */
    AddonOutcome enter(Host host, Offer offer, Entry entry, Map<String, ?> facts) {
        var amount = reservations.firstHoursOf(host.walletId(), host.id(), offer.hourly(entry.quantity()));
        var missing = reservations.hold(host.walletId(), entry.id(), amount, entry.heldFor());
        if (missing.isPresent()) {
            return new InsufficientFunds(missing.get());
        }
        sql.update(
                ENTER,
                entry.id(),
                host.id(),
                host.organizationId(),
                host.walletId(),
                entry.kind(),
                entry.name(),
                entry.quantity(),
                addonPricing.version(offer, entry.quantity()),
                host.account().orElseThrow(),
                host.upstreamRegion(),
                entry.keeping().orElse(null),
                entry.policy().orElse(null),
                clock.instant());
        begin(records.read(entry.id()), "ordered", facts);
        return new Done(entry.id());
    }

    /** Returns the add-on if it is of that kind and the caller has the permission. */
    Addon allowed(Addon option, AddonType kind, String permission) {
        if (option.kind() != kind) {
            throw new NotFoundException(kind.word(), option.id());
        }
        access.requireIn(option.organizationId(), permission);
        return option;
    }

    /** Records a requested change and creates the work item of its kind. */
    void begin(Addon option, String what, Map<String, ?> facts) {
        items.write(option.kind().word(), Ids.next(clock).toString(), option.id());
        recordEvent(option, what, facts);
    }

    /** Adds an event to the server's timeline and to the audit trail. */
    void recordEvent(Addon option, String what, Map<String, ?> facts) {
        records.recordEvent(option, what);
        audit.record(
                option.kind().word() + "." + what,
                option.kind().word(),
                option.id().toString(),
                facts);
    }
}
