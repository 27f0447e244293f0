package io.tenantry.cloud.transfer;

import io.tenantry.catalog.Currencies;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.CurrencyUnits;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Packs of transfer on offer by the reseller. An offer is never changed, so that customers pay the price that was shown: it is withdrawn, and
 * another one takes its place. Purchased packs are not affected.
 */
@Stateless
public class TransferPackOffers {
    /** The maximum size of a pack. */
    public static final int GIB_MAX = 1 << 20;

    /** The maximum validity of a pack, except for those valid until used up. */
    public static final int MONTHS_MAX = 60;

    /** The maximum price of a pack, in currencies like the euro ({@link AmountLimit}). */
    private static final BigDecimal PRICE_MAX = BigDecimal.valueOf(1_000_000);

    private static final String OFFERS = """
            select o.id, o.gib, o.currency, o.price, o.months::numeric as months, o.offered_at, o.offered_by, o.withdrawn_at,
                   (select count(*)::int from transfer_pack k where k.offer_id = o.id) as sold
              from transfer_pack_offer o
            """;

    /** As long as overage is free, packs are pointless. */
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
     * @param months the validity of a pack; empty if it is valid until used up
     * @param sold number of packs sold
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

    /** The input of staff. */
    public record Draft(int gib, Money price, Optional<Integer> months) {
        /** Returns the maximum price of a pack in a currency. */
        public static Money maximum(Currency currency) {
            return new Money(AmountLimit.of(PRICE_MAX, currency), currency);
        }

        /** Returns the fields whose values are out of range. */
        public Set<Field> faults() {
            var faults = EnumSet.noneOf(Field.class);
            if (gib < 1 || gib > GIB_MAX) {
                faults.add(Field.GIB);
            }
            if (!price.isPositive()
                    || !CurrencyUnits.isPayable(price.amount(), price.currency())
                    || price.compareTo(maximum(price.currency())) > 0) {
                faults.add(Field.PRICE);
            }
            if (months.filter(number -> number < 1 || number > MONTHS_MAX).isPresent()) {
                faults.add(Field.MONTHS);
            }
            return faults;
        }
    }

    /** A field of the input. */
    public enum Field {
        /** The size, from 1 to {@link #GIB_MAX}. */
        GIB,
        /** The price, above zero, at most {@link Draft#maximum} and without fractions of the currency's smallest unit. */
        PRICE,
        /** The validity, from 1 to {@link #MONTHS_MAX}. */
        MONTHS
    }

    /** The outcome of adding an offer. */
    public enum Outcome {
        DONE,
        /** A value is out of range, see {@link Draft#faults}, or the currency is not one in which the reseller sells. */
        INVALID,
        /** An offer with that size and validity is on sale already. */
        DUPLICATE
    }

    /** Returns all offers, those on sale first. */
    public List<Offer> all() {
        access.require(Permission.STAFF_PLANS_VIEW);
        return sql.query(
                OFFERS + " order by o.withdrawn_at is not null, o.currency, o.gib, o.months nulls last, o.id",
                TransferPackOffers::read);
    }

    /** Returns the offers on sale in a currency, the smallest first; none as long as overage is free. Requires no permission. */
    public List<Offer> onSale(Currency currency) {
        return sql.query(
                ON_SALE + " and o.currency = ? order by o.gib, o.months nulls last, o.id",
                TransferPackOffers::read,
                clock.instant(),
                currency);
    }

    /** Adds an offer. */
    public Outcome offer(Draft draft) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (!draft.faults().isEmpty() || !currencies.isSold(draft.price().currency())) {
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
            return Outcome.DUPLICATE;
        }
        var facts = new HashMap<String, Object>();
        facts.put("gib", draft.gib());
        facts.put("price", draft.price());
        draft.months().ifPresent(months -> facts.put("months", months));
        audit.record("transfer.pack_offered", "transfer_pack_offer", id.toString(), facts);
        return Outcome.DONE;
    }

    /**
     * Withdraws an offer.
     *
     * @return false if it was withdrawn before
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

    /** Returns the offer, if it is on sale. Requires no permission. */
    public Optional<Offer> onSale(UUID offerId) {
        return sql.first(ON_SALE + " and o.id = ?", TransferPackOffers::read, clock.instant(), offerId);
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
