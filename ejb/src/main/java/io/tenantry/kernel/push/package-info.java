/**
 * Signals for open pages: a short message over the database's own channel, sent within the transaction that changes something and received by
 * every node when it commits. Owns no tables.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.push;
