package io.tenantry.speed;

import io.tenantry.bench.Driver;
import java.time.Instant;
import java.util.List;

/**
 * The real job inside the server, for some tenants; the others are hidden from it meanwhile.
 *
 * @param tenants charged tenants
 */
record ChargingJob(String name, Driver driver, List<String> tenants) implements Side {
    @Override
    public void charge(Instant until) {
        driver.charge(until);
    }

    /** Makes only its tenants visible. */
    void enter() {
        driver.activateOnly(tenants);
    }

    @Override
    public double clientCpuSeconds() {
        return 0;
    }
}
