package io.tenantry.cloud.addon;

import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.pricing.WholesalePrices;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The reseller's prices of add-ons. Nothing is offered until a price is published. A price is never changed: a new version follows it, and
 * existing customers stay at the version that they accepted.
 */
@Stateless
public class AddonPrices {
    /** Multiplied by the largest volume, it is still an amount that can be stored. */
    private static final BigDecimal MONTHLY_MAX = new BigDecimal("100000");

    /** An instant this long ago still counts as now, since filling in a form takes time. */
    private static final Duration LATE_MAX = Duration.ofMinutes(1);

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

    @Inject
    WholesalePrices wholesale;

    /** For the container. */
    public AddonPrices() {}

    /** For use outside a container. */
    AddonPrices(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants) {
        this.wholesale = new WholesalePrices(sql, tenants);
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.currencies = new Currencies(sql, tenants);
    }

    /**
     * The price of one unit per month.
     *
     * @param monthly in any currency in which the reseller sells
     * @param wholesale the platform's wholesale price for the reseller at publication, in the ledger's currency
     */
    public record PriceRequest(Money monthly, Money wholesale) {}

    /**
     * A version of a price.
     *
     * @param policy the backup frequency, if the price applies to that alone
     * @param asked the price of one unit; empty if it is not offered from then on
     */
    public record Version(
            UUID id,
            AddonType kind,
            Optional<Policy> policy,
            int number,
            Currency currency,
            Optional<PriceRequest> asked,
            Instant validFrom,
            String publishedBy) {
        /** Returns the maximum price in a currency. */
        public static Money maximum(Currency currency) {
            return new Money(AmountLimit.of(MONTHLY_MAX, currency), currency);
        }

        /** Returns the price of one unit for customers. */
        public Optional<Money> monthly() {
            return asked.map(PriceRequest::monthly);
        }
    }

    /** A field of a new price. */
    public enum Field {
        /** The price is negative, too high, or in a currency in which the reseller does not sell. */
        MONTHLY,
        /** The instant is in the past, or not after the start of the latest version. */
        FROM
    }

    /** The outcome of publishing. */
    public enum Outcome {
        DONE,
        /** The price is negative, too high, or in another currency. */
        INVALID,
        /** No price list contains a wholesale price for it. */
        NO_WHOLESALE,
        /** The instant is in the past or before another version, or another version takes effect at that instant. */
        TOO_EARLY,
        /** The price is that already. */
        UNCHANGED
    }

    /** Returns all versions, the latest of each kind first. */
    public List<Version> all() {
        access.require(Permission.STAFF_PLANS_VIEW);
        return sql.query("""
                select id, kind, policy, version, currency, monthly, wholesale, valid_from, published_by
                  from addon_price
                 order by kind desc, policy, version desc
                """, this::version);
    }

    /**
     * Publishes a price that takes effect at an instant.
     *
     * @param monthly the price of one unit; empty if it is not offered from then on
     * @param validFrom empty for immediately
     */
    public Outcome publish(AddonType kind, Optional<Money> monthly, Optional<Instant> validFrom) {
        return publish(kind, Optional.empty(), in(monthly), monthly, validFrom);
    }

    /** Does the same for backups at that frequency; without a price of their own, they cost the general price of backups. */
    public Outcome publish(Policy policy, Optional<Money> monthly, Optional<Instant> validFrom) {
        return publish(AddonType.BACKUP, Optional.of(policy), in(monthly), monthly, validFrom);
    }

    private Currency in(Optional<Money> monthly) {
        return monthly.map(Money::currency).orElseGet(currencies::home);
    }

    /** An add-on as it is priced; only backups have policies. */
    public record Priced(AddonType kind, Optional<Policy> policy) {
        private List<String> codes() {
            var general = kind.name();
            return policy.map(one -> List.of(general + "_" + one.name(), general))
                    .orElse(List.of(general));
        }
    }

    /** Returns the reseller's cost of one unit of each for a month from an instant on, by the platform's price lists. */
    public Map<Priced, WholesalePrices.Quote> wholesale(List<Priced> options, Instant at) {
        access.require(Permission.STAFF_PLANS_VIEW);
        var quotes = wholesale.ofOptions(options.stream().map(Priced::codes).toList(), at);
        return IntStream.range(0, options.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(options::get, quotes::get));
    }

    private WholesalePrices.Quote quote(AddonType kind, Optional<Policy> policy, Instant at) {
        return wholesale.ofOption(new Priced(kind, policy).codes(), at);
    }

    /**
     * Does the same in a given currency; the add-on may be withdrawn in it while it is offered in others.
     *
     * @param policy for backups only
     */
    public Outcome publish(
            AddonType kind,
            Optional<Policy> policy,
            Currency currency,
            Optional<Money> monthly,
            Optional<Instant> validFrom) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        wholesale.lock();
        var faults = faults(new Priced(kind, policy), currency, monthly, validFrom);
        if (!faults.isEmpty()) {
            return faults.contains(Field.MONTHLY) ? Outcome.INVALID : Outcome.TOO_EARLY;
        }
        var now = clock.instant();
        var from = validFrom.orElse(now);
        var latest = latest(kind, policy, currency);
        var isFirst = latest.isEmpty() && policy.isPresent();
        if (!isFirst && latest.flatMap(Version::monthly).equals(monthly)) {
            return Outcome.UNCHANGED;
        }
        var nothing = Money.zero(currencies.home());
        var cost = monthly.isEmpty()
                ? Optional.of(nothing)
                : quote(kind, policy, from.isAfter(now) ? from : now).monthly(nothing);
        if (cost.isEmpty()) {
            return Outcome.NO_WHOLESALE;
        }
        var id = Ids.next(clock);
        var added = sql.update(
                """
                insert into addon_price (id, kind, policy, version, currency, monthly, wholesale, valid_from, published_at, published_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                id,
                kind,
                policy.orElse(null),
                number(kind, policy) + 1,
                currency,
                monthly.map(Money::amount).orElse(null),
                cost.get().amount(),
                from,
                now,
                Actors.require().name());
        if (added == 0) {
            return Outcome.TOO_EARLY; // A concurrent publication was faster.
        }
        record(id, new Priced(kind, policy), monthly, cost.get(), from);
        return Outcome.DONE;
    }

    /** Returns all invalid fields of a new price, without comparing it to other prices, so that a form can report them at once. */
    public Set<Field> faults(Priced priced, Currency currency, Optional<Money> monthly, Optional<Instant> validFrom) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var faults = EnumSet.noneOf(Field.class);
        if (!currencies.isSold(currency)
                || monthly.filter(price -> !isFit(price, currency)).isPresent()) {
            faults.add(Field.MONTHLY);
        }
        var now = clock.instant();
        var from = validFrom.orElse(now);
        var latest = latest(priced.kind(), priced.policy(), currency);
        if (from.isBefore(now.minus(LATE_MAX))
                || latest.filter(one -> !from.isAfter(one.validFrom())).isPresent()) {
            faults.add(Field.FROM);
        }
        return faults;
    }

    private void record(UUID id, Priced priced, Optional<Money> monthly, Money cost, Instant from) {
        audit.record(
                "addon.price_published",
                "addon_price",
                id.toString(),
                Map.of(
                        "addon",
                        priced.policy().map(one -> one.word() + " ").orElse("")
                                + priced.kind().word(),
                        "monthly",
                        monthly.map(Money::toString).orElse("not offered"),
                        "wholesale",
                        cost,
                        "valid_from",
                        from));
    }

    private static boolean isFit(Money price, Currency currency) {
        return !price.isNegative()
                && price.currency().equals(currency)
                && price.compareTo(Version.maximum(currency)) <= 0;
    }

    private Optional<Version> latest(AddonType kind, Optional<Policy> policy, Currency currency) {
        return sql.first("""
                select id, kind, policy, version, currency, monthly, wholesale, valid_from, published_by
                  from addon_price
                 where kind = ? and policy is not distinct from ? and currency = ?
                 order by version desc
                 limit 1
                """, this::version, kind, policy.orElse(null), currency);
    }

    /** Versions are numbered across all currencies. */
    private int number(AddonType kind, Optional<Policy> policy) {
        return sql.one(
                "select coalesce(max(version), 0) as n from addon_price where kind = ? and policy is not distinct from ?",
                row -> row.whole("n"),
                kind,
                policy.orElse(null));
    }

    private Version version(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        var home = currencies.home();
        return new Version(
                row.uuid("id"),
                AddonType.valueOf(row.text("kind")),
                row.maybeText("policy").map(Policy::valueOf),
                row.whole("version"),
                currency,
                row.maybeDecimal("monthly")
                        .map(monthly -> new PriceRequest(
                                new Money(monthly, currency), new Money(row.decimal("wholesale"), home))),
                row.instant("valid_from"),
                row.text("published_by"));
    }
}
