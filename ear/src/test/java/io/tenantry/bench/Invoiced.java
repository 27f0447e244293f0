package io.tenantry.bench;

/**
 * Result of invoicing.
 *
 * @param total the exact sum of all lines, with eight decimals
 * @param isWhole whether each document equals the sum of its lines, and numbers have no gaps
 * @param seconds of the job, from start to end
 * @param cpuSeconds of the server and of PostgreSQL meanwhile
 */
record Invoiced(long documents, long lines, String total, boolean isWhole, double seconds, double cpuSeconds) {}
