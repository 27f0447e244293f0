/** Old recordings of consoles, removed by the clock. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.recording;
