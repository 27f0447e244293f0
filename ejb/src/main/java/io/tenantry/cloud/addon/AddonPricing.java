package io.tenantry.cloud.addon;

import io.tenantry.catalog.pricing.WholesalePrices;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Prices of add-ons. The price of a quantity is exactly the quantity times the price of one unit; an hour is 1/730 of it, rounded HALF_UP to
 * eight decimals, as for every price. It is stored as a price version on first use, so that charging needs to know nothing about add-ons.
 *
 * <p>The wholesale price of a quantity is the quantity times the wholesale price of one unit.
 *
 * <p>Joins the caller's transaction. Requires no permission, since prices are public.
 */
@ApplicationScoped
public class AddonPricing {
    private static final String IN_FORCE = """
            select distinct on (kind, policy) id, kind, policy, currency, monthly
              from addon_price
             where kind = any (?) and currency = ? and valid_from <= ?
             order by kind, policy, valid_from desc
            """;

    private static final String VERSION = """
            select addon_price_version(?, o.id, o.version, ?, o.currency, ?, ?, o.wholesale * ?, o.valid_from, ?, ?) as id
              from addon_price o
             where o.id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public AddonPricing() {}

    /** For use outside a container. */
    AddonPricing(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * The current price of an add-on.
     *
     * @param policy the backup frequency, if that has its own price
     * @param unit one unit per month
     */
    public record Offer(UUID priceId, AddonType kind, Optional<Policy> policy, Money unit) {
        /** Returns the price of a quantity per month. */
        public Money monthly(int quantity) {
            return unit.times(quantity);
        }

        /** Returns the price of a quantity per hour. */
        public Money hourly(int quantity) {
            return HourlyRate.ofMonthly(monthly(quantity)).perHour();
        }
    }

    /** Called by an order before it reads offers: keeps the reseller's cost unchanged until the transaction ends. */
    void ordering() {
        WholesalePrices.ordering(sql);
    }

    /** Returns the current price in that currency; empty if it is not offered. */
    Optional<Offer> offer(AddonType kind, Currency currency) {
        return inForce(kind, currency).of(Optional.empty());
    }

    /** Returns the current price of backups at that frequency in that currency; empty if they are not offered. */
    Optional<Offer> offer(Optional<Policy> policy, Currency currency) {
        return backups(currency).of(policy);
    }

    /** Returns the current prices of backups. */
    CurrentPrices backups(Currency currency) {
        return inForce(AddonType.BACKUP, currency);
    }

    private CurrentPrices inForce(AddonType kind, Currency currency) {
        return all(List.of(kind), currency).get(0);
    }

    /** Returns the current prices of those kinds in that currency, in one query and in the same order. */
    List<CurrentPrices> all(List<AddonType> kinds, Currency currency) {
        var names = kinds.stream().map(AddonType::name).toArray(String[]::new);
        var found = sql.query(IN_FORCE, AddonPricing::priced, names, currency, clock.instant());
        return kinds.stream()
                .map(kind -> new CurrentPrices(found.stream()
                        .filter(one -> one.kind() == kind)
                        .collect(Collectors.toMap(Priced::policy, Priced::offer))))
                .toList();
    }

    private record Priced(AddonType kind, Optional<Policy> policy, Optional<Offer> offer) {}

    private static Priced priced(Row row) {
        return new Priced(AddonType.valueOf(row.text("kind")), policy(row), offerOf(row));
    }

    /**
     * The prices of a kind that are in force, by policy.
     *
     * @param all without an offer where it is no longer offered
     */
    record CurrentPrices(Map<Optional<Policy>, Optional<Offer>> all) {
        CurrentPrices {
            all = Map.copyOf(all);
        }

        /** Whether none of it is offered. */
        boolean isNothing() {
            return all.values().stream().allMatch(Optional::isEmpty);
        }

        /** Returns the price of a policy; one that never had its own price costs the general price of backups. */
        Optional<Offer> of(Optional<Policy> policy) {
            var otherwise = all.getOrDefault(Optional.<Policy>empty(), Optional.empty());
            return all.getOrDefault(policy, otherwise);
        }
    }

    /** Returns the unit price that was accepted with a price version, regardless of the current price. */
    Offer accepted(UUID priceVersionId) {
        return sql.first("""
                        select o.id, o.kind, o.policy, o.currency, o.monthly
                          from addon_price o
                          join price_version v on v.addon_price_id = o.id
                         where v.id = ?
                        """, AddonPricing::offerOf, priceVersionId)
                .flatMap(found -> found)
                .orElseThrow(() -> new IllegalArgumentException("not an add-on price: " + priceVersionId));
    }

    /** Returns the increase of the hourly price at the accepted prices; for an order, the whole hourly price. */
    Money increase(Addon option) {
        var present = hourly(option.priceVersionId());
        return option.state() == State.ORDERED
                ? present
                : hourly(option.wantedPriceId()).minus(present);
    }

    /** Returns the hourly price of an accepted price version. */
    Money hourly(UUID priceVersionId) {
        return sql.one(
                "select currency, hourly from price_version where id = ?",
                row -> new Money(row.decimal("hourly"), Currency.getInstance(row.text("currency"))),
                priceVersionId);
    }

    /** Returns the price version of a quantity, and stores it if it is the first use of that quantity. */
    UUID version(Offer offer, int quantity) {
        return sql.one(
                VERSION,
                row -> row.uuid("id"),
                Ids.next(clock),
                quantity,
                offer.monthly(quantity).amount(),
                offer.hourly(quantity).amount(),
                quantity,
                clock.instant(),
                Actors.require().name(),
                offer.priceId());
    }

    private static Optional<Policy> policy(Row row) {
        return row.maybeText("policy").map(Policy::valueOf);
    }

    private static Optional<Offer> offerOf(Row row) {
        return row.maybeDecimal("monthly")
                .map(monthly -> new Offer(
                        row.uuid("id"),
                        AddonType.valueOf(row.text("kind")),
                        policy(row),
                        new Money(monthly, Currency.getInstance(row.text("currency")))));
    }
}
