package io.tenantry.simulation;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;

/** Shared by all worlds: two resellers in the database, reset to their initial state before each. */
final class SimulationTenants implements AutoCloseable {
    final List<TenantId> tenants;
    final TableInspector tableInspector = new TableInspector();
    private final TenantReset tenantReset;

    SimulationTenants(String name) {
        tenants = List.of(
                Database.tenant(new TenantId(name + "-one"), "EUR", "Europe/Berlin"),
                Database.tenant(new TenantId(name + "-two"), "USD", "America/New_York"));
        for (var tenant : tenants) {
            Database.asOwner("update platform.tenant set created_at = '" + SimulatedWorld.BEGIN + "' where slug = '"
                    + tenant.value() + "'");
        }
        // Runs that other tests left unfinished would be completed here.
        Database.asOwner(
                "delete from work.charging_slice where run_id in (select id from work.charging_run where state <> 'DONE')");
        Database.asOwner("delete from work.charging_run where state <> 'DONE'");
        tenantReset = new TenantReset(tableInspector, tenants);
    }

    /** Returns a new world in its initial state. */
    SimulatedWorld world() {
        tenantReset.reset();
        return new SimulatedWorld(tenants, tableInspector);
    }

    @Override
    public void close() {
        tenantReset.reset();
        tableInspector.close();
    }
}
