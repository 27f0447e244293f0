package io.tenantry.storm;

import io.tenantry.audit.AuditTrail;
import io.tenantry.auditor.Inspections;
import io.tenantry.charging.Charging;
import io.tenantry.charging.HourlyRuns;
import io.tenantry.config.Settings;
import io.tenantry.ledger.Ledger;
import io.tenantry.options.Storeroom;
import io.tenantry.provider.account.Desk;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.provisioning.Workroom;
import io.tenantry.reconciling.Lookout;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.time.MovableClock;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The beans of the product that have to do with services and money, put together over one database, as every node has them. */
final class Beans {
    final Sql sql;
    final Ledger ledger;
    final Wallets wallets;
    final Charging charging;
    final WorkItems items;
    final Workroom workroom;
    final Lookout lookout;
    final Storeroom storeroom;
    final Inspections inspections = new Inspections();
    final TenantDirectory tenants;
    private final MovableClock clock;
    private final Transactions transactions;

    Beans(List<TenantId> resellers, MovableClock clock, Transactions transactions, Places places) {
        this.clock = clock;
        this.transactions = transactions;
        sql = new Sql(transactions.source());
        tenants = new Only(resellers);
        ledger = new Ledger(sql, clock);
        wallets = new Wallets(sql, clock, ledger);
        charging = new Charging(sql, clock, ledger, tenants);
        Desk.inject(wallets, "moved", HourlyRuns.heardBy(charging));
        items = new WorkItems(sql, settings("one"));
        var upstreams = new Upstreams(List.of(places));
        workroom = new Workroom(new Workroom.Parts(sql, clock, charging, wallets, items, upstreams, transactions));
        lookout = new Lookout(new Lookout.Parts(sql, clock, wallets, tenants, items, upstreams, transactions));
        storeroom = new Storeroom(new Storeroom.Parts(sql, clock, charging, items, upstreams, tenants, transactions));
        workroom.hear(storeroom::ended, storeroom::begunAnew);
        var audit = new AuditTrail();
        Desk.inject(audit, "sql", sql);
        Desk.inject(inspections, "sql", sql);
        Desk.inject(inspections, "audit", audit);
        Desk.inject(inspections, "charging", charging);
    }

    /** All that nodes know how to do. */
    List<Worker> workers() {
        var all = new ArrayList<Worker>(workroom.workers());
        all.addAll(lookout.workers());
        all.addAll(storeroom.workers());
        return all;
    }

    /** What a node charges by. */
    HourlyRuns runs(String node) {
        return new HourlyRuns(sql, clock, tenants, settings(node), charging, transactions);
    }

    /** Few wallets in a batch, so that there is much between them. */
    static Settings settings(String node) {
        return new Settings(Map.of("tenantry.node", node, "tenantry.charging.batch-wallets", "2")::get, name -> null);
    }

    /** Other tests have tenants in the same database. */
    private static final class Only extends TenantDirectory {
        private final List<TenantId> resellers;

        Only(List<TenantId> resellers) {
            super(Database.administration());
            this.resellers = resellers;
        }

        @Override
        public List<Tenant> chargeable() {
            return super.chargeable().stream()
                    .filter(tenant -> resellers.contains(tenant.id()))
                    .toList();
        }
    }
}
