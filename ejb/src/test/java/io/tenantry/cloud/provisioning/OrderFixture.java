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
    final SshKeys keys;
    final StartupScripts scripts;
    final Images images;
    final UUID plan;

    OrderFixture(String slug) {
        provisioningFixture = new ProvisioningFixture(slug);
        var sql = provisioningFixture.billingFixture.sql;
        var clock = provisioningFixture.billingFixture.clock;
        var access = new Access(sql);
        keys = new SshKeys(sql, clock, access, provisioningFixture.audit);
        scripts = new StartupScripts(sql, clock, access, provisioningFixture.audit);
        images = new Images(provisioningFixture.provisioningTargets, new ProviderImages());
        var catalog = new Catalog();
        ProviderAccountFixture.inject(catalog, "sql", sql);
        ProviderAccountFixture.inject(catalog, "clock", clock);
        services.sql = sql;
        services.clock = clock;
        services.access = access;
        services.audit = provisioningFixture.audit;
        services.catalog = catalog;
        services.wallets = new Wallets(sql, clock, provisioningFixture.billingFixture.ledger);
        services.provisioningTargets = provisioningFixture.provisioningTargets;
        services.serviceLifecycle = provisioningFixture.serviceLifecycle;
        services.quotas = new Quotas(sql);
        services.launchConfigs = new LaunchConfigs(sql, provisioningFixture.provisioningTargets, images, keys, scripts);
        services.pendingOperations = provisioningFixture.pendingOperations;
        services.reservations = provisioningFixture.reservations;
        services.items = provisioningFixture.workQueueFixture.items;
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

    Services.Outcome order(UUID customer, LaunchConfig launchConfig) {
        return provisioningFixture.billingFixture.in(
                () -> services.order(new Order(customer, "web", plan, "fra", launchConfig)));
    }

    UUID ordered(UUID customer, LaunchConfig launchConfig) {
        return ((Services.Outcome.Done) order(customer, launchConfig)).serviceId();
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
