package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.options.Hosts.Host;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NoWallet;
import io.tenantry.options.OptionOutcome.NotOffered;
import io.tenantry.options.OptionOutcome.NotSelling;
import io.tenantry.options.OptionOutcome.PriceChanged;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.Terms.Offer;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Snapshots.Keeping;
import io.tenantry.settlement.ResellerCredit;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
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
public class OptionEntries {
    private static final String ENTER = """
            insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        upstream_region, keeping, policy, ordered_at)
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
    OptionRecords records;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    @Inject
    WorkItems items;

    /** For the container. */
    public OptionEntries() {}

    /** For use outside a container. */
    OptionEntries(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            OptionRecords records,
            Terms terms,
            Holds holds,
            WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.records = records;
        this.terms = terms;
        this.holds = holds;
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
            OptionKind kind,
            String name,
            int quantity,
            Optional<Keeping> keeping,
            Optional<Policy> policy,
            Duration heldFor) {
        /** Of what is not backups. */
        Entry(UUID id, OptionKind kind, String name, int quantity, Optional<Keeping> keeping, Duration heldFor) {
            this(id, kind, name, quantity, keeping, Optional.empty(), heldFor);
        }
    }

    /** Whether that was asked for before. */
    boolean isKnown(UUID wish, UUID organizationId) {
        return sql.first(
                        "select id from service_option where id = ? and organization_id = ?",
                        row -> row.uuid("id"),
                        wish,
                        organizationId)
                .isPresent();
    }

    /** How many volumes an organization has, or has ordered, or has not lost yet. */
    int volumesOf(UUID organizationId) {
        return sql.one("""
                select count(*)::int as n
                  from service_option
                 where organization_id = ? and kind = 'VOLUME' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, row -> row.whole("n"), organizationId);
    }

    /** Goes on with what one costs now, if that is what was shown, and the wallet of its server may pay it. */
    OptionOutcome atPrice(OptionKind kind, UUID seenPrice, Host host, Function<Offer, OptionOutcome> deed) {
        return atPrice(kind, seenPrice, host.isParked(), host.currency(), deed);
    }

    /** The same for backups, taken as often as that. */
    OptionOutcome atPrice(Optional<Policy> policy, UUID seenPrice, Host host, Function<Offer, OptionOutcome> deed) {
        terms.ordering();
        return atPrice(terms.offer(policy, host.currency()), seenPrice, host.isParked(), deed);
    }

    /** The same for a wallet of that currency, which is parked or not. */
    OptionOutcome atPrice(
            OptionKind kind, UUID seenPrice, boolean isParked, Currency currency, Function<Offer, OptionOutcome> deed) {
        terms.ordering();
        return atPrice(terms.offer(kind, currency), seenPrice, isParked, deed);
    }

    private OptionOutcome atPrice(
            Optional<Offer> offer, UUID seenPrice, boolean isParked, Function<Offer, OptionOutcome> deed) {
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (isParked) {
            return new NoWallet();
        }
        return ResellerCredit.isUsedUp(sql) ? new NotSelling() : deed.apply(offer.get());
    }

    /** Holds what it costs at first, and writes it down. */
    OptionOutcome enter(Host host, Offer offer, Entry entry, Map<String, ?> facts) {
        var amount = holds.atFirst(offer.hourly(entry.quantity()));
        var missing = holds.hold(host.walletId(), entry.id(), amount, entry.heldFor());
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
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
                terms.version(offer, entry.quantity()),
                host.account().orElseThrow(),
                host.upstreamRegion(),
                entry.keeping().orElse(null),
                entry.policy().orElse(null),
                clock.instant());
        begin(records.read(entry.id()), "ordered", facts);
        return new Done(entry.id());
    }

    /** It, if it is of that kind and whoever acts may do that with it. */
    ServiceOption allowed(ServiceOption option, OptionKind kind, String permission) {
        if (option.kind() != kind) {
            throw new NotVisible(kind.word(), option.id());
        }
        access.requireIn(option.organizationId(), permission);
        return option;
    }

    /** Something is wanted of it: those who work at its kind see to that. */
    void begin(ServiceOption option, String what, Map<String, ?> facts) {
        items.write(option.kind().word(), Ids.next(clock).toString(), option.id());
        tell(option, what, facts);
    }

    /** It stands in the timeline of its server, and in the audit trail. */
    void tell(ServiceOption option, String what, Map<String, ?> facts) {
        records.tell(option, what);
        audit.record(
                option.kind().word() + "." + what,
                option.kind().word(),
                option.id().toString(),
                facts);
    }
}
