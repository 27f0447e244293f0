package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyWorkflow;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The searchable list of differences between providers and our services, for staff. */
@Stateless
public class Discrepancies {
    /** Filter: the type of discrepancy, as in URLs; without it, all except servers that are not ours. */
    public static final String KIND = "kind";

    /** Filter: {@code open}, {@code dismissed}, {@code resolved} or {@code all}; without it, open discrepancies. */
    public static final String STATE = "state";

    /** Filter: the account, by the name that services use. */
    public static final String ACCOUNT = "account";

    static final DiscrepancyWorkflow DOCKET = new DiscrepancyWorkflow("server_discrepancy", RepairHandler.KIND);

    private static final String FROM = """
              from server_discrepancy f
              left join service s on s.id = f.service_id
              left join provider_account a on a.id::text = f.account
            """;

    private static final String FINDINGS = """
            select f.id, f.account, coalesce(a.name, f.account) as account_name, f.kind, f.provider_ref, f.resource_tag, f.service_id,
                   s.name as service, s.organization_id, f.name, f.expected, f.seen, f.times, f.first_seen_at, f.last_seen_at,
                   f.credited, (select w.currency from wallet w where w.id = s.wallet_id) as currency, ${course}
            """.replace("${course}", DiscrepancyHistory.COLUMNS);

    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "name", "lower(f.name)",
                    "kind", "f.kind",
                    "account", "lower(coalesce(a.name, f.account))",
                    "first", "f.first_seen_at",
                    "last", "f.last_seen_at",
                    "times", "f.times",
                    "state", "f.state"),
            "f.first_seen_at desc",
            "f.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public Discrepancies() {}

    /** For use outside a container. */
    Discrepancies(Sql sql, Access access, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
    }

    /**
     * A discrepancy. Times are real time, also in a demo whose clock was moved.
     *
     * @param account the name that services use
     * @param upstreamId the provider's ID
     * @param service the customer's name for it; empty if no service is known
     * @param name the provider's name for it, otherwise the customer's
     * @param times number of consecutive scans that observed it
     */
    public record Discrepancy(
            UUID id,
            String account,
            String accountName,
            DiscrepancyType kind,
            String upstreamId,
            String mark,
            Optional<UUID> serviceId,
            Optional<String> service,
            String name,
            String expected,
            String seen,
            int times,
            Instant firstSeenAt,
            Instant lastSeenAt,
            Money givenBack,
            DiscrepancyHistory history) {

        /** Whether it can be decided. */
        public boolean isToDecide() {
            return kind.isFault() && history.isToDecide();
        }

        /** Whether it can be dismissed, since no request was sent to the provider yet. */
        public boolean isToLeave() {
            return kind.isFault() && history.isToLeave();
        }

        /** Returns the title that is shown, and typed to confirm the deletion. */
        public String title() {
            return name.isEmpty() ? upstreamId : name;
        }
    }

    /** Returns a page of the discrepancies. */
    public ResultPage<Discrepancy> find(ListQuery listQuery) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n" + FROM + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(part(sqlConditions, listQuery), total);
    }

    /** Returns the rows only, for callers that read page by page. */
    public List<Discrepancy> rows(ListQuery listQuery) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return part(conditions(listQuery), listQuery);
    }

    /**
     * Returns one discrepancy.
     *
     * @throws NotFoundException if no discrepancy has that ID
     */
    public Discrepancy one(UUID id) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.first(FINDINGS + FROM + " where f.id = ?", this::discrepancy, id)
                .orElseThrow(() -> new NotFoundException("discrepancy", id));
    }

    private List<Discrepancy> part(SqlConditions sqlConditions, ListQuery listQuery) {
        return sql.query(
                FINDINGS + FROM + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                this::discrepancy,
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(
                        Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(f.name), ?) > 0 or strpos(lower(s.name), ?) > 0 or lower(f.provider_ref) = ? or f.resource_tag = ?")
                .and(listQuery.filter(ACCOUNT), "f.account = ?");
        listQuery
                .filter(KIND)
                .ifPresentOrElse(
                        kind -> sqlConditions.and(
                                "f.kind = ?", kind.toUpperCase(Locale.ROOT).replace('-', '_')),
                        () -> sqlConditions.and("f.kind <> 'UNMANAGED'"));
        var state = listQuery.filter(STATE).orElse("open");
        return state.equals("all") ? sqlConditions : sqlConditions.and("f.state = ?", state.toUpperCase(Locale.ROOT));
    }

    private Discrepancy discrepancy(Row row) {
        return new Discrepancy(
                row.uuid("id"),
                row.text("account"),
                row.text("account_name"),
                DiscrepancyType.valueOf(row.text("kind")),
                row.text("provider_ref"),
                row.text("resource_tag"),
                row.maybeUuid("service_id"),
                row.maybeText("service"),
                row.text("name"),
                row.text("expected"),
                row.text("seen"),
                row.whole("times"),
                row.instant("first_seen_at"),
                row.instant("last_seen_at"),
                new Money(
                        row.decimal("credited"),
                        row.maybeText("currency")
                                .map(Currency::getInstance)
                                .orElseGet(() -> tenants.current().currency())),
                DiscrepancyHistory.of(row));
    }
}
