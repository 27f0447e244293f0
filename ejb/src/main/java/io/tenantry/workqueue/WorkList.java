package io.tenantry.workqueue;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.workqueue.WorkAdministration.View;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Work items of all tenants as a list. Each method is a separate transaction, because operators come from another scope; for
 * {@link WorkAdministration}, which checks permissions. Filters: {@code tenant}, {@code kind}, and {@code state}: without one, everything
 * unfinished except rounds that wait for their next turn; {@code parked}, {@code retrying}, {@code waiting}, {@code working}, {@code over} or
 * {@code all}. The search finds a subject's id or a part of an error.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WorkList {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final String WORKING = "state = 'OPEN' and lease_until >= clock_timestamp()";
    private static final String IDLE = "state = 'OPEN' and (lease_until is null or lease_until < clock_timestamp())";

    /** Rounds recur forever: only a failing one needs attention. */
    private static final String EXPECTED =
            "state = 'PARKED' or attempts > 0 or not starts_with(key, '" + WorkItems.ROUND + "')";

    private static final String ITEMS = """
            select id, tenant, kind, subject,
                   case when ${working} then 'WORKING'
                        when state <> 'OPEN' then state
                        when attempts > 0 then 'RETRYING'
                        else 'WAITING' end as state,
                   written_at, due_at, attempts, fence, node, claimed_at, error, parked_at, ended_at,
                   coalesce(ended_reason, case when state = 'PARKED' then parked_reason end) as why
              from work_item
            """.replace("${working}", WORKING);

    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "age", "written_at",
                    "due", "due_at",
                    "kind", "kind",
                    "tenant", "tenant",
                    "attempts", "attempts",
                    "state", "state"),
            "state <> 'PARKED', written_at",
            "id");

    @Inject
    Sql sql;

    /** For the container. */
    public WorkList() {}

    /** For use outside a container. */
    public WorkList(Sql sql) {
        this.sql = sql;
    }

    /** Returns a part of the list. */
    public ResultPage<View> find(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        return Tenancy.in(Scope.WORK, () -> {
            var total = sql.one(
                    "select count(*)::int n from work_item" + sqlConditions.sql(),
                    row -> row.whole("n"),
                    sqlConditions.parameters());
            return total == 0
                    ? ResultPage.nothing()
                    : new ResultPage<>(
                            sql.query(
                                    ITEMS + sqlConditions.sql() + " order by " + SORTING.of(listQuery)
                                            + " limit ? offset ?",
                                    WorkList::view,
                                    sqlConditions.parameters(listQuery.limit(), listQuery.first())),
                            total);
        });
    }

    /** Returns the existing kinds. */
    public List<String> kinds() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.query("select distinct kind from work_item order by kind", row -> row.text("kind")));
    }

    /** Returns one item. */
    public Optional<View> one(long id) {
        return Tenancy.in(Scope.WORK, () -> sql.first(ITEMS + " where id = ?", WorkList::view, id));
    }

    /** Returns the number of parked items. */
    public int parked() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.one("select count(*)::int n from work_item where state = 'PARKED'", row -> row.whole("n")));
    }

    /** Makes the item due now, unless a worker holds it; an earlier holder's result will be refused. */
    public boolean retry(long id) {
        return change("""
                update work_item
                   set state = 'OPEN', due_at = clock_timestamp(), attempts = 0, fence = fence + 1, lease_until = null,
                       parked_at = null, parked_reason = null
                 where id = ? and (state = 'PARKED' or ${idle})
                """.replace("${idle}", IDLE), id, id);
    }

    /** Ends the item, even if a worker holds it. */
    public boolean drop(long id, String reason) {
        return change("""
                update work_item
                   set state = 'DROPPED', ended_at = clock_timestamp(), ended_reason = ?, fence = fence + 1, lease_until = null
                 where id = ? and state in ('OPEN', 'PARKED')
                """, id, reason, id);
    }

    private boolean change(String statement, long id, Object... parameters) {
        return Tenancy.in(Scope.WORK, () -> {
            var rows = sql.update(statement, parameters);
            if (rows == 1) {
                Signals.publish(sql, Signal.Kind.WORK, id);
            }
            return rows == 1;
        });
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var search = listQuery.search();
        var sqlConditions = new SqlConditions()
                .and(listQuery.filter("tenant"), "tenant = ?")
                .and(listQuery.filter("kind"), "kind = ?");
        if (ID.matcher(search).matches()) {
            sqlConditions.and("subject = ?", UUID.fromString(search));
        } else if (!search.isEmpty()) {
            sqlConditions.and(
                    "strpos(lower(coalesce(error, '') || coalesce(parked_reason, '')), lower(?)) > 0", search);
        }
        return switch (listQuery.filter("state").orElse("")) {
            case "" -> sqlConditions.and("ended_at is null").and(EXPECTED);
            case "parked" -> sqlConditions.and("state = 'PARKED'");
            case "retrying" -> sqlConditions.and(IDLE).and("attempts > 0");
            case "waiting" -> sqlConditions.and(IDLE).and("attempts = 0");
            case "working" -> sqlConditions.and(WORKING);
            case "over" -> sqlConditions.and("ended_at is not null");
            case "all" -> sqlConditions;
            default -> sqlConditions.and("false");
        };
    }

    private static View view(Row row) {
        return new View(
                row.big("id"),
                new TenantId(row.text("tenant")),
                row.text("kind"),
                row.uuid("subject"),
                row.text("state"),
                row.instant("written_at"),
                row.instant("due_at"),
                row.whole("attempts"),
                row.big("fence"),
                row.maybeText("node"),
                row.maybeInstant("claimed_at"),
                row.maybeText("error"),
                row.maybeInstant("parked_at"),
                row.maybeInstant("ended_at"),
                row.maybeText("why"));
    }
}
