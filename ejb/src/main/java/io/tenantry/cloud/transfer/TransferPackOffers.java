package io.tenantry.cloud.transfer;

import io.tenantry.catalog.Currencies;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Packs of transfer as the reseller offers them. An offer is never changed, so that whoever chooses one pays what was seen: it is withdrawn,
 * and another takes its place. Packs that were bought stay as they were bought.
 */
@Stateless
public class TransferPackOffers {
    /** No pack is larger. */
    public static final int GIB_MAX = 1 << 20;

    /** No pack counts for longer, but for those that count until they are used up. */
    public static final int MONTHS_MAX = 60;

    private static final String OFFERS = """
            select o.id, o.gib, o.currency, o.price, o.months::numeric as months, o.offered_at, o.offered_by, o.withdrawn_at,
                   (select count(*)::int from transfer_pack k where k.offer_id = o.id) as sold
              from transfer_pack_offer o
            """;

    /** While nothing is taken for what is beyond, nobody needs a pack. */
    private static final String ON_SALE = OFFERS + """
             where o.withdrawn_at is null
               and (select v.per_gib
                      from transfer_price v
                     where v.currency = o.currency and v.valid_from <= ?
                     order by v.valid_from desc
                     limit 1) > 0
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
    Currencies currencies;

    /** For the container. */
    public TransferPackOffers() {}

    /** For use outside a container. */
    TransferPackOffers(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.currencies = new Currencies(sql, tenants);
    }

    /**
     * An offer.
     *
     * @param months for how long a pack counts; empty for until it is used up
     * @param sold how many were bought
     */
    public record Offer(
            UUID id,
            int gib,
            Money price,
            Optional<Integer> months,
            Instant offeredAt,
            String offeredBy,
            Optional<Instant> withdrawnAt,
            int sold) {}

    /** What staff fill in. */
    public record Draft(int gib, Money price, Optional<Integer> months) {}

    /** How offering ended. */
    public enum Outcome {
        DONE,
        /** Too little or too much, free, of another currency, or finer than eight decimals. */
        INVALID,
        /** One of that size and time is on sale already. */
        THERE
    }

    /** All of them, those on sale first. */
    public List<Offer> all() {
        access.require(Permission.STAFF_PLANS_VIEW);
        return sql.query(
                OFFERS + " order by o.withdrawn_at is not null, o.currency, o.gib, o.months nulls last, o.id",
                TransferPackOffers::read);
    }

    /** Those on sale now in a currency, the smallest first; none while nothing is taken for what is beyond. Anybody may know. */
    public List<Offer> onSale(Currency currency) {
        return sql.query(
                ON_SALE + " and o.currency = ? order by o.gib, o.months nulls last, o.id",
                TransferPackOffers::read,
                clock.instant(),
                currency);
    }

    /** Offers a pack. */
    public Outcome offer(Draft draft) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (!isPossible(draft)) {
            return Outcome.INVALID;
        }
        var id = Ids.next(clock);
        var added = sql.update(
                """
                insert into transfer_pack_offer (id, gib, currency, price, months, offered_at, offered_by)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                id,
                draft.gib(),
                draft.price().currency(),
                draft.price().amount(),
                draft.months().orElse(null),
                clock.instant(),
                Actors.require().name());
        if (added == 0) {
            return Outcome.THERE;
        }
        var facts = new HashMap<String, Object>();
        facts.put("gib", draft.gib());
        facts.put("price", draft.price());
        draft.months().ifPresent(months -> facts.put("months", months));
        audit.record("transfer.pack_offered", "transfer_pack_offer", id.toString(), facts);
        return Outcome.DONE;
    }

    /**
     * Takes an offer off sale.
     *
     * @return false if it was before
     */
    public boolean withdraw(UUID offerId) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var withdrawn = sql.update(
                "update transfer_pack_offer set withdrawn_at = greatest(offered_at, ?) where id = ? and withdrawn_at is null",
                clock.instant(),
                offerId);
        if (withdrawn == 1) {
            audit.record("transfer.pack_withdrawn", "transfer_pack_offer", offerId);
            return true;
        }
        if (sql.first("select id from transfer_pack_offer where id = ?", row -> row.uuid("id"), offerId)
                .isEmpty()) {
            throw new NotFoundException("offer", offerId);
        }
        return false;
    }

    /** The offer, if it is on sale now. Anybody may know. */
    public Optional<Offer> onSale(UUID offerId) {
        return sql.first(ON_SALE + " and o.id = ?", TransferPackOffers::read, clock.instant(), offerId);
    }

    private boolean isPossible(Draft draft) {
        return draft.gib() >= 1
                && draft.gib() <= GIB_MAX
                && draft.price().isPositive()
                && currencies.isSold(draft.price().currency())
                && draft.months()
                        .filter(months -> months < 1 || months > MONTHS_MAX)
                        .isEmpty();
    }

    private static Offer read(Row row) {
        return new Offer(
                row.uuid("id"),
                row.whole("gib"),
                new Money(row.decimal("price"), Currency.getInstance(row.text("currency"))),
                row.maybeDecimal("months").map(BigDecimal::intValueExact),
                row.instant("offered_at"),
                row.text("offered_by"),
                row.maybeInstant("withdrawn_at"),
                row.whole("sold"));
    }
}
