/**
 * What services send and receive, as their vendors count it. Owns {@code transfer_sample, transfer_period, transfer_reading}; calls
 * provider, reconciling (for opening accounts), work, identity.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.usage;
