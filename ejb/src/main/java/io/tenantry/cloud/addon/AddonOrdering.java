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

/** What is alike in the orders of all options: what hinders them, and what is written down. Joins the caller's transaction. */
@ApplicationScoped
public class AddonOrdering {
    private static final String ENTER = """
            insert into addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        provider_region, keeping, policy, ordered_at)
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
     * What is ordered.
     *
     * @param id made by whoever asks, so that it is entered once
     * @param keeping how the vendor keeps it, if it is a snapshot
     * @param policy how often a server is copied, if it is its backups and that was chosen
     * @param heldFor longer than anybody tries to make it
     */
    record Entry(
            UUID id,
            AddonType kind,
            String name,
            int quantity,
            Optional<Keeping> keeping,
            Optional<Policy> policy,
            Duration heldFor) {
        /** Of what is not backups. */
        Entry(UUID id, AddonType kind, String name, int quantity, Optional<Keeping> keeping, Duration heldFor) {
            this(id, kind, name, quantity, keeping, Optional.empty(), heldFor);
        }
    }

    /** Whether that was asked for before. */
    boolean isKnown(UUID wish, UUID organizationId) {
        return sql.first(
                        "select id from addon where id = ? and organization_id = ?",
                        row -> row.uuid("id"),
                        wish,
                        organizationId)
                .isPresent();
    }

    /** How many volumes an organization has, or has ordered, or has not lost yet. */
    int volumesOf(UUID organizationId) {
        return sql.one("""
                select count(*)::int as n
                  from addon
                 where organization_id = ? and kind = 'VOLUME' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, row -> row.whole("n"), organizationId);
    }

    /** Goes on with what one costs now, if that is what was shown, and the wallet of its server may pay it. */
    AddonOutcome atPrice(AddonType kind, UUID seenPrice, Host host, Function<Offer, AddonOutcome> deed) {
        return atPrice(kind, seenPrice, host.isParked(), host.currency(), deed);
    }

    /** The same for backups, taken as often as that. */
    AddonOutcome atPrice(Optional<Policy> policy, UUID seenPrice, Host host, Function<Offer, AddonOutcome> deed) {
        addonPricing.ordering();
        return atPrice(addonPricing.offer(policy, host.currency()), seenPrice, host.isParked(), deed);
    }

    /** The same for a wallet of that currency, which is parked or not. */
    AddonOutcome atPrice(
            AddonType kind, UUID seenPrice, boolean isParked, Currency currency, Function<Offer, AddonOutcome> deed) {
        addonPricing.ordering();
        return atPrice(addonPricing.offer(kind, currency), seenPrice, isParked, deed);
    }

    private AddonOutcome atPrice(
            Optional<Offer> offer, UUID seenPrice, boolean isParked, Function<Offer, AddonOutcome> deed) {
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (isParked) {
            return new NoWallet();
        }
        return ResellerCreditLimit.isUsedUp(sql) ? new NotSelling() : deed.apply(offer.get());
    }

    /** Holds what it costs at first, and writes it down. */
    AddonOutcome enter(Host host, Offer offer, Entry entry, Map<String, ?> facts) {
        var amount = reservations.atFirst(offer.hourly(entry.quantity()));
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

    /** It, if it is of that kind and whoever acts may do that with it. */
    Addon allowed(Addon option, AddonType kind, String permission) {
        if (option.kind() != kind) {
            throw new NotFoundException(kind.word(), option.id());
        }
        access.requireIn(option.organizationId(), permission);
        return option;
    }

    /** Something is wanted of it: those who work at its kind see to that. */
    void begin(Addon option, String what, Map<String, ?> facts) {
        items.write(option.kind().word(), Ids.next(clock).toString(), option.id());
        tell(option, what, facts);
    }

    /** It stands in the timeline of its server, and in the audit trail. */
    void tell(Addon option, String what, Map<String, ?> facts) {
        records.tell(option, what);
        audit.record(
                option.kind().word() + "." + what,
                option.kind().word(),
                option.id().toString(),
                facts);
    }
}
