package io.tenantry.charging;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.wallet.Wallets;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a charge was made of: each service and option with the price at which it was charged, its hours and their amount. The parts
 * add up to the journal's entry, or to all charges of a day, to the last decimal.
 */
@Stateless
public class ChargeParts {
    /** Filter: what kind of thing, in small letters: a server, or an option. */
    public static final String KIND = "kind";

    private static final int YEAR_LEAST = 1970;
    private static final int YEAR_MOST = 9998;

    private static final Sorting SORTING = new Sorting(
            Map.of("name", "lower(t.name)", "hours", "x.hours", "amount", "x.amount"), "x.amount desc", "x.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Wallets wallets;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public ChargeParts() {}

    /** For use outside a container. */
    public ChargeParts(Sql sql, Access access, Wallets wallets, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.wallets = wallets;
        this.tenants = tenants;
    }

    /**
     * Which charge: an entry of a wallet's statement, or all of a day in the reseller's zone.
     *
     * @param entry its number; without one the day is meant
     */
    public record Asked(UUID walletId, Optional<Long> entry, Optional<LocalDate> day) {
        /** What an address names; what is no number and no date is taken as missing. */
        public static Asked of(UUID walletId, @Nullable String entry, @Nullable String day) {
            var number = Optional.ofNullable(entry)
                    .filter(text -> text.matches("\\d{1,18}"))
                    .map(Long::valueOf);
            return new Asked(walletId, number, number.isPresent() ? Optional.empty() : day(day));
        }

        private static Optional<LocalDate> day(@Nullable String text) {
            try {
                return Optional.ofNullable(text)
                        .map(LocalDate::parse)
                        .filter(day -> day.getYear() >= YEAR_LEAST && day.getYear() <= YEAR_MOST);
            } catch (DateTimeException none) {
                return Optional.empty();
            }
        }
    }

    /**
     * A charge as a whole.
     *
     * @param line the statement's, if it is one entry
     * @param day if it is all of a day
     * @param amount what was taken for hours
     * @param besides of a day, what was taken besides less what was given back: transfer, packs, servers that were missing
     */
    public record Charge(
            UUID walletId,
            UUID organizationId,
            Optional<Wallets.Line> line,
            Optional<LocalDate> day,
            Money amount,
            Money besides) {
        /** All that was taken. */
        public Money total() {
            return amount.plus(besides);
        }
    }

    /**
     * A service or an option at one price within one calendar month, as far as it is in the charge.
     *
     * @param id of its rated period
     * @param thing the service, or the option
     * @param serviceId the server, or that which the option is of
     * @param kind {@code SERVER}, or the kind of the option
     * @param plan of a server; empty for an option
     * @param quantity of an option: gibibytes, or how many; else one
     * @param version the number of the price that was accepted
     * @param hours that are charged here
     * @param rise charged here for an hour in progress when the price rose
     * @param amount by the price
     * @param tax upon it; zero where it is in the price
     * @param begins when the first of these hours began; of a rise alone, the hour in progress
     * @param ends when the last of them ended, or will
     * @param isCapped whether the month's price was reached with it, so that nothing more is charged within the month
     * @param monthCap the highest monthly price that it had in the month
     */
    public record Part(
            long id,
            UUID thing,
            UUID serviceId,
            String name,
            String kind,
            String plan,
            int quantity,
            int version,
            Money monthly,
            Money hourly,
            int hours,
            Money rise,
            Money amount,
            Money tax,
            Instant begins,
            Instant ends,
            boolean isCapped,
            Money monthCap) {
        /** What the wallet paid for it. */
        public Money paid() {
            return amount.plus(tax);
        }

        /** What it would be if a month could cost any amount. */
        public Money uncapped() {
            return hourly.times(hours).plus(rise);
        }

        /** Whether less was charged, because the month's price was reached. */
        public boolean isCut() {
            return amount.compareTo(uncapped()) < 0;
        }
    }

    /** A charge, and a part of the list of what it was made of. */
    public record View(Charge charge, Found<Part> parts) {}

    private record Counted(Part part, int total) {}

    /** The charge as a whole, if it may be seen. */
    public Charge look(Asked asked) {
        var wallet = wallets.find(asked.walletId()).orElseThrow(() -> new NotVisible("wallet", asked.walletId()));
        access.requireIn(wallet.organizationId(), Permission.BILLING_VIEW);
        if (asked.entry().isPresent()) {
            var line = wallets
                    .statement(
                            asked.walletId(),
                            Wallets.Selection.ALL,
                            asked.entry().get() + 1,
                            1)
                    .stream()
                    .filter(one ->
                            asked.entry().get() == one.entryId() && one.kind().equals("CHARGE"))
                    .findFirst()
                    .orElseThrow(() -> new NotVisible("charge", asked.entry().get()));
            var nothing = Money.zero(line.amount().currency());
            return new Charge(
                    wallet.id(),
                    wallet.organizationId(),
                    Optional.of(line),
                    Optional.empty(),
                    line.amount().negated(),
                    nothing);
        }
        var day = asked.day().orElseThrow(() -> new NotVisible("charge", ""));
        var taken = wallets.taken(asked.walletId(), span(day));
        return new Charge(
                wallet.id(),
                wallet.organizationId(),
                Optional.empty(),
                Optional.of(day),
                taken.forHours(),
                taken.besides());
    }

    /** The charge and some of its parts, the greatest amount first unless another order is asked for. */
    public View view(Asked asked, Wish wish) {
        return new View(look(asked), find(asked, wish));
    }

    private Found<Part> find(Asked asked, Wish wish) {
        var found = counted(asked, wish);
        if (found.isEmpty() && wish.first() > 0) {
            return new Found<>(
                    List.of(),
                    counted(asked, wish.part(0, 1)).stream()
                            .mapToInt(Counted::total)
                            .findFirst()
                            .orElse(0));
        }
        return new Found<>(
                found.stream().map(Counted::part).toList(),
                found.isEmpty() ? 0 : found.get(0).total());
    }

    /** The rows alone, for what reads part after part. */
    public List<Part> rows(Asked asked, Wish wish) {
        look(asked);
        return counted(asked, wish).stream().map(Counted::part).toList();
    }

    private List<Counted> counted(Asked asked, Wish wish) {
        var span = asked.day().map(this::span);
        var kind = wish.filter(KIND).map(word -> word.toUpperCase(Locale.ROOT)).orElse(null);
        return sql.query(
                ChargePartsSql.PARTS.replace("${order}", SORTING.of(wish)),
                row -> new Counted(part(row), row.whole("total")),
                asked.walletId(),
                asked.entry().orElse(null),
                span.map(Wallets.Span::after).orElse(null),
                span.map(Wallets.Span::until).orElse(null),
                wish.search().toLowerCase(Locale.ROOT),
                kind,
                kind,
                wish.limit(),
                wish.first());
    }

    /** An hour that ends at midnight is of the day before. */
    private Wallets.Span span(LocalDate day) {
        var zone = tenants.current().zone();
        return new Wallets.Span(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static Part part(Row row) {
        return new Part(
                row.big("id"),
                row.uuid("thing"),
                row.uuid("server"),
                row.text("name"),
                row.text("kind"),
                row.text("plan"),
                row.whole("quantity"),
                row.whole("version"),
                money(row, "monthly"),
                money(row, "hourly"),
                row.whole("hours"),
                money(row, "rise"),
                money(row, "amount"),
                money(row, "tax"),
                row.instant("begins"),
                row.instant("ends"),
                row.flag("capped"),
                money(row, "month_cap"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
