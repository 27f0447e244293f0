package io.tenantry.simulation;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;

/** What all worlds share: two resellers in the database, put back to how they were made before each. */
final class SimulationTenants implements AutoCloseable {
    final List<TenantId> tenants;
    final Eyes eyes = new Eyes();
    private final TenantReset tenantReset;

    SimulationTenants(String name) {
        tenants = List.of(
                Database.tenant(new TenantId(name + "-one"), "EUR", "Europe/Berlin"),
                Database.tenant(new TenantId(name + "-two"), "USD", "America/New_York"));
        for (var tenant : tenants) {
            Database.asOwner("update platform.tenant set created_at = '" + SimulatedWorld.BEGIN + "' where slug = '"
                    + tenant.value() + "'");
        }
        // Runs that other tests left undone would be done here.
        Database.asOwner(
                "delete from work.charging_slice where run_id in (select id from work.charging_run where state <> 'DONE')");
        Database.asOwner("delete from work.charging_run where state <> 'DONE'");
        tenantReset = new TenantReset(eyes, tenants);
    }

    /** Another world, from its beginning. */
    SimulatedWorld world() {
        tenantReset.wipe();
        return new SimulatedWorld(tenants, eyes);
    }

    @Override
    public void close() {
        tenantReset.wipe();
        eyes.close();
    }
}
