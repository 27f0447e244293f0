package io.tenantry.simulation;

import io.tenantry.admin.auditor.AuditTransactions;
import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.charging.HourlyRuns;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.addon.AddonBeans;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provisioning.ProvisioningBeans;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.reconciliation.ReconciliationBeans;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The product's beans for services and money, assembled over one database, as on every node. */
final class Beans {
    final Sql sql;
    final Ledger ledger;
    final Wallets wallets;
    final Charging charging;
    final WorkItems items;
    final ProvisioningBeans provisioningBeans;
    final ReconciliationBeans reconciliationBeans;
    final AddonBeans addonBeans;
    final AuditTransactions auditTransactions = new AuditTransactions();
    final TenantDirectory tenants;
    private final MovableClock clock;
    private final Transactions transactions;

    Beans(List<TenantId> resellers, MovableClock clock, Transactions transactions, SimulatedTargets simulatedTargets) {
        this.clock = clock;
        this.transactions = transactions;
        sql = new Sql(transactions.source());
        tenants = new Only(resellers);
        ledger = new Ledger(sql, clock);
        wallets = new Wallets(sql, clock, ledger);
        charging = new Charging(sql, clock, ledger, tenants);
        ProviderAccountFixture.inject(wallets, "moved", HourlyRuns.heardBy(charging));
        items = new WorkItems(sql, settings("one"));
        var provisioningTargets = new ProvisioningTargets(List.of(simulatedTargets));
        provisioningBeans = new ProvisioningBeans(
                new ProvisioningBeans.Parts(sql, clock, charging, wallets, items, provisioningTargets, transactions));
        reconciliationBeans = new ReconciliationBeans(
                new ReconciliationBeans.Parts(sql, clock, wallets, tenants, items, provisioningTargets, transactions));
        addonBeans = new AddonBeans(
                new AddonBeans.Parts(sql, clock, charging, items, provisioningTargets, tenants, transactions));
        provisioningBeans.hear(addonBeans::ended, addonBeans::rebuildStarted);
        var audit = new AuditTrail();
        ProviderAccountFixture.inject(audit, "sql", sql);
        ProviderAccountFixture.inject(auditTransactions, "sql", sql);
        ProviderAccountFixture.inject(auditTransactions, "audit", audit);
        ProviderAccountFixture.inject(auditTransactions, "charging", charging);
    }

    /** Returns all work handlers of a node. */
    List<WorkHandler> workers() {
        var all = new ArrayList<WorkHandler>(provisioningBeans.workers());
        all.addAll(reconciliationBeans.workers());
        all.addAll(addonBeans.workers());
        return all;
    }

    /** Returns a node's charging runs. */
    HourlyRuns runs(String node) {
        return new HourlyRuns(sql, clock, tenants, settings(node), charging, transactions);
    }

    /** Few wallets in a batch, so that there are many steps between them. */
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
