/** Removes old recordings of consoles on a schedule. Owns no tables. Calls {@code cloud.recording}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.recording;
