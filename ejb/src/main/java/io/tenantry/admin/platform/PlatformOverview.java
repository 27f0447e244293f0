package io.tenantry.admin.platform;

import io.tenantry.billing.charging.RunQuery;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Key figures of the platform. Amounts of different currencies are never added up. */
@Stateless
public class PlatformOverview {
    private static final Duration CHARGED_WITHIN = Duration.ofHours(1);
    private static final Duration CHART = Duration.ofHours(24);
    private static final int SCHEMAS = 5;

    private static final String LARGEST = """
            select substr(n.nspname, 3) slug,
                   sum(c.relpages)::bigint * current_setting('block_size')::bigint bytes
              from pg_namespace n
              join pg_class c on c.relnamespace = n.oid
             where n.nspname ~ '^t_[a-z][a-z0-9-]*$'
             group by n.nspname
             order by 2 desc, 1
             limit ?
            """;

    @Inject
    Access access;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory directory;

    @Inject
    RunQuery runs;

    @Inject
    Nodes nodes;

    /**
     * The key figures.
     *
     * @param open tenants whose portal is open
     * @param charged by the runs of the last hour, an amount per currency
     * @param services the number of services charged by the runs of the last hour
     * @param states the number of tenants in each state
     * @param hours the number of services charged in each hour of the last day
     * @param schemas the largest ones in the database
     */
    public record Figures(
            int tenants,
            int open,
            List<Money> charged,
            int services,
            int failedRuns,
            int nodesAlive,
            int nodesLost,
            long databaseBytes,
            List<StateCount> states,
            List<RunQuery.ChargedHour> hours,
            List<SchemaSize> schemas) {}

    /** The number of tenants in a state. */
    public record StateCount(Tenant.State state, int tenants) {}

    /** The size of a tenant's schema, by the planner's statistics: sufficiently accurate, and without file access. */
    public record SchemaSize(TenantId tenant, long bytes) {}

    /** Returns the present figures. */
    public Figures figures() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        var tenants = directory.all();
        var there = tenants.stream().filter(tenant -> !tenant.isLeaving()).toList();
        var charged = runs.chargedSince(clock.instant().minus(CHARGED_WITHIN));
        var servers = nodes.all();
        var alive = (int) servers.stream().filter(Nodes.Node::isAlive).count();
        return new Figures(
                there.size(),
                (int) tenants.stream()
                        .filter(tenant -> tenant.state() == Tenant.State.ACTIVE)
                        .count(),
                perCurrency(charged, there),
                charged.stream().mapToInt(RunQuery.ChargedAmount::services).sum(),
                runs.failed(),
                alive,
                (int) servers.stream().filter(Nodes.Node::isLost).count(),
                sql.one("select pg_database_size(current_database()) bytes", row -> row.big("bytes")),
                states(tenants),
                runs.hoursSince(clock.instant().minus(CHART)),
                schemas());
    }

    private static List<StateCount> states(List<Tenant> tenants) {
        return Arrays.stream(Tenant.State.values())
                .map(state -> new StateCount(state, (int) tenants.stream()
                        .filter(tenant -> tenant.state() == state)
                        .count()))
                .filter(one -> one.tenants() > 0)
                .toList();
    }

    private List<SchemaSize> schemas() {
        return sql.query(LARGEST, row -> new SchemaSize(new TenantId(row.text("slug")), row.big("bytes")), SCHEMAS);
    }

    /** Returns the number of running services of a tenant's customers. A separate transaction, in the tenant's scope. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int runningServices(TenantId tenant) {
        return Tenancy.in(
                tenant,
                () -> sql.one(
                        "select count(*)::int n from service where state not in ('TERMINATED', 'FAILED')",
                        row -> row.whole("n")));
    }

    /**
     * Returns the number of services charged in each tenant's latest hour: in one query, and without assuming the roles of all tenants in
     * sequence, which would wear connections out. Tenants that were never charged are missing.
     */
    public Map<TenantId, Integer> chargedServices(Collection<TenantId> tenants) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return runs.latestServices(tenants);
    }

    /** Adds up what was charged, by currency; zero for own currencies of tenants in which nothing was charged. */
    static List<Money> perCurrency(List<RunQuery.ChargedAmount> charged, List<Tenant> tenants) {
        var sums = new TreeMap<Currency, Money>(Comparator.comparing(Currency::getCurrencyCode));
        for (var tenant : tenants) {
            sums.putIfAbsent(tenant.currency(), Money.zero(tenant.currency()));
        }
        for (var one : charged) {
            one.amounts().forEach(amount -> sums.merge(amount.currency(), amount, Money::plus));
        }
        return new ArrayList<>(sums.values());
    }
}
