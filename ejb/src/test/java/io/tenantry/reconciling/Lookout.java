package io.tenantry.reconciling;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.provider.account.Desk;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Accounts that are looked at, and what is done about what is found: the beans themselves, each step a transaction. */
public final class Lookout {
    public final FindingActions actions;
    public final Rounds rounds;
    private final Reconcile reconcile;
    private final Mend mend;

    /** What it is put together from. */
    public record Parts(
            Sql sql,
            Clock clock,
            Wallets wallets,
            TenantDirectory tenants,
            WorkItems items,
            Upstreams upstreams,
            Boundary boundary) {}

    public Lookout(Parts parts) {
        var sql = parts.sql();
        var access = new Access(sql);
        var audit = new AuditTrail();
        Desk.inject(audit, "sql", sql);
        var consequences = new Consequences(sql, parts.clock(), parts.items());
        var givingBack = new GivingBack(sql, parts.wallets());
        var inventories = new Inventories(parts.upstreams());
        reconcile = new Reconcile(
                new Looking(sql, parts.clock(), parts.items(), consequences, givingBack, parts.boundary()),
                inventories);
        mend = new Mend(new Mending(parts), inventories);
        actions = new FindingActions(sql, access, audit, consequences, givingBack);
        rounds = new Rounds(sql, access, parts.items());
    }

    /** Those who do what waits. */
    public List<Worker> workers() {
        return List.of(reconcile, mend);
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Mending extends MendSteps {
        private final Boundary boundary;

        Mending(Parts parts) {
            super(parts.sql(), parts.items());
            boundary = parts.boundary();
        }

        @Override
        public Optional<Order> read(Work work) {
            return boundary.in("mend read", () -> super.read(work));
        }

        @Override
        public Optional<Duration> ask(Work work) {
            return boundary.in("mend ask", () -> super.ask(work));
        }

        @Override
        public void gone(Work work) {
            boundary.run("mend gone", () -> super.gone(work));
        }

        @Override
        public void callOff(Work work) {
            boundary.run("mend call off", () -> super.callOff(work));
        }
    }
}
