package io.tenantry.reconciling;

import io.tenantry.audit.AuditTrail;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Server;
import io.tenantry.provider.account.AccountHealth;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.provider.account.Desk;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Boundary;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the container does for {@code REQUIRES_NEW} around the reading of an account. */
final class Looking extends ReconcileSteps {
    private final Boundary boundary;

    Looking(
            Sql sql,
            Clock clock,
            WorkItems items,
            Consequences consequences,
            GivingBack givingBack,
            Boundary boundary) {
        super(new Parts(
                sql,
                items,
                new Sightings(sql, clock),
                consequences,
                givingBack,
                new PowerLooks(sql, consequences),
                records(sql, clock),
                new AccountHealth(sql, clock, audit(sql))));
        this.boundary = boundary;
    }

    @Override
    public Optional<Reading> begin(Work work) {
        return boundary.in("reconcile begin", () -> super.begin(work));
    }

    @Override
    public List<Missing> missing(Reading reading, List<Server> servers) {
        return boundary.in("reconcile missing", () -> super.missing(reading, servers));
    }

    @Override
    public List<Missing> silent(Reading reading, List<Server> servers) {
        return boundary.in("reconcile silent", () -> super.silent(reading, servers));
    }

    @Override
    public List<UUID> compare(Work work, Reading reading, List<Server> servers, Answers answers) {
        return boundary.in("reconcile compare", () -> super.compare(work, reading, servers, answers));
    }

    @Override
    public void failed(Work work, Reading reading, ProviderFailure failure, String words) {
        boundary.run("reconcile failed", () -> super.failed(work, reading, failure, words));
    }

    @Override
    public void giveBack(Work work, UUID finding) {
        boundary.run("reconcile give back", () -> super.giveBack(work, finding));
    }

    private static AccountRecords records(Sql sql, Clock clock) {
        var records = new AccountRecords();
        Desk.inject(records, "sql", sql);
        Desk.inject(records, "clock", clock);
        Desk.inject(records, "audit", audit(sql));
        return records;
    }

    private static AuditTrail audit(Sql sql) {
        var audit = new AuditTrail();
        Desk.inject(audit, "sql", sql);
        return audit;
    }
}
