package io.tenantry.settlement;

import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fee terms, each valid from a month on, for one reseller or for all in a currency. A reseller's own terms take precedence over the general
 * ones. Terms are never changed; of several for the same month the latest applies.
 *
 * <p>Joins the caller's transaction, of the platform or, to read, of a tenant; permissions are checked by the use cases that call it.
 */
@ApplicationScoped
public class FeeSchedules {
    private static final String TERMS = """
            select t.id, t.account_id, t.currency, t.valid_from, t.per_service, t.per_organization, t.minimum,
                   array(select i.revenue_threshold || ' ' || i.percent
                           from platform.fee_tier i
                          where i.terms_id = t.id
                          order by i.revenue_threshold) as tiers
              from platform.fee_terms t
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public FeeSchedules() {}

    /** For use outside a container. */
    FeeSchedules(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Terms and their owner.
     *
     * @param accountId of one reseller; empty for all in the currency
     */
    public record Rule(long id, Optional<UUID> accountId, YearMonth from, FeeTerms terms) {}

    /** Returns the terms in force for an account in a month. */
    Optional<Rule> inForce(UUID accountId, Currency currency, YearMonth month) {
        return read(
                        "where (t.account_id = ? or t.account_id is null) and t.currency = ? and t.valid_from <= ?"
                                + " order by t.account_id is null, t.valid_from desc, t.id desc limit 1",
                        accountId,
                        currency,
                        month.atDay(1))
                .stream()
                .findFirst();
    }

    /** Returns all terms ever written, the latest first. */
    List<Rule> all() {
        return read("order by t.valid_from desc, t.id desc");
    }

    /** Writes terms without faults. */
    long write(@Nullable UUID accountId, YearMonth from, FeeTerms terms) {
        var id = sql.one(
                """
                insert into fee_terms (account_id, currency, valid_from, per_service, per_organization, minimum, written_at, written_by)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                returning id
                """,
                row -> row.big("id"),
                accountId,
                terms.currency(),
                from.atDay(1),
                terms.perService().amount(),
                terms.perOrganization().amount(),
                terms.minimum().amount(),
                clock.instant(),
                Actors.require().name());
        for (var tier : terms.tiers()) {
            sql.update(
                    "insert into fee_tier (terms_id, revenue_threshold, percent) values (?, ?, ?)",
                    id,
                    tier.from().amount(),
                    tier.percent());
        }
        return id;
    }

    private List<Rule> read(String which, @Nullable Object... parameters) {
        return sql.query(TERMS + which, FeeSchedules::rule, parameters);
    }

    private static Rule rule(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Rule(
                row.big("id"),
                row.maybeUuid("account_id"),
                YearMonth.from(row.date("valid_from")),
                new FeeTerms(
                        currency,
                        row.texts("tiers").stream()
                                .map(tier -> tier(tier.split(" ", 2), currency))
                                .toList(),
                        money(row, "per_service"),
                        money(row, "per_organization"),
                        money(row, "minimum")));
    }

    private static Tier tier(String[] parts, Currency currency) {
        return new Tier(new Money(new BigDecimal(parts[0]), currency), new BigDecimal(parts[1]));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
