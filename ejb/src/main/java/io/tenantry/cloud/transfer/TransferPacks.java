package io.tenantry.cloud.transfer;

import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.billing.wallet.WalletHistory;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Transfer that an organization has paid for in advance: what exceeds the transfer included in its plans is taken from there first. */
@Stateless
public class TransferPacks {
    /** Shown in files and API responses; pages translate it. */
    private static final String REASON = "transfer paid in advance";

    private static final String PACKS = """
            select id, bytes, used_bytes, currency, price, bought_at, bought_by, expires_at
              from transfer_pack
             where organization_id = ?
             order by used_bytes = bytes or expires_at is not null and expires_at <= ?, expires_at nulls last, bought_at, id
             limit 200
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
    TenantDirectory tenants;

    @Inject
    Wallets wallets;

    @Inject
    ItemCharges itemCharges;

    @Inject
    TransferPackOffers offers;

    /** For the container. */
    public TransferPacks() {}

    /** For use outside a container. */
    TransferPacks(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            Wallets wallets,
            ItemCharges itemCharges,
            TransferPackOffers offers) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.wallets = wallets;
        this.itemCharges = itemCharges;
        this.offers = offers;
    }

    /**
     * A pack that was bought.
     *
     * @param expiresAt it does not count for periods that begin later; empty if it does not expire
     * @param isOver whether it can no longer be used: it is used up, or has expired
     */
    public record Pack(
            UUID id,
            long bytes,
            long usedBytes,
            Money price,
            Instant boughtAt,
            String boughtBy,
            Optional<Instant> expiresAt,
            boolean isOver) {
        /** Returns what is left of it. */
        public long leftBytes() {
            return bytes - usedBytes;
        }
    }

    /** The outcome of a purchase. */
    public sealed interface Outcome {
        /** The pack belongs to the organization and is paid. */
        record Done(UUID packId) implements Outcome {}

        /** The offer is no longer on sale. */
        record Withdrawn() implements Outcome {}

        /** The organization has no wallet in that currency, or it cannot be used at present. */
        record NoWallet(Currency currency) implements Outcome {}

        /** The wallet's spendable amount is below the price. */
        record InsufficientFunds(Money missing) implements Outcome {}
    }

    /** Returns an organization's packs: usable ones first, in the order of use. */
    public List<Pack> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.EGRESS_VIEW);
        var now = clock.instant();
        return sql.query(PACKS, row -> pack(row, now), organizationId, now);
    }

    /**
     * Buys a pack and pays for it from the organization's wallet.
     *
     * @param packId chosen by the caller, new for each purchase: a repetition returns the same pack, which is paid once
     * @throws NotFoundException if the ID belongs to another organization
     */
    public Outcome buy(UUID organizationId, UUID offerId, UUID packId) {
        access.requireIn(organizationId, Permission.EGRESS_MANAGE);
        var offer = offers.onSale(offerId);
        if (offer.isEmpty()) {
            return isBought(organizationId, packId) ? new Outcome.Done(packId) : new Outcome.Withdrawn();
        }
        var price = offer.get().price();
        var wallet = wallets.paying(organizationId)
                .filter(one -> one.balance().currency().equals(price.currency())
                        && one.parked().isEmpty());
        if (wallet.isEmpty()) {
            return new Outcome.NoWallet(price.currency());
        }
        // Under the wallet's lock: a concurrent repetition waits here, and then finds the pack.
        var missing = itemCharges.shortfall(wallet.get().id(), price);
        if (isBought(organizationId, packId)) {
            return new Outcome.Done(packId);
        }
        if (new WalletHistory(sql).isClosed(wallet.get().id())) {
            return new Outcome.NoWallet(price.currency());
        }
        if (missing.isPresent()) {
            return new Outcome.InsufficientFunds(missing.get());
        }
        write(organizationId, wallet.get().id(), offer.get(), packId);
        return new Outcome.Done(packId);
    }

    private boolean isBought(UUID organizationId, UUID packId) {
        var owner = sql.first(
                "select organization_id from transfer_pack where id = ?", row -> row.uuid("organization_id"), packId);
        if (owner.isPresent() && !owner.get().equals(organizationId)) {
            throw new NotFoundException("pack", packId);
        }
        return owner.isPresent();
    }

    private void write(UUID organizationId, UUID walletId, TransferPackOffers.Offer offer, UUID packId) {
        var now = clock.instant();
        sql.update(
                """
                insert into transfer_pack (id, offer_id, organization_id, wallet_id, bytes, currency, price, bought_at, bought_by,
                                           expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                packId,
                offer.id(),
                organizationId,
                walletId,
                (long) offer.gib() << 30,
                offer.price().currency(),
                offer.price().amount(),
                now,
                Actors.require().name(),
                offer.months().map(months -> end(now, months)).orElse(null));
        var source = "transfer-pack:" + packId;
        var posted = itemCharges.charge(new OneTimeCharge(walletId, offer.price(), source, REASON, source));
        if (posted.isEmpty()) {
            throw new IllegalStateException(source + " was already charged");
        }
        audit.record(
                "transfer.pack_bought",
                "transfer_pack",
                packId.toString(),
                Map.of("gib", offer.gib(), "price", offer.price()));
    }

    /** By the reseller's calendar. */
    private Instant end(Instant now, int months) {
        return now.atZone(tenants.current().zone()).plusMonths(months).toInstant();
    }

    private static Pack pack(Row row, Instant now) {
        var expiresAt = row.maybeInstant("expires_at");
        return new Pack(
                row.uuid("id"),
                row.big("bytes"),
                row.big("used_bytes"),
                new Money(row.decimal("price"), Currency.getInstance(row.text("currency"))),
                row.instant("bought_at"),
                row.text("bought_by"),
                expiresAt,
                row.big("bytes") == row.big("used_bytes")
                        || expiresAt.filter(end -> !end.isAfter(now)).isPresent());
    }
}
