package io.tenantry.billing.charging;

import io.tenantry.billing.wallet.WalletStatements;
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
 * Breakdown of a charge: each service and add-on with the price at which it was charged, its hours and their amount. The parts add up to the
 * journal entry, or to all charges of a day, to the last decimal.
 */
@Stateless
public class ChargeBreakdown {
    /** Filter: the kind of item, in lower case: a server, or an add-on. */
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
    WalletStatements walletStatements;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public ChargeBreakdown() {}

    /** For use outside a container. */
    public ChargeBreakdown(
            Sql sql, Access access, Wallets wallets, WalletStatements walletStatements, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.wallets = wallets;
        this.walletStatements = walletStatements;
        this.tenants = tenants;
    }

    /**
     * The charge to break down: an entry of a wallet's statement, or all charges of a day in the reseller's time zone.
     *
     * @param entry its number; without one the day applies
     */
    public record BreakdownQuery(UUID walletId, Optional<Long> entry, Optional<LocalDate> day) {
        /** Parses URL parameters; an invalid number or date counts as missing. */
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
     * @param line the statement line, for a single entry
     * @param day for all charges of a day
     * @param amount the amount charged for hours
     * @param otherCharges for a day, other charges less refunds: transfer, transfer packs, missing servers
     */
    public record Charge(
            UUID walletId,
            UUID organizationId,
            Optional<WalletStatements.StatementLine> line,
            Optional<LocalDate> day,
            Money amount,
            Money otherCharges) {
        /** The total amount charged. */
        public Money total() {
            return amount.plus(otherCharges);
        }
    }

    /**
     * A service or an add-on at one price within one calendar month, as far as it is part of the charge.
     *
     * @param id of its rated period
     * @param thing the service or the add-on
     * @param serviceId the server, or the one that the add-on belongs to
     * @param kind {@code SERVER}, or the kind of the add-on
     * @param plan of a server; empty for an add-on
     * @param quantity of an add-on: gibibytes or pieces; otherwise one
     * @param version the number of the price version that was accepted
     * @param hours charged here
     * @param increase charged here for an hour in progress when the price rose
     * @param amount according to the price
     * @param tax on the amount; zero if the price includes it
     * @param begins the start of the first of these hours; for a rise alone, of the hour in progress
     * @param ends the end, past or future, of the last of them
     * @param isCapped whether the monthly price was reached, so that nothing more is charged within the month
     * @param monthCap its highest monthly price in the month
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
            Money increase,
            Money amount,
            Money tax,
            Instant begins,
            Instant ends,
            boolean isCapped,
            Money monthCap) {
        /** The amount that the wallet paid for it. */
        public Money paid() {
            return amount.plus(tax);
        }

        /** The amount without the monthly cap. */
        public Money uncapped() {
            return hourly.times(hours).plus(increase);
        }

        /** Whether less was charged, because the monthly cap was reached. */
        public boolean isCut() {
            return amount.compareTo(uncapped()) < 0;
        }
    }

    /** A charge, and a page of its parts. */
    public record View(Charge charge, ResultPage<Part> parts) {}

    private record CountedPart(Part part, int total) {}

    /** Returns the charge as a whole, if the user may view it. */
    public Charge find(BreakdownQuery breakdownQuery) {
        var wallet = wallets.find(breakdownQuery.walletId())
                .orElseThrow(() -> new NotFoundException("wallet", breakdownQuery.walletId()));
        access.requireIn(wallet.organizationId(), Permission.BILLING_VIEW);
        if (breakdownQuery.entry().isPresent()) {
            var statementLine = walletStatements
                    .statement(
                            breakdownQuery.walletId(),
                            WalletStatements.LineSelection.ALL,
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
        var chargedItems = walletStatements.taken(breakdownQuery.walletId(), span(day));
        return new Charge(
                wallet.id(),
                wallet.organizationId(),
                Optional.empty(),
                Optional.of(day),
                chargedItems.forHours(),
                chargedItems.otherCharges());
    }

    /** Returns the charge and a page of its parts, by default the largest amount first. */
    public View view(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        return new View(find(breakdownQuery), find(breakdownQuery, listQuery));
    }

    private ResultPage<Part> find(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        var found = counted(breakdownQuery, listQuery);
        if (found.isEmpty() && listQuery.first() > 0) {
            return new ResultPage<>(
                    List.of(),
                    counted(breakdownQuery, listQuery.part(0, 1)).stream()
                            .mapToInt(CountedPart::total)
                            .findFirst()
                            .orElse(0));
        }
        return new ResultPage<>(
                found.stream().map(CountedPart::part).toList(),
                found.isEmpty() ? 0 : found.get(0).total());
    }

    /** Returns a page of parts without the charge, for reading all of them page by page. */
    public List<Part> rows(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        find(breakdownQuery);
        return counted(breakdownQuery, listQuery).stream()
                .map(CountedPart::part)
                .toList();
    }

    private List<CountedPart> counted(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        var span = breakdownQuery.day().map(this::span);
        var kind = listQuery
                .filter(KIND)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .orElse(null);
        return sql.query(
                ChargeBreakdownSql.PARTS.replace("${order}", SORTING.of(listQuery)),
                row -> new CountedPart(part(row), row.whole("total")),
                breakdownQuery.walletId(),
                breakdownQuery.entry().orElse(null),
                span.map(WalletStatements.StatementPeriod::after).orElse(null),
                span.map(WalletStatements.StatementPeriod::until).orElse(null),
                listQuery.search().toLowerCase(Locale.ROOT),
                kind,
                kind,
                listQuery.limit(),
                listQuery.first());
    }

    /** An hour that ends at midnight belongs to the day before. */
    private WalletStatements.StatementPeriod span(LocalDate day) {
        var zone = tenants.current().zone();
        return new WalletStatements.StatementPeriod(
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
