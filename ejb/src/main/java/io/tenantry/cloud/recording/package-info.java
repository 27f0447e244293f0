/**
 * Recordings of consoles, where a reseller wants them: what a server said and when, sealed, for staff to replay. Owns {@code
 * recording_policy, console_recording}; calls audit, identity, secret.
 */
@NullMarked
package io.tenantry.cloud.recording;

import org.jspecify.annotations.NullMarked;
