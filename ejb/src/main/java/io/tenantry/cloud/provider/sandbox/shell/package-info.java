/**
 * The small shell that a server of the sandbox has: files in memory, a dozen programs, a line that can be edited. Knows nothing of SSH
 * and nothing of the machine it runs on: whoever visits reaches no file, no process and no network but what is simulated here.
 */
@NullMarked
package io.tenantry.cloud.provider.sandbox.shell;

import org.jspecify.annotations.NullMarked;
