package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.account.AccountHealth;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Boundary;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Starts transactions as the container does for {@code REQUIRES_NEW} around the scan of an account. */
final class RequiresNewScans extends ReconciliationTransactions {
    private final Boundary boundary;

    RequiresNewScans(
            Sql sql,
            Clock clock,
            WorkItems items,
            DiscrepancyEffects discrepancyEffects,
            OutageCredits outageCredits,
            Boundary boundary) {
        super(new Collaborators(
                sql,
                items,
                new Observations(sql, clock),
                discrepancyEffects,
                outageCredits,
                new PowerStateSync(sql, discrepancyEffects),
                records(sql, clock),
                new AccountHealth(sql, clock, audit(sql))));
        this.boundary = boundary;
    }

    @Override
    public Optional<Scan> begin(ClaimedWorkItem claimedWorkItem) {
        return boundary.in("reconcile begin", () -> super.begin(claimedWorkItem));
    }

    @Override
    public List<MissingServer> missing(Scan scan, List<ProviderServer> servers) {
        return boundary.in("reconcile missing", () -> super.missing(scan, servers));
    }

    @Override
    public List<MissingServer> silent(Scan scan, List<ProviderServer> servers) {
        return boundary.in("reconcile silent", () -> super.silent(scan, servers));
    }

    @Override
    public List<UUID> compare(
            ClaimedWorkItem claimedWorkItem, Scan scan, List<ProviderServer> servers, ServerProbes serverProbes) {
        return boundary.in("reconcile compare", () -> super.compare(claimedWorkItem, scan, servers, serverProbes));
    }

    @Override
    public void failed(ClaimedWorkItem claimedWorkItem, Scan scan, ProviderFailure failure, String words) {
        boundary.run("reconcile failed", () -> super.failed(claimedWorkItem, scan, failure, words));
    }

    @Override
    public void giveBack(ClaimedWorkItem claimedWorkItem, UUID discrepancy) {
        boundary.run("reconcile give back", () -> super.giveBack(claimedWorkItem, discrepancy));
    }

    private static ProviderAccountRepository records(Sql sql, Clock clock) {
        var records = new ProviderAccountRepository();
        ProviderAccountFixture.inject(records, "sql", sql);
        ProviderAccountFixture.inject(records, "clock", clock);
        ProviderAccountFixture.inject(records, "audit", audit(sql));
        return records;
    }

    private static AuditTrail audit(Sql sql) {
        var audit = new AuditTrail();
        ProviderAccountFixture.inject(audit, "sql", sql);
        return audit;
    }
}
