package io.tenantry.provisioning;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.wallet.Wallets.Alert;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The reseller's customers as staff look after them: how their money stands and what they run. */
@Stateless
public class Customers {
    private static final int PAGE_MAX = 500;

    private static final String STANDINGS = """
            select o.id, o.name, o.billing_email, o.country, o.state, o.created_at,
                   coalesce(w.balance, 0) balance, coalesce(w.alert, 0)::int alert, b.services, b.burn
              from organization o
              left join wallet w on w.organization_id = o.id and w.currency = ?
             cross join lateral (
               select (select count(*)::int from service s
                        where s.organization_id = o.id and s.state not in ('TERMINATED', 'FAILED')) services,
                      (select coalesce(sum(p.hourly), 0) from rated_period p where p.wallet_id = w.id and p.open) burn) b
            """;

    private static final String MATCHES = """
             where (cast(? as text) = ''
                or strpos(lower(o.name), ?) > 0
                or strpos(lower(o.billing_email), ?) > 0
                or exists (select from membership m
                             join person p on p.id = m.person_id
                            where m.organization_id = o.id
                              and strpos(p.email, ?) > 0))
            """;

    private static final String TOP_PLANS = """
            select p.id, p.name, count(*)::int services, sum(v.monthly) monthly
              from service s
              join plan p on p.id = s.plan_id
              join price_version v on v.id = s.price_version_id and v.currency = ?
             where s.state in ('ACTIVE', 'SUSPENDED')
             group by p.id, p.name
             order by sum(v.monthly) desc, p.name
             limit ?
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public Customers() {}

    /** For use outside a container. */
    public Customers(Sql sql, Access access, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
    }

    /**
     * How a customer stands.
     *
     * @param services those that are not over
     * @param burnPerHour what they cost an hour
     */
    public record Standing(
            UUID id,
            String name,
            String billingEmail,
            String country,
            String state,
            Instant createdAt,
            Money balance,
            Alert alert,
            int services,
            Money burnPerHour) {}

    /** How often a plan runs, and what that brings in a month. */
    public record PlanShare(UUID planId, String plan, int services, Money monthly) {}

    /** How many there are. */
    public record Counts(int customers, int activeServices) {}

    /** Customers by name, as {@code Organizations.page} finds them. */
    public List<Standing> page(String search, int first, int limit) {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        access.require(Permission.STAFF_WALLETS_VIEW);
        var currency = tenants.current().currency();
        var part = search.strip().toLowerCase(Locale.ROOT);
        return sql.query(
                STANDINGS + MATCHES + " order by lower(o.name), o.id limit ? offset ?",
                row -> standing(row, currency),
                currency,
                part,
                part,
                part,
                part,
                Math.min(limit, PAGE_MAX),
                first);
    }

    /** Customers whose wallet is low, empty or over its limit; the most urgent first. */
    public List<Standing> atRisk(int limit) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        var currency = tenants.current().currency();
        return sql.query(
                STANDINGS + " where w.alert > 0 order by w.alert desc, w.balance, o.id limit ?",
                row -> standing(row, currency),
                currency,
                Math.min(limit, PAGE_MAX));
    }

    /** How many wallets {@link #atRisk} has in all. */
    public int countAtRisk() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return sql.one(
                "select count(*)::int n from wallet where alert > 0 and currency = ?",
                row -> row.whole("n"),
                tenants.current().currency());
    }

    /** How many customers and running services there are. */
    public Counts counts() {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.one("""
                select (select count(*)::int from organization where state <> 'CLOSED') customers,
                       (select count(*)::int from service where state in ('ACTIVE', 'SUSPENDED')) services
                """, row -> new Counts(row.whole("customers"), row.whole("services")));
    }

    /** The plans that bring in most. */
    public List<PlanShare> topPlans(int limit) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        var currency = tenants.current().currency();
        return sql.query(
                TOP_PLANS,
                row -> new PlanShare(
                        row.uuid("id"),
                        row.text("name"),
                        row.whole("services"),
                        new Money(row.decimal("monthly"), currency)),
                currency,
                Math.min(limit, PAGE_MAX));
    }

    private static Standing standing(Row row, Currency currency) {
        return new Standing(
                row.uuid("id"),
                row.text("name"),
                row.text("billing_email"),
                row.text("country"),
                row.text("state"),
                row.instant("created_at"),
                new Money(row.decimal("balance"), currency),
                Alert.of(row.whole("alert")),
                row.whole("services"),
                new Money(row.decimal("burn"), currency));
    }
}
