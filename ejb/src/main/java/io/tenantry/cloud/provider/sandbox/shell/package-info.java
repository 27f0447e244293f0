/**
 * The shell of a sandbox server: files in memory, a dozen programs, an editable line. It knows nothing of SSH and nothing of the machine that it
 * runs on: sessions reach no file, process or network except the simulated ones. Owns no tables. Calls {@code cloud.provider}.
 */
@NullMarked
package io.tenantry.cloud.provider.sandbox.shell;

import org.jspecify.annotations.NullMarked;
