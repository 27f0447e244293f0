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
 * What options cost. The price of so many is that of one, times so many, exactly; an hour is a 730th of it, rounded HALF_UP at eight
 * decimals, as of every price. It is written as a price version when it is taken for the first time, so that charging needs to know nothing
 * of options.
 *
 * <p>What the platform asks of the reseller for so many is so many times what it asks for one.
 *
 * <p>Joins the caller's transaction. Asks for no right: what something costs anybody may know.
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
     * What an option costs now.
     *
     * @param policy of backups: how often, where that has a price of its own
     * @param unit a month, of one
     */
    public record Offer(UUID priceId, AddonType kind, Optional<Policy> policy, Money unit) {
        /** A month of so many. */
        public Money monthly(int quantity) {
            return unit.times(quantity);
        }

        /** An hour of so many. */
        public Money hourly(int quantity) {
            return HourlyRate.ofMonthly(monthly(quantity)).perHour();
        }
    }

    /** For an order, before it asks what is on offer: what that costs the reseller does not change before the transaction ends. */
    void ordering() {
        WholesalePrices.ordering(sql);
    }

    /** What it costs now in that currency; empty if it is not offered. */
    Optional<Offer> offer(AddonType kind, Currency currency) {
        return inForce(kind, currency).of(Optional.empty());
    }

    /** What backups cost now, of that policy, in that currency; empty if they are not offered. */
    Optional<Offer> offer(Optional<Policy> policy, Currency currency) {
        return backups(currency).of(policy);
    }

    /** What backups cost now. */
    InForce backups(Currency currency) {
        return inForce(AddonType.BACKUP, currency);
    }

    private InForce inForce(AddonType kind, Currency currency) {
        return all(List.of(kind), currency).get(0);
    }

    /** What those cost now in that currency, in one question: one after the other. */
    List<InForce> all(List<AddonType> kinds, Currency currency) {
        var names = kinds.stream().map(AddonType::name).toArray(String[]::new);
        var found = sql.query(IN_FORCE, AddonPricing::priced, names, currency, clock.instant());
        return kinds.stream()
                .map(kind -> new InForce(found.stream()
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
     * @param all without an offer where it is offered no more
     */
    record InForce(Map<Optional<Policy>, Optional<Offer>> all) {
        InForce {
            all = Map.copyOf(all);
        }

        /** Whether none of it is offered. */
        boolean isNothing() {
            return all.values().stream().allMatch(Optional::isEmpty);
        }

        /** What a policy costs: one that never had a price of its own costs what backups cost otherwise. */
        Optional<Offer> of(Optional<Policy> policy) {
            var otherwise = all.getOrDefault(Optional.<Policy>empty(), Optional.empty());
            return all.getOrDefault(policy, otherwise);
        }
    }

    /** What a unit costs at a price that was accepted, whatever is asked by now. */
    Offer accepted(UUID priceVersionId) {
        return sql.first("""
                        select o.id, o.kind, o.policy, o.currency, o.monthly
                          from addon_price o
                          join price_version v on v.addon_price_id = o.id
                         where v.id = ?
                        """, AddonPricing::offerOf, priceVersionId)
                .flatMap(found -> found)
                .orElseThrow(() -> new IllegalArgumentException("no price of an option: " + priceVersionId));
    }

    /** What an hour costs more than it costs now, at the prices that were accepted; of what is ordered, all that it costs. */
    Money rise(Addon option) {
        var present = hourly(option.priceVersionId());
        return option.state() == State.ORDERED
                ? present
                : hourly(option.wantedPriceId()).minus(present);
    }

    /** What an hour costs at a price that was accepted. */
    Money hourly(UUID priceVersionId) {
        return sql.one(
                "select currency, hourly from price_version where id = ?",
                row -> new Money(row.decimal("hourly"), Currency.getInstance(row.text("currency"))),
                priceVersionId);
    }

    /** The price version of so many, written if nobody has taken that many before. */
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
