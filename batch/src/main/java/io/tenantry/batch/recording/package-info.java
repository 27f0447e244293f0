/** Removes old recordings of consoles on a schedule. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.recording;
