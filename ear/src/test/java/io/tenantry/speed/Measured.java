package io.tenantry.speed;

/**
 * What some hours of charging took.
 *
 * @param jvmSeconds CPU of the server
 * @param postgresSeconds CPU of PostgreSQL, all of its processes
 * @param clientSeconds CPU of whoever else asked
 */
record Measured(long charges, double wallSeconds, double jvmSeconds, double postgresSeconds, double clientSeconds) {
    double cpuSeconds() {
        return jvmSeconds + postgresSeconds + clientSeconds;
    }

    double perCpuSecond() {
        return charges / cpuSeconds();
    }

    double perSecond() {
        return charges / wallSeconds;
    }
}
