package io.tenantry.billing.charging;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
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
public class ChargeBreakdown {
    /** Filter: what kind of thing, in small letters: a server, or an option. */
    public static final String KIND = "kind";

    private static final int YEAR_LEAST = 1970;
    private static final int YEAR_MOST = 9998;

    private static final SortOrder SORTING = new SortOrder(
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
    public ChargeBreakdown() {}

    /** For use outside a container. */
    public ChargeBreakdown(Sql sql, Access access, Wallets wallets, TenantDirectory tenants) {
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
    public record BreakdownQuery(UUID walletId, Optional<Long> entry, Optional<LocalDate> day) {
        /** What an address names; what is no number and no date is taken as missing. */
        public static BreakdownQuery of(UUID walletId, @Nullable String entry, @Nullable String day) {
            var number = Optional.ofNullable(entry)
                    .filter(text -> text.matches("\\d{1,18}"))
                    .map(Long::valueOf);
            return new BreakdownQuery(walletId, number, number.isPresent() ? Optional.empty() : day(day));
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
            Optional<Wallets.StatementLine> line,
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
    public record View(Charge charge, ResultPage<Part> parts) {}

    private record Counted(Part part, int total) {}

    /** The charge as a whole, if it may be seen. */
    public Charge look(BreakdownQuery breakdownQuery) {
        var wallet = wallets.find(breakdownQuery.walletId())
                .orElseThrow(() -> new NotFoundException("wallet", breakdownQuery.walletId()));
        access.requireIn(wallet.organizationId(), Permission.BILLING_VIEW);
        if (breakdownQuery.entry().isPresent()) {
            var statementLine = wallets
                    .statement(
                            breakdownQuery.walletId(),
                            Wallets.Selection.ALL,
                            breakdownQuery.entry().get() + 1,
                            1)
                    .stream()
                    .filter(one -> breakdownQuery.entry().get() == one.entryId()
                            && one.kind().equals("CHARGE"))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException(
                            "charge", breakdownQuery.entry().get()));
            var nothing = Money.zero(statementLine.amount().currency());
            return new Charge(
                    wallet.id(),
                    wallet.organizationId(),
                    Optional.of(statementLine),
                    Optional.empty(),
                    statementLine.amount().negated(),
                    nothing);
        }
        var day = breakdownQuery.day().orElseThrow(() -> new NotFoundException("charge", ""));
        var chargedItems = wallets.taken(breakdownQuery.walletId(), span(day));
        return new Charge(
                wallet.id(),
                wallet.organizationId(),
                Optional.empty(),
                Optional.of(day),
                chargedItems.forHours(),
                chargedItems.besides());
    }

    /** The charge and some of its parts, the greatest amount first unless another order is asked for. */
    public View view(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        return new View(look(breakdownQuery), find(breakdownQuery, listQuery));
    }

    private ResultPage<Part> find(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        var found = counted(breakdownQuery, listQuery);
        if (found.isEmpty() && listQuery.first() > 0) {
            return new ResultPage<>(
                    List.of(),
                    counted(breakdownQuery, listQuery.part(0, 1)).stream()
                            .mapToInt(Counted::total)
                            .findFirst()
                            .orElse(0));
        }
        return new ResultPage<>(
                found.stream().map(Counted::part).toList(),
                found.isEmpty() ? 0 : found.get(0).total());
    }

    /** The rows alone, for what reads part after part. */
    public List<Part> rows(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        look(breakdownQuery);
        return counted(breakdownQuery, listQuery).stream().map(Counted::part).toList();
    }

    private List<Counted> counted(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        var span = breakdownQuery.day().map(this::span);
        var kind = listQuery
                .filter(KIND)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .orElse(null);
        return sql.query(
                ChargeBreakdownSql.PARTS.replace("${order}", SORTING.of(listQuery)),
                row -> new Counted(part(row), row.whole("total")),
                breakdownQuery.walletId(),
                breakdownQuery.entry().orElse(null),
                span.map(Wallets.Span::after).orElse(null),
                span.map(Wallets.Span::until).orElse(null),
                listQuery.search().toLowerCase(Locale.ROOT),
                kind,
                kind,
                listQuery.limit(),
                listQuery.first());
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
