/**
 * What browsers are told while they look: a word over the database's own channel, sent within the transaction that changes
 * something, heard by every node when it commits. Owns no data.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.push;
