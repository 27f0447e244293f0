/**
 * Recordings of consoles, where a reseller enables them: the output with its timing, sealed, for staff to replay. Owns {@code recording_policy,
 * console_recording}. Calls {@code people.identity}.
 */
@NullMarked
package io.tenantry.cloud.recording;

import org.jspecify.annotations.NullMarked;
