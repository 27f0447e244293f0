package io.tenantry.workqueue;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Work items of two tenants over a real PostgreSQL; each step is a transaction, as on the server. */
public final class WorkQueueFixture {
    static final String KIND = "rehearse";

    final TenantId first;
    final TenantId second;
    final Sql sql = new Sql(Database.runtime());
    final Settings settings = new Settings(Map.of("tenantry.node", "one")::get, name -> null);
    public final WorkItems items = new WorkItems(sql, settings);
    public final WorkQueue queue;
    final WorkList list = new CommittingList(sql);
    final List<WorkParked> parked = new ArrayList<>();
    private final TenantDirectory directory;

    /** Creates it for two new tenants. */
    WorkQueueFixture(String slug) {
        this(
                Database.tenant(new TenantId(slug + "-a"), "EUR", "Europe/Berlin"),
                Database.tenant(new TenantId(slug + "-b"), "EUR", "Europe/Berlin"));
    }

    /** Creates it for an existing tenant. */
    public WorkQueueFixture(TenantId tenant) {
        this(tenant, tenant);
    }

    private WorkQueueFixture(TenantId first, TenantId second) {
        this.first = first;
        this.second = second;
        directory = new SelectedTenants(List.of(first, second));
        queue = new Committing(sql, directory, settings);
    }

    /** Removes all work items. */
    public void clear() {
        parked.clear();
        execute("delete from work.work_item where tenant in ('" + first + "', '" + second + "')");
    }

    boolean write(TenantId tenant, String key) {
        return Database.in(tenant, () -> items.write(KIND, key, UUID.randomUUID()));
    }

    Optional<ClaimedWorkItem> claim() {
        return queue.claim(Set.of(KIND));
    }

    ClaimedWorkItem claimOne() {
        return claim().orElseThrow();
    }

    public int work(WorkHandler... workers) {
        return new WorkerPool(queue, List.of(workers), parked::add).work(() -> true);
    }

    /** Makes all waiting items due, whatever they wait for. */
    public void makeDue() {
        execute("update work.work_item set due_at = clock_timestamp() - interval '1 second' where state = 'OPEN'");
    }

    /** Makes all leases expire. */
    public void expireLeases() {
        execute(
                "update work.work_item set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null");
    }

    /** Returns the parked items, as operators see them. */
    public List<WorkAdministration.View> parkedItems() {
        return Database.texts("select id from work.work_item where state = 'PARKED' and tenant in ('" + first + "', '"
                        + second + "') order by id")
                .stream()
                .map(id -> list.one(Long.parseLong(id)).orElseThrow())
                .toList();
    }

    /** Retries all parked items that no other party handles, as an operator does. */
    public void retryAll() {
        parkedItems().forEach(item -> list.retry(item.id()));
    }

    void state(TenantId tenant, Tenant.State state) {
        execute("update platform.tenant set state = '" + state + "' where slug = '" + tenant + "'");
        directory.refresh();
    }

    /** Returns one column of the tenant's items, in insertion order. */
    public List<String> column(TenantId tenant, String expression) {
        return Database.texts(
                "select " + expression + " from work.work_item where tenant = '" + tenant + "' order by id");
    }

    private static void execute(String statement) {
        Database.asOwner(statement);
    }

    /** Returns a handler of that kind with a fixed outcome. */
    static WorkHandler answering(String kind, WorkOutcome workOutcome) {
        return new WorkHandler() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
                return workOutcome;
            }
        };
    }

    /** Other tests have tenants in the same database. */
    private static final class SelectedTenants extends TenantDirectory {
        private final List<TenantId> tenants;

        SelectedTenants(List<TenantId> tenants) {
            super(Database.administration());
            this.tenants = tenants;
        }

        @Override
        public List<Tenant> chargeable() {
            return super.chargeable().stream()
                    .filter(tenant -> tenants.contains(tenant.id()))
                    .toList();
        }
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class Committing extends WorkQueue {
        Committing(Sql sql, TenantDirectory tenants, Settings settings) {
            super(sql, tenants, settings);
        }

        @Override
        public Optional<ClaimedWorkItem> claim(Collection<String> kinds) {
            return Database.in(Scope.WORK, () -> super.claim(kinds));
        }

        @Override
        public boolean done(ClaimedWorkItem claimedWorkItem) {
            return Database.in(Scope.WORK, () -> super.done(claimedWorkItem));
        }

        @Override
        public boolean later(ClaimedWorkItem claimedWorkItem, Duration pause) {
            return Database.in(Scope.WORK, () -> super.later(claimedWorkItem, pause));
        }

        @Override
        public boolean failed(ClaimedWorkItem claimedWorkItem, String error, Duration pauseMin) {
            return Database.in(Scope.WORK, () -> super.failed(claimedWorkItem, error, pauseMin));
        }

        @Override
        public boolean park(ClaimedWorkItem claimedWorkItem, String why) {
            return Database.in(Scope.WORK, () -> super.park(claimedWorkItem, why));
        }

        @Override
        public boolean isQuiet(Duration within) {
            return Database.in(Scope.WORK, () -> super.isQuiet(within));
        }

        @Override
        public int forget(TenantId tenant) {
            return Database.in(Scope.WORK, () -> super.forget(tenant));
        }

        @Override
        public int prune() {
            return Database.in(Scope.WORK, super::prune);
        }
    }

    private static final class CommittingList extends WorkList {
        CommittingList(Sql sql) {
            super(sql);
        }

        @Override
        public io.tenantry.kernel.query.ResultPage<WorkAdministration.View> find(
                io.tenantry.kernel.query.ListQuery listQuery) {
            return Database.in(Scope.WORK, () -> super.find(listQuery));
        }

        @Override
        public List<String> kinds() {
            return Database.in(Scope.WORK, super::kinds);
        }

        @Override
        public Optional<WorkAdministration.View> one(long id) {
            return Database.in(Scope.WORK, () -> super.one(id));
        }

        @Override
        public int parked() {
            return Database.in(Scope.WORK, super::parked);
        }

        @Override
        public boolean retry(long id) {
            return Database.in(Scope.WORK, () -> super.retry(id));
        }

        @Override
        public boolean drop(long id, String reason) {
            return Database.in(Scope.WORK, () -> super.drop(id, reason));
        }
    }
}
