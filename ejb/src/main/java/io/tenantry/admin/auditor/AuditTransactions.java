package io.tenantry.admin.auditor;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.WalletParking;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the auditor, each a separate transaction in one scope: inspecting (with a read-only role), parking affected wallets, storing the
 * findings. For {@link Auditor}, which checks permissions.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditTransactions {
    private static final Scope PLATFORM = new Scope("tenantry_auditor", "platform", "audit:platform");

    /** The maximum number of rows stored per invariant: enough to see the problem; a table that is wrong throughout must not fill another. */
    private static final int ROWS_MAX = 1_000;

    private static final String BEGIN = """
            select set_config('transaction_read_only', 'on', true),
                   set_config('work_mem', '64MB', true),
                   set_config('jit', 'off', true),
                   pg_try_advisory_xact_lock(?, hashtext(current_schema())) as mine
            """;

    private static final String REPORTS = """
            select r.id, r.at, r.tenant, r.actor, r.invariants, r.violations, r.duration_ms, r.failure
              from auditor_report r
            """;

    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    @Inject
    Charging charging;

    /**
     * Searches for violations.
     *
     * @param tenant the tenant to inspect; null for the platform as a whole
     * @return the findings; empty if another inspection is running there
     */
    public Optional<List<Violation>> inspect(@Nullable TenantId tenant) {
        return inspect(tenant, invariants(tenant));
    }

    Optional<List<Violation>> inspect(@Nullable TenantId tenant, List<Invariant> invariants) {
        return Tenancy.in(tenant == null ? PLATFORM : Scope.audit(tenant), () -> {
            if (!sql.one(BEGIN, row -> row.flag("mine"), AdvisoryLock.AUDITOR.space())) {
                return Optional.empty();
            }
            var found = new ArrayList<Violation>();
            for (var invariant : invariants) {
                found.addAll(sql.query(
                        "select v.wallet_id, v.detail from (" + invariant.sql() + ") v limit " + ROWS_MAX,
                        row -> new Violation(invariant.name(), row.maybeUuid("wallet_id"), row.text("detail"))));
            }
            return Optional.of(List.copyOf(found));
        });
    }

    static List<Invariant> invariants(@Nullable TenantId tenant) {
        return tenant == null ? Invariant.OF_THE_PLATFORM : Invariant.OF_TENANTS;
    }

    /**
     * Parks the wallets of the violations: they are not charged, and nothing new is sold on them, until they are released.
     *
     * @return how many were not parked before
     */
    public int park(TenantId tenant, List<Violation> violations) {
        return Tenancy.in(tenant, () -> {
            var parked = 0;
            for (var violation : violations) {
                parked += violation
                        .walletId()
                        .map(wallet -> park(wallet, violation))
                        .orElse(0);
            }
            return parked;
        });
    }

    private int park(UUID wallet, Violation violation) {
        if (!WalletParking.park(sql, wallet, violation.invariant())) {
            return 0;
        }
        audit.record(
                "wallet.parked",
                "wallet",
                wallet.toString(),
                Map.of("invariant", violation.invariant(), "detail", violation.detail()));
        return 1;
    }

    /**
     * Releases a parked wallet, and charges it as far as the tenant's runs have come meanwhile.
     *
     * @return whether it was parked
     */
    public boolean release(TenantId tenant, UUID wallet, String reason) {
        return Tenancy.in(tenant, () -> {
            var invariant = WalletParking.release(sql, wallet);
            if (invariant.isEmpty()) {
                return false;
            }
            reached()
                    .ifPresent(until -> charging.chargeWallets(
                            new Charging.Range(before(wallet), wallet, 1), until, "released:" + wallet));
            audit.record(
                    "wallet.released",
                    "wallet",
                    wallet.toString(),
                    Map.of("invariant", invariant.get(), "reason", reason));
            return true;
        });
    }

    private Optional<Instant> reached() {
        return sql.one(
                "select max(until) as until from work.charging_run where tenant = ?",
                row -> row.maybeInstant("until"),
                Tenancy.tenant().value());
    }

    private static UUID before(UUID id) {
        var low = id.getLeastSignificantBits();
        return new UUID(low == 0 ? id.getMostSignificantBits() - 1 : id.getMostSignificantBits(), low - 1);
    }

    /** Stores the findings of an inspection, or why it could not finish. */
    public Auditor.Report keep(
            @Nullable TenantId tenant, List<Violation> violations, Duration took, @Nullable String failure) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var report = sql.one(
                    """
                    insert into auditor_report (tenant, actor, invariants, violations, duration_ms, failure)
                    values (?, ?, ?, ?, ?, ?)
                    returning id, at, tenant, actor, invariants, violations, duration_ms, failure
                    """,
                    Auditor.Report::of,
                    tenant == null ? null : tenant.value(),
                    Actors.require().name(),
                    invariants(tenant).size(),
                    violations.size(),
                    took.toMillis(),
                    failure);
            var rows = new ArrayList<@Nullable Object[]>();
            for (var violation : violations) {
                rows.add(new @Nullable Object[] {
                    report.id(), violation.invariant(), violation.walletId().orElse(null), violation.detail()
                });
            }
            if (!rows.isEmpty()) {
                sql.batch(
                        "insert into auditor_finding (report_id, invariant, wallet_id, detail) values (?, ?, ?, ?)",
                        rows);
            }
            return report;
        });
    }

    /** Returns the latest report of each tenant and of the platform, those with findings first. */
    public List<Auditor.Report> latest() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        "select l.* from (select distinct on (tenant) r.* from (" + REPORTS
                                + ") r order by tenant, id desc) l"
                                + " order by l.failure is null, l.violations = 0, l.tenant nulls first",
                        Auditor.Report::of));
    }

    /** Returns the findings of a report. */
    public List<Violation> violations(long report) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        "select invariant, wallet_id, detail from auditor_finding where report_id = ? order by id",
                        row -> new Violation(row.text("invariant"), row.maybeUuid("wallet_id"), row.text("detail")),
                        report));
    }

    /** Whether that tenant (null: the platform) was inspected completely within the given time. */
    public boolean isFresh(@Nullable TenantId tenant, Duration within) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.one(
                        """
                        select exists (select from auditor_report
                                        where (tenant = ? or tenant is null and ?::text is null)
                                          and failure is null
                                          and at > clock_timestamp() - ?::interval) as fresh
                        """,
                        row -> row.flag("fresh"),
                        tenant == null ? null : tenant.value(),
                        tenant == null ? null : tenant.value(),
                        within.toString()));
    }
}
