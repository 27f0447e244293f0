/** Comma-separated values: reads the files that people and other programs write, and is the only writer of such files. */
@NullMarked
package io.tenantry.kernel.csv;

import org.jspecify.annotations.NullMarked;
