package io.tenantry.admin.auditor;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks the invariants of every tenant: nightly, after scenarios, and on request. Each tenant is inspected in a separate read-only
 * transaction; a wallet with a violation is parked, so that nothing more is charged on a ledger that does not add up; findings are stored for
 * the admin site. A tenant that cannot be inspected does not affect the others.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Auditor {
    private static final System.Logger LOG = System.getLogger(Auditor.class.getName());

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    AuditTransactions auditTransactions;

    /**
     * One inspection.
     *
     * @param tenant empty for the platform as a whole
     * @param actor who requested it
     * @param invariants the number of invariants checked
     * @param violations the number of findings; at most a thousand of an invariant are counted
     * @param failure why it could not finish
     */
    public record Report(
            long id,
            Instant at,
            Optional<TenantId> tenant,
            String actor,
            int invariants,
            int violations,
            Duration took,
            Optional<String> failure) {

        /** Whether all invariants were checked without findings. */
        public boolean isClean() {
            return violations == 0 && failure.isEmpty();
        }

        static Report of(Row row) {
            return new Report(
                    row.big("id"),
                    row.instant("at"),
                    row.maybeText("tenant").map(TenantId::new),
                    row.text("actor"),
                    row.whole("invariants"),
                    row.whole("violations"),
                    Duration.ofMillis(row.big("duration_ms")),
                    row.maybeText("failure"));
        }
    }

    /** Inspects the platform and all tenants now. */
    public List<Report> run() {
        access.require(Permission.PLATFORM_AUDITOR_RUN);
        return runUnless(Duration.ZERO);
    }

    /** Inspects whatever was not inspected within the given time: several nodes may start at once. */
    public List<Report> runUnlessSince(Duration justPast) {
        access.require(Permission.PLATFORM_AUDITOR_RUN);
        return runUnless(justPast);
    }

    /** Inspects one tenant now; empty if another inspection is running. */
    public Optional<Report> runFor(TenantId tenant) {
        access.require(Permission.PLATFORM_AUDITOR_RUN);
        return inspect(tenant);
    }

    /** Returns the latest report of each tenant and of the platform, those with findings first. */
    public List<Report> latest() {
        access.require(Permission.PLATFORM_HEALTH_VIEW);
        return auditTransactions.latest();
    }

    /** Returns the findings of a report. */
    public List<Violation> violations(long reportId) {
        access.require(Permission.PLATFORM_HEALTH_VIEW);
        return auditTransactions.violations(reportId);
    }

    /** Returns all invariants, tenants' first. */
    public List<Invariant> invariants() {
        var all = new ArrayList<>(Invariant.OF_TENANTS);
        all.addAll(Invariant.OF_THE_PLATFORM);
        return List.copyOf(all);
    }

    /**
     * Releases a parked wallet, after its ledger was corrected, and charges what was due meanwhile.
     *
     * @param reason what was wrong and what was done; kept in the tenant's audit trail
     */
    public void release(TenantId tenant, UUID walletId, String reason) {
        access.require(Permission.PLATFORM_AUDITOR_RUN);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("releasing a wallet requires a reason");
        }
        if (!auditTransactions.release(tenant, walletId, reason.strip())) {
            throw new NotFoundException("parked wallet", walletId);
        }
    }

    private List<Report> runUnless(Duration justPast) {
        var reports = new ArrayList<Report>();
        inspectUnless(justPast, null).ifPresent(reports::add);
        for (var tenant : tenants.all()) {
            if (tenant.isThere()) {
                inspectUnless(justPast, tenant.id()).ifPresent(reports::add);
            }
        }
        return List.copyOf(reports);
    }

    private Optional<Report> inspectUnless(Duration justPast, @Nullable TenantId tenant) {
        return justPast.isZero() || !auditTransactions.isFresh(tenant, justPast) ? inspect(tenant) : Optional.empty();
    }

    private Optional<Report> inspect(@Nullable TenantId tenant) {
        var began = System.nanoTime();
        try {
            var found = auditTransactions.inspect(tenant);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var violations = found.get();
            var report = auditTransactions.keep(tenant, violations, since(began), null);
            if (!violations.isEmpty()) {
                sendAlert(report, violations);
                if (tenant != null) {
                    auditTransactions.park(tenant, violations);
                }
            }
            return Optional.of(report);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, "auditor could not inspect tenant=" + tenant, failure);
            return Optional.of(auditTransactions.keep(tenant, List.of(), since(began), rootMessage(failure)));
        }
    }

    private static void sendAlert(Report report, List<Violation> violations) {
        var first = violations.get(0);
        LOG.log(
                System.Logger.Level.ERROR,
                "auditor found tenant={0} report={1} violations={2} first={3}: {4}",
                report.tenant().map(TenantId::value).orElse("platform"),
                report.id(),
                report.violations(),
                first.invariant(),
                first.detail());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
