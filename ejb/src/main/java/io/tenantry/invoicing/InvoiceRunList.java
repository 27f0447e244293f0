package io.tenantry.invoicing;

import io.tenantry.listing.Conditions;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
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

/** Runs of documents as operators narrow and sort them, the latest month first. Asks for no permission: who shows them does. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class InvoiceRunList {
    /** Filter: the tenant. */
    public static final String TENANT = "tenant";

    /** Filter: {@link #UNFINISHED}, or how a run stands, by its state in small letters. */
    public static final String STATE = "state";

    /** All that are not done. */
    public static final String UNFINISHED = "unfinished";

    private static final Sorting SORTING = new Sorting(
            Map.of(
                    "month",
                    "r.period_to",
                    STATE,
                    "array_position(array['FAILED', 'WAITING', 'RUNNING', 'OPEN', 'DONE'], r.state)",
                    "documents",
                    "r.documents",
                    "net",
                    "r.net",
                    "waiting",
                    "r.waiting"),
            "r.month desc, r.tenant",
            "r.id");

    @Inject
    Sql sql;

    /** For the container. */
    public InvoiceRunList() {}

    /** For use outside a container. */
    public InvoiceRunList(Sql sql) {
        this.sql = sql;
    }

    /**
     * One run as the console shows it.
     *
     * @param dueAt when it begins
     * @param progressPercent wallets looked at in the pass at hand, in hundredths of those there are
     * @param net in the tenant's currency
     * @param waiting wallets whose document comes later
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

    /** A part of the runs. */
    public Found<View> find(Wish wish) {
        return Tenancy.in(Scope.WORK, () -> {
            var conditions = conditions(wish);
            var total = sql.one(
                    "select count(*)::int n from invoicing_run r" + conditions.sql(),
                    row -> row.whole("n"),
                    conditions.parameters());
            return total == 0 ? Found.nothing() : new Found<>(part(conditions, wish), total);
        });
    }

    /** The rows alone, for what reads part after part. */
    public List<View> rows(Wish wish) {
        return Tenancy.in(Scope.WORK, () -> part(conditions(wish), wish));
    }

    private List<View> part(Conditions conditions, Wish wish) {
        return sql.query(
                """
                select r.id, r.tenant, r.month, r.due_at, r.state, r.documents, r.net, r.waiting, r.node, r.error, r.retry_at,
                       case when r.state = 'DONE' then 100
                            when r.wallets_planned > 0 then least(99, 100 * r.wallets / r.wallets_planned) else 0 end progress
                  from invoicing_run r""" + conditions.sql() + " order by " + SORTING.of(wish) + " limit ? offset ?",
                InvoiceRunList::view,
                conditions.parameters(wish.limit(), wish.first()));
    }

    private static Conditions conditions(Wish wish) {
        var conditions = new Conditions().and(wish.filter(TENANT), "r.tenant = ?");
        return wish.filter(STATE)
                .map(state -> state.equals(UNFINISHED)
                        ? conditions.and("r.state <> 'DONE'")
                        : conditions.and("lower(r.state) = ?", state))
                .orElse(conditions);
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
