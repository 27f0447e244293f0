/**
 * What services send and receive, as their vendors count it, and what is taken for what is beyond what plans include. Owns {@code
 * transfer_sample, transfer_period, transfer_reading, transfer_price, transfer_bill, transfer_bill_line}; calls provider, reconciling
 * (for opening accounts), work, wallet, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.usage;
