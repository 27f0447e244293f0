package io.tenantry.cloud.provisioning;

/** The names that services may have. */
final class ServiceName {
    private static final int MAX = 63;

    private ServiceName() {}

    /** Whether it is 1 to 63 letters, digits, dots and hyphens. */
    static boolean isValid(String name) {
        return name.strip().length() <= MAX && name.strip().matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    }
}
