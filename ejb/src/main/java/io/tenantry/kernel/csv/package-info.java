/** Comma-separated values: parses files from people and other programs, and is the only writer of such files. Owns no tables. */
@NullMarked
package io.tenantry.kernel.csv;

import org.jspecify.annotations.NullMarked;
