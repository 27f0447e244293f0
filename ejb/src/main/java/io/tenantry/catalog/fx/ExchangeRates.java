package io.tenantry.catalog.fx;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Known exchange rates. Joins the caller's transaction, of a reseller or of the platform. Checks no permission: rates are public.
 *
 * <p>Of a corrected rate, the last correction applies. A day without a rate, such as a Sunday, takes that of the last day before it that has one, within a limit.
 */
@ApplicationScoped
public class ExchangeRates {
    /** The maximum age of a rate in days: no holidays last as long. */
    public static final int DAYS_MAX = 10;

    private static final Currency EURO = Currency.getInstance("EUR");

    private static final String LAST = """
            select distinct on (day, currency) currency, day, per_euro, source
              from platform.exchange_rate
             where currency = any (?) and day <= ? and day >= ?
             order by day desc, currency, version desc
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public ExchangeRates() {}

    /** For use outside a container. */
    public ExchangeRates(Sql sql) {
        this.sql = sql;
    }

    private record StoredRate(String currency, LocalDate day, BigDecimal perEuro, String source) {}

    /**
     * Returns the rate of a day between two currencies, both of the same day.
     *
     * @return empty if no sufficiently recent rate is known
     */
    public Optional<ExchangeRate> of(Currency home, Currency other, LocalDate day) {
        if (home.equals(other)) {
            throw new IllegalArgumentException(home + " has no rate to itself");
        }
        var known = sql.query(
                LAST,
                ExchangeRates::known,
                new String[] {home.getCurrencyCode(), other.getCurrencyCode()},
                day,
                day.minusDays(DAYS_MAX));
        for (var one : known) {
            var ours = perEuro(known, home, one.day());
            var theirs = perEuro(known, other, one.day());
            if (ours.isPresent() && theirs.isPresent()) {
                return Optional.of(ExchangeRate.across(home, ours.get(), other, theirs.get(), one.day(), one.source()));
            }
        }
        return Optional.empty();
    }

    /** Returns the currencies of which a recent rate is known, and the euro, by code. */
    public List<Currency> known(LocalDate day) {
        var known = sql.query("""
                select distinct currency from platform.exchange_rate where day <= ? and day >= ? union select 'EUR' order by 1
                """, row -> row.text("currency"), day, day.minusDays(DAYS_MAX));
        return known.stream().flatMap(code -> currency(code).stream()).toList();
    }

    /** A currency that the bank names and this JVM does not know cannot be sold in. */
    private static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> perEuro(List<StoredRate> known, Currency currency, LocalDate day) {
        if (currency.equals(EURO)) {
            return Optional.of(BigDecimal.ONE);
        }
        return known.stream()
                .filter(one -> one.day().equals(day) && one.currency().equals(currency.getCurrencyCode()))
                .map(StoredRate::perEuro)
                .findFirst();
    }

    private static StoredRate known(Row row) {
        return new StoredRate(row.text("currency"), row.date("day"), row.decimal("per_euro"), row.text("source"));
    }
}
