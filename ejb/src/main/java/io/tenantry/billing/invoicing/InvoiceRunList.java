package io.tenantry.billing.invoicing;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invoicing runs as filtered and sorted by operators, latest month first. Checks no permission: the caller does. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class InvoiceRunList {
    /** Filter: the tenant. */
    public static final String TENANT = "tenant";

    /** Filter: {@link #UNFINISHED}, or the state of a run in lower case. */
    public static final String STATE = "state";

    /** All runs that are not done. */
    public static final String UNFINISHED = "unfinished";

    private static final String NET = "net";

    /** The net of a run is in its tenant's currency: sorts by that, then by the amount. */
    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "month",
                    "r.period_to",
                    STATE,
                    "array_position(array['FAILED', 'WAITING', 'RUNNING', 'OPEN', 'DONE'], r.state)",
                    "documents",
                    "r.documents",
                    NET,
                    SortOrder.ofMoney("o.currency", "r.net"),
                    "waiting",
                    "r.waiting"),
            "r.month desc, r.tenant",
            "r.id");

    private static final String KNOWN = """
            with known as (select r.* from invoicing_run r ${conditions})
            select r.id, r.tenant, r.month, r.due_at, r.state, r.documents, r.net, r.waiting, r.node, r.error, r.retry_at,
                   case when r.state = 'DONE' then 100
                        when r.wallets_planned > 0 then least(99, 100 * r.wallets / r.wallets_planned) else 0 end progress
              from known r
              left join unnest(?::text[], ?::text[]) o (tenant, currency) on o.tenant = r.tenant
            """;

    @Inject
    Sql sql;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public InvoiceRunList() {}

    /** For use outside a container. */
    public InvoiceRunList(Sql sql, TenantDirectory tenants) {
        this.sql = sql;
        this.tenants = tenants;
    }

    /**
     * A run as the admin site shows it.
     *
     * @param dueAt when it starts
     * @param progressPercent wallets processed in the current pass, in hundredths of all wallets
     * @param net in the tenant's currency; documents in other currencies are converted at their exchange rate
     * @param waiting wallets whose document is issued later
     */
    public record View(
            long id,
            TenantId tenant,
            YearMonth month,
            Instant dueAt,
            String state,
            int progressPercent,
            int documents,
            BigDecimal net,
            int waiting,
            Optional<String> node,
            Optional<String> error,
            Optional<Instant> retryAt) {}

    /** Returns a page of the runs. */
    public ResultPage<View> find(ListQuery listQuery) {
        return Tenancy.in(Scope.WORK, () -> {
            var sqlConditions = conditions(listQuery);
            var total = sql.one(
                    "select count(*)::int n from invoicing_run r" + sqlConditions.sql(),
                    row -> row.whole("n"),
                    sqlConditions.parameters());
            return total == 0 ? ResultPage.nothing() : new ResultPage<>(part(sqlConditions, listQuery), total);
        });
    }

    /** Returns a page of rows without their total, for reading all of them page by page. */
    public List<View> rows(ListQuery listQuery) {
        return Tenancy.in(Scope.WORK, () -> part(conditions(listQuery), listQuery));
    }

    private List<View> part(SqlConditions sqlConditions, ListQuery listQuery) {
        var all = listQuery.sort().equals(NET) ? tenants.all() : List.<Tenant>of();
        return sql.query(
                KNOWN.replace("${conditions}", sqlConditions.sql()) + " order by " + SORTING.of(listQuery)
                        + " limit ? offset ?",
                InvoiceRunList::view,
                sqlConditions.parameters(
                        all.stream().map(tenant -> tenant.id().value()).toArray(String[]::new),
                        all.stream()
                                .map(tenant -> tenant.currency().getCurrencyCode())
                                .toArray(String[]::new),
                        listQuery.limit(),
                        listQuery.first()));
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions().and(listQuery.filter(TENANT), "r.tenant = ?");
        return listQuery
                .filter(STATE)
                .map(state -> state.equals(UNFINISHED)
                        ? sqlConditions.and("r.state <> 'DONE'")
                        : sqlConditions.and("lower(r.state) = ?", state))
                .orElse(sqlConditions);
    }

    private static View view(Row row) {
        return new View(
                row.big("id"),
                new TenantId(row.text("tenant")),
                YearMonth.from(row.date("month")),
                row.instant("due_at"),
                row.text("state"),
                row.whole("progress"),
                row.whole("documents"),
                row.decimal("net"),
                row.whole("waiting"),
                row.maybeText("node"),
                row.maybeText("error"),
                row.maybeInstant("retry_at"));
    }
}
