package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.catalog.ProviderImages;
import io.tenantry.people.identity.Access;
import java.util.Optional;
import java.util.UUID;

/** Customer orders, through the actual use case, of what {@link ProvisioningFixture} creates. */
final class OrderFixture {
    final ProvisioningFixture provisioningFixture;
    final Services services = new Services();
    final ServiceOrders serviceOrders = new ServiceOrders();
    final Terminations terminations = new Terminations();
    final SshKeys keys;
    final StartupScripts scripts;
    final Images images;
    final Catalog catalog = new Catalog();
    final UUID plan;

    OrderFixture(String slug) {
        provisioningFixture = new ProvisioningFixture(slug);
        var sql = provisioningFixture.billingFixture.sql;
        var clock = provisioningFixture.billingFixture.clock;
        var access = new Access(sql);
        keys = new SshKeys(sql, clock, access, provisioningFixture.audit);
        scripts = new StartupScripts(sql, clock, access, provisioningFixture.audit);
        images = new Images(provisioningFixture.provisioningTargets, new ProviderImages());

        ProviderAccountFixture.inject(catalog, "sql", sql);
        ProviderAccountFixture.inject(catalog, "clock", clock);
        services.sql = sql;
        services.clock = clock;
        services.access = access;
        serviceOrders.clock = clock;
        serviceOrders.access = access;
        serviceOrders.audit = provisioningFixture.audit;
        serviceOrders.launchConfigs =
                new LaunchConfigs(sql, provisioningFixture.provisioningTargets, images, keys, scripts);
        serviceOrders.orderChecks = new OrderChecks(
                sql,
                catalog,
                new Wallets(sql, clock, provisioningFixture.billingFixture.ledger),
                provisioningFixture.provisioningTargets,
                serviceOrders.launchConfigs,
                new Quotas(sql));
        serviceOrders.serviceLifecycle = provisioningFixture.serviceLifecycle;
        serviceOrders.reservations = provisioningFixture.reservations;
        serviceOrders.items = provisioningFixture.workQueueFixture.items;
        terminations.sql = sql;
        terminations.clock = clock;
        terminations.access = access;
        terminations.audit = provisioningFixture.audit;
        terminations.serviceLifecycle = provisioningFixture.serviceLifecycle;
        terminations.pendingOperations = provisioningFixture.pendingOperations;
        terminations.items = provisioningFixture.workQueueFixture.items;
        plan = provisioningFixture.plan;
        provisioningFixture.billingFixture.in(
                () -> sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", plan));
    }

    /** Creates a customer with ten euros. */
    UUID customer() {
        var wallet = provisioningFixture.billingFixture.wallet("10");
        return provisioningFixture.billingFixture.in(() -> provisioningFixture.organization(wallet));
    }

    SshKeys.Key key(UUID customer, String name, String line) {
        return provisioningFixture.billingFixture.in(
                () -> ((SshKeys.Outcome.Added) keys.add(customer, name, line)).key());
    }

    StartupScripts.Script script(UUID customer, String text) {
        return provisioningFixture.billingFixture.in(() ->
                ((StartupScripts.Outcome.Saved) scripts.keep(customer, Optional.empty(), "Script", text)).script());
    }

    ServiceOrders.Outcome order(UUID customer, LaunchConfig launchConfig) {
        return provisioningFixture.billingFixture.in(
                () -> serviceOrders.order(new Order(customer, "web", plan, "fra", launchConfig)));
    }

    UUID ordered(UUID customer, LaunchConfig launchConfig) {
        return ((ServiceOrders.Outcome.Done) order(customer, launchConfig)).serviceId();
    }

    /** Returns the number of a customer's service rows in a table. */
    int rows(UUID customer, String table, String column) {
        return provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.one(
                "select count(*)::int n from " + table + " where " + column
                        + " in (select id from service where organization_id = ?)",
                row -> row.whole("n"),
                customer));
    }
}
