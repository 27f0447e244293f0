package io.tenantry.speed;

/**
 * The cost of charging some hours.
 *
 * @param jvmSeconds CPU of the server
 * @param postgresSeconds CPU of PostgreSQL, all of its processes
 * @param clientSeconds CPU of any other client
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
