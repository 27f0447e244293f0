package io.tenantry.bench;

/**
 * What came of invoicing.
 *
 * @param total the exact sum of all lines, with eight decimals
 * @param isWhole whether each document is the sum of its lines, and numbers are without gaps
 * @param seconds of the job, from its start to its end
 * @param cpuSeconds of the server and of PostgreSQL meanwhile
 */
record Invoiced(long documents, long lines, String total, boolean isWhole, double seconds, double cpuSeconds) {}
